import { damaged } from '../format';
import { type ByteSource, memorySource, partOf } from '../source';
import { Cursor } from './cursor';
import { varint } from './protobuf';
import { unsnapped } from './snappy';

/** A pair of a table: a key, and where its value stands. */
export interface Pair {
  readonly key: Uint8Array;
  readonly value: ByteSource;
}

const FOOTER_LENGTH = 48;
const MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
const [PLAIN, SNAPPY] = [0, 1];
/** Keys share their beginnings, so that a small block may hold much longer ones. */
const MOST_KEY_BYTES = 32 * 2 ** 20;
/** No block is larger, but for one that holds a single large value. */
const MOST_BLOCK = 256 * 2 ** 20;

const damagedTable = (at: number): Error => damaged('table', 'The table of keys is damaged at byte {0}.', at);

interface Stretch {
  readonly offset: number;
  readonly size: number;
}

function stretchAt(cursor: Cursor): Stretch {
  return { offset: Number(varint(cursor)), size: Number(varint(cursor)) };
}

/** A block, as it was before it was packed. A byte behind it says how that was done. */
function blockAt(source: ByteSource, { offset, size }: Stretch, most: number): ByteSource {
  if (size > MOST_BLOCK || !(offset + size < source.size)) throw damagedTable(offset);
  const [method] = source.read(offset + size, 1);
  if (method === PLAIN) return partOf(source, offset, size);
  if (method !== SNAPPY) throw damagedTable(offset + size);
  return memorySource(unsnapped(source.read(offset, size), most));
}

/** The pairs of a block, each key told by what it has in common with the one before. */
function* pairsOf(block: ByteSource, room: { left: number }): Generator<Pair> {
  if (block.size < 4) throw damagedTable(0);
  const restarts = new Cursor(block, block.size - 4).u32();
  const end = block.size - 4 - 4 * restarts;
  const cursor = new Cursor(block);
  let key = new Uint8Array();
  while (cursor.at < end) {
    const [shared, own, length] = [varint(cursor), varint(cursor), varint(cursor)].map(Number);
    room.left -= shared + own;
    if (shared > key.length || room.left < 0 || cursor.at + own + length > end) throw damagedTable(cursor.at);
    const next = new Uint8Array(shared + own);
    next.set(key.subarray(0, shared));
    next.set(cursor.bytes(own), shared);
    key = next;
    yield { key, value: partOf(block, cursor.at, length) };
    cursor.skip(length);
  }
}

/** Whether a file ends as a table of LevelDB's kind does. */
export function isSortedTable(source: ByteSource): boolean {
  if (source.size < FOOTER_LENGTH) return false;
  const end = source.read(source.size - MAGIC.length, MAGIC.length);
  return MAGIC.every((byte, at) => end[at] === byte);
}

/** All pairs of a table, in the order of their keys (LevelDB's table format). Throws a ProblemError. */
export function* tablePairs(source: ByteSource, most: number): Generator<Pair> {
  if (!isSortedTable(source)) throw damagedTable(Math.max(0, source.size - FOOTER_LENGTH));
  const footer = new Cursor(source, source.size - FOOTER_LENGTH);
  stretchAt(footer);
  const room = { left: MOST_KEY_BYTES };
  let behind = 0;
  for (const { value } of pairsOf(blockAt(source, stretchAt(footer), most), room)) {
    const stretch = stretchAt(new Cursor(value));
    // Blocks lie one behind another: one that is named again and again would never come to an end.
    if (stretch.offset < behind) throw damagedTable(stretch.offset);
    behind = stretch.offset + stretch.size;
    yield* pairsOf(blockAt(source, stretch, most), room);
  }
}
