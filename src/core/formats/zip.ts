import { Inflate, inflateSync, strFromU8 } from 'fflate';
import { crc32 } from './crc32';
import { type ReadOptions, brief, damaged, decoding } from './format';
import { type ByteSource, memorySource, partOf } from './source';

/**
 * The directory of a zip archive, read and checked here (PKWARE's APPNOTE 4.3.12, 4.3.14 – 4.3.16), since fflate's own
 * reader believes what it says: docs/decisions/0012. fflate unpacks the members.
 */
export interface ZipMember {
  readonly name: string;
  /** Bytes once unpacked, as the directory states it. */
  readonly size: number;
  /** The first bytes, at most `most` of them, unpacked without the rest. Throws a ProblemError. */
  head(most: number): Uint8Array;
  /**
   * The whole member as a source: where it lies in the archive if it is stored, so that a part of it can be read alone;
   * else unpacked, refused before memory is taken when it is larger than the limit.
   */
  open(): ByteSource;
}

const END_LENGTH = 22;
/** The checksum of what is stored is looked at up to this size: a larger one is read in parts. */
const MOST_CHECKED = 16 * 2 ** 20;
const LONGEST_COMMENT = 0xffff;
/** Of the record that says where the end of a zip64 archive is. */
const LOCATOR_LENGTH = 20;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
/** In a field of 4 bytes: the true value stands in the zip64 extra field. */
const SEE_EXTRA = 0xffffffff;
/** Deflate cannot compress better (zlib's technical details); a directory that promises more lies. */
const BEST_RATIO = 1032;
/** More arrays than this are not a checkpoint but an attack; each becomes a line in a list to choose from. */
const MOST_MEMBERS = 100_000;
/** A directory of so many members with names as long as those of large models. */
const MOST_DIRECTORY = 64 * 2 ** 20;

export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);

/** Unpacks deflated bytes until `most` have come out; one-shot inflating would unpack all. */
function inflateHead(packed: Uint8Array, isAll: boolean, most: number): Uint8Array {
  const head = new Uint8Array(most);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    const part = chunk.subarray(0, most - filled);
    head.set(part, filled);
    filled += part.length;
  });
  const step = 1024;
  for (let at = 0; at < packed.length && filled < most; at += step)
    inflate.push(packed.subarray(at, at + step), isAll && at + step >= packed.length);
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

/** The last bytes of the archive, among which its end is, and where in them that begins. */
function findEnd(source: ByteSource): { readonly view: DataView; readonly end: number; readonly offset: number } {
  const length = Math.min(source.size, END_LENGTH + LONGEST_COMMENT + LOCATOR_LENGTH);
  const offset = source.size - length;
  const bytes = source.read(offset, length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let end = length - END_LENGTH; end >= 0; end--) {
    if (view.getUint32(end, true) === 0x06054b50) return { view, end, offset };
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
function packedPart(source: ByteSource, entry: Entry): ByteSource {
  const { offset, packedSize } = entry;
  const name = brief(entry.name);
  const truncated = (): Error => damaged('zip-truncated', 'The archive ends before its member {0} does.', name);
  if (offset + LOCAL_LENGTH > source.size) throw truncated();
  const local = source.read(offset, LOCAL_LENGTH);
  const view = new DataView(local.buffer, local.byteOffset, LOCAL_LENGTH);
  if (view.getUint32(0, true) !== 0x04034b50) throw truncated();
  // Sizes are 0 or unknown in many local headers; the directory has them.
  const begin = offset + LOCAL_LENGTH + view.getUint16(26, true) + view.getUint16(28, true);
  if (begin + packedSize > source.size) throw truncated();
  if (entry.encrypted) throw damaged('zip-encrypted', 'The member {0} is encrypted.', name);
  if (entry.method !== 0 && entry.method !== 8) {
    throw damaged(
      'zip-method',
      'The member {0} is compressed by method {1}; only stored and deflated members can be read.',
      name,
      entry.method,
    );
  }
  return partOf(source, begin, packedSize);
}

function openMember(source: ByteSource, entry: Entry, options: ReadOptions): ByteSource {
  const { size, packedSize, method } = entry;
  const name = brief(entry.name);
  if (method === 8 && !(size <= options.limit))
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
  const part = packedPart(source, entry);
  if (method === 0 && size > MOST_CHECKED) return part;
  const packed = part.read(0, packedSize);
  // A buffer of the stated size: what would be longer than stated is refused instead of grown for.
  const unpacked = method === 0 ? packed : decoding('zip', () => inflateSync(packed, { out: new Uint8Array(size) }));
  if (unpacked.length !== size || crc32(unpacked) !== entry.crc) {
    throw damaged('zip-checksum', 'The member {0} is damaged: its checksum does not agree with its content.', name);
  }
  return method === 0 ? part : memorySource(unpacked);
}

/** Where the directory is, and how many members it has. */
function findDirectory(source: ByteSource): { readonly count: number; readonly at: number; readonly size: number } {
  const { view, end, offset } = findEnd(source);
  const found = {
    count: view.getUint16(end + 10, true),
    size: view.getUint32(end + 12, true),
    at: view.getUint32(end + 16, true),
  };
  const locator = end - LOCATOR_LENGTH;
  if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50) return found;
  const wrong = (): Error =>
    damaged('zip-directory', 'The archive’s directory is damaged at byte {0}.', offset + locator);
  const end64 = wide(view, locator + 8);
  if (!(end64 + 56 <= source.size)) throw wrong();
  const record = source.read(end64, 56);
  const wider = new DataView(record.buffer, record.byteOffset, 56);
  if (wider.getUint32(0, true) !== 0x06064b50) throw wrong();
  return { count: wide(wider, 32), size: wide(wider, 40), at: wide(wider, 48) };
}

/**
 * The members of an archive in the order of its directory; none is unpacked yet. Throws a ProblemError for a damaged
 * directory.
 */
export function listZip(source: ByteSource, options: ReadOptions): readonly ZipMember[] {
  const { count, at: begin, size } = findDirectory(source);
  if (count * ENTRY_LENGTH > source.size || count > MOST_MEMBERS) {
    throw damaged(
      'zip-directory',
      'The archive claims to have {0} members, more than fit into its {1} bytes.',
      count,
      source.size,
    );
  }
  if (!(begin + size <= source.size) || size > MOST_DIRECTORY)
    throw damaged('zip-directory', 'The archive’s directory is damaged at byte {0}.', begin);
  const bytes = source.read(begin, size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const members: ZipMember[] = [];
  for (let index = 0, at = 0; index < count; index++) {
    const { entry, next } = readEntry(bytes, view, at);
    at = next;
    members.push({
      name: entry.name,
      size: entry.size,
      head(most) {
        const part = packedPart(source, entry);
        if (entry.method === 0) return part.read(0, Math.min(most, part.size));
        // What deflate makes of them is no shorter, but for a few bytes that it may wait for.
        const packed = part.read(0, Math.min(part.size, most + 4096));
        return decoding('zip', () => inflateHead(packed, packed.length === part.size, most));
      },
      open: () => openMember(source, entry, options),
    });
  }
  return members;
}
