import { elementCount } from '../tensor/tensor';
import type { Grid } from './grid';

/**
 * Peak signal-to-noise ratio in dB: `skimage.metrics.peak_signal_noise_ratio(reference, made, data_range=range)`.
 * Infinite where nothing differs.
 */
export function psnr(reference: Grid, made: Grid, range: number): number {
  let squares = 0;
  for (let at = 0; at < made.data.length; at++) squares += (reference.data[at] - made.data[at]) ** 2;
  return 10 * Math.log10(range ** 2 / (squares / made.data.length));
}

/** Elements along an axis of the window in which structure is compared: scikit-image's own choice. */
export const SSIM_WINDOW = 7;
const [K1, K2] = [0.01, 0.03];

/** Sums of `SSIM_WINDOW` neighbours along one axis, only those that are whole. */
function boxed(data: Float64Array, shape: readonly number[], axis: number): Float64Array {
  const inner = elementCount(shape.slice(axis + 1));
  const outer = elementCount(shape.slice(0, axis));
  const sites = shape[axis] - SSIM_WINDOW + 1;
  const sums = new Float64Array(outer * sites * inner);
  for (let block = 0; block < outer; block++)
    for (let site = 0; site < sites; site++) {
      const to = (block * sites + site) * inner;
      for (let tap = 0; tap < SSIM_WINDOW; tap++) {
        const from = (block * shape[axis] + site + tap) * inner;
        for (let each = 0; each < inner; each++) sums[to + each] += data[from + each];
      }
    }
  return sums;
}

/**
 * Mean structural similarity (Wang et al. 2004) as `skimage.metrics.structural_similarity(reference, made,
 * data_range=range)` has it: a uniform window of 7 on every axis, unbiased covariances, no border. Undefined where an
 * axis is shorter than the window, which scikit-image refuses.
 *
 * Goes along the first axis window by window, so that it takes little memory beside the operands.
 */
export function ssim(reference: Grid, made: Grid, range: number): number | undefined {
  const { shape } = reference;
  if (shape.some((size) => size < SSIM_WINDOW)) return undefined;
  const [first, ...rest] = shape;
  const area = elementCount(rest);
  const count = SSIM_WINDOW ** shape.length;
  const unbiased = count / (count - 1);
  const [c1, c2] = [(K1 * range) ** 2, (K2 * range) ** 2];
  const { data: ones } = reference;
  const { data: others } = made;
  const sums = Array.from({ length: 5 }, () => new Float64Array(area));
  const [x, y, xx, yy, xy] = sums;
  let sum = 0;
  let sites = 0;
  for (let site = 0; site + SSIM_WINDOW <= first; site++) {
    for (const values of sums) values.fill(0);
    for (let tap = 0; tap < SSIM_WINDOW; tap++) {
      const from = (site + tap) * area;
      for (let each = 0; each < area; each++) {
        const one = ones[from + each];
        const other = others[from + each];
        x[each] += one;
        y[each] += other;
        xx[each] += one * one;
        yy[each] += other * other;
        xy[each] += one * other;
      }
    }
    const [ux, uy, uxx, uyy, uxy] = sums.map((values) => {
      const sizes = [...rest];
      return rest.reduce<Float64Array>((data, _, axis) => {
        const next = boxed(data, sizes, axis);
        sizes[axis] -= SSIM_WINDOW - 1;
        return next;
      }, values);
    });
    for (let each = 0; each < ux.length; each++) {
      const meanX = ux[each] / count;
      const meanY = uy[each] / count;
      const varianceX = unbiased * (uxx[each] / count - meanX * meanX);
      const varianceY = unbiased * (uyy[each] / count - meanY * meanY);
      const covariance = unbiased * (uxy[each] / count - meanX * meanY);
      sum +=
        ((2 * meanX * meanY + c1) * (2 * covariance + c2)) /
        ((meanX * meanX + meanY * meanY + c1) * (varianceX + varianceY + c2));
    }
    sites += ux.length;
  }
  return sum / sites;
}

/** The largest absolute difference; NaN where one of them is not a number. */
export function largestDifference(one: Grid, other: Grid): number {
  let largest = 0;
  for (let at = 0; at < one.data.length; at++) {
    const difference = Math.abs(one.data[at] - other.data[at]);
    if (!(difference <= largest)) largest = difference;
    if (Number.isNaN(largest)) break;
  }
  return largest;
}

export function rangeOf({ data }: Grid): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
