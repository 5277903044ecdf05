import { elementCount } from '../tensor/tensor';
import { boxOf, type Grid, gridOf } from './grid';
import { interpolate } from './interpolate';
import { largestDifference, psnr, rangeOf, ssim } from './measures';
import { type Picture, pictureOf } from './picture';
import { blockMeans, firstOfBlocks, maxPool, maxUnpool, type Pooled, wholeBlocks } from './pooling';
import { fittedShuffle, shuffled } from './shuffle';
import { bilinearLayer, type OwnLayer, planOn, ringOf, transposed } from './transposed';

/** Ways to make a grid larger, in the order in which they are shown. */
export const METHODS = [
  'nearest',
  'linear',
  'linearCorners',
  'cubic',
  'shuffle',
  'unpool',
  'transposedLinear',
  'own',
] as const;
export type Method = (typeof METHODS)[number];

/** A method that there is not: PyTorch has none for so many axes, or the layer is none that makes larger. */
export type Lack = 'rank' | 'conv' | 'illegal' | 'parted';

/**
 * Where the reference comes from. `back`: the plane is the reference, and the means of its blocks are made larger
 * again. `given`: the plane is made larger, and held against a reference that somebody gave. `none`: the plane is made
 * larger, and held against nothing.
 */
export type Against = 'back' | 'given' | 'none';

export interface UpsamplingQuestion {
  readonly plane: Grid;
  readonly factors: readonly number[];
  readonly against: Against;
  /** Of the plane's sizes times the factors; with `given` alone. */
  readonly reference?: Grid;
  /** What differences are from. */
  readonly base: Method | 'reference';
  /** The document's own layer on one plane, if it is a transposed convolution. */
  readonly own?: OwnLayer;
  /** Whether the own layer's outputs are divided by what it makes of a constant 1. */
  readonly scaled: boolean;
  /** Which slice of a volume is pictured. */
  readonly slice: number;
  /** Most values of a picture along an axis. */
  readonly most: number;
}

export interface MethodResult {
  readonly method: Method;
  readonly lack?: Lack;
  readonly picture?: Picture;
  readonly difference?: Picture;
  /** Over the outputs that there are of a reference; none without a reference, or where it is constant. */
  readonly psnr?: number;
  readonly ssim?: number;
  /** The largest absolute difference from the base. */
  readonly largest?: number;
}

/** How the own layer's outputs lie on the grid of the others. */
export interface OwnFit {
  /** What it makes of a constant 1, on average: the sum of its kernel over the strides. Divided by it, if `scaled`. */
  readonly gain: number;
  readonly scaled: boolean;
  /** Its sizes; and which of its outputs lies on the others' first. */
  readonly sizes: readonly number[];
  readonly begin: readonly number[];
  /** How far the middle of a stamp is from the middle of its element's block, in outputs, an axis each. */
  readonly shift: readonly number[];
}

export interface Comparison {
  readonly against: Against;
  readonly factors: readonly number[];
  /** Sizes of what is made larger, of what it is made to, and how much of the plane was left over for that. */
  readonly small: readonly number[];
  readonly large: readonly number[];
  readonly left: readonly number[];
  readonly smallPicture: Picture;
  readonly referencePicture?: Picture;
  /** `max − min` of the reference: the range that PSNR and SSIM are told. */
  readonly range?: number;
  /** Limits of all pictures; and of differences, without unpooling's, whose zeros would make all others pale. */
  readonly limits: readonly [low: number, high: number];
  readonly largest: number;
  readonly base: Method | 'reference';
  readonly results: readonly MethodResult[];
  readonly own?: OwnFit;
  /** The transposed convolution with bilinear weights less bilinear interpolation, the ring at the edges apart. */
  readonly bilinear: {
    readonly ring: readonly number[];
    readonly inside: number;
    readonly border: number;
    readonly picture: Picture;
  };
}

/** Outputs of a comparison, at most: a plane of 1024 × 1024 takes some seconds. */
export const MOST_OUTPUTS = 2 ** 20;

/** Bytes that a comparison takes at once, at most, given the number of outputs of the largest grid that it makes. */
export const comparisonBytes = (outputs: number): number => 8 * 8 * outputs;

/** The number of outputs of the largest grid of a comparison. */
export function outputsOf({ plane, factors, against, own }: UpsamplingQuestion): number {
  const small = against === 'back' ? plane.shape.map((size, axis) => Math.floor(size / factors[axis])) : plane.shape;
  const large = elementCount(small.map((size, axis) => size * factors[axis]));
  if (!own) return large;
  const { stride, dilation } = own.op;
  const full = small.map((size, axis) => (size - 1) * stride[axis] + dilation[axis] * (own.kernel.shape[axis] - 1) + 1);
  return Math.max(large, elementCount(full));
}

interface Grids {
  readonly small: Grid;
  readonly large: readonly number[];
  readonly reference: Grid | undefined;
  readonly left: readonly number[];
}

function gridsOf({ plane, factors, against, reference }: UpsamplingQuestion): Grids {
  const larger = (sizes: readonly number[]): readonly number[] => sizes.map((size, axis) => size * factors[axis]);
  const none = plane.shape.map(() => 0);
  if (against !== 'back')
    return {
      small: plane,
      large: larger(plane.shape),
      reference: against === 'given' ? reference : undefined,
      left: none,
    };
  const large = wholeBlocks(plane.shape, factors);
  const whole = boxOf(plane, none, large);
  return {
    small: blockMeans(whole, factors),
    large,
    reference: whole,
    left: plane.shape.map((size, axis) => size - large[axis]),
  };
}

/** What is unpooled: the maxima of the reference where there is one, at their own places; else the plane itself. */
function pooledOf({ factors, against }: UpsamplingQuestion, { small, reference }: Grids): Pooled {
  if (!reference) return { values: small, indices: firstOfBlocks(small.shape, factors) };
  const pooled = maxPool(reference, factors);
  return against === 'back' ? pooled : { values: small, indices: pooled.indices };
}

const finite = ({ data }: Grid): boolean => data.every(Number.isFinite);

function pixelShuffle({ factors }: UpsamplingQuestion, { small, reference }: Grids): Grid {
  if (reference && finite(small) && finite(reference)) return fittedShuffle(small, reference, factors);
  // Nothing to fit to: every channel begins as the input itself, as ICNR begins.
  return shuffled(new Array<Grid>(elementCount(factors)).fill(small), factors);
}

function ownOf(question: UpsamplingQuestion, { small, large }: Grids): { made: Grid; fit: OwnFit } | Lack {
  const { own, factors, scaled } = question;
  if (!own) return 'conv';
  let plan;
  try {
    plan = planOn(small.shape, own);
  } catch {
    return 'illegal';
  }
  const sizes = plan.outputShape.slice(2);
  const begin = sizes.map((size, axis) => Math.trunc((size - large[axis]) / 2));
  // Too far away to have a single output in common with the others.
  if (sizes.some((size, axis) => begin[axis] >= size || begin[axis] <= -large[axis])) return 'parted';
  const sum = own.kernel.data.reduce((all, weight) => all + weight, 0);
  const magnitude = own.kernel.data.reduce((all, weight) => all + Math.abs(weight), 0);
  const gain = sum / elementCount(factors);
  // A kernel whose weights cancel makes nothing of a constant: there is nothing to divide by.
  const divides = scaled && Number.isFinite(gain) && Math.abs(sum) > 1e-6 * magnitude && gain !== 1;
  const whole = transposed(small, own);
  if (divides) for (let at = 0; at < whole.data.length; at++) whole.data[at] /= gain;
  const shift = plan.axes.map(
    ({ extent, padBegin }, axis) => (extent - 1) / 2 - padBegin - begin[axis] - (factors[axis] - 1) / 2,
  );
  return { made: boxOf(whole, begin, large), fit: { gain, scaled: divides, sizes, begin, shift } };
}

/** The outputs that a layer has on the others' grid. */
function common(
  { sizes, begin }: OwnFit,
  large: readonly number[],
): { begin: readonly number[]; shape: readonly number[] } {
  const first = begin.map((at) => Math.max(0, -at));
  return { begin: first, shape: sizes.map((size, axis) => Math.min(large[axis], size - begin[axis]) - first[axis]) };
}

function lackOf(method: Method, rank: number): Lack | undefined {
  if (method === 'cubic' && rank !== 2) return 'rank';
  return method === 'shuffle' && rank > 2 ? 'rank' : undefined;
}

/** By how much the transposed convolution with bilinear weights is off, within the ring and outside of it. */
function bilinearOf(small: Grid, factors: readonly number[], picture: (grid: Grid) => Picture): Comparison['bilinear'] {
  const one = interpolate(small, factors, 'linear');
  const other = transposed(small, bilinearLayer(factors));
  const ring = factors.map(ringOf);
  const inner = one.shape.map((size, axis) => Math.max(0, size - 2 * ring[axis]));
  const inside = largestDifference(boxOf(one, ring, inner), boxOf(other, ring, inner));
  const border = largestDifference(one, other);
  for (let at = 0; at < other.data.length; at++) other.data[at] -= one.data[at];
  return { ring, inside, border, picture: picture(other) };
}

/**
 * Every way to make a plane larger by the same factors, with what differs. In float64. One method after another: at no
 * time is there more than a few grids of the output's size. `between` is called after each.
 */
export function compareUpsampling(question: UpsamplingQuestion, between: () => void = () => undefined): Comparison {
  const { factors, against, base, slice, most } = question;
  const grids = gridsOf(question);
  const { small, large, reference, left } = grids;
  const rank = small.shape.length;
  const picture = (grid: Grid): Picture => pictureOf(grid, slice, most);
  const own = ownOf(question, grids);
  const make = (method: Method): Grid | Lack => {
    const lack = lackOf(method, rank);
    if (lack) return lack;
    switch (method) {
      case 'nearest':
      case 'linear':
      case 'linearCorners':
      case 'cubic':
        return interpolate(small, factors, method);
      case 'shuffle':
        return pixelShuffle(question, grids);
      case 'unpool':
        return maxUnpool(pooledOf(question, grids), large);
      case 'transposedLinear':
        return transposed(small, bilinearLayer(factors));
      case 'own':
        return typeof own === 'string' ? own : own.made;
      default:
        return method satisfies never;
    }
  };
  const based = base === 'reference' ? reference : make(base);
  const from = typeof based === 'string' ? undefined : based;
  const spread = reference && rangeOf(reference);
  const range = spread && spread[1] - spread[0];
  let [low, high] = rangeOf(reference ?? small);
  const measure = (method: Method, made: Grid): Pick<MethodResult, 'psnr' | 'ssim'> => {
    if (!reference || range === undefined || !(range > 0) || !Number.isFinite(range)) return {};
    const box = method === 'own' && typeof own !== 'string' ? common(own.fit, large) : undefined;
    const [one, other] = [reference, made].map((grid) => (box ? boxOf(grid, box.begin, box.shape) : grid));
    return { psnr: psnr(one, other, range), ssim: ssim(one, other, range) };
  };
  const results = METHODS.map((method): MethodResult => {
    const made = make(method);
    if (typeof made === 'string') return { method, lack: made };
    const measures = measure(method, made);
    const [least, greatest] = rangeOf(made);
    // Without a reference all pictures are to fit the scale; with one, the reference's own range is the scale.
    if (!reference) [low, high] = [Math.min(low, least), Math.max(high, greatest)];
    const shown = picture(made);
    if (!from) {
      between();
      return { method, picture: shown, ...measures };
    }
    const difference = gridOf(large);
    let largest = 0;
    for (let at = 0; at < difference.data.length; at++) {
      difference.data[at] = made.data[at] - from.data[at];
      const size = Math.abs(difference.data[at]);
      if (size > largest) largest = size;
    }
    between();
    return { method, picture: shown, difference: picture(difference), largest, ...measures };
  });
  return {
    against,
    factors,
    small: small.shape,
    large,
    left,
    smallPicture: picture(small),
    referencePicture: reference && picture(reference),
    range,
    limits: [low, high],
    largest: Math.max(0, ...results.map(({ method, largest }) => (method === 'unpool' ? 0 : (largest ?? 0)))),
    base,
    results,
    own: typeof own === 'string' ? undefined : own.fit,
    bilinear: bilinearOf(small, factors, picture),
  };
}
