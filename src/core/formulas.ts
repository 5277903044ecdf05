import type { Kind } from './operation';

// What a convolution does to sizes, each formula said once. Core plans with numbers, the reading of Python with sizes
// that may be expressions: a formula is written over what both can do. All quantities are elements along one spatial
// axis: input i, output o, kernel k, stride s, dilation d, padding p at the begin and the end, output padding op.

/** What the formulas need of numbers, or of whatever stands for them; a plain number may stand anywhere. */
export interface Arithmetic<T> {
  readonly add: (left: T | number, right: T | number) => T | number;
  readonly subtract: (left: T | number, right: T | number) => T | number;
  readonly multiply: (left: T | number, right: T | number) => T | number;
  /** Towards minus infinity, as Python's `//`. */
  readonly floorDivide: (value: T | number, divisor: T | number) => T | number;
  readonly ceilDivide: (value: T | number, divisor: T | number) => T | number;
  /** Of a divisor above 0: from 0 to one less than it. */
  readonly modulo: (value: T | number, divisor: T | number) => T | number;
  readonly max: (left: T | number, right: T | number) => T | number;
}

export const NUMBERS: Arithmetic<number> = {
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right,
  floorDivide: (value, divisor) => Math.floor(value / divisor),
  // Adding zero keeps −0 out.
  ceilDivide: (value, divisor) => Math.ceil(value / divisor) + 0,
  modulo: (value, divisor) => value - divisor * Math.floor(value / divisor),
  max: (left, right) => Math.max(left, right),
};

/** One axis of a convolution, as far as its output size depends on it. */
export interface ConvWindow<T> {
  readonly input: T | number;
  readonly stride: T | number;
  readonly padBegin: T | number;
  readonly padEnd: T | number;
  /** `K`, see `kernelExtent`. */
  readonly extent: T | number;
}

/** The same of a transposed convolution, whose padding crops the output. */
export interface TransposedWindow<T> extends ConvWindow<T> {
  readonly outputPadding: T | number;
}

/** Elements at the begin and at the end. */
export type Sides<T> = readonly [begin: T | number, end: T | number];

/** What one axis of a transposed convolution leaves out of its stamps at either side, and adds at the end. */
export interface Crop<T> {
  readonly padBegin: T | number;
  readonly padEnd: T | number;
  readonly outputPadding: T | number;
}

/** What `count` pieces of `length` elements span that begin `step` elements apart: `(count − 1)·step + length`. */
function span<T>(on: Arithmetic<T>, count: T | number, step: T | number, length: T | number): T | number {
  return on.add(on.multiply(on.subtract(count, 1), step), length);
}

/**
 * The extent of the dilated kernel, `K = d(k − 1) + 1`: its elements with `d − 1` zeros between them. The same of an
 * input between whose elements a stride puts zeros. (PyTorch's documentation of Conv2d.)
 */
export function kernelExtent<T>(on: Arithmetic<T>, kernel: T | number, dilation: T | number): T | number {
  return span(on, kernel, dilation, 1);
}

/**
 * Output of a convolution or a pooling, `o = ⌊(i + p₀ + p₁ − K)/s⌋ + 1`; rounded up where the framework is asked to
 * (`ceil_mode`). (Dumoulin & Visin, "A guide to convolution arithmetic", 2016, relationships 6 and 15.)
 */
export function convOutput<T>(on: Arithmetic<T>, axis: ConvWindow<T>, round: 'down' | 'up' = 'down'): T | number {
  const room = on.subtract(on.add(axis.input, on.add(axis.padBegin, axis.padEnd)), axis.extent);
  const steps = round === 'down' ? on.floorDivide(room, axis.stride) : on.ceilDivide(room, axis.stride);
  return on.add(steps, 1);
}

/**
 * Output of a transposed convolution, `o = (i − 1)s − p₀ − p₁ + K + op`. (Dumoulin & Visin, 2016, relationship 14, with
 * dilation and output padding as in PyTorch's documentation of ConvTranspose2d.)
 */
export function transposedOutput<T>(on: Arithmetic<T>, axis: TransposedWindow<T>): T | number {
  const stamped = span(on, axis.input, axis.stride, axis.extent);
  return on.add(on.subtract(stamped, on.add(axis.padBegin, axis.padEnd)), axis.outputPadding);
}

export function outputSize<T>(on: Arithmetic<T>, kind: Kind, axis: TransposedWindow<T>): T | number {
  return kind === 'conv' ? convOutput(on, axis) : transposedOutput(on, axis);
}

/** A padding shared among the sides, the odd element at the end: `[⌊t/2⌋, ⌈t/2⌉]`. */
export function halves<T>(on: Arithmetic<T>, total: T | number): Sides<T> {
  const lesser = on.floorDivide(total, 2);
  return [lesser, on.subtract(total, lesser)];
}

/** Output of a convolution padded by SAME, whatever its kernel: `o = ⌈i/s⌉`. (TensorFlow, `tf.nn.convolution`.) */
export function sameOutput<T>(on: Arithmetic<T>, input: T | number, stride: T | number): T | number {
  return on.ceilDivide(input, stride);
}

/**
 * The padding that a convolution needs at the least for so many outputs, `(o − 1)s + K − i` in all; below none where it
 * need not read the whole input.
 */
export function neededPadding<T>(
  on: Arithmetic<T>,
  { input, extent, stride }: Pick<ConvWindow<T>, 'input' | 'extent' | 'stride'>,
  output: T | number,
): T | number {
  return on.subtract(span(on, output, stride, extent), input);
}

/**
 * The padding of SAME: what `⌈i/s⌉` outputs need, `max((⌈i/s⌉ − 1)s + K − i, 0)` in all, the odd element at the end.
 * (TensorFlow, `tf.nn.convolution`; Keras, JAX, Paddle and ONNX's SAME_UPPER do the same.)
 */
export function samePadding<T>(on: Arithmetic<T>, axis: Pick<ConvWindow<T>, 'input' | 'extent' | 'stride'>): Sides<T> {
  return halves(on, on.max(neededPadding(on, axis, sameOutput(on, axis.input, axis.stride)), 0));
}

/** A crop of so many elements at either side, where fewer than none at the end are elements added. */
export function cropOf<T>(on: Arithmetic<T>, begin: T | number, end: T | number): Crop<T> {
  const padEnd = on.max(end, 0);
  return { padBegin: begin, padEnd, outputPadding: on.subtract(padEnd, end) };
}

/**
 * The crop of a transposed SAME, of the stamps' `surplus` over the wanted output: half of it at the begin, the odd
 * element at the end. What is lacking is added at the end. It is the padding of SAME for the convolution whose
 * transpose this is, from the wanted output to the input. (JAX, `_conv_transpose_padding` of
 * jax/_src/lax/convolution.py; TensorFlow's `conv2d_transpose`.)
 */
export function sameCrop<T>(on: Arithmetic<T>, surplus: T | number): Crop<T> {
  const [begin] = halves(on, on.max(surplus, 0));
  return cropOf(on, begin, on.subtract(surplus, begin));
}

/**
 * The crop of Keras's transposed layers. Left to itself `valid` gives `(i − 1)s + max(K, s)` and `same` `i·s`; with an
 * output padding `valid` gives `(i − 1)s + K + op` and `same` `(i − 1)s + (K mod 2) + op`.
 * (`_convert_conv_transpose_padding_args_from_keras_to_jax` of keras/src/backend/common/backend_utils.py, 3.15, which
 * Keras's other backends reproduce.)
 */
export function kerasCrop<T>(
  on: Arithmetic<T>,
  padding: 'valid' | 'same',
  extent: T | number,
  stride: T | number,
  outputPadding?: T | number,
): Crop<T> {
  if (padding === 'valid') {
    const added = outputPadding ?? on.max(on.subtract(stride, extent), 0);
    return { padBegin: 0, padEnd: 0, outputPadding: added };
  }
  const kept = outputPadding === undefined ? stride : on.add(on.modulo(extent, 2), outputPadding);
  return sameCrop(on, on.subtract(extent, kept));
}
