import type { Dtype, Tensor } from '../operation';
import { ProblemError, problem } from '../problem';
import { bytesPerElement, elementCount } from '../tensor/tensor';

export interface ReadOptions {
  /** Upper limit in bytes of what one tensor may take, in the file's own type and in ours. */
  readonly limit: number;
}

/** A tensor that a file holds, described before its values are read. */
export interface TensorEntry {
  /** The member's name in an archive; otherwise empty. */
  readonly name: string;
  readonly shape: readonly number[];
  /** What the values are in the file: `<f8`, `PNG, 8-bit RGB`. Technical, never translated. */
  readonly source: string;
  /** Axes that the format fixes, such as `CHW` for an image; absent where only the user knows. */
  readonly axes?: 'HW' | 'CHW';
  /** Values as float32 when every value of the source type fits in it, else as float64. Throws a ProblemError. */
  load(): Tensor;
}

/** Reading runs anywhere: bytes in, tensors out. Nothing in a file is ever executed. */
export interface Format {
  readonly id: string;
  /** Without the dot, lower case. */
  readonly extensions: readonly string[];
  /** A cheap look at the first bytes (at least 32 of them, if there are so many) and the name; only `read` parses. */
  match(head: Uint8Array, name: string): boolean;
  /** Throws a ProblemError for anything but a sound file within the limits. */
  read(bytes: Uint8Array, options: ReadOptions): readonly TensorEntry[];
}

/** The rejection of a file. `template` begins with what is wrong, and `args` say what was found. */
export function damaged(code: string, template: string, ...args: (string | number)[]): ProblemError {
  return new ProblemError([problem({ code: `file-${code}`, field: 'file', template, args })]);
}

export function hasExtension(name: string, extensions: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return extensions.some((extension) => lower.endsWith(`.${extension}`));
}

/** Longest list of axes that is worth reading: the inspector shows 5. NumPy itself stops at 64. */
const MOST_AXES = 32;

/**
 * The number of elements of a shape that a header states, refused before memory is taken when a size is not a whole
 * number, or the values would take more than the limit.
 */
export function checkedCount(shape: readonly number[], bytesEach: number, options: ReadOptions): number {
  const text = `(${shape.join(', ')})`;
  if (shape.length > MOST_AXES || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw damaged('shape', 'The file states the impossible shape {0}.', text.slice(0, 200));
  }
  const count = elementCount(shape);
  if (count === 0) throw damaged('empty', 'The tensor of shape {0} has no elements.', text);
  if (!(count * bytesEach <= options.limit)) {
    throw damaged(
      'too-large',
      'The tensor of shape {0} would take {1} bytes; the limit is {2}.',
      text,
      count * bytesEach,
      options.limit,
    );
  }
  return count;
}

/** A tensor of zeros for values that a file holds, within the limit. */
export function checkedZeros(dtype: Dtype, shape: readonly number[], options: ReadOptions): Tensor {
  const count = checkedCount(shape, bytesPerElement(dtype), options);
  return { dtype, shape, data: dtype === 'float32' ? new Float32Array(count) : new Float64Array(count) };
}

/** Runs a library's decoder, which throws plain errors at damaged data; its message goes along as it is. */
export function decoding<Result>(what: string, decode: () => Result): Result {
  try {
    return decode();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw damaged(
      'undecodable',
      'The {0} data cannot be decoded: {1}.',
      what,
      error instanceof Error ? error.message : String(error),
    );
  }
}
