import { damaged } from '../../format';

/** How HDF5's scale-offset filter keeps its parameters. */
const [TYPE, FACTOR, COUNT, CLASS, SIZE, , ORDER, HAS_FILL, FILL] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
/** Before the packed values: how many bits each has, how many bytes the least value has, and that value. */
const HEAD = 21;

/** Numbers of a few bits that lie one behind another, the high bits first. */
function* bitsOf(bytes: Uint8Array, width: number, count: number): Generator<bigint> {
  let at = 0;
  for (let index = 0; index < count; index++) {
    let value = 0n;
    for (let bit = 0; bit < width; bit++, at++) value = (value << 1n) | BigInt((bytes[at >> 3] >> (7 - (at & 7))) & 1);
    yield value;
  }
}

/**
 * Undoes the scale-offset filter (H5Zscaleoffset.c): integers as differences from the least one, floats as such
 * integers of a decimal scale. Throws a ProblemError for what cannot be.
 */
export function unscaled(packed: Uint8Array, values: readonly number[], size: number): Uint8Array {
  const wrong = (): Error => damaged('hdf5-scale', 'The scaled data of the dataset is damaged.');
  if (packed.length < HEAD || values.length < FILL) throw wrong();
  const head = new DataView(packed.buffer, packed.byteOffset, HEAD);
  const width = head.getUint32(0, true);
  const least = head.getBigInt64(5, true);
  const [bytes, count, little] = [values[SIZE], values[COUNT], values[ORDER] === 0];
  if (![1, 2, 4, 8].includes(bytes) || width > bytes * 8 || count * bytes > size + 8) throw wrong();
  const body = packed.subarray(HEAD);
  // All bits were needed: the values stand as they were.
  if (width === bytes * 8) return body.subarray(0, size);
  if (body.length * 8 < width * count) throw wrong();
  const whole = new Uint8Array(Math.max(size, count * bytes));
  const view = new DataView(whole.buffer);
  const isFloat = values[CLASS] === 1;
  if (isFloat && values[TYPE] !== 0) throw wrong();
  const put = (at: number, value: bigint): void => {
    for (let byte = 0; byte < bytes; byte++)
      whole[at * bytes + (little ? byte : bytes - 1 - byte)] = Number((value >> BigInt(8 * byte)) & 0xffn);
  };
  const fillBits = values.slice(FILL).reduceRight((all, word) => (all << 32n) | BigInt(word >>> 0), 0n);
  const missing = values[HAS_FILL] === 1 && width > 0 ? (1n << BigInt(width)) - 1n : -1n;
  const base = bytes === 4 ? head.getFloat32(5, true) : head.getFloat64(5, true);
  const factor = values[FACTOR] | 0;
  let at = 0;
  for (const value of width === 0 ? new Array<bigint>(count).fill(0n) : bitsOf(body, width, count)) {
    if (value === missing) put(at, fillBits);
    else if (!isFloat) put(at, least + value);
    else if (bytes === 4) view.setFloat32(at * 4, Number(value) / 10 ** factor + base, little);
    else view.setFloat64(at * 8, Number(value) / 10 ** factor + base, little);
    at++;
  }
  return whole.subarray(0, Math.max(size, 0));
}
