import type { Dtype, Tensor } from '../operation';
import { type Problem, ProblemError, problem } from '../problem';
import { bytesPerElement, elementCount } from '../tensor/tensor';
import type { LayerOf } from './layer';
import type { ByteSource } from './source';
import { eachOf, WantingError } from './wanting';

export interface ReadOptions {
  /** Upper limit in bytes of what one tensor may take, in the file's own type and in ours. */
  readonly limit: number;
  /** The file's own name, without its folder. */
  readonly name?: string;
  /**
   * A file that stands in the same folder or below it, by its path from there, such as the next shard; undefined where
   * there is none.
   */
  beside?(path: string): ByteSource | undefined;
  /** Reads what a file is wrapped around, under the name that it has without the wrapping. */
  inner?(source: ByteSource, name: string): Contents;
}

/** A part of a tensor: along each axis where it begins, and how long it is. */
export interface Window {
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

/** Frameworks whose order of a kernel's axes is known: see `WEIGHT_LAYOUTS`. */
export type WrittenBy = 'torch' | 'keras' | 'jax' | 'tflite' | 'tflite-depthwise';

export interface LoadHow {
  /** One of the entry's readings; the first unless given. */
  readonly reading?: string;
  /** All of the tensor unless given. */
  readonly window?: Window;
  /** Memory for the values; ordinary unless given. */
  allocate?(dtype: Dtype, count: number): Tensor['data'];
}

/** A tensor that a file holds, described before its values are read. */
export interface TensorEntry {
  /** The member's name in an archive; otherwise empty. */
  readonly name: string;
  /** What the layer and its variable are called in the model, where the file names them otherwise. */
  readonly alias?: string;
  readonly shape: readonly number[];
  /** What the values are in the file: `<f8`, `PNG, 8-bit RGB`. Technical, never translated. */
  readonly source: string;
  /** Axes that the format fixes, such as `CHW` for an image; absent where only the user knows. */
  readonly axes?: 'HW' | 'CHW' | 'DHW' | 'CDHW';
  /** Of a picture whose three channels are red, green and blue from 0 to 255. */
  readonly isColour?: boolean;
  /** Whose order the axes of a kernel have, where the file tells. */
  readonly writtenBy?: WrittenBy;
  /**
   * What the values may be taken for where the file leaves it open, the likeliest first: the parts of a complex number,
   * types that look the same in the header. Technical names, or English words that the host
   * translates.
   */
  readonly readings?: readonly string[];
  /** The layer of a graph that this tensor is the kernel of, with its parameters. */
  readonly layer?: LayerOf;
  /** Values as float32 when every value of the source type fits in it, else as float64. Throws a ProblemError. */
  load(how?: LoadHow): Tensor;
}

/** What a file holds besides, and why it cannot be opened: nobody shall look for it in vain. */
export interface LeftOut {
  readonly name: string;
  readonly why: Problem;
}

export interface Contents {
  readonly entries: readonly TensorEntry[];
  readonly left: readonly LeftOut[];
}

/** How a kind of file is told from others. */
export interface Kind {
  readonly id: string;
  /** Without the dot, lower case. */
  readonly extensions: readonly string[];
  /** A cheap look at the first bytes (at least 32 of them, if there are so many) and the name; only `read` parses. */
  match(head: Uint8Array, name: string): boolean;
}

/** Throws a ProblemError for anything but a sound file within the limits. Nothing in a file is ever executed. */
export type ReadFormat = (source: ByteSource, options: ReadOptions) => Contents;

/** Reading runs anywhere: bytes in, tensors out. */
export interface Format extends Kind {
  readonly read: ReadFormat;
}

/** The rejection of a file. `template` begins with what is wrong, and `args` say what was found. */
export function damaged(code: string, template: string, ...args: (string | number)[]): ProblemError {
  return new ProblemError([problem({ code: `file-${code}`, field: 'file', template, args })]);
}

/**
 * Reads each of a file's tensors; one that cannot be read is left out with the reason, so that it does not make those
 * beside it unreadable.
 */
export function collect<Item>(
  items: Iterable<Item>,
  nameOf: (item: Item) => string,
  read: (item: Item) => TensorEntry,
): { entries: TensorEntry[]; left: LeftOut[] } {
  const left: LeftOut[] = [];
  const entries = eachOf(items, (item) => {
    try {
      return [read(item)];
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      left.push({ name: nameOf(item), why: error.problems[0] });
      return [];
    }
  });
  return { entries: entries.flat(), left };
}

/** The contents, if there is anything in them; else the reason why there is not. */
export function demandEntries(contents: Contents, otherwise: () => ProblemError): Contents {
  if (contents.entries.length > 0) return contents;
  throw contents.left.length > 0 ? new ProblemError([contents.left[0].why]) : otherwise();
}

export function hasExtension(name: string, extensions: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return extensions.some((extension) => lower.endsWith(`.${extension}`));
}

/** A name as it may stand in a sentence, whatever stands in a file. */
export function brief(name: string): string {
  const plain = name.replace(/\p{Cc}/gu, '·') || '""';
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}

/** As many axes as NumPy 2 takes. */
const MOST_AXES = 64;

export const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')})`;

/** Throws a ProblemError when a shape that a header states cannot be one. */
export function checkedShape(shape: readonly number[]): number {
  if (
    shape.length > MOST_AXES ||
    !shape.every((size) => Number.isSafeInteger(size) && size >= 0) ||
    !Number.isSafeInteger(elementCount(shape))
  )
    throw damaged('shape', 'The file states the impossible shape {0}.', shapeText(shape).slice(0, 200));
  return elementCount(shape);
}

/**
 * The number of elements of a shape that a header states, refused before memory is taken when a size is not a whole
 * number, or the values would take more than the limit.
 */
export function checkedCount(shape: readonly number[], bytesEach: number, options: ReadOptions): number {
  const count = checkedShape(shape);
  if (count === 0) throw damaged('empty', 'The tensor of shape {0} has no elements.', shapeText(shape));
  if (!(count * bytesEach <= options.limit)) {
    throw damaged(
      'too-large',
      'The tensor of shape {0} would take {1} bytes; the limit is {2}.',
      shapeText(shape),
      count * bytesEach,
      options.limit,
    );
  }
  return count;
}

export const ordinaryMemory = (dtype: Dtype, count: number): Tensor['data'] =>
  dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);

/** A tensor of zeros for values that a file holds, within the limit. */
export function checkedZeros(
  dtype: Dtype,
  shape: readonly number[],
  options: ReadOptions,
  allocate: LoadHow['allocate'] = ordinaryMemory,
): Tensor {
  const count = checkedCount(shape, bytesPerElement(dtype), options);
  return { dtype, shape, data: allocate(dtype, count) };
}

/** Runs a library's decoder, which throws plain errors at damaged data; its message goes along as it is. */
export function decoding<Result>(what: string, decode: () => Result): Result {
  try {
    return decode();
  } catch (error) {
    if (error instanceof ProblemError || error instanceof WantingError) throw error;
    throw damaged(
      'undecodable',
      'The {0} data cannot be decoded: {1}.',
      what,
      error instanceof Error ? error.message : String(error),
    );
  }
}
