import { damaged } from '../format';
import { memorySource } from '../source';
import { Cursor } from './cursor';

const wrong = (): Error => damaged('exr-piz', 'The compressed data of the picture is damaged.');

const SYMBOLS = 65_537;
/** Codes that are longer would need blocks of more samples than any has. */
const LONGEST_CODE = 40;
/** Of the lengths of codes: from these on they count symbols that do not occur. */
const [SHORT_RUN, LONG_RUN] = [59, 63];
/** Codes of up to so many bits are looked up, longer ones are searched for. */
const LOOKED_UP = 13;

/** Bits from the high one on. What is beyond the end is refused. */
class Bits {
  private held = 0;
  private count = 0;
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  /** At most 24 bits. */
  take(count: number): number {
    while (this.count < count) {
      if (this.at >= this.bytes.length) throw wrong();
      this.held = ((this.held << 8) | this.bytes[this.at++]) & 0x7fffffff;
      this.count += 8;
    }
    this.count -= count;
    const value = (this.held >>> this.count) & (2 ** count - 1);
    this.held &= 2 ** this.count - 1;
    return value;
  }

  /** The next bits, with zeros behind the end. */
  peek(count: number): number {
    while (this.count < count) {
      this.held = ((this.held << 8) | (this.bytes[this.at++] ?? 0)) & 0x7fffffff;
      this.count += 8;
    }
    return (this.held >>> (this.count - count)) & (2 ** count - 1);
  }

  get bytesRead(): number {
    return this.at;
  }
}

/** The lengths of all symbols' codes, themselves packed. */
function lengthsOf(bits: Bits, first: number, last: number): Uint8Array {
  const lengths = new Uint8Array(SYMBOLS);
  for (let symbol = first; symbol <= last; symbol++) {
    const length = bits.take(6);
    if (length < SHORT_RUN) {
      if (length > LONGEST_CODE) throw wrong();
      lengths[symbol] = length;
      continue;
    }
    const run = length === LONG_RUN ? bits.take(8) + LONG_RUN - SHORT_RUN + 2 : length - SHORT_RUN + 2;
    if (symbol + run > last + 1) throw wrong();
    symbol += run - 1;
  }
  return lengths;
}

/** Codes in order: the longest have the smallest numbers; of one length they go up with their symbols. */
interface Codes {
  /** By the code's length: its first code, how many there are, and where their symbols begin. */
  readonly firsts: readonly number[];
  readonly counts: readonly number[];
  readonly begins: readonly number[];
  readonly symbols: Uint32Array;
  /** By the next bits: the symbol and its code's length; 0 where the code is longer. */
  readonly table: Uint32Array;
}

function codesOf(lengths: Uint8Array): Codes {
  const counts = new Array<number>(LONGEST_CODE + 1).fill(0);
  for (const length of lengths) if (length > 0) counts[length]++;
  const firsts = new Array<number>(LONGEST_CODE + 1).fill(0);
  let next = 0;
  for (let length = LONGEST_CODE; length > 0; length--) {
    firsts[length] = next;
    next = Math.floor((next + counts[length]) / 2);
  }
  const begins: number[] = [0];
  for (let length = 1; length <= LONGEST_CODE; length++)
    begins[length] = begins[length - 1] + (length === 1 ? 0 : counts[length - 1]);
  const places = [...begins];
  const symbols = new Uint32Array(begins[LONGEST_CODE] + counts[LONGEST_CODE]);
  lengths.forEach((length, symbol) => {
    if (length > 0) symbols[places[length]++] = symbol;
  });
  const table = new Uint32Array(2 ** LOOKED_UP);
  for (let length = 1; length <= LOOKED_UP; length++) {
    const repeats = 2 ** (LOOKED_UP - length);
    for (let index = 0; index < counts[length]; index++) {
      const from = (firsts[length] + index) * repeats;
      if (from + repeats > table.length) throw wrong();
      table.fill(symbols[begins[length] + index] * 64 + length, from, from + repeats);
    }
  }
  return { firsts, counts, begins, symbols, table };
}

function symbolIn(bits: Bits, { firsts, counts, begins, symbols, table }: Codes): number {
  const known = table[bits.peek(LOOKED_UP)];
  if (known > 0) {
    bits.take(known & 63);
    return known >>> 6;
  }
  let code = bits.take(LOOKED_UP);
  for (let length = LOOKED_UP + 1; length <= LONGEST_CODE; length++) {
    code = code * 2 + bits.take(1);
    const index = code - firsts[length];
    if (index >= 0 && index < counts[length]) return symbols[begins[length] + index];
  }
  throw wrong();
}

/** Huffman's code over numbers of 16 bits; the last symbol repeats the number before it (ImfHuf.cpp). */
function unpackedNumbers(packed: Uint8Array, count: number): Uint16Array {
  const numbers = new Uint16Array(count);
  if (packed.length === 0 && count === 0) return numbers;
  const head = new Cursor(memorySource(packed));
  const [first, last] = [head.u32(), head.u32()];
  head.skip(4);
  const size = head.u32();
  head.skip(4);
  if (first >= SYMBOLS || last >= SYMBOLS || first > last) throw wrong();
  const body = packed.subarray(head.at);
  const table = new Bits(body);
  const codes = codesOf(lengthsOf(table, first, last));
  const data = body.subarray(table.bytesRead);
  if (Math.ceil(size / 8) > data.length) throw wrong();
  const bits = new Bits(data.subarray(0, Math.ceil(size / 8)));
  for (let to = 0; to < count;) {
    const symbol = symbolIn(bits, codes);
    if (symbol !== last) {
      numbers[to++] = symbol;
      continue;
    }
    const run = bits.take(8);
    if (to === 0 || to + run > count) throw wrong();
    numbers.fill(numbers[to - 1], to, to + run);
    to += run;
  }
  return numbers;
}

const signed = (value: number): number => (value << 16) >> 16;

/** A mean and a difference of two numbers, of 14 bits. */
function apart14(low: number, high: number): readonly [number, number] {
  const difference = signed(high);
  const one = signed(low) + (difference & 1) + (difference >> 1);
  return [one & 0xffff, (one - difference) & 0xffff];
}

/** The same of 16 bits, modulo 2¹⁶. */
function apart16(low: number, high: number): readonly [number, number] {
  const other = (low - (high >> 1)) & 0xffff;
  return [(high + other - 0x8000) & 0xffff, other];
}

/** Takes back Haar's wavelet along both axes, in place (ImfWav.cpp, `wav2Decode`). */
function fromWavelet(
  numbers: Uint16Array,
  begin: number,
  [columns, rows]: readonly [number, number],
  [stepX, stepY]: readonly [number, number],
  most: number,
): void {
  const apart = most < 2 ** 14 ? apart14 : apart16;
  const pair = (one: number, other: number): void => {
    [numbers[one], numbers[other]] = apart(numbers[one], numbers[other]);
  };
  let twice = 2 ** Math.floor(Math.log2(Math.min(columns, rows)));
  for (let half = twice / 2; half >= 1; twice = half, half /= 2) {
    const [right, below] = [stepX * half, stepY * half];
    let y = 0;
    for (; y + twice <= rows; y += twice) {
      let x = 0;
      for (; x + twice <= columns; x += twice) {
        const at = begin + y * stepY + x * stepX;
        pair(at, at + below);
        pair(at + right, at + right + below);
        pair(at, at + right);
        pair(at + below, at + below + right);
      }
      if (columns & half) pair(begin + y * stepY + x * stepX, begin + y * stepY + x * stepX + below);
    }
    if (rows & half)
      for (let x = 0; x + twice <= columns; x += twice) {
        const at = begin + y * stepY + x * stepX;
        pair(at, at + right);
      }
  }
}

/** The numbers that occur, in order, by the one that stands for each. */
function numbersThatOccur(cursor: Cursor): Uint16Array {
  const [first, last] = [cursor.u16(), cursor.u16()];
  const bitmap = new Uint8Array(8192);
  if (first >= bitmap.length || last >= bitmap.length) throw wrong();
  if (first <= last) bitmap.set(cursor.bytes(last - first + 1), first);
  const occur = [0];
  for (let number = 1; number < 65_536; number++) if (bitmap[number >> 3] & (1 << (number & 7))) occur.push(number);
  return Uint16Array.from(occur);
}

/**
 * What PIZ packed of a block, line by line and channel by channel as it was (ImfPizCompressor.cpp). `channels` says of
 * how many numbers of 16 bits a sample of each is made.
 */
export function unpackedPiz(
  packed: Uint8Array,
  width: number,
  height: number,
  channels: readonly number[],
): Uint8Array {
  const cursor = new Cursor(memorySource(packed));
  const occur = numbersThatOccur(cursor);
  const size = cursor.u32();
  const perLine = channels.reduce((sum, words) => sum + words * width, 0);
  const numbers = unpackedNumbers(packed.subarray(cursor.at, cursor.at + size), perLine * height);
  let begin = 0;
  for (const words of channels) {
    for (let word = 0; word < words; word++)
      fromWavelet(numbers, begin + word, [width, height], [words, width * words], occur.length - 1);
    begin += words * width * height;
  }
  const bytes = new Uint8Array(numbers.length * 2);
  let to = 0;
  for (let line = 0; line < height; line++) {
    let from = 0;
    for (const words of channels) {
      const count = words * width;
      for (let at = from + line * count, end = at + count; at < end; at++) {
        const number = occur[numbers[at]] ?? 0;
        bytes[to++] = number & 0xff;
        bytes[to++] = number >> 8;
      }
      from += count * height;
    }
  }
  return bytes;
}
