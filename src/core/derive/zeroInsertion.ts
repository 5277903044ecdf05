import { kernelExtent, NUMBERS } from '../formulas';
import { readAt } from '../kernels/meetings';
import { forEachPosition, kernelSizes, outputSizes, stridesOf } from '../kernels/positions';
import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { elementCount, tensorOf } from '../tensor/tensor';
import type { Subject } from './subject';

/** What goes around the spread input along one axis; what is negative is cut away instead. */
export interface Ring {
  /** `K−1−p` of a transposed convolution, `p` of a plain one. */
  readonly begin: number;
  readonly end: number;
  /** Output padding: as much more at the end. */
  readonly more: number;
}

/** One tap of the window over the padded grid. */
export interface Product {
  /** Place in the padded grid. */
  readonly under: readonly number[];
  /** The element of the input that lies there; none is a zero that was put in. */
  readonly input: readonly number[] | undefined;
  readonly value: number;
  /** Place of the tap in the kernel as the layer has it. */
  readonly tap: readonly number[];
  readonly weight: number;
  readonly product: number;
}

/**
 * A transposed convolution as an ordinary one of stride 1: `s−1` zeros between the elements of the input, `K−1−p`
 * around (cropped where negative, the output padding more at the end), the kernel flipped along every axis. (Dumoulin &
 * Visin, "A guide to convolution arithmetic", 2016, relationship 14.) Of a plain convolution the same pictures have
 * nothing between, `p` around, the kernel as it is, and its own stride.
 */
export interface ZeroInsertion {
  /** Every axis from `i` to `(i−1)s + 1`: `(1, 1, spatial…)`. */
  readonly spread: Tensor;
  readonly rings: readonly Ring[];
  /** Every axis to `o + K − 1`: `(1, 1, spatial…)`. */
  readonly padded: Tensor;
  /** As it slides: `(1, 1, k…)`. */
  readonly kernel: Tensor;
  /** How far apart neighbours of the input stand, along each axis. */
  readonly apart: readonly number[];
  /** How far the window moves from one output to the next, along each axis. */
  readonly slide: readonly number[];
  readonly output: Tensor;
  /** What the spread grid and the padded one cover together, and where on it each begins. */
  readonly canvas: readonly number[];
  readonly spreadAt: readonly number[];
  readonly paddedAt: readonly number[];
  /** Products of all windows, and those of them that meet an element of the input. */
  readonly products: number;
  readonly real: number;
  /** The input's element at a place of the padded grid; none where there is a zero that was put in. */
  inputAt(padded: readonly number[]): readonly number[] | undefined;
  /** All products of one output, in the order of the kernel as it slides. */
  productsOf(output: readonly number[]): readonly Product[];
}

const ringsOf = (plan: Plan): readonly Ring[] =>
  plan.axes.map(({ extent, padBegin, padEnd, outputPadding }) =>
    plan.kind === 'conv'
      ? { begin: padBegin, end: padEnd, more: 0 }
      : { begin: extent - 1 - padBegin, end: extent - 1 - padEnd, more: outputPadding },
  );

/** Which index of the input lies at each index of the padded grid along an axis; −1 is a zero. */
function sourcesAlong(plan: Plan, axis: number, { begin }: Ring, size: number, apart: number): readonly number[] {
  const { input } = plan.axes[axis];
  return Array.from({ length: size }, (_, index) => {
    const place = index - begin;
    if (plan.kind === 'conv') return readAt(plan.paddingMode, place, input);
    return place >= 0 && place % apart === 0 && place / apart < input ? place / apart : -1;
  });
}

export function zeroInsertion({ plan, input, weight }: Subject): ZeroInsertion {
  const transposed = plan.kind === 'convTranspose';
  const apart = plan.axes.map(({ stride }) => (transposed ? stride : 1));
  const slide = plan.axes.map(({ stride }) => (transposed ? 1 : stride));
  const rings = ringsOf(plan);
  const kernelShape = kernelSizes(plan);
  const outputs = outputSizes(plan);
  const spreadShape = plan.axes.map(({ input: size }, axis) => kernelExtent(NUMBERS, size, apart[axis]));
  const paddedShape = rings.map(({ begin, end, more }, axis) => spreadShape[axis] + begin + end + more);
  const sources = rings.map((ring, axis) => sourcesAlong(plan, axis, ring, paddedShape[axis], apart[axis]));
  const inputStrides = stridesOf(input.shape.slice(2));
  const kernelStrides = stridesOf(kernelShape);

  const sourceOf = (place: readonly number[]): number => {
    let flat = 0;
    for (const [axis, at] of place.entries()) {
      const source = sources[axis][at];
      if (source < 0) return -1;
      flat += source * inputStrides[axis];
    }
    return flat;
  };
  const grid = (shape: readonly number[], sourceAt: (place: readonly number[]) => number): Tensor => {
    const values = new Array<number>(elementCount(shape)).fill(0);
    forEachPosition(shape, (place, flat) => {
      const source = sourceAt(place);
      if (source >= 0) values[flat] = input.data[source];
    });
    return tensorOf(input.dtype, [1, 1, ...shape], values);
  };
  const spread = grid(spreadShape, (place) =>
    place.some((at, axis) => at % apart[axis] !== 0)
      ? -1
      : place.reduce((flat, at, axis) => flat + (at / apart[axis]) * inputStrides[axis], 0),
  );
  const padded = grid(paddedShape, sourceOf);
  /** The tap, as the layer has it, that slides at this place of the kernel. */
  const tapAt = (place: readonly number[]): readonly number[] =>
    place.map((at, axis) => (transposed ? kernelShape[axis] - 1 - at : at));
  const weightOf = (tap: readonly number[]): number =>
    weight.data[tap.reduce((flat, at, axis) => flat + at * kernelStrides[axis], 0)];
  const kernelValues: number[] = [];
  forEachPosition(kernelShape, (place) => kernelValues.push(weightOf(tapAt(place))));

  const productsOf = (output: readonly number[]): readonly Product[] => {
    const list: Product[] = [];
    forEachPosition(kernelShape, (place, flat) => {
      const under = place.map((at, axis) => output[axis] * slide[axis] + at * plan.axes[axis].dilation);
      const source = sourceOf(under);
      const value = source < 0 ? 0 : input.data[source];
      list.push({
        under,
        input: source < 0 ? undefined : under.map((at, axis) => sources[axis][at]),
        value,
        tap: tapAt(place),
        weight: kernelValues[flat],
        product: value * kernelValues[flat],
      });
    });
    return list;
  };

  let real = 0;
  const sums = new Array<number>(elementCount(outputs)).fill(0);
  forEachPosition(outputs, (output, at) => {
    for (const { input: source, product } of productsOf(output)) {
      if (source) real++;
      sums[at] += product;
    }
  });
  return {
    spread,
    rings,
    padded,
    kernel: tensorOf(weight.dtype, [1, 1, ...kernelShape], kernelValues),
    apart,
    slide,
    output: tensorOf(input.dtype, plan.outputShape, sums),
    canvas: rings.map(({ begin, end, more }, axis) => {
      const last = Math.max(spreadShape[axis], spreadShape[axis] + end + more);
      return last - Math.min(0, -begin);
    }),
    spreadAt: rings.map(({ begin }) => Math.max(0, begin)),
    paddedAt: rings.map(({ begin }) => Math.max(0, -begin)),
    products: elementCount(outputs) * kernelValues.length,
    real,
    inputAt: (place) => (sourceOf(place) < 0 ? undefined : place.map((at, axis) => sources[axis][at])),
    productsOf,
  };
}
