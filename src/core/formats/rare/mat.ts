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
const [CELL, STRUCT, OPAQUE] = [1, 2, 17];
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

/** Cells and structs hold arrays, which may be such again. */
const DEEPEST = 32;
const MOST_MATRICES = 1_000_000;

/** The arrays of a file, those within cells and structs with the way that leads to them: `net.layers{2}.weights`. */
class Matrices {
  readonly found: Matrix[] = [];
  constructor(private readonly littleEndian: boolean) {}

  /** An array, by the element that holds it. One within another has no name of its own. */
  add(source: ByteSource, within: string | undefined, depth = 0): void {
    // What is empty within a cell or a struct is nothing at all.
    if (source.size === 0) return;
    if (depth > DEEPEST || this.found.length >= MOST_MATRICES) throw damaged('mat', 'The MAT-file is damaged.');
    const { littleEndian } = this;
    const cursor = new Cursor(source, 0, littleEndian);
    const flags = new Cursor(elementAt(cursor).source, 0, littleEndian).u32();
    const number = flags & 0xff;
    if (number === OPAQUE) {
      const own = new Cursor(elementAt(cursor).source);
      this.found.push(unread(within ?? own.text(own.left), 'object', source));
      return;
    }
    const sizes = elementAt(cursor).source;
    const dimensions = new Cursor(sizes, 0, littleEndian);
    const shape = Array.from({ length: Math.min(64, sizes.size / 4) }, () => dimensions.i32());
    const label = elementAt(cursor).source;
    const name = within ?? new Cursor(label).text(label.size);
    const kind = CLASSES[number] ?? String(number);
    if (number === CELL) this.addCells(cursor, name, depth);
    else if (number === STRUCT) this.addFields(cursor, name, elementCount(shape), depth);
    else if (number < FIRST_NUMERIC || number > LAST_NUMERIC) this.found.push(unread(name, kind, label));
    else {
      const real = elementAt(cursor);
      this.found.push({ name, kind, shape, real, imaginary: flags & IS_COMPLEX ? elementAt(cursor) : undefined });
    }
  }

  private addCells(cursor: Cursor, name: string, depth: number): void {
    for (let at = 1; cursor.left >= 8; at++) this.add(elementAt(cursor).source, `${name}{${at}}`, depth + 1);
  }

  /** Of each struct of an array of such, its fields in the order in which their names stand. */
  private addFields(cursor: Cursor, name: string, count: number, depth: number): void {
    const length = new Cursor(elementAt(cursor).source, 0, this.littleEndian).u32();
    const { source } = elementAt(cursor);
    const texts = new Cursor(source);
    if (length < 1 || length > 4096) throw damaged('mat', 'The MAT-file is damaged.');
    const fields = Array.from({ length: Math.floor(source.size / length) }, () =>
      texts.text(length).replace(/\0.*$/s, ''),
    );
    for (let at = 1; fields.length > 0 && cursor.left >= 8; at++)
      for (const field of fields)
        if (cursor.left >= 8)
          this.add(elementAt(cursor).source, `${name}${count === 1 ? '' : `(${at})`}.${field}`, depth + 1);
  }
}

/** Something that holds no numbers that are read. */
const unread = (name: string, kind: string, source: ByteSource): Matrix => ({
  name,
  kind,
  shape: [],
  real: { type: 0, source },
  imaginary: undefined,
});

/** Types of numbers of version 4, by the second digit of what each array begins with. */
const FOURTH: readonly number[] = [9, 7, 5, 3, 4, 2];

/** The arrays of version 4: five numbers, a name, and the values. */
function fourthVersion(source: ByteSource, littleEndian: boolean): readonly Matrix[] {
  const cursor = new Cursor(source, 0, littleEndian);
  const found: Matrix[] = [];
  while (cursor.left >= 20) {
    const [type, rows, columns, complex, length] = Array.from({ length: 5 }, () => cursor.u32());
    const stored = FOURTH[Math.floor(type / 10) % 10];
    if (type >= 5000 || stored === undefined || rows * columns > source.size)
      throw damaged('mat', 'The MAT-file is damaged.');
    const name = cursor.text(length).replace(/\0.*$/s, '');
    const size = (rows * columns * (numberType(STORED[stored])?.bits ?? 8)) / 8;
    const part = (): Element => {
      const element = { type: stored, source: partOf(source, cursor.at, size) };
      cursor.skip(size);
      return element;
    };
    const real = part();
    const imaginary = complex === 0 ? undefined : part();
    const kind = ['double', 'char', 'sparse'][type % 10] ?? '';
    if (kind === 'double') found.push({ name, kind: STORED[stored], shape: [rows, columns], real, imaginary });
    else found.push(unread(name, kind, source));
  }
  return found;
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

function fifthVersion(source: ByteSource, littleEndian: boolean, options: ReadOptions): readonly Matrix[] {
  const cursor = new Cursor(source, 128, littleEndian);
  const matrices = new Matrices(littleEndian);
  while (cursor.left >= 8) {
    const element = elementAt(cursor);
    let { type, source: body } = element;
    if (type === COMPRESSED) {
      const whole = memorySource(inflated(body.read(0, body.size), options.limit));
      ({ type, source: body } = elementAt(new Cursor(whole, 0, littleEndian)));
    }
    if (type === MATRIX) matrices.add(body, undefined);
  }
  return matrices.found;
}

/** Whether a file of version 4 has its low bytes first; undefined where it is none: its first number is a small one. */
function orderOfFourth(head: Uint8Array): boolean | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 20) return undefined;
  if (view.getUint32(0, true) < 1000) return true;
  const big = view.getUint32(0, false);
  return big >= 1000 && big < 2000 ? false : undefined;
}

/** What a MAT-file holds, of version 4 to 7 or 7.3 (MathWorks, MAT-File Format). Throws a ProblemError. */
export function readMat(source: ByteSource, options: ReadOptions): Contents {
  const none = () => damaged('no-tensors', 'The file holds no tensors.');
  const head = headOf(source, 128);
  const isHdf5 = source.size > 520 && source.read(512, 4).every((byte, at) => byte === [0x89, 0x48, 0x44, 0x46][at]);
  if (isHdf5 || head[0] === 0x89) return demandEntries(readVersion73(source, options), none);
  const order = String.fromCharCode(head[126] ?? 0, head[127] ?? 0);
  const isFifth = head.length === 128 && (order === 'IM' || order === 'MI');
  const fourth = isFifth ? undefined : orderOfFourth(head);
  if (!isFifth && fourth === undefined) throw damaged('mat-version', 'This is no MAT-file of version 4 or later.');
  const littleEndian = isFifth ? order === 'IM' : fourth === true;
  const found = isFifth ? fifthVersion(source, littleEndian, options) : fourthVersion(source, littleEndian);
  const { entries, left } = collect(
    found,
    ({ name }) => brief(name),
    (matrix) => matrixEntry(matrix, littleEndian, options),
  );
  return demandEntries({ entries, left }, none);
}
