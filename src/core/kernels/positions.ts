import type { Plan } from '../plan';

/** Row-major strides of a shape, in elements. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** Visits every position of a shape in C order. The array is reused between calls: read it, do not keep it. */
export function forEachPosition(
  shape: readonly number[],
  visit: (position: readonly number[], flat: number) => void,
): void {
  const position = new Array<number>(shape.length).fill(0);
  const total = shape.reduce((all, size) => all * size, 1);
  for (let flat = 0; flat < total; flat++) {
    visit(position, flat);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++position[axis] < shape[axis]) break;
      position[axis] = 0;
    }
  }
}

export const inputSizes = (plan: Plan): readonly number[] => plan.axes.map((axis) => axis.input);
export const kernelSizes = (plan: Plan): readonly number[] => plan.axes.map((axis) => axis.kernel);
export const outputSizes = (plan: Plan): readonly number[] => plan.axes.map((axis) => axis.output);
