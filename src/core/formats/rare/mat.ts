import type { Tensor } from '../../operation';
import { bytesOf, COMPLEX_PARTS, numberType, type NumberType } from '../dtypes';
import {
  brief,
  checkedShape,
  collect,
  type Contents,
  damaged,
  demandEntries,
  type LoadHow,
  type ReadOptions,
  type TensorEntry,
  type Window,
} from '../format';
import { loadPlaced, placedEntry } from '../placed';
import { type ByteSource, headOf, memorySource, partOf } from '../source';
import { elementCount } from '../../tensor/tensor';
import { Cursor } from './cursor';
import { fortranStrides } from './fortran';
import { datasetsIn, entryOf, type Found } from './hdf5';
import { inflated } from './inflate';

/** Types of data elements, and those of arrays, which differ where small numbers are kept in small types. */
const STORED: Readonly<Record<number, string>> = {
  ...{ 1: 'int8', 2: 'uint8', 3: 'int16', 4: 'uint16', 5: 'int32', 6: 'uint32', 7: 'float32', 9: 'float64' },
  ...{ 12: 'int64', 13: 'uint64' },
};
const CLASSES: readonly string[] = [
  ...['', 'cell', 'struct', 'object', 'char', 'sparse', 'double', 'single', 'int8', 'uint8', 'int16', 'uint16'],
  ...['int32', 'uint32', 'int64', 'uint64', 'function'],
];
const [FIRST_NUMERIC, LAST_NUMERIC] = [6, 15];
const [MATRIX, COMPRESSED] = [14, 15];
const IS_COMPLEX = 0x0800;

interface Element {
  readonly type: number;
  readonly source: ByteSource;
}

/** The next element: a tag of 8 bytes and what it says, or both in 8 bytes. Elements begin at multiples of 8. */
function elementAt(cursor: Cursor): Element {
  const first = cursor.u32();
  if (first >>> 16 !== 0) {
    const source = partOf(cursor.source, cursor.at, Math.min(4, first >>> 16));
    cursor.skip(4);
    return { type: first & 0xffff, source };
  }
  const size = cursor.u32();
  const source = partOf(cursor.source, cursor.at, size);
  cursor.skip(first === COMPRESSED ? size : Math.min(Math.ceil(size / 8) * 8, cursor.left));
  return { type: first, source };
}

interface Matrix {
  readonly name: string;
  readonly kind: string;
  readonly shape: readonly number[];
  readonly real: Element;
  readonly imaginary: Element | undefined;
}

function matrixIn(source: ByteSource, littleEndian: boolean): Matrix {
  const cursor = new Cursor(source, 0, littleEndian);
  const flags = new Cursor(elementAt(cursor).source, 0, littleEndian).u32();
  const sizes = elementAt(cursor).source;
  const dimensions = new Cursor(sizes, 0, littleEndian);
  const shape = Array.from({ length: Math.min(64, sizes.size / 4) }, () => dimensions.i32());
  const label = elementAt(cursor).source;
  const name = new Cursor(label).text(label.size);
  const number = flags & 0xff;
  const kind = CLASSES[number] ?? String(number);
  if (number < FIRST_NUMERIC || number > LAST_NUMERIC)
    return { name, kind, shape, real: { type: 0, source: label }, imaginary: undefined };
  const real = elementAt(cursor);
  return { name, kind, shape, real, imaginary: flags & IS_COMPLEX ? elementAt(cursor) : undefined };
}

function typeOf({ type }: Element, littleEndian: boolean): NumberType {
  const stored = Object.hasOwn(STORED, type) ? numberType(STORED[type], { littleEndian }) : undefined;
  if (!stored) throw damaged('mat', 'The MAT-file is damaged.');
  return stored;
}

function matrixEntry(
  { name, kind, shape, real, imaginary }: Matrix,
  littleEndian: boolean,
  options: ReadOptions,
): TensorEntry {
  if (real.type === 0) throw damaged('no-tensor', 'This is no tensor: {0}.', kind);
  checkedShape(shape);
  const strides = fortranStrides(shape);
  const placedOf = (element: Element) => ({
    source: element.source,
    offset: 0,
    type: typeOf(element, littleEndian),
    shape,
    strides,
  });
  const entry = placedEntry(placedOf(real), { name, source: kind }, options);
  if (!imaginary) return entry;
  if (bytesOf(typeOf(imaginary, littleEndian), elementCount(shape)) > imaginary.source.size)
    throw damaged('mat', 'The MAT-file is damaged.');
  const load = (how: LoadHow = {}): Tensor => {
    const part = (element: Element): Tensor => loadPlaced(placedOf(element), options, { ...how, reading: undefined });
    if (how.reading === COMPLEX_PARTS[1]) return part(imaginary);
    const tensor = part(real);
    if (how.reading === COMPLEX_PARTS[2]) {
      const other = loadPlaced(placedOf(imaginary), options, { window: how.window });
      for (let at = 0; at < tensor.data.length; at++) tensor.data[at] = Math.hypot(tensor.data[at], other.data[at]);
    }
    return tensor;
  };
  return { ...entry, source: `complex ${kind}`, readings: COMPLEX_PARTS, load };
}

/** A variable of a file of version 7.3, whose axes HDF5 has in the reverse order. */
function reversedEntry(found: Found): TensorEntry {
  const entry = entryOf(found);
  const turn = <Item>(list: readonly Item[]): Item[] => list.toReversed();
  return {
    ...entry,
    shape: turn(entry.shape),
    load(how = {}) {
      const window: Window | undefined = how.window && { begin: turn(how.window.begin), size: turn(how.window.size) };
      const tensor = entry.load({ reading: how.reading, window });
      const shape = turn(tensor.shape);
      const type = numberType(tensor.dtype);
      if (!type) throw damaged('mat', 'The MAT-file is damaged.');
      const { buffer, byteOffset, byteLength } = tensor.data;
      const source = memorySource(new Uint8Array(buffer, byteOffset, byteLength));
      const placed = { source, offset: 0, type, shape, strides: fortranStrides(shape) };
      return loadPlaced(placed, { limit: Infinity }, { allocate: how.allocate });
    },
  };
}

function readVersion73(source: ByteSource, options: ReadOptions): Contents {
  const { found, left } = datasetsIn(source, options);
  const own = found.filter(({ path }) => !path.startsWith('#'));
  return { entries: own.map(reversedEntry), left };
}

/** What a MAT-file holds, of version 5 to 7 or 7.3 (MathWorks, MAT-File Format). Throws a ProblemError. */
export function readMat(source: ByteSource, options: ReadOptions): Contents {
  const none = () => damaged('no-tensors', 'The file holds no tensors.');
  const head = headOf(source, 128);
  const isHdf5 = source.size > 520 && source.read(512, 4).every((byte, at) => byte === [0x89, 0x48, 0x44, 0x46][at]);
  if (isHdf5 || head[0] === 0x89) return demandEntries(readVersion73(source, options), none);
  const order = String.fromCharCode(head[126] ?? 0, head[127] ?? 0);
  if (head.length < 128 || (order !== 'IM' && order !== 'MI'))
    throw damaged('mat-version', 'This is no MAT-file of version 5 or later.');
  const littleEndian = order === 'IM';
  const cursor = new Cursor(source, 128, littleEndian);
  const matrices: Matrix[] = [];
  while (cursor.left >= 8) {
    const element = elementAt(cursor);
    let { type, source: body } = element;
    if (type === COMPRESSED) {
      const whole = memorySource(inflated(body.read(0, body.size), options.limit));
      ({ type, source: body } = elementAt(new Cursor(whole, 0, littleEndian)));
    }
    if (type === MATRIX) matrices.push(matrixIn(body, littleEndian));
  }
  const { entries, left } = collect(
    matrices,
    ({ name }) => brief(name),
    (matrix) => matrixEntry(matrix, littleEndian, options),
  );
  return demandEntries({ entries, left }, none);
}
