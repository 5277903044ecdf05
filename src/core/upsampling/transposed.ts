import { runPlain } from '../kernels/plain';
import type { Operation } from '../operation';
import { type Plan, resolve } from '../plan';
import { ProblemError } from '../problem';
import { elementCount } from '../tensor/tensor';
import { type Grid, gridOf } from './grid';

/** A transposed convolution of one plane. */
export interface OwnLayer {
  /** Of kind `convTranspose`, padded with zeros. */
  readonly op: Operation;
  readonly kernel: Grid;
}

/** The plan of a layer on one plane of these sizes. Throws a ProblemError where it is illegal. */
export function planOn(sizes: readonly number[], { op, kernel }: OwnLayer): Plan {
  const resolution = resolve(op, [1, 1, ...sizes], [1, 1, ...kernel.shape]);
  if (!resolution.ok) throw new ProblemError(resolution.problems);
  return resolution.plan;
}

export function transposed(grid: Grid, layer: OwnLayer): Grid {
  const plan = planOn(grid.shape, layer);
  const made = gridOf(plan.outputShape.slice(2));
  runPlain(plan, grid.data, layer.kernel.data, undefined, made.data, () => undefined);
  return made;
}

/** Along one axis, a triangle over `2·factor − factor % 2` taps with its peak in the middle. */
export function bilinearAlong(factor: number): readonly number[] {
  const taps = 2 * factor - (factor % 2);
  const middle = (taps - 1) / 2;
  return Array.from({ length: taps }, (_, tap) => 1 - Math.abs(tap - middle) / factor);
}

/**
 * The transposed convolution whose weights are bilinear interpolation's (Long et al., "Fully convolutional networks",
 * 2015): kernel `2s − s % 2`, padding `⌈(s − 1)/2⌉`, output `s·input`.
 */
export function bilinearLayer(factors: readonly number[]): OwnLayer {
  const lines = factors.map(bilinearAlong);
  const kernel = gridOf(lines.map(({ length }) => length));
  for (let flat = 0; flat < elementCount(kernel.shape); flat++) {
    let rest = flat;
    let weight = 1;
    for (let axis = lines.length - 1; axis >= 0; axis--) {
      weight *= lines[axis][rest % lines[axis].length];
      rest = Math.floor(rest / lines[axis].length);
    }
    kernel.data[flat] = weight;
  }
  const padding = factors.map((factor) => Math.ceil((factor - 1) / 2));
  return {
    op: { kind: 'convTranspose', stride: factors, padding, dilation: factors.map(() => 1) },
    kernel,
  };
}

/** How many outputs at each end of an axis bilinear interpolation makes with a repeated edge, which zeros are not. */
export const ringOf = (factor: number): number => Math.floor(factor / 2);
