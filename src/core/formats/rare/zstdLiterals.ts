import { BackwardBits, damagedZstd, statedTable } from './fse';

/** By the next bits: a byte, and how many of the bits its code has. */
export interface HuffmanTable {
  readonly bits: number;
  readonly bytes: Uint8Array;
  readonly lengths: Uint8Array;
}

const MOST_BITS = 11;

/** Weights that are packed themselves: two states take turns. */
function packedWeights(source: Uint8Array): number[] {
  const { table, length } = statedTable(source, 6, 256);
  const bits = new BackwardBits(source.subarray(length));
  const weights: number[] = [];
  const states = [bits.take(table.log), bits.take(table.log)];
  for (let turn = 0; weights.length < 255; turn = 1 - turn) {
    const state = states[turn];
    weights.push(table.symbols[state]);
    states[turn] = table.bases[state] + bits.take(table.bits[state]);
    if (bits.left < 0) {
      weights.push(table.symbols[states[1 - turn]]);
      return weights;
    }
  }
  throw damagedZstd();
}

function tableOf(weights: readonly number[]): HuffmanTable {
  const sum = weights.reduce((all, weight) => all + (weight > 0 ? 2 ** (weight - 1) : 0), 0);
  if (sum === 0) throw damagedZstd();
  const bits = Math.floor(Math.log2(sum)) + 1;
  const last = Math.log2(2 ** bits - sum) + 1;
  // What is missing to a power of two is the last byte's.
  if (bits > MOST_BITS || !Number.isInteger(last)) throw damagedZstd();
  const all = [...weights, last];
  const [bytes, lengths] = [new Uint8Array(2 ** bits), new Uint8Array(2 ** bits)];
  let at = 0;
  for (let weight = 1; weight <= bits; weight++)
    all.forEach((own, byte) => {
      if (own !== weight) return;
      const count = 2 ** (weight - 1);
      bytes.fill(byte, at, at + count);
      lengths.fill(bits + 1 - weight, at, at + count);
      at += count;
    });
  if (at !== bytes.length) throw damagedZstd();
  return { bits, bytes, lengths };
}

/** A table as it is told by the weights of bytes, and how many bytes that takes (RFC 8878, 4.2.1). */
function huffmanTable(source: Uint8Array): { readonly table: HuffmanTable; readonly length: number } {
  const head = source.at(0) ?? 0;
  if (head < 128) {
    if (1 + head > source.length) throw damagedZstd();
    return { table: tableOf(packedWeights(source.subarray(1, 1 + head))), length: 1 + head };
  }
  const count = head - 127;
  const length = 1 + Math.ceil(count / 2);
  if (length > source.length) throw damagedZstd();
  const weights = Array.from({ length: count }, (_, at) => (source[1 + (at >> 1)] >> (at & 1 ? 0 : 4)) & 15);
  return { table: tableOf(weights), length };
}

function unpackStream(source: Uint8Array, { bits, bytes, lengths }: HuffmanTable, target: Uint8Array): void {
  const stream = new BackwardBits(source);
  for (let to = 0; to < target.length; to++) {
    const code = stream.take(bits);
    target[to] = bytes[code];
    stream.left += bits - lengths[code];
  }
  if (stream.left !== 0) throw damagedZstd();
}

export interface Literals {
  readonly bytes: Uint8Array;
  /** How many bytes of the block they take. */
  readonly length: number;
  readonly table: HuffmanTable | undefined;
}

/**
 * The bytes of a block that are no copies of others (RFC 8878, 3.1.1.3.1). `known` is the table of the block before.
 */
export function literalsOf(block: Uint8Array, most: number, known: HuffmanTable | undefined): Literals {
  const head = block.at(0) ?? 0;
  const [kind, format] = [head & 3, (head >> 2) & 3];
  /** Numbers of so many bits each behind the first four. */
  const sizes = (width: number, bytes: number): readonly [number, number] => {
    let all = 0;
    for (let at = bytes - 1; at >= 0; at--) all = all * 256 + (block[at] ?? 0);
    all = Math.floor(all / 16);
    return [all % 2 ** width, Math.floor(all / 2 ** width)];
  };
  if (kind < 2) {
    const own = [1, 2, 1, 3][format];
    const size = own === 1 ? head >> 3 : sizes(20, own)[0];
    const packed = kind === 1 ? 1 : size;
    if (size > most || own + packed > block.length) throw damagedZstd();
    const bytes = kind === 1 ? new Uint8Array(size).fill(block[own]) : block.subarray(own, own + size);
    return { bytes, length: own + packed, table: known };
  }
  const own = [3, 3, 4, 5][format];
  const [size, packed] = sizes([10, 10, 14, 18][format], own);
  if (size > most || own + packed > block.length) throw damagedZstd();
  let body = block.subarray(own, own + packed);
  let table = known;
  if (kind === 2) {
    const stated = huffmanTable(body);
    table = stated.table;
    body = body.subarray(stated.length);
  }
  if (!table) throw damagedZstd();
  const bytes = new Uint8Array(size);
  if (format === 0) unpackStream(body, table, bytes);
  else {
    if (body.length < 6) throw damagedZstd();
    const each = Math.floor((size + 3) / 4);
    if (3 * each > size) throw damagedZstd();
    let from = 6;
    for (let stream = 0; stream < 4; stream++) {
      const length = stream < 3 ? body[2 * stream] + 256 * body[2 * stream + 1] : body.length - from;
      if (length < 1 || from + length > body.length) throw damagedZstd();
      unpackStream(
        body.subarray(from, from + length),
        table,
        bytes.subarray(stream * each, stream < 3 ? (stream + 1) * each : size),
      );
      from += length;
    }
  }
  return { bytes, length: own + packed, table };
}
