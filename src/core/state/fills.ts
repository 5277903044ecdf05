import type { Tensor } from '../operation';
import { elementCount } from '../tensor/tensor';
import { randomSource } from './random';

/** What a tensor, or one plane of it, can be filled with. */
export type FillSpec =
  | { readonly fill: 'constant'; readonly value: number }
  /** The same seed gives the same values, here and anywhere. */
  | { readonly fill: 'uniform'; readonly seed: number; readonly low: number; readonly high: number }
  | { readonly fill: 'normal'; readonly seed: number; readonly mean: number; readonly deviation: number }
  | { readonly fill: 'ramp'; readonly start: number; readonly step: number }
  /** 1 at the centre of every plane. */
  | { readonly fill: 'impulse' }
  | { readonly fill: 'checkerboard'; readonly even: number; readonly odd: number }
  /** Sums to 1 over a plane. `sigma` in elements. */
  | { readonly fill: 'gaussian'; readonly sigma: number }
  /** Derivative along a spatial axis, 0 for the outermost, smoothed along the others. */
  | { readonly fill: 'sobel'; readonly axis: number }
  /** Long, Shelhamer & Darrell 2015 (FCN): the upsampling kernel, on the channels' diagonal. */
  | { readonly fill: 'bilinear' }
  /** An impulse on the channels' diagonal, so that a convolution copies its input. */
  | { readonly fill: 'identity' };

type Profile = (position: number, size: number, axis: number) => number;

/** Above this a Sobel profile is padded with zeros: its binomial weights would leave float32's range. */
const LONGEST_SOBEL = 15;

/** Binomial coefficients `(n−1 choose 0 … n−1)`; one entry of 1 for n = 1. */
function binomials(count: number): readonly number[] {
  const row = [1];
  for (let n = 1; n < count; n++) row.push((row[n - 1] * (count - n)) / n);
  return row;
}

/** Smoothing is a row of Pascal's triangle; the derivative is a shorter row convolved with `[−1, 0, 1]`. */
function sobelProfile(size: number, derivative: boolean): readonly number[] {
  const taps = Math.min(size, LONGEST_SOBEL);
  let profile: readonly number[];
  if (!derivative) profile = binomials(taps);
  else if (taps < 3) profile = taps === 2 ? [-1, 1] : [0];
  else {
    const short = binomials(taps - 2);
    profile = Array.from({ length: taps }, (_, at) => (short[at - 2] ?? 0) - (short[at] ?? 0));
  }
  const begin = Math.floor((size - taps) / 2);
  return Array.from({ length: size }, (_, at) => profile[at - begin] ?? 0);
}

/** `1 − |x − c| / f` with `f = ⌊(k+1)/2⌋`, as in FCN's `upsample_filt`. */
const bilinearProfile: Profile = (position, size) => {
  const factor = Math.floor((size + 1) / 2);
  const centre = size % 2 === 1 ? factor - 1 : factor - 0.5;
  return 1 - Math.abs(position - centre) / factor;
};

const impulseProfile: Profile = (position, size) => (position === Math.floor(size / 2) ? 1 : 0);

/** Writes the outer product of one profile per axis, last axis fastest. */
function writeProduct(target: Tensor['data'], offset: number, sizes: readonly number[], profile: Profile): void {
  const profiles = sizes.map((size, axis) => Array.from({ length: size }, (_, at) => profile(at, size, axis)));
  const last = profiles.length - 1;
  let at = offset;
  const write = (axis: number, product: number): void => {
    if (axis === last) for (const factor of profiles[axis]) target[at++] = product * factor;
    else for (const factor of profiles[axis]) write(axis + 1, product * factor);
  };
  write(0, 1);
}

function gaussian(sizes: readonly number[], sigma: number): Profile {
  const weigh = (position: number, size: number): number => Math.exp(-(((position - (size - 1) / 2) / sigma) ** 2) / 2);
  const sums = sizes.map((size) =>
    Array.from({ length: size }, (_, at) => weigh(at, size)).reduce((all, each) => all + each, 0),
  );
  // So narrow that every sample underflows: what remains of it is an impulse.
  return (position, size, axis) =>
    sums[axis] > 0 ? weigh(position, size) / sums[axis] : impulseProfile(position, size, axis);
}

function sobel(sizes: readonly number[], along: number): Profile {
  const profiles = sizes.map((size, axis) => sobelProfile(size, axis === along));
  return (position, _size, axis) => profiles[axis][position];
}

function parity(flat: number, sizes: readonly number[]): number {
  let rest = flat;
  let sum = 0;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    sum += rest % sizes[axis];
    rest = Math.floor(rest / sizes[axis]);
  }
  return sum % 2;
}

/**
 * Fills `tensor`, or the block of it that `leading` picks (all its axes after those), in place.
 * A pattern is drawn on each plane of the last `rank` axes; random numbers and ramps run on from plane to plane.
 */
export function fillTensor(tensor: Tensor, spec: FillSpec, rank: number, leading: readonly number[] = []): void {
  const { data, shape } = tensor;
  const block = shape.slice(leading.length);
  const sizes = block.slice(-rank);
  const count = elementCount(block);
  const area = elementCount(sizes);
  const begin = leading.reduce((flat, index, axis) => flat * shape[axis] + index, 0) * count;
  const end = begin + count;
  const eachPlane = (profile: Profile, diagonal: boolean): void => {
    const columns = block.length > rank ? block[block.length - rank - 1] : 1;
    const rows = block.length > rank + 1 ? block[block.length - rank - 2] : 1;
    for (let offset = begin, plane = 0; offset < end; offset += area, plane++) {
      // A weight of a grouped operation repeats its diagonal: its second axis has fewer channels than the first.
      const onDiagonal = (Math.floor(plane / columns) % rows) % columns === plane % columns;
      if (!diagonal || rows === 1 || onDiagonal) writeProduct(data, offset, sizes, profile);
      else data.fill(0, offset, offset + area);
    }
  };
  switch (spec.fill) {
    case 'constant':
      data.fill(spec.value, begin, end);
      return;
    case 'uniform': {
      const { uniform } = randomSource(spec.seed);
      for (let at = begin; at < end; at++) data[at] = spec.low + (spec.high - spec.low) * uniform();
      return;
    }
    case 'normal': {
      const { normal } = randomSource(spec.seed);
      for (let at = begin; at < end; at++) data[at] = spec.mean + spec.deviation * normal();
      return;
    }
    case 'ramp':
      for (let at = begin; at < end; at++) data[at] = spec.start + spec.step * (at - begin);
      return;
    case 'checkerboard':
      for (let at = begin; at < end; at++) data[at] = parity((at - begin) % area, sizes) === 0 ? spec.even : spec.odd;
      return;
    case 'impulse':
      eachPlane(impulseProfile, false);
      return;
    case 'gaussian':
      eachPlane(gaussian(sizes, spec.sigma), false);
      return;
    case 'sobel':
      eachPlane(sobel(sizes, Math.min(spec.axis, sizes.length - 1)), false);
      return;
    case 'bilinear':
      eachPlane(bilinearProfile, true);
      return;
    case 'identity':
      eachPlane(impulseProfile, true);
      return;
    default:
      return spec satisfies never;
  }
}
