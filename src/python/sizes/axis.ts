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
  return axis.output ?? outputSize(SIZES, kind, { ...axis, extent: extentOf(axis) });
}

/** An axis that is padded, or of a transposed convolution cropped, at its sides. */
export function paddedAxis(window: Window, [padBegin, padEnd]: Sides<Size>, outputPadding: Size = 0): ConvAxis {
  return { ...window, padBegin, padEnd, outputPadding };
}

export function croppedAxis(window: Window, crop: Crop<Size>): ConvAxis {
  return { ...window, ...crop };
}

/** A convolution padded by TensorFlow's SAME, which others have from it. */
export function sameAxis(window: Window): ConvAxis {
  const { input, stride } = window;
  const sides = samePadding(SIZES, { input, stride, extent: extentOf(window) });
  return { ...paddedAxis(window, sides), output: sameOutput(SIZES, input, stride) };
}

/** A transposed axis whose output padding is what makes its output so large. */
export function sizedAxis(axis: ConvAxis, output: Size): ConvAxis {
  const least = convOutput('convTranspose', { ...axis, outputPadding: 0, output: undefined });
  return { ...axis, outputPadding: subtract(output, least), output };
}

/**
 * Whether PyTorch's operation computes the values of an axis, as far as numbers are known: it begins no output before the
 * first stamp, and adds fewer elements than its stride or its dilation.
 */
export function isCanonical({ padBegin, padEnd, outputPadding, stride, dilation, sizeOnly }: ConvAxis): boolean {
  if (sizeOnly || [padBegin, padEnd, outputPadding].some((size) => isKnown(size) && size < 0)) return false;
  if (outputPadding === 0 || ![outputPadding, stride, dilation].every(isKnown)) return true;
  return Number(outputPadding) < Math.max(Number(stride), Number(dilation));
}
