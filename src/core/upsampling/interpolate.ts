import { elementCount } from '../tensor/tensor';
import { type Grid, gridOf } from './grid';

/** What each output along one axis is made of: `count` elements of the input with their weights. */
interface Taps {
  readonly output: number;
  readonly count: number;
  readonly indices: Int32Array;
  readonly weights: Float64Array;
}

type Read = (output: number) => readonly (readonly [index: number, weight: number])[];

function tapsOf(output: number, count: number, read: Read): Taps {
  const indices = new Int32Array(output * count);
  const weights = new Float64Array(output * count);
  for (let at = 0; at < output; at++)
    read(at).forEach(([index, weight], tap) => {
      indices[at * count + tap] = index;
      weights[at * count + tap] = weight;
    });
  return { output, count, indices, weights };
}

/** Each element `factor` times: `F.interpolate(mode='nearest')`. */
const nearestTaps = (input: number, factor: number): Taps =>
  tapsOf(input * factor, 1, (at) => [[Math.floor(at / factor), 1]]);

/**
 * Straight lines between neighbours: `F.interpolate(mode='linear' | 'bilinear' | 'trilinear')`. With `corners`, the
 * first and last elements stay where they are (`align_corners=True`); else elements are cells whose middles are kept,
 * and beyond the outermost middles the value stays.
 */
function linearTaps(input: number, factor: number, corners: boolean): Taps {
  const output = input * factor;
  const step = corners ? (output > 1 ? (input - 1) / (output - 1) : 0) : 1 / factor;
  return tapsOf(output, 2, (at) => {
    const place = corners ? at * step : Math.max(0, (at + 0.5) * step - 0.5);
    const first = Math.min(Math.floor(place), input - 1);
    const share = Math.min(Math.max(place - first, 0), 1);
    return [
      [first, 1 - share],
      [Math.min(first + 1, input - 1), share],
    ];
  });
}

/** The constant of the cubic convolution kernel that PyTorch takes (Keys 1981 has −0.5). */
const CUBIC = -0.75;

const near = (x: number): number => ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
const far = (x: number): number => ((CUBIC * x - 5 * CUBIC) * x + 8 * CUBIC) * x - 4 * CUBIC;

/** Cubic convolution over four neighbours, those beyond the edge repeating it: `F.interpolate(mode='bicubic')`. */
function cubicTaps(input: number, factor: number): Taps {
  return tapsOf(input * factor, 4, (at) => {
    const place = (at + 0.5) / factor - 0.5;
    const first = Math.floor(place);
    const share = place - first;
    const within = (index: number): number => Math.min(Math.max(index, 0), input - 1);
    return [
      [within(first - 1), far(share + 1)],
      [within(first), near(share)],
      [within(first + 1), near(1 - share)],
      [within(first + 2), far(2 - share)],
    ];
  });
}

/** One axis made larger. */
function along({ shape, data }: Grid, axis: number, { output, count, indices, weights }: Taps): Grid {
  const inner = elementCount(shape.slice(axis + 1));
  const outer = elementCount(shape.slice(0, axis));
  const input = shape[axis];
  const made = gridOf(shape.map((size, at) => (at === axis ? output : size)));
  for (let block = 0; block < outer; block++) {
    for (let at = 0; at < output; at++) {
      const to = (block * output + at) * inner;
      for (let tap = 0; tap < count; tap++) {
        const from = (block * input + indices[at * count + tap]) * inner;
        const weight = weights[at * count + tap];
        for (let each = 0; each < inner; each++) made.data[to + each] += weight * data[from + each];
      }
    }
  }
  return made;
}

export type Interpolation = 'nearest' | 'linear' | 'linearCorners' | 'cubic';

const TAPS: Readonly<Record<Interpolation, (input: number, factor: number) => Taps>> = {
  nearest: nearestTaps,
  linear: (input, factor) => linearTaps(input, factor, false),
  linearCorners: (input, factor) => linearTaps(input, factor, true),
  cubic: cubicTaps,
};

/**
 * `F.interpolate` by whole factors, an axis each: of `[2, 3]` the output is `[2·rows, 3·columns]`. Each is the same on
 * every axis in turn.
 */
export function interpolate(grid: Grid, factors: readonly number[], how: Interpolation): Grid {
  // The last axis first: it is then still short, and the longest run of the others is walked once.
  return factors.reduceRight((made, factor, axis) => along(made, axis, TAPS[how](grid.shape[axis], factor)), grid);
}
