import { type NumberType, numberType } from './dtypes';
import { brief, checkedShape, damaged } from './format';
import { type ByteSource, headOf } from './source';

/** What the header of an `.npy` file says (NumPy enhancement proposal 1, format versions 1.0 to 3.0). */
export interface NpyHeader {
  /** As NumPy writes it: `<f4`. */
  readonly descr: string;
  /** What the numbers are, the likeliest first; more than one where the header cannot tell. */
  readonly types: readonly NumberType[];
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin, in bytes. */
  readonly dataOffset: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy refuses headers above 10,000 characters too, because they can be made to take forever. */
const LONGEST_HEADER = 10_000;

export const isNpy = (head: Uint8Array): boolean => MAGIC.every((byte, at) => head[at] === byte);

const TYPE = /^([<>|=])([bBiufcmMOSUVWa?])(\d*)$/;

const NAMES: Readonly<Record<string, string>> = {
  ...{ b1: 'bool', '?': 'bool', i1: 'int8', i2: 'int16', i4: 'int32', i8: 'int64' },
  ...{ u1: 'uint8', u2: 'uint16', u4: 'uint32', u8: 'uint64' },
  ...{ f2: 'float16', f4: 'float32', f8: 'float64', f16: 'longdouble', c8: 'complex64', c16: 'complex128' },
  // As ml_dtypes has NumPy write them; their names are lost in the file, and only these two have a code of their own.
  ...{ f1: 'float8_e5m2', W4: 'complex32' },
};

/** What ml_dtypes writes as so many bytes of nothing in particular (`V2`, `V1`); the commonest first. */
const NAMELESS: Readonly<Record<string, readonly string[]>> = {
  V2: ['bfloat16'],
  V1: [
    ...['float8_e4m3fn', 'int4', 'uint4', 'float8_e8m0fnu', 'float4_e2m1fn', 'float8_e4m3fnuz', 'float8_e5m2fnuz'],
    ...['float8_e4m3', 'float8_e3m4', 'float8_e4m3b11fnuz', 'float6_e2m3fn', 'float6_e3m2fn', 'int2', 'uint2'],
  ],
};

/** What numbers of a type that NumPy calls so may be, the likeliest first. Throws a ProblemError for anything else. */
export function typesOf(descr: string): readonly NumberType[] {
  const [, order, letter, digits] = TYPE.exec(descr) ?? [];
  if (letter === 'O')
    throw damaged(
      'object',
      'The array holds Python objects ({0}), which are never unpickled. Save it with a numeric dtype.',
      descr,
    );
  const code = `${letter}${digits}`;
  const name = Object.hasOwn(NAMES, code) ? NAMES[code] : undefined;
  const names = name === undefined ? (Object.hasOwn(NAMELESS, code) ? NAMELESS[code] : []) : [name];
  const types = names.flatMap((each) => numberType(each, { littleEndian: order !== '>' }) ?? []);
  if (types.length === 0) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(descr));
  return types;
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

/** Where the text of a header stands: 16 bits say how long it is, from version 2 on 32. Throws a ProblemError. */
export function npyHeaderPlace(head: Uint8Array): { readonly begin: number; readonly length: number } {
  if (head.length < 12) throw damaged('truncated', 'The file ends within its header, after {0} bytes.', head.length);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return head[6] === 1
    ? { begin: 10, length: view.getUint16(8, true) }
    : { begin: 12, length: view.getUint32(8, true) };
}

/** Whether an array is one of Python's objects, by the first bytes of its file. */
export const holdsObjects = (head: Uint8Array): boolean =>
  isNpy(head) && /['"]descr['"]\s*:\s*['"][|<>=]?O/.test(String.fromCharCode(...head.subarray(10, 128)));

/**
 * Reads and checks the header. That there are as many numbers as it promises is for whoever reads them. Throws a
 * ProblemError.
 */
export function readNpyHeader(source: ByteSource): NpyHeader {
  const bytes = headOf(source, 12 + LONGEST_HEADER);
  if (!isNpy(bytes)) throw damaged('magic', 'This is not an .npy file: its first bytes are not those of NumPy.');
  const { begin, length } = npyHeaderPlace(bytes);
  const version = bytes[6];
  if (version < 1 || version > 3)
    throw damaged('version', 'Version {0} of the .npy format is unknown.', `${version}.${bytes[7]}`);
  if (length > LONGEST_HEADER) {
    throw damaged(
      'header',
      'The header says that it is {0} characters long; at most {1} are read.',
      length,
      LONGEST_HEADER,
    );
  }
  const dataOffset = begin + length;
  if (dataOffset > bytes.length)
    throw damaged('truncated', 'The file ends within its header, after {0} bytes.', bytes.length);
  // Versions 1 and 2 are Latin-1, version 3 is UTF-8. What is read here is ASCII, the same in both; other characters
  // occur only in names of fields, which are not read.
  const text = String.fromCharCode(...bytes.subarray(begin, dataOffset));
  const { descr, fortran, shape } = parseDictionary(text);
  const types = typesOf(descr);
  checkedShape(shape);
  return { descr, types, fortranOrder: fortran, shape, dataOffset };
}
