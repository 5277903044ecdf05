import { type Container, cursorAt, damagedHdf5, isNowhere, lengthAt, offsetAt, sized } from './container';

/** Objects of a fractal heap by their ids (HDF5 File Format Specification, III.G). */
export type Heap = (id: Uint8Array) => Uint8Array;

interface Table {
  readonly width: number;
  readonly start: number;
  readonly mostDirect: number;
  /** Bytes that an offset in the heap takes. */
  readonly offsetBytes: number;
  readonly filtered: boolean;
}

const isPower = (value: number): boolean => value > 0 && Number.isInteger(Math.log2(value));

/** The size of the blocks in a row of the doubling table. */
const blockSize = ({ start }: Table, row: number): number => start * 2 ** Math.max(0, row - 1);

/** The address at which a heap's byte lies, looked for from an indirect block down. */
function locate(file: Container, table: Table, address: number, rows: number, base: number, offset: number): number {
  const cursor = cursorAt(file, address, 'FHIB');
  cursor.skip(1 + file.offsetSize + table.offsetBytes);
  const directRows = Math.log2(table.mostDirect) - Math.log2(table.start) + 2;
  let from = base;
  for (let row = 0; row < Math.min(rows, 64); row++) {
    const size = blockSize(table, row);
    for (let column = 0; column < table.width; column++) {
      const child = offsetAt(file, cursor);
      if (row < directRows && table.filtered) cursor.skip(file.lengthSize + 4);
      if (offset >= from && offset < from + size && !isNowhere(file, child)) {
        if (row < directRows) return child + offset - from;
        const below = Math.log2(size) - Math.log2(table.start * table.width) + 1;
        return locate(file, table, child, below, from, offset);
      }
      from += size;
    }
  }
  throw damagedHdf5(address);
}

export function heapAt(file: Container, address: number): Heap {
  const cursor = cursorAt(file, address, 'FRHP');
  cursor.skip(1 + 2);
  const filtered = cursor.u16() > 0;
  cursor.skip(1);
  const mostManaged = cursor.u32();
  cursor.skip(2 * file.lengthSize + 2 * file.offsetSize + 8 * file.lengthSize);
  const width = cursor.u16();
  const start = lengthAt(file, cursor);
  const mostDirect = lengthAt(file, cursor);
  const heapBits = cursor.u16();
  cursor.skip(2);
  const root = offsetAt(file, cursor);
  const rows = cursor.u16();
  const table = { width, start, mostDirect, offsetBytes: Math.ceil(heapBits / 8), filtered };
  const lengthBytes = Math.ceil((Math.log2(Math.min(mostDirect, mostManaged)) + 1) / 8);
  if (!isPower(start) || !isPower(mostDirect) || table.offsetBytes > 8 || width > 1024) throw damagedHdf5(address);
  return (id) => {
    const kind = (id[0] >> 4) & 3;
    if (kind === 2) return id.subarray(1, 2 + (id[0] & 0x0f));
    // Large objects lie by themselves; names and attributes are none.
    if (kind !== 0 || filtered) throw damagedHdf5(address);
    const number = (from: number, length: number): number =>
      id.subarray(from, from + length).reduceRight((value, byte) => value * 256 + byte, 0);
    const offset = number(1, table.offsetBytes);
    const length = number(1 + table.offsetBytes, lengthBytes);
    const at = rows === 0 ? root + offset : locate(file, table, root, rows, 0, offset);
    return cursorAt(file, at).bytes(length);
  };
}

/** The records of a B-tree of the second version, in order (III.A.2). */
export function* recordsAt(file: Container, address: number): Generator<Uint8Array> {
  const cursor = cursorAt(file, address, 'BTHD');
  cursor.skip(2);
  const nodeSize = cursor.u32();
  const recordSize = cursor.u16();
  const depth = cursor.u16();
  cursor.skip(2);
  const root = offsetAt(file, cursor);
  const count = cursor.u16();
  if (isNowhere(file, root)) return;
  if (depth > 16 || recordSize === 0 || nodeSize < 32) throw damagedHdf5(address);
  // How many bytes a node's count takes follows from how many records can be below it.
  const most: number[] = [Math.floor((nodeSize - 10) / recordSize)];
  const total: number[] = [most[0]];
  const bytesFor = (value: number): number => Math.floor(Math.log2(Math.max(1, value)) / 8) + 1;
  const pointerSize = (level: number): number =>
    file.offsetSize + bytesFor(most[level - 1]) + (level > 1 ? bytesFor(total[level - 1]) : 0);
  for (let level = 1; level <= depth; level++) {
    most[level] = Math.floor((nodeSize - 10 - pointerSize(level)) / (recordSize + pointerSize(level)));
    total[level] = (most[level] + 1) * total[level - 1] + most[level];
  }
  function* node(at: number, records: number, level: number): Generator<Uint8Array> {
    const own = cursorAt(file, at, level === 0 ? 'BTLF' : 'BTIN');
    if (records > most[level]) throw damagedHdf5(at);
    own.skip(2);
    const all = Array.from({ length: records }, () => own.bytes(recordSize).slice());
    if (level === 0) {
      yield* all;
      return;
    }
    for (let index = 0; index <= records; index++) {
      const child = offsetAt(file, own);
      const below = sized(own, bytesFor(most[level - 1]));
      if (level > 1) own.skip(bytesFor(total[level - 1]));
      yield* node(child, below, level - 1);
      if (index < records) yield all[index];
    }
  }
  yield* node(root, count, depth);
}
