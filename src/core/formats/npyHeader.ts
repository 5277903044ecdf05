import type { NumberType } from './dtypes';
import { type ReadOptions, checkedCount, damaged } from './format';

/** What the header of an `.npy` file says (NumPy enhancement proposal 1, format versions 1.0 to 3.0). */
export interface NpyHeader {
  /** As NumPy writes it: `<f4`. */
  readonly descr: string;
  readonly type: NumberType;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly count: number;
  /** Where the numbers begin, in bytes. */
  readonly dataOffset: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy refuses headers above 10,000 characters too, because they can be made to take forever. */
const LONGEST_HEADER = 10_000;

export const isNpy = (head: Uint8Array): boolean => MAGIC.every((byte, at) => head[at] === byte);

const TYPE = /^([<>|=])([bBiufcmMOSUVa?])(\d*)$/;

function parseType(descr: string): NumberType {
  const [, order, letter, digits] = TYPE.exec(descr) ?? [];
  const size = Number(digits);
  const littleEndian = order !== '>';
  const sized = (kind: NumberType['kind'], ...sizes: number[]): NumberType => {
    if (sizes.includes(size)) return { kind, size, littleEndian };
    throw damaged('dtype', 'Numbers of the type {0} cannot be read.', descr);
  };
  switch (letter) {
    case 'b':
    case '?':
      return sized('bool', 1);
    case 'i':
      return sized('int', 1, 2, 4, 8);
    case 'u':
      return sized('uint', 1, 2, 4, 8);
    case 'f':
      return sized('float', 2, 4, 8);
    case 'c':
      throw damaged('complex', 'The array is complex ({0}). Save its real part, imaginary part or magnitude.', descr);
    case 'O':
      throw damaged(
        'object',
        'The array holds Python objects ({0}), which are never unpickled. Save it with a numeric dtype.',
        descr,
      );
    default:
      throw damaged('dtype', 'Numbers of the type {0} cannot be read.', descr.slice(0, 200));
  }
}

/** The values of the three keys, in any order; a structured dtype is a list and does not match the text pattern. */
function parseDictionary(text: string): {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
} {
  const wrong = (): Error =>
    damaged('header', 'The header is not one that NumPy writes: {0}.', text.trim().slice(0, 200));
  const body = /^\{(.*)\}\s*$/s.exec(text.trimStart())?.[1];
  if (body === undefined) throw wrong();
  const key = (name: string): RegExp => new RegExp(`['"]${name}['"]\\s*:\\s*`);
  const after = (name: string): string => {
    const found = key(name).exec(body);
    if (!found) throw wrong();
    return body.slice(found.index + found[0].length);
  };
  const stated = after('descr');
  if (stated.startsWith('['))
    throw damaged('structured', 'The array has named fields ({0}). Save one field by itself.', stated.slice(0, 80));
  const descr = /^(['"])([^'"]*)\1/.exec(stated)?.[2];
  const order = /^(True|False)\b/.exec(after('fortran_order'))?.[1];
  const sizes = /^\(([\dL\s,]*)\)/.exec(after('shape'))?.[1];
  if (descr === undefined || order === undefined || sizes === undefined) throw wrong();
  // Python 2 wrote long integers as `4L`; `(4,)` has a comma too many for a split.
  const shape = sizes
    .split(',')
    .map((size) => size.trim().replace(/L$/, ''))
    .filter((size) => size !== '')
    .map(Number);
  return { descr, fortran: order === 'True', shape };
}

/**
 * Reads and checks the header. `length` is that of the whole file: a shape that asks for more numbers than
 * there are bytes is refused here, before any memory is taken.
 */
export function readNpyHeader(bytes: Uint8Array, length: number, options: ReadOptions): NpyHeader {
  if (!isNpy(bytes)) throw damaged('magic', 'This is not an .npy file: its first bytes are not those of NumPy.');
  if (bytes.length < 12) throw damaged('truncated', 'The file ends within its header, after {0} bytes.', bytes.length);
  const version = bytes[6];
  if (version < 1 || version > 3)
    throw damaged('version', 'Version {0} of the .npy format is unknown.', `${version}.${bytes[7]}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = version === 1 ? 10 : 12;
  const headerLength = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerLength > LONGEST_HEADER) {
    throw damaged(
      'header',
      'The header says that it is {0} characters long; at most {1} are read.',
      headerLength,
      LONGEST_HEADER,
    );
  }
  const dataOffset = begin + headerLength;
  if (dataOffset > bytes.length)
    throw damaged('truncated', 'The file ends within its header, after {0} bytes.', bytes.length);
  // Versions 1 and 2 are Latin-1, version 3 is UTF-8. What is read here is ASCII, the same in both; other characters
  // occur only in names of fields, which are not read.
  const text = String.fromCharCode(...bytes.subarray(begin, dataOffset));
  const { descr, fortran, shape } = parseDictionary(text);
  const type = parseType(descr);
  const count = checkedCount(shape, type.size, options);
  if (count * type.size > length - dataOffset) {
    throw damaged(
      'truncated',
      'The header promises {0} bytes of numbers (shape {1}, {2}), but only {3} follow.',
      count * type.size,
      `(${shape.join(', ')})`,
      descr,
      Math.max(0, length - dataOffset),
    );
  }
  return { descr, type, fortranOrder: fortran, shape, count, dataOffset };
}
