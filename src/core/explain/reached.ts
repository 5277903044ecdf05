import { stridesOf } from '../kernels/positions';
import type { Plan } from '../plan';
import { partnersOf } from './contributions';

/**
 * The outputs that change with these elements of the input, all by flat index; undefined where working them out by the
 * definition takes more than `most` multiply-adds.
 */
export function reachedOutputs(plan: Plan, inputs: ArrayLike<number>, most: number): Uint32Array | undefined {
  const [inputStrides, outputStrides] = [stridesOf(plan.inputShape), stridesOf(plan.outputShape)];
  const perOutput = plan.inputPerGroup * plan.kernelArea;
  const found = new Set<number>();
  for (const input of new Set(Array.from(inputs))) {
    const index = inputStrides.map((stride, axis) => Math.floor(input / stride) % plan.inputShape[axis]);
    const { leading, along } = partnersOf(plan, { tensor: 'input', index }, 'output');
    if (along.reduce((all, { length }) => all * length, leading.length) * perOutput > most) return undefined;
    for (const each of leading) {
      let flats = [each.reduce((flat, at, axis) => flat + at * outputStrides[axis], 0)];
      along.forEach((places, axis) => {
        const stride = outputStrides[each.length + axis];
        flats = flats.flatMap((flat) => places.map((place) => flat + place * stride));
      });
      for (const flat of flats) found.add(flat);
    }
    if (found.size * perOutput > most) return undefined;
  }
  return Uint32Array.from(found);
}
