import { damaged } from '../../format';
import { type ByteSource, partOf } from '../../source';
import { Cursor } from '../cursor';

/** Where nothing is: all bits of an address are ones. Rounded as the address itself is when it is read. */
const NOWHERE = 2 ** 64;

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const BLOCK = 64 * 1024;
const MOST_BLOCKS = 128;

/** The same source with what was read lately: the parts of a file refer to one another to and fro. */
function remembering(source: ByteSource): ByteSource {
  const blocks = new Map<number, Uint8Array>();
  const block = (index: number): Uint8Array => {
    const known = blocks.get(index);
    if (known) return known;
    const fresh = source.read(index * BLOCK, Math.min(BLOCK, source.size - index * BLOCK)).slice();
    const [oldest] = blocks.keys();
    if (blocks.size >= MOST_BLOCKS) blocks.delete(oldest);
    blocks.set(index, fresh);
    return fresh;
  };
  return {
    ...source,
    size: source.size,
    read(offset, length) {
      const index = Math.floor(offset / BLOCK);
      const at = offset - index * BLOCK;
      if (length > BLOCK || at + length > BLOCK || !(offset + length <= source.size))
        return source.read(offset, length);
      return block(index).subarray(at, at + length);
    },
    readInto: (offset, target) => {
      source.readInto(offset, target);
    },
  };
}

export const damagedHdf5 = (address: number): Error =>
  damaged('hdf5', 'The HDF5 file is damaged at byte {0}.', address);

/** An HDF5 file as its structures see it: addresses from its beginning, and how many bytes they take. */
export interface Container {
  readonly source: ByteSource;
  readonly offsetSize: number;
  readonly lengthSize: number;
  /** The address of the root group’s header. */
  readonly root: number;
}

/** A whole number of any size up to 8 bytes, the low byte first. */
export function sized(cursor: Cursor, bytes: number): number {
  let value = 0;
  const all = cursor.bytes(bytes);
  for (let at = bytes - 1; at >= 0; at--) value = value * 256 + all[at];
  return value;
}

export const offsetAt = (file: Container, cursor: Cursor): number => sized(cursor, file.offsetSize);
export const lengthAt = (file: Container, cursor: Cursor): number => sized(cursor, file.lengthSize);

export const isNowhere = (file: Container, address: number): boolean =>
  address >= (file.offsetSize === 8 ? NOWHERE : 2 ** (8 * file.offsetSize) - 1);

/** What is read of a structure at a time: most are small. */
const STRUCTURE = 512;

export function cursorAt(file: Container, address: number, signature?: string): Cursor {
  if (!(address >= 0 && address < file.source.size)) throw damagedHdf5(address);
  const cursor = new Cursor(file.source, address, true, STRUCTURE);
  if (signature !== undefined && cursor.text(4) !== signature) throw damagedHdf5(address);
  return cursor;
}

/** Finds the superblock, before which other data may stand (HDF5 File Format Specification 3.0, II.A). */
export function openContainer(whole: ByteSource): Container {
  for (let base = 0; base + 96 <= whole.size; base = base === 0 ? 512 : base * 2) {
    const head = whole.read(base, 16);
    if (!SIGNATURE.every((byte, at) => head[at] === byte)) continue;
    return superblock(partOf(whole, base, whole.size - base), head[8]);
  }
  throw damaged('hdf5-signature', 'This is not an HDF5 file, or it is cut off: it has no superblock.');
}

function superblock(whole: ByteSource, version: number): Container {
  const source = remembering(whole);
  const cursor = new Cursor(source, 9, true, STRUCTURE);
  const early = version < 2;
  if (version > 3) throw damaged('hdf5-version', 'Version {0} of the HDF5 format is not read.', version);
  cursor.skip(early ? 4 : 0);
  const [offsetSize, lengthSize] = [cursor.u8(), cursor.u8()];
  if (![2, 4, 8].includes(offsetSize) || ![2, 4, 8].includes(lengthSize)) throw damagedHdf5(13);
  const file = { source, offsetSize, lengthSize, root: 0 };
  // Node sizes and flags; then base, free space (or the extension), end of file, and where drivers are.
  cursor.skip(early ? (version === 1 ? 13 : 9) : 1);
  cursor.skip((early ? 4 : 3) * offsetSize);
  // The root group's entry begins with the offset of its name.
  if (early) cursor.skip(offsetSize);
  return { ...file, root: offsetAt(file, cursor) };
}
