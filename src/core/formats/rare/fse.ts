import { damaged } from '../format';

export const damagedZstd = (): Error => damaged('zstd', 'The data packed by Zstandard is damaged.');

/** Bits of a stream that is read from its end to its begin; the highest bit that is set is where it starts. */
export class BackwardBits {
  /** How many bits are left; fewer than none where zeros were read beyond the begin. */
  left: number;
  constructor(private readonly bytes: Uint8Array) {
    const last = bytes.at(-1);
    if (!last) throw damagedZstd();
    this.left = bytes.length * 8 - 1 - Math.clz32(last) + 24;
  }

  /** At most 24 bits. */
  private few(count: number): number {
    this.left -= count;
    const { bytes, left } = this;
    if (left < 0) {
      const there = Math.max(0, count + left);
      return ((bytes[0] | (bytes[1] << 8) | (bytes[2] << 16)) & (2 ** there - 1)) << -Math.max(left, -24);
    }
    const at = left >> 3;
    const four = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    return (four >>> (left & 7)) & (2 ** count - 1);
  }

  take(count: number): number {
    if (count <= 24) return count === 0 ? 0 : this.few(count);
    const high = this.few(count - 16);
    return high * 65_536 + this.few(16);
  }
}

/** By the state: the symbol that it stands for, and how the next state is told. */
export interface FseTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

/** The states of symbols that are so frequent; −1 is less than once (RFC 8878, 4.1.1). */
export function fseTable(counts: readonly number[], log: number): FseTable {
  const size = 2 ** log;
  const [symbols, bits, bases] = [new Uint8Array(size), new Uint8Array(size), new Uint16Array(size)];
  const next = counts.map((count) => Math.max(1, count));
  let high = size;
  counts.forEach((count, symbol) => {
    if (count < 0) symbols[--high] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  counts.forEach((count, symbol) => {
    for (let times = 0; times < count; times++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  });
  if (at !== 0) throw damagedZstd();
  for (let state = 0; state < size; state++) {
    const number = next[symbols[state]]++;
    bits[state] = log - (31 - Math.clz32(number));
    bases[state] = number * 2 ** bits[state] - size;
  }
  return { log, symbols, bits, bases };
}

/** A table whose one state stands for one symbol. */
export const onlySymbol = (symbol: number): FseTable => ({
  log: 0,
  symbols: Uint8Array.of(symbol),
  bits: Uint8Array.of(0),
  bases: Uint16Array.of(0),
});

/** A table as it is told by how frequent symbols are, and how many bytes that takes. */
export function statedTable(
  bytes: Uint8Array,
  mostLog: number,
  mostSymbols: number,
): { readonly table: FseTable; readonly length: number } {
  let bit = 0;
  const take = (count: number): number => {
    if (bit + count > bytes.length * 8 + 7) throw damagedZstd();
    let value = 0;
    for (let index = 0; index < count; index++, bit++) value |= (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) << index;
    return value;
  };
  const log = take(4) + 5;
  if (log > mostLog) throw damagedZstd();
  const counts: number[] = [];
  let left = 2 ** log;
  while (left > 0) {
    const width = 32 - Math.clz32(left + 1);
    // Small numbers need one bit less than large ones.
    const spare = 2 ** width - 2 - left;
    const low = take(width - 1);
    let value = low;
    if (low >= spare) {
      value += take(1) * 2 ** (width - 1);
      if (value >= 2 ** (width - 1)) value -= spare;
    }
    counts.push(value - 1);
    left -= Math.abs(value - 1);
    if (value === 1) {
      let repeats: number;
      do {
        repeats = take(2);
        for (let index = 0; index < repeats; index++) counts.push(0);
      } while (repeats === 3 && counts.length <= mostSymbols);
    }
    if (counts.length > mostSymbols) throw damagedZstd();
  }
  if (left !== 0) throw damagedZstd();
  return { table: fseTable(counts, log), length: Math.ceil(bit / 8) };
}
