import { numberType, type NumberType } from '../dtypes';
import { brief, checkedCount, checkedShape, type Contents, damaged, type ReadOptions } from '../format';
import { type Placed, placedEntry } from '../placed';
import { type ByteSource, headOf, memorySource, partOf } from '../source';
import { elementCount } from '../../tensor/tensor';
import { Cursor } from './cursor';
import { fortranStrides } from './fortran';
import { inflated } from './inflate';

/** Names of types, of which there are many for each (teem's nrrd). */
const TYPES: readonly (readonly [name: string, also: readonly string[]])[] = [
  ['int8', ['signed char', 'int8', 'int8_t']],
  ['uint8', ['uchar', 'unsigned char', 'uint8', 'uint8_t']],
  ['int16', ['short', 'short int', 'signed short', 'signed short int', 'int16', 'int16_t']],
  ['uint16', ['ushort', 'unsigned short', 'unsigned short int', 'uint16', 'uint16_t']],
  ['int32', ['int', 'signed int', 'int32', 'int32_t']],
  ['uint32', ['uint', 'unsigned int', 'uint32', 'uint32_t']],
  ['int64', ['longlong', 'long long', 'long long int', 'signed long long', 'signed long long int', 'int64', 'int64_t']],
  ['uint64', ['ulonglong', 'unsigned long long', 'unsigned long long int', 'uint64', 'uint64_t']],
  ['float32', ['float']],
  ['float64', ['double']],
];

const LONGEST_HEADER = 1_000_000;

/** The fields of the header, which an empty line ends; the cursor is left behind it. */
function fieldsOf(cursor: Cursor): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  cursor.line();
  while (cursor.left > 0) {
    if (cursor.at > LONGEST_HEADER) throw damaged('nrrd', 'The header of the NRRD file is damaged.');
    const line = cursor.line().replace(/\r$/, '');
    if (line === '') break;
    const match = /^([^#:]+):=? ?(.*)$/.exec(line);
    if (match) fields.set(match[1].trim().toLowerCase(), match[2].trim());
    if (cursor.left === 0) break;
  }
  return fields;
}

interface Described {
  readonly type: NumberType;
  readonly shape: readonly number[];
  readonly encoding: string;
  readonly fields: ReadonlyMap<string, string>;
}

function describe(fields: ReadonlyMap<string, string>): Described {
  const typeName = fields.get('type') ?? '';
  const name = TYPES.find(([, also]) => also.includes(typeName.toLowerCase()))?.[0];
  const type = name === undefined ? undefined : numberType(name, { littleEndian: fields.get('endian') !== 'big' });
  if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(typeName));
  const shape = (fields.get('sizes') ?? '').split(/\s+/).filter(Boolean).map(Number);
  if (shape.length === 0) throw damaged('nrrd', 'The header of the NRRD file is damaged.');
  checkedShape(shape);
  return { type, shape, encoding: (fields.get('encoding') ?? 'raw').toLowerCase(), fields };
}

/** The numbers, where they begin: in the file itself, or in another one. */
function dataOf({ fields, type, shape }: Described, cursor: Cursor, options: ReadOptions): ByteSource {
  const apart = fields.get('data file') ?? fields.get('datafile');
  let source = partOf(cursor.source, cursor.at, cursor.left);
  if (apart !== undefined) {
    const file = options.beside?.(apart);
    if (!file) throw damaged('shard', 'The file "{0}" is not beside this one.', brief(apart));
    source = file;
  }
  const lines = new Cursor(source);
  for (let left = Number(fields.get('line skip') ?? fields.get('lineskip') ?? 0); left > 0; left--) lines.line();
  const skipped = Number(fields.get('byte skip') ?? fields.get('byteskip') ?? 0);
  // −1: the numbers are the last bytes of the file.
  const at = skipped === -1 ? source.size - (elementCount(shape) * type.bits) / 8 : lines.at + skipped;
  if (!(at >= 0 && at <= source.size)) throw damaged('nrrd', 'The header of the NRRD file is damaged.');
  return partOf(source, at, source.size - at);
}

const PACKED: Readonly<Record<string, 'gzip'>> = { gzip: 'gzip', gz: 'gzip' };

/** A volume of NRRD, with its axes as pynrrd has them: the fastest first. Throws a ProblemError. */
export function readNrrd(source: ByteSource, options: ReadOptions): Contents {
  const cursor = new Cursor(source);
  if (!String.fromCharCode(...headOf(source, 8)).startsWith('NRRD'))
    throw damaged('nrrd', 'The header of the NRRD file is damaged.');
  const described = describe(fieldsOf(cursor));
  const { type, shape, encoding } = described;
  const data = dataOf(described, cursor, options);
  const strides = fortranStrides(shape);
  const entryOf = (placed: Omit<Placed, 'shape' | 'strides' | 'offset'>): Contents => ({
    entries: [
      placedEntry({ ...placed, offset: 0, shape, strides }, { name: '', source: `${type.name}, ${encoding}` }, options),
    ],
    left: [],
  });
  if (encoding === 'raw') return entryOf({ source: data, type });
  checkedCount(shape, 8, options);
  if (encoding in PACKED) {
    const most = (elementCount(shape) * type.bits) / 8 + 1024;
    return entryOf({ source: memorySource(inflated(data.read(0, data.size), most, 'gzip')), type });
  }
  if (!['ascii', 'text', 'txt'].includes(encoding))
    throw damaged('nrrd-encoding', 'The numbers are packed as {0}, which is not read.', brief(encoding));
  const words = new Cursor(data)
    .text(Math.min(data.size, elementCount(shape) * 64))
    .trim()
    .split(/\s+/);
  const values = Float64Array.from(words.map(Number));
  const bytes = new Uint8Array(values.buffer);
  const float64 = numberType('float64');
  if (!float64 || values.length < elementCount(shape)) throw damaged('nrrd', 'The header of the NRRD file is damaged.');
  return entryOf({ source: memorySource(bytes), type: float64 });
}
