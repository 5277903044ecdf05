import { flatIndex } from '../../src/core/explain/readout';
import type { Model } from '../model';
import { planeOf, shownShapes } from '../grid/planeOf';
import { productNumbers } from '../grid/productNumbers';
import { agreedPlan } from './agreement';

/** The kernel times one input, where a transposed convolution adds it to a 1-D output. */
export interface KernelCopy {
  /** As the product of the pointed cell is numbered in the grids and in the list of products. */
  readonly number: number | undefined;
  /** By ascending output; what padding crops is left out. */
  readonly points: readonly { readonly output: number; readonly value: number }[];
}

/** More copies than this cannot be told apart. */
const MOST_COPIES = 8;

/**
 * Of a 1-D transposed convolution: the copies of the kernel that meet in the output that is pointed at, or the one that
 * the input that is pointed at makes, of the channels on show. None where the values are not here: of large tensors.
 */
export function kernelCopies(model: Model): readonly KernelCopy[] {
  const { link, received, view } = model;
  const plan = agreedPlan(model);
  if (plan?.kind !== 'convTranspose' || plan.rank !== 1 || !link || link.cell.tensor === 'weight') return [];
  const valuesOf = (name: 'input' | 'weight'): ArrayLike<number> | undefined =>
    received?.sight.whole.find(({ tensor }) => tensor === name)?.values;
  const [inputs, weights] = [valuesOf('input'), valuesOf('weight')];
  if (!inputs || !weights) return [];
  const isOnShow = (name: 'input' | 'output', index: readonly number[]): boolean => {
    const leading = planeOf(name, shownShapes(model), view.slices)?.leading ?? [];
    return leading.every((each, axis) => index[axis] === each);
  };
  const [axis] = plan.axes;
  const numbers = productNumbers(link);
  const seen = new Set<number>();
  const copies: KernelCopy[] = [];
  link.contributions.list.forEach(({ input, weight, output }, at) => {
    const site = input[input.length - 1];
    if (seen.has(site) || copies.length >= MOST_COPIES || !isOnShow('input', input) || !isOnShow('output', output))
      return;
    seen.add(site);
    const factor = inputs[flatIndex(plan.inputShape, input)];
    const points = Array.from({ length: axis.kernel }, (_, tap) => ({
      output: site * axis.stride - axis.padBegin + tap * axis.dilation,
      value: factor * weights[flatIndex(plan.weightShape, [weight[0], weight[1], tap])],
    })).filter((point) => point.output >= 0 && point.output < axis.output);
    copies.push({ number: link.cell.tensor === 'output' ? numbers[at] : undefined, points });
  });
  return copies;
}
