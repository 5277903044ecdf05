import { damaged } from '../format';
import { memorySource } from '../source';
import { Cursor } from './cursor';
import { BackwardBits, damagedZstd, fseTable, type FseTable, onlySymbol, statedTable } from './fse';
import { type HuffmanTable, literalsOf } from './zstdLiterals';

const [FRAME, SKIPPED] = [0xfd2fb528, 0x184d2a5];
/** Neither a block nor what it unpacks to is longer. */
const MOST_BLOCK = 128 * 1024;

/** What a code stands for: the least number, and so many bits are added to it. */
type Code = readonly [base: number, bits: number];
const plain = (from: number, count: number): Code[] => Array.from({ length: count }, (_, at) => [from + at, 0]);
const growing = (from: number, bits: readonly number[]): Code[] => {
  let base = from;
  return bits.map((each): Code => {
    const code = [base, each] as const;
    base += 2 ** each;
    return code;
  });
};
const LITERALS = [...plain(0, 16), ...growing(16, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])];
const MATCHES = [
  ...plain(3, 32),
  ...growing(35, [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
];
/** Offsets of this code and above do not fit into any window. */
const MOST_OFFSET_CODE = 31;

const times = (count: number, value: number): number[] => new Array<number>(count).fill(value);
/** How frequent codes are where a block does not say it (RFC 8878, 3.1.1.3.2.2). */
const USUAL = {
  literals: fseTable([4, 3, ...times(11, 2), 1, 1, 1, ...times(9, 2), 3, 2, ...times(5, 1), ...times(4, -1)], 6),
  offsets: fseTable([...times(6, 1), 2, 2, 2, ...times(15, 1), ...times(5, -1)], 5),
  matches: fseTable([1, 4, 3, ...times(6, 2), ...times(37, 1), ...times(7, -1)], 6),
} as const;

/** Bytes that grow as they are written, up to a limit. */
class Output {
  bytes: Uint8Array;
  length = 0;
  constructor(
    expected: number,
    private readonly most: number,
  ) {
    this.bytes = new Uint8Array(Math.min(expected, most));
  }
  /** Makes room for so many more. */
  need(count: number): void {
    const wanted = this.length + count;
    if (wanted > this.most) throw damaged('unpacked-large', 'The data unpacks to more than {0} bytes.', this.most);
    if (wanted <= this.bytes.length) return;
    const larger = new Uint8Array(Math.min(this.most, Math.max(wanted, 2 * this.bytes.length)));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
  append(bytes: Uint8Array): void {
    this.need(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }
  repeat(count: number, back: number): void {
    this.need(count);
    const { bytes } = this;
    for (let to = this.length, end = to + count; to < end; to++) bytes[to] = bytes[to - back];
    this.length += count;
  }
}

/** What a block leaves to the next one. */
interface Kept {
  huffman: HuffmanTable | undefined;
  tables: Partial<Record<keyof typeof USUAL, FseTable>>;
  /** The last three offsets. */
  offsets: [number, number, number];
}

/** The table of one of the three kinds of codes, by the mode that the block states. */
function tableFor(kind: keyof typeof USUAL, mode: number, cursor: Cursor, kept: Kept): FseTable {
  if (mode === 3) {
    const known = kept.tables[kind];
    if (!known) throw damagedZstd();
    return known;
  }
  let table: FseTable = USUAL[kind];
  if (mode === 1) table = onlySymbol(cursor.u8());
  if (mode === 2) {
    const rest = cursor.source.read(cursor.at, cursor.left);
    const stated = statedTable(rest, kind === 'offsets' ? 8 : 9, 256);
    cursor.skip(stated.length);
    ({ table } = stated);
  }
  kept.tables[kind] = table;
  return table;
}

/** The offset that a number stands for: small ones mean one of the last three. */
function offsetOf(value: number, afterLiterals: boolean, offsets: Kept['offsets']): number {
  if (value > 3) {
    offsets.pop();
    offsets.unshift(value - 3);
    return value - 3;
  }
  const which = value - 1 + (afterLiterals ? 0 : 1);
  const offset = which === 3 ? offsets[0] - 1 : offsets[which];
  if (which > 0) {
    offsets.splice(Math.min(which, 2), 1);
    offsets.unshift(offset);
  }
  return offset;
}

function sequences(section: Uint8Array, literals: Uint8Array, kept: Kept, output: Output, begin: number): void {
  const cursor = new Cursor(memorySource(section));
  const first = cursor.u8();
  if (first === 0) {
    output.append(literals);
    return;
  }
  const count =
    first < 128 ? first : first < 255 ? (first - 128) * 256 + cursor.u8() : cursor.u8() + 256 * cursor.u8() + 0x7f00;
  const modes = cursor.u8();
  const literalTable = tableFor('literals', modes >> 6, cursor, kept);
  const offsetTable = tableFor('offsets', (modes >> 4) & 3, cursor, kept);
  const matchTable = tableFor('matches', (modes >> 2) & 3, cursor, kept);
  const bits = new BackwardBits(section.subarray(cursor.at));
  let [literalState, offsetState, matchState] = [literalTable, offsetTable, matchTable].map(({ log }) =>
    bits.take(log),
  );
  const next = ({ bases, bits: widths }: FseTable, state: number): number => bases[state] + bits.take(widths[state]);
  const before = output.length;
  let from = 0;
  for (let index = 0; index < count; index++) {
    const offsetCode = offsetTable.symbols[offsetState];
    const literal = LITERALS.at(literalTable.symbols[literalState]);
    const match = MATCHES.at(matchTable.symbols[matchState]);
    if (offsetCode > MOST_OFFSET_CODE || !literal || !match) throw damagedZstd();
    const value = 2 ** offsetCode + bits.take(offsetCode);
    const matched = match[0] + bits.take(match[1]);
    const copied = literal[0] + bits.take(literal[1]);
    if (index < count - 1) {
      literalState = next(literalTable, literalState);
      matchState = next(matchTable, matchState);
      offsetState = next(offsetTable, offsetState);
    }
    if (bits.left < 0 || from + copied > literals.length) throw damagedZstd();
    output.append(literals.subarray(from, from + copied));
    from += copied;
    const offset = offsetOf(value, copied > 0, kept.offsets);
    if (offset < 1 || offset > output.length - begin || output.length - before + matched > MOST_BLOCK)
      throw damagedZstd();
    output.repeat(matched, offset);
  }
  if (bits.left !== 0) throw damagedZstd();
  output.append(literals.subarray(from));
}

/** How much a frame says that it unpacks to, in a number of so many bytes; undefined where it does not say it. */
function statedSize(cursor: Cursor, bytes: number): number | undefined {
  switch (bytes) {
    case 0:
      return undefined;
    case 1:
      return cursor.u8();
    case 2:
      return cursor.u16() + 256;
    case 4:
      return cursor.u32();
    default:
      return cursor.u64();
  }
}

/** The blocks of a frame, behind its magic number (RFC 8878, 3.1.1). */
function frame(cursor: Cursor, output: Output): void {
  const flags = cursor.u8();
  const single = (flags & 0x20) !== 0;
  if (!single) cursor.skip(1);
  if (flags & 3)
    throw damaged('zstd-dictionary', 'The data is packed by Zstandard with a dictionary, which is not read.');
  const stated = statedSize(cursor, [single ? 1 : 0, 2, 4, 8][flags >> 6]);
  const begin = output.length;
  const kept: Kept = { huffman: undefined, tables: {}, offsets: [1, 4, 8] };
  for (let last = false; !last;) {
    const head = cursor.u16() + 65_536 * cursor.u8();
    last = (head & 1) === 1;
    const [kind, size] = [(head >> 1) & 3, head >> 3];
    if (size > MOST_BLOCK || kind === 3) throw damagedZstd();
    if (kind === 1) {
      output.append(new Uint8Array(size).fill(cursor.u8()));
      continue;
    }
    if (size > cursor.left) throw damagedZstd();
    const block = cursor.source.read(cursor.at, size);
    cursor.skip(size);
    if (kind === 0) {
      output.append(block);
      continue;
    }
    const literals = literalsOf(block, MOST_BLOCK, kept.huffman);
    kept.huffman = literals.table;
    sequences(block.subarray(literals.length), literals.bytes, kept, output, begin);
  }
  // A checksum of what was unpacked.
  if (flags & 4) cursor.u32();
  if (stated !== undefined && output.length - begin !== stated) throw damagedZstd();
}

/** Unpacks Zstandard's frames (RFC 8878). `expected` bytes are likely to come out; more than `most` are refused. */
export function unpackedZstd(packed: Uint8Array, most: number, expected = 4 * packed.length): Uint8Array {
  const cursor = new Cursor(memorySource(packed));
  const output = new Output(expected, most);
  while (cursor.left > 0) {
    const magic = cursor.u32();
    if (magic === FRAME) frame(cursor, output);
    else if (Math.floor(magic / 16) === SKIPPED) cursor.skip(cursor.u32());
    else throw damagedZstd();
  }
  return output.bytes.subarray(0, output.length);
}
