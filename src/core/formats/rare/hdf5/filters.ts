import { unzlibSync } from 'fflate';
import { damaged, decoding } from '../../format';
import { unpackedZstd } from '../zstd';
import { cursorOf } from './messages';
import { unscaled } from './scaleOffset';

/** One step by which chunks were packed; they are undone from the last to the first. */
export interface Filter {
  readonly id: number;
  readonly values: readonly number[];
}

const NAMES: Readonly<Record<number, string>> = {
  ...{ 4: 'szip', 5: 'n-bit', 32001: 'Blosc', 32004: 'LZ4', 32008: 'bitshuffle', 32013: 'ZFP' },
};

const [DEFLATE, SHUFFLE, FLETCHER32, SCALE_OFFSET, LZF, ZSTD] = [1, 2, 3, 6, 32000, 32015];
const KNOWN = [DEFLATE, SHUFFLE, FLETCHER32, SCALE_OFFSET, LZF, ZSTD];

/** The filters that a message states (HDF5 File Format Specification, IV.A.2.l). Throws a ProblemError. */
export function filtersOf(bytes: Uint8Array): readonly Filter[] {
  const cursor = cursorOf(bytes);
  const version = cursor.u8();
  const count = cursor.u8();
  if (version === 1) cursor.skip(6);
  const filters = Array.from({ length: count }, (): Filter => {
    const id = cursor.u16();
    const nameLength = version === 1 || id >= 256 ? cursor.u16() : 0;
    cursor.skip(2);
    const length = cursor.u16();
    cursor.skip(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength);
    const values = Array.from({ length }, () => cursor.u32());
    if (version === 1 && length % 2 === 1) cursor.skip(4);
    return { id, values };
  });
  // Looked at before anything is read: what is unknown must not be told as values.
  const unknown = filters.find(({ id }) => !KNOWN.includes(id));
  if (unknown)
    throw damaged(
      'hdf5-filter',
      'The dataset is compressed by {0}, which is not read.',
      NAMES[unknown.id] ?? unknown.id,
    );
  return filters;
}

/** Bytes of the same place in every element lie together; here they go back to their elements. */
function unshuffled(bytes: Uint8Array, size: number): Uint8Array {
  const count = Math.floor(bytes.length / size);
  const whole = new Uint8Array(bytes);
  for (let byte = 0; byte < size; byte++)
    for (let at = 0; at < count; at++) whole[at * size + byte] = bytes[byte * count + at];
  return whole;
}

/** LibLZF: runs of literal bytes, and references to what came before. */
function unpackedLzf(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const wrong = (): Error => damaged('hdf5-lzf', 'The compressed data of the dataset is damaged.');
  let to = 0;
  for (let at = 0; at < packed.length;) {
    const control = packed[at++];
    if (control < 32) {
      if (at + control + 1 > packed.length || to + control + 1 > size) throw wrong();
      bytes.set(packed.subarray(at, at + control + 1), to);
      at += control + 1;
      to += control + 1;
      continue;
    }
    let length = control >> 5;
    if (length === 7) length += packed[at++] ?? 0;
    let from = to - ((control & 31) << 8) - (packed[at++] ?? 0) - 1;
    if (from < 0 || to + length + 2 > size) throw wrong();
    for (let left = length + 2; left > 0; left--) bytes[to++] = bytes[from++];
  }
  return bytes;
}

/** What a chunk holds, of `size` bytes once unpacked. A bit of the mask says of a filter that it was left out. */
export function unfiltered(packed: Uint8Array, filters: readonly Filter[], mask: number, size: number): Uint8Array {
  let bytes = packed;
  for (let index = filters.length - 1; index >= 0; index--) {
    if (mask & (1 << index)) continue;
    const { id, values } = filters[index];
    const source = bytes;
    // What a filter before it added is still there: some bytes more than the chunk has.
    if (id === DEFLATE) bytes = decoding('HDF5', () => unzlibSync(source, { out: new Uint8Array(size + 64) }));
    else if (id === SHUFFLE) bytes = unshuffled(bytes, Math.max(1, values[0] ?? 1));
    else if (id === FLETCHER32) bytes = bytes.subarray(0, Math.max(0, bytes.length - 4));
    else if (id === LZF) bytes = unpackedLzf(bytes, size);
    else if (id === ZSTD) bytes = unpackedZstd(bytes, size + 64, size + 64);
    else bytes = unscaled(bytes, values, size);
  }
  if (bytes.length < size)
    throw damaged('hdf5-chunk', 'A part of the dataset has {0} bytes instead of {1}.', bytes.length, size);
  return bytes;
}
