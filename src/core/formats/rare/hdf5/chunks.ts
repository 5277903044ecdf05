import { damaged } from '../../format';
import { type Container, cursorAt, damagedHdf5, isNowhere, lengthAt, offsetAt, sized } from './container';
import type { Cursor } from '../cursor';
import { recordsAt } from './heaps';

/** Where a part of a dataset lies. */
export interface Chunk {
  readonly address: number;
  /** In bytes, as it is packed. */
  readonly length: number;
  /** A bit for each filter that was left out. */
  readonly mask: number;
}

/** The chunk at a place in the grid of chunks; undefined for one that was never written. */
export type FindChunk = (place: readonly number[]) => Chunk | undefined;

/** How the chunks of a dataset lie in its space. */
export interface Grid {
  /** Of one chunk, in elements along each axis. */
  readonly chunk: readonly number[];
  /** How many of them there are along each axis. */
  readonly counts: readonly number[];
  /** Of one chunk, before it is packed. */
  readonly bytes: number;
  readonly filtered: boolean;
}

const MOST_CHUNKS = 4_000_000;
const keyOf = (place: readonly number[]): string => place.join();

const linear = ({ counts }: Grid, place: readonly number[]): number =>
  place.reduce((index, at, axis) => index * counts[axis] + at, 0);

/** Before HDF5 1.10 a B-tree lists the chunks by the element at which each begins (III.A.1). */
export function treeChunks(file: Container, root: number, { chunk }: Grid): FindChunk {
  const found = new Map<string, Chunk>();
  const visit = (address: number, depth: number): void => {
    if (depth > 16) throw damagedHdf5(address);
    const cursor = cursorAt(file, address, 'TREE');
    cursor.skip(1);
    const level = cursor.u8();
    const count = cursor.u16();
    cursor.skip(2 * file.offsetSize);
    for (let index = 0; index < count; index++) {
      const length = cursor.u32();
      const mask = cursor.u32();
      const place = chunk.map((size) => Math.floor(cursor.u64() / size));
      cursor.skip(8);
      const child = offsetAt(file, cursor);
      if (level > 0) visit(child, depth + 1);
      else found.set(keyOf(place), { address: child, length, mask });
      if (found.size > MOST_CHUNKS) throw damagedHdf5(address);
    }
  };
  if (!isNowhere(file, root)) visit(root, 0);
  return (place) => found.get(keyOf(place));
}

/** Elements of the newer indexes: an address, and of a packed chunk its length and mask. */
function elementOf(file: Container, cursor: Cursor, entrySize: number, grid: Grid): Chunk | undefined {
  const address = offsetAt(file, cursor);
  const length = grid.filtered ? sized(cursor, entrySize - file.offsetSize - 4) : grid.bytes;
  const mask = grid.filtered ? cursor.u32() : 0;
  return isNowhere(file, address) ? undefined : { address, length, mask };
}

/** An array of as many elements as there are chunks (VII.B). */
function fixedArray(file: Container, root: number, grid: Grid): FindChunk {
  const header = cursorAt(file, root, 'FAHD');
  header.skip(2);
  const entrySize = header.u8();
  const pageBits = header.u8();
  const count = lengthAt(file, header);
  const block = offsetAt(file, header);
  const page = 2 ** pageBits;
  const pages = count > page ? Math.ceil(count / page) : 0;
  const begin = block + 6 + file.offsetSize;
  return (place) => {
    const index = linear(grid, place);
    if (index >= count || isNowhere(file, block)) return undefined;
    cursorAt(file, block, 'FADB');
    if (pages === 0) return elementOf(file, cursorAt(file, begin + index * entrySize), entrySize, grid);
    const own = Math.floor(index / page);
    const initialised = cursorAt(file, begin + (own >> 3)).u8() & (0x80 >> (own & 7));
    if (!initialised) return undefined;
    const first = begin + Math.ceil(pages / 8) + 4 + own * (page * entrySize + 4);
    return elementOf(file, cursorAt(file, first + (index % page) * entrySize), entrySize, grid);
  };
}

/** An array that grows along one axis (VII.C). */
function extensibleArray(file: Container, root: number, grid: Grid): FindChunk {
  const header = cursorAt(file, root, 'EAHD');
  header.skip(2);
  const [entrySize, mostBits, ownElements, leastElements, leastPointers, pageBits] = header.bytes(6).slice();
  header.skip(6 * file.lengthSize);
  const index = offsetAt(file, header);
  if (isNowhere(file, index)) return () => undefined;
  if (leastElements === 0 || leastPointers === 0) throw damagedHdf5(root);
  const begin = index + 6 + file.offsetSize;
  const offsetBytes = Math.ceil(mostBits / 8);
  const page = 2 ** pageBits;
  const directBlocks = 2 * (leastPointers - 1);
  const superInIndex = 2 * Math.log2(leastPointers);
  const elementsIn = (level: number): number => 2 ** Math.ceil(level / 2) * leastElements;
  const blocksIn = (level: number): number => 2 ** Math.floor(level / 2);
  const pointerAt = (at: number): number => offsetAt(file, cursorAt(file, at));
  /** An element of a data block, which may be kept in pages. */
  const inBlock = (block: number, elements: number, at: number): Chunk | undefined => {
    if (isNowhere(file, block)) return undefined;
    cursorAt(file, block, 'EADB');
    const first = block + 6 + file.offsetSize + offsetBytes;
    if (elements <= page) return elementOf(file, cursorAt(file, first + at * entrySize), entrySize, grid);
    const start = first + 4 + Math.floor(at / page) * (page * entrySize + 4);
    return elementOf(file, cursorAt(file, start + (at % page) * entrySize), entrySize, grid);
  };
  return (place) => {
    let at = linear(grid, place);
    cursorAt(file, index, 'EAIB');
    if (at < ownElements) return elementOf(file, cursorAt(file, begin + at * entrySize), entrySize, grid);
    at -= ownElements;
    const level = Math.floor(Math.log2(at / leastElements + 1));
    let [firstElement, firstBlock] = [0, 0];
    for (let before = 0; before < level; before++) {
      firstElement += blocksIn(before) * elementsIn(before);
      firstBlock += blocksIn(before);
    }
    const elements = elementsIn(level);
    const block = Math.floor((at - firstElement) / elements);
    const within = (at - firstElement) % elements;
    const pointers = begin + ownElements * entrySize;
    if (level < superInIndex)
      return inBlock(pointerAt(pointers + (firstBlock + block) * file.offsetSize), elements, within);
    const above = pointerAt(pointers + (directBlocks + level - superInIndex) * file.offsetSize);
    if (isNowhere(file, above)) return undefined;
    cursorAt(file, above, 'EASB');
    const bitmap = elements > page ? blocksIn(level) * Math.ceil(elements / page / 8) : 0;
    const list = above + 6 + file.offsetSize + offsetBytes + bitmap;
    return inBlock(pointerAt(list + block * file.offsetSize), elements, within);
  };
}

/** A B-tree of the second version lists the chunks where several axes grow (III.A.2, types 10 and 11). */
function treeOfRecords(file: Container, root: number, { chunk, filtered, bytes }: Grid): FindChunk {
  const found = new Map<string, Chunk>();
  if (isNowhere(file, root)) return () => undefined;
  for (const record of recordsAt(file, root)) {
    const number = (from: number, length: number): number =>
      record.subarray(from, from + length).reduceRight((value, byte) => value * 256 + byte, 0);
    const lengthBytes = filtered ? record.length - file.offsetSize - 4 - 8 * chunk.length : 0;
    const places = file.offsetSize + lengthBytes + (filtered ? 4 : 0);
    found.set(keyOf(chunk.map((_, axis) => number(places + 8 * axis, 8))), {
      address: number(0, file.offsetSize),
      length: filtered ? number(file.offsetSize, lengthBytes) : bytes,
      mask: filtered ? number(file.offsetSize + lengthBytes, 4) : 0,
    });
    if (found.size > MOST_CHUNKS) throw damagedHdf5(root);
  }
  return (place) => found.get(keyOf(place));
}

/** The index that a layout of version 4 names, where the cursor stands behind the chunk's sizes. */
export function indexedChunks(file: Container, cursor: Cursor, flags: number, grid: Grid): FindChunk {
  const kind = cursor.u8();
  const skipped = { 1: 0, 2: 0, 3: 1, 4: 5, 5: 6 }[kind];
  if (skipped === undefined)
    throw damaged('hdf5-layout', 'The parts of the dataset are kept in a way that is not read.');
  let [length, mask] = [grid.bytes, 0];
  if (kind === 1 && flags & 2) [length, mask] = [lengthAt(file, cursor), cursor.u32()];
  cursor.skip(skipped);
  const root = offsetAt(file, cursor);
  if (isNowhere(file, root)) return () => undefined;
  switch (kind) {
    case 1:
      return () => ({ address: root, length, mask });
    case 2:
      return (place) => ({ address: root + linear(grid, place) * grid.bytes, length: grid.bytes, mask: 0 });
    case 3:
      return fixedArray(file, root, grid);
    case 4:
      return extensibleArray(file, root, grid);
    default:
      return treeOfRecords(file, root, grid);
  }
}
