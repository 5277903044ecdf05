import { Inflate, inflateSync, strFromU8 } from 'fflate';
import { crc32 } from './crc32';
import { type ReadOptions, damaged, decoding } from './format';

/**
 * The directory of a zip archive, read and checked here (PKWARE's APPNOTE 4.3.12, 4.3.14 – 4.3.16), since fflate's own
 * reader believes what it says: docs/decisions/0012. fflate unpacks the members.
 */
export interface ZipMember {
  readonly name: string;
  /** Bytes once unpacked, as the directory states it. */
  readonly size: number;
  /** The first bytes, at most `most` of them, unpacked without the rest. */
  head(most: number): Uint8Array;
  /** The whole member, refused before memory is taken when it is larger than the limit. */
  unpack(): Uint8Array;
}

const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
/** In a field of 4 bytes: the true value stands in the zip64 extra field. */
const SEE_EXTRA = 0xffffffff;
/** Deflate cannot compress better (zlib's technical details); a directory that promises more lies. */
const BEST_RATIO = 1032;
/** More arrays than this are not a checkpoint but an attack; each becomes a line in a list to choose from. */
const MOST_MEMBERS = 100_000;

export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);

/** Unpacks deflated bytes until `most` have come out; one-shot inflating would unpack all. */
function inflateHead(packed: Uint8Array, most: number): Uint8Array {
  const head = new Uint8Array(most);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    const part = chunk.subarray(0, most - filled);
    head.set(part, filled);
    filled += part.length;
  });
  const step = 1024;
  for (let at = 0; at < packed.length && filled < most; at += step)
    inflate.push(packed.subarray(at, at + step), at + step >= packed.length);
  return head.slice(0, filled);
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

function findEnd(view: DataView): number {
  const least = Math.max(0, view.byteLength - END_LENGTH - LONGEST_COMMENT);
  for (let at = view.byteLength - END_LENGTH; at >= least; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw damaged('zip-truncated', 'The archive has no directory at its end: it is truncated, or not a zip archive.');
}

/** Reads 8 bytes as a number; beyond 2⁵³ it is rounded, and far above any limit. */
const wide = (view: DataView, at: number): number => view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;

function readEntry(bytes: Uint8Array, view: DataView, at: number): { readonly entry: Entry; readonly next: number } {
  if (at + ENTRY_LENGTH > bytes.length || view.getUint32(at, true) !== 0x02014b50) {
    throw damaged('zip-directory', 'The archive’s directory is damaged at byte {0}.', at);
  }
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
  const extraBegin = at + ENTRY_LENGTH + nameLength;
  const next = extraBegin + extraLength + commentLength;
  if (next > bytes.length) throw damaged('zip-directory', 'The archive’s directory is damaged at byte {0}.', at);
  const stated = {
    size: view.getUint32(at + 24, true),
    packedSize: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  };
  for (let field = extraBegin; field + 4 <= extraBegin + extraLength; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let value = field + 4;
    for (const key of ['size', 'packedSize', 'offset'] as const) {
      if (stated[key] !== SEE_EXTRA || value + 8 > extraBegin + extraLength) continue;
      stated[key] = wide(view, value);
      value += 8;
    }
  }
  const flags = view.getUint16(at + 8, true);
  const name = strFromU8(bytes.subarray(at + ENTRY_LENGTH, extraBegin), (flags & 0x800) === 0);
  const entry = {
    name,
    method: view.getUint16(at + 10, true),
    encrypted: (flags & 1) !== 0,
    crc: view.getUint32(at + 16, true),
    ...stated,
  };
  return { entry, next };
}

/** The member's bytes as they lie in the archive. */
function packedBytes(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  const { offset, packedSize, name } = entry;
  const fits = offset + LOCAL_LENGTH <= bytes.length && view.getUint32(offset, true) === 0x04034b50;
  const begin = fits
    ? offset + LOCAL_LENGTH + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
    : 0;
  if (!fits || begin + packedSize > bytes.length) {
    throw damaged('zip-truncated', 'The archive ends before its member {0} does.', name.slice(0, 200));
  }
  if (entry.encrypted) throw damaged('zip-encrypted', 'The member {0} is encrypted.', name.slice(0, 200));
  if (entry.method !== 0 && entry.method !== 8) {
    throw damaged(
      'zip-method',
      'The member {0} is compressed by method {1}; only stored and deflated members can be read.',
      name.slice(0, 200),
      entry.method,
    );
  }
  return bytes.subarray(begin, begin + packedSize);
}

function unpack(bytes: Uint8Array, view: DataView, entry: Entry, options: ReadOptions): Uint8Array {
  const { size, packedSize, method } = entry;
  const name = entry.name.slice(0, 200);
  if (!(size <= options.limit))
    throw damaged('too-large', 'The member {0} would take {1} bytes; the limit is {2}.', name, size, options.limit);
  const possible = method === 0 ? size === packedSize : size <= (packedSize + 1) * BEST_RATIO;
  if (!possible)
    throw damaged(
      'zip-directory',
      'The archive says that {0} packs {1} bytes into {2}, which cannot be.',
      name,
      size,
      packedSize,
    );
  const packed = packedBytes(bytes, view, entry);
  // A buffer of the stated size: what would be longer than stated is refused instead of grown for.
  const unpacked = method === 0 ? packed : decoding('zip', () => inflateSync(packed, { out: new Uint8Array(size) }));
  if (unpacked.length !== size || crc32(unpacked) !== entry.crc) {
    throw damaged('zip-checksum', 'The member {0} is damaged: its checksum does not agree with its content.', name);
  }
  return unpacked;
}

/**
 * The members of an archive in the order of its directory; none is unpacked yet. Throws a ProblemError for a damaged
 * directory.
 */
export function listZip(bytes: Uint8Array, options: ReadOptions): readonly ZipMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  let count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === 0x07064b50) {
    const end64 = wide(view, locator + 8);
    if (end64 + 56 > bytes.length || view.getUint32(end64, true) !== 0x06064b50) {
      throw damaged('zip-directory', 'The archive’s directory is damaged at byte {0}.', locator);
    }
    count = wide(view, end64 + 32);
    at = wide(view, end64 + 48);
  }
  if (count * ENTRY_LENGTH > bytes.length || count > MOST_MEMBERS) {
    throw damaged(
      'zip-directory',
      'The archive claims to have {0} members, more than fit into its {1} bytes.',
      count,
      bytes.length,
    );
  }
  const members: ZipMember[] = [];
  for (let index = 0; index < count; index++) {
    const { entry, next } = readEntry(bytes, view, at);
    at = next;
    members.push({
      name: entry.name,
      size: entry.size,
      head(most) {
        const packed = packedBytes(bytes, view, entry);
        return entry.method === 0 ? packed.subarray(0, most) : decoding('zip', () => inflateHead(packed, most));
      },
      unpack: () => unpack(bytes, view, entry, options),
    });
  }
  return members;
}
