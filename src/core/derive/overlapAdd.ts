import { forEachPosition, inputSizes, kernelSizes, outputSizes, stridesOf } from '../kernels/positions';
import { remap } from '../kernels/windows';
import type { Tensor } from '../operation';
import { elementCount, tensorOf } from '../tensor/tensor';
import type { Subject } from './subject';

/** One input element times the whole kernel. */
export interface Stamp {
  /** Place of the input element, along each spatial axis. */
  readonly input: readonly number[];
  readonly value: number;
  /** Where its first tap lands on the canvas. */
  readonly origin: readonly number[];
  /** Value times tap, in C order of the kernel. */
  readonly products: readonly number[];
}

/**
 * A transposed convolution as its definition says it (Dumoulin & Visin, "A guide to convolution arithmetic", 2016,
 * chapter 4): stamps on a canvas, `stride` apart, added where they meet, and then
 * the padding cropped away.
 */
export interface OverlapAdd {
  readonly stamps: readonly Stamp[];
  /** Size of the canvas along each axis, before anything is cropped. */
  readonly canvas: readonly number[];
  /** Where the output begins on the canvas; it has the output's own size. */
  readonly crop: readonly number[];
  /** The canvas, in C order, when the first `count` stamps have landed. Sums are kept in float64. */
  after(count: number): Float64Array;
  /** The output: `(1, 1, spatial…)`. */
  readonly output: Tensor;
}

/** Places on the canvas of a stamp's taps, as flat indices in C order. */
export function landing(
  { canvas }: Pick<OverlapAdd, 'canvas'>,
  { origin }: Stamp,
  subject: Subject,
): readonly number[] {
  const strides = stridesOf(canvas);
  const places: number[] = [];
  forEachPosition(kernelSizes(subject.plan), (tap) => {
    places.push(
      tap.reduce((flat, at, axis) => flat + (origin[axis] + at * subject.plan.axes[axis].dilation) * strides[axis], 0),
    );
  });
  return places;
}

/** Of a transposed convolution. */
export function overlapAdd(subject: Subject): OverlapAdd {
  const { plan, input, weight } = subject;
  const crop = plan.axes.map(({ padBegin }) => padBegin);
  // Output padding beyond what the padding cut is outside of every stamp.
  const canvas = plan.axes.map(({ input: size, stride, extent, padBegin, output }) =>
    Math.max((size - 1) * stride + extent, padBegin + output),
  );
  const stamps: Stamp[] = [];
  forEachPosition(inputSizes(plan), (position, flat) => {
    const value = input.data[flat];
    stamps.push({
      input: [...position],
      value,
      origin: position.map((at, axis) => at * plan.axes[axis].stride),
      products: Array.from(weight.data, (tap) => value * tap),
    });
  });
  const canvases = [new Float64Array(elementCount(canvas))];
  const after = (count: number): Float64Array => {
    while (canvases.length <= Math.min(count, stamps.length)) {
      const stamp = stamps[canvases.length - 1];
      const next = Float64Array.from(canvases[canvases.length - 1]);
      landing({ canvas }, stamp, subject).forEach((place, tap) => (next[place] += stamp.products[tap]));
      canvases.push(next);
    }
    return canvases[Math.min(count, stamps.length)];
  };
  const full: Tensor = { dtype: 'float64', shape: canvas, data: after(stamps.length) };
  const { data } = remap(full, outputSizes(plan), (index, axis) => index + crop[axis]);
  return { stamps, canvas, crop, after, output: tensorOf(input.dtype, plan.outputShape, data) };
}
