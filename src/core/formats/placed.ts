import type { Tensor } from '../operation';
import { stridesOf } from '../kernels/positions';
import { bytesPerElement, elementCount } from '../tensor/tensor';
import { bytesOf, COMPLEX_PARTS, type NumberType } from './dtypes';
import {
  checkedZeros,
  damaged,
  type LoadHow,
  type ReadOptions,
  shapeText,
  type TensorEntry,
  type Window,
} from './format';
import type { ByteSource } from './source';

/** Numbers that lie in a file as they are: packed by nothing, one beside another. */
export interface Placed {
  readonly source: ByteSource;
  /** Where the numbers begin, in bytes. */
  readonly offset: number;
  readonly type: NumberType;
  readonly shape: readonly number[];
  /** In elements; C order unless given. 0 repeats an axis. */
  readonly strides?: readonly number[];
  /** In elements, from the offset. */
  readonly start?: number;
}

/** So many bytes at a time: few enough to be nothing beside the tensor, enough to be read fast. */
const PIECE = 4 * 2 ** 20;

/** Throws a ProblemError where a part is not one of this shape. */
export function checkedWindow(shape: readonly number[], window: Window | undefined): Window {
  if (!window) return { begin: shape.map(() => 0), size: shape };
  const { begin, size } = window;
  const fits =
    begin.length === shape.length &&
    size.length === shape.length &&
    shape.every(
      (whole, axis) =>
        Number.isSafeInteger(begin[axis]) &&
        Number.isSafeInteger(size[axis]) &&
        begin[axis] >= 0 &&
        size[axis] >= 0 &&
        begin[axis] + size[axis] <= whole,
    );
  if (!fits)
    throw damaged(
      'window',
      'There is no part of size {0} in a tensor of shape {1}.',
      shapeText(size),
      shapeText(shape),
    );
  return window;
}

/** Whether a tensor of this shape lies in C order, with nothing between. Strides of axes of size 1 do not matter. */
function isDense(shape: readonly number[], strides: readonly number[]): boolean {
  const dense = stridesOf(shape);
  return shape.every((size, axis) => size === 1 || strides[axis] === dense[axis]);
}

/** How many of the last axes of a window lie one behind another in the file. */
function denseAxes(size: readonly number[], strides: readonly number[]): number {
  let count = 0;
  for (let axis = size.length - 1, step = 1; axis >= 0; axis--) {
    if (size[axis] !== 1 && strides[axis] !== step) break;
    step *= size[axis];
    count++;
  }
  return count;
}

interface Run {
  readonly source: ByteSource;
  readonly offset: number;
  readonly type: NumberType;
  readonly part: string | undefined;
}

/** Reads elements that lie one behind another into `data`, piece by piece. */
function readRun({ source, offset, type, part }: Run, first: number, data: Tensor['data']): void {
  if (type.native) {
    source.readInto(offset + (first * type.bits) / 8, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return;
  }
  const { group } = type;
  const most = Math.max(group, Math.floor((PIECE * 8) / type.bits / group) * group);
  for (let at = 0; at < data.length;) {
    const whole = Math.floor((first + at) / group) * group;
    const skipped = first + at - whole;
    const count = Math.min(data.length - at, most - skipped);
    const value = type.reader(source.read(offset + (whole * type.bits) / 8, bytesOf(type, skipped + count)), part);
    for (let index = 0; index < count; index++) data[at + index] = value(skipped + index);
    at += count;
  }
}

/** Calls for every combination of indices of these axes with the element at which it begins, in C order. */
function visit(
  size: readonly number[],
  strides: readonly number[],
  first: number,
  each: (first: number) => void,
): void {
  const inner = (axis: number, from: number): void => {
    if (axis === size.length) each(from);
    else for (let at = 0; at < size[axis]; at++) inner(axis + 1, from + at * strides[axis]);
  };
  inner(0, first);
}

/** A run shorter than this is not worth a read of its own. */
const WORTH_READING = 4096;

/** The values of a part of what lies in a file: reads the bytes of that part, or little more. */
export function loadPlaced(placed: Placed, options: ReadOptions, how: LoadHow = {}): Tensor {
  const { source, offset, type, shape, strides = stridesOf(shape), start = 0 } = placed;
  const { begin, size } = checkedWindow(shape, how.window);
  const part = how.reading;
  const tensor = checkedZeros(type.dtype, size, options, how.allocate);
  const { data } = tensor;
  const first = begin.reduce((sum, at, axis) => sum + at * strides[axis], start);
  const run: Run = { source, offset, type, part };
  const dense = denseAxes(size, strides);
  const outer = size.length - dense;
  const length = elementCount(size.slice(outer));
  const last = size.reduce((sum, count, axis) => sum + (count - 1) * strides[axis], first);
  const whole = Math.floor(first / type.group) * type.group;
  const bytes = bytesOf(type, last + 1 - whole);
  const own = bytesPerElement(type.dtype);
  const stretch = (at: number): Tensor['data'] =>
    type.dtype === 'float32'
      ? new Float32Array(data.buffer, data.byteOffset + at * own, length)
      : new Float64Array(data.buffer, data.byteOffset + at * own, length);
  if (bytes <= options.limit) source.prepare?.(offset + (whole * type.bits) / 8, bytes);
  if (outer === 0 || bytesOf(type, length) >= WORTH_READING) {
    let at = 0;
    visit(size.slice(0, outer), strides.slice(0, outer), first, (from) => {
      readRun(run, from, stretch(at));
      at += length;
    });
    return tensor;
  }
  // Transposed, or taken from between: one stretch holds all of it, and is put in order from there.
  if (bytes > options.limit)
    throw damaged('scattered', 'The values lie scattered over {0} bytes; the limit is {1}.', bytes, options.limit);
  const value = type.reader(source.read(offset + (whole * type.bits) / 8, bytes), part);
  let at = 0;
  visit(size, strides, first - whole, (from) => (data[at++] = value(from)));
  return tensor;
}

type Described = Pick<TensorEntry, 'name' | 'source'> &
  Partial<Pick<TensorEntry, 'axes' | 'writtenBy' | 'readings' | 'layer'>>;

/** Throws a ProblemError when the file ends before the numbers do. */
function requirePlaced({ source, offset, type, shape, strides = stridesOf(shape), start = 0 }: Placed): void {
  if (elementCount(shape) === 0) return;
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis], start);
  if (
    !strides.every((stride) => Number.isSafeInteger(stride) && stride >= 0) ||
    !Number.isSafeInteger(start) ||
    start < 0
  )
    throw damaged('strides', 'The file states the impossible strides {0}.', shapeText(strides).slice(0, 200));
  const end = offset + bytesOf(type, last + 1);
  if (!(end <= source.size))
    throw damaged(
      'truncated',
      'The header promises {0} bytes of numbers (shape {1}, {2}), but only {3} follow.',
      end - offset,
      shapeText(shape).slice(0, 200),
      type.name,
      Math.max(0, source.size - offset),
    );
}

/** Numbers in a file as one of its tensors. Throws a ProblemError when the file ends before they do. */
export function placedEntry(placed: Placed, described: Described, options: ReadOptions): TensorEntry {
  requirePlaced(placed);
  return {
    ...described,
    shape: placed.shape,
    readings: described.readings ?? (placed.type.complex ? COMPLEX_PARTS : undefined),
    load: (how) => loadPlaced(placed, options, how),
  };
}

/** What a tensor in memory holds of a part of itself, in memory of its own. */
export function loadKept(kept: Tensor, options: ReadOptions, how: LoadHow = {}): Tensor {
  const { begin, size } = checkedWindow(kept.shape, how.window);
  const tensor = checkedZeros(kept.dtype, size, options, how.allocate);
  if (isDense(size, stridesOf(kept.shape)) && kept.data.length === tensor.data.length) {
    tensor.data.set(kept.data);
    return tensor;
  }
  const strides = stridesOf(kept.shape);
  let at = 0;
  visit(
    size,
    strides,
    begin.reduce((sum, from, axis) => sum + from * strides[axis], 0),
    (from) => {
      tensor.data[at++] = kept.data[from];
    },
  );
  return tensor;
}
