import {
  type Arithmetic,
  type Crop,
  kernelExtent,
  outputSize,
  sameOutput,
  samePadding,
  type Sides,
} from '../../core/formulas';
import { add, ceilDivide, extreme, floorDivide, isKnown, modulo, multiply, type Size, subtract } from './size';

export type ConvKind = 'conv' | 'convTranspose';

/** Where a tensor keeps its channels: behind the batch, or last. */
export type Layout = 'first' | 'last';

/** The arithmetic of sizes that may be expressions, in which the formulas of core are worked out here. */
export const SIZES: Arithmetic<Size> = {
  add,
  subtract,
  multiply,
  floorDivide,
  ceilDivide,
  modulo,
  max: (left, right) => extreme('max', left, right),
};

/** What a call says of one spatial axis, and what comes in there. */
export interface Window {
  readonly input: Size;
  readonly kernel: Size;
  readonly stride: Size;
  readonly dilation: Size;
}

/** One spatial axis with its padding worked out for its input. */
export interface ConvAxis extends Window {
  readonly padBegin: Size;
  readonly padEnd: Size;
  readonly outputPadding: Size;
  /** The output as its framework says it: the same as the formula's, and simpler where sizes are not known. */
  readonly output?: Size;
  /** PyTorch's operation has an output of this size, but not of these values. */
  readonly sizeOnly?: boolean;
}

export function extentOf({ kernel, dilation }: Pick<Window, 'kernel' | 'dilation'>): Size {
  return kernelExtent(SIZES, kernel, dilation);
}

export function convOutput(kind: ConvKind, axis: ConvAxis): Size {
  return axis.output ?? formulaOutput(kind, axis, axis.outputPadding);
}

// Every use of every layer comes through here, and an object that is spread costs fifty times one written out
// (docs/decisions/0023-formulas-once.md).
function formulaOutput(kind: ConvKind, axis: ConvAxis, outputPadding: Size): Size {
  const { input, stride, padBegin, padEnd } = axis;
  return outputSize(SIZES, kind, { input, stride, padBegin, padEnd, outputPadding, extent: extentOf(axis) });
}

function axisOf(window: Window, padBegin: Size, padEnd: Size, outputPadding: Size, output?: Size): ConvAxis {
  const { input, kernel, stride, dilation } = window;
  return { input, kernel, stride, dilation, padBegin, padEnd, outputPadding, output };
}

/** An axis that is padded, or of a transposed convolution cropped, at its sides. */
export function paddedAxis(window: Window, [padBegin, padEnd]: Sides<Size>, outputPadding: Size = 0): ConvAxis {
  return axisOf(window, padBegin, padEnd, outputPadding);
}

export function croppedAxis(window: Window, { padBegin, padEnd, outputPadding }: Crop<Size>): ConvAxis {
  return axisOf(window, padBegin, padEnd, outputPadding);
}

/** A convolution padded by TensorFlow's SAME, which others have from it. */
export function sameAxis(window: Window): ConvAxis {
  const { input, stride } = window;
  const [padBegin, padEnd] = samePadding(SIZES, { input, stride, extent: extentOf(window) });
  return axisOf(window, padBegin, padEnd, 0, sameOutput(SIZES, input, stride));
}

/** A transposed axis whose output padding is what makes its output so large. */
export function sizedAxis(axis: ConvAxis, output: Size): ConvAxis {
  const added = subtract(output, formulaOutput('convTranspose', axis, 0));
  return axisOf(axis, axis.padBegin, axis.padEnd, added, output);
}

/**
 * Whether PyTorch's operation computes the values of an axis, as far as numbers are known: it begins no output before
 * the first stamp, and adds fewer elements than its stride or its dilation.
 */
export function isCanonical({ padBegin, padEnd, outputPadding, stride, dilation, sizeOnly }: ConvAxis): boolean {
  if (sizeOnly || [padBegin, padEnd, outputPadding].some((size) => isKnown(size) && size < 0)) return false;
  if (outputPadding === 0 || ![outputPadding, stride, dilation].every(isKnown)) return true;
  return Number(outputPadding) < Math.max(Number(stride), Number(dilation));
}
