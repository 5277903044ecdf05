import { strFromU8 } from 'fflate';
import { brief, damaged, type ReadOptions } from '../format';
import { type ByteSource, memorySource, partOf } from '../source';
import { Cursor } from './cursor';
import { varint } from './protobuf';
import { unpackedZstd } from './zstd';

/** Values by their keys, each opened when it is read. */
export type Store = ReadonlyMap<string, () => ByteSource>;

const [MANIFEST, NODE] = [0x0cdb3a2a, 0x0cdb20de];
/** A node, or a list of versions, is no larger once it is unpacked. */
const MOST_NODE = 64 * 2 ** 20;
const MOST_KEYS = 2_000_000;
const DEEPEST = 64;

const damagedStore = (): Error => damaged('ocdbt', 'The database of the checkpoint is damaged.');

/** What a file or a part of one holds behind its head: a magic number, lengths, and how it is packed. */
function bodyOf(source: ByteSource, magic: number): Cursor {
  if (source.size > MOST_NODE) throw damagedStore();
  const head = new Cursor(source, 0, false);
  if (head.u32() !== magic) throw damagedStore();
  head.skip(8);
  if (Number(varint(head)) !== 0)
    throw damaged('ocdbt-version', 'The database of the checkpoint is of a newer version.');
  const method = Number(varint(head));
  // A checksum is the end.
  const body = source.read(head.at, Math.max(0, source.size - 4 - head.at));
  if (method > 1) throw damagedStore();
  return new Cursor(memorySource(method === 1 ? unpackedZstd(body, MOST_NODE) : body));
}

/** Numbers of a column: a table is told column by column. */
const column = (cursor: Cursor, count: number): number[] => Array.from({ length: count }, () => Number(varint(cursor)));

/** How many rows follow: no more than there are bytes. */
function countOf(cursor: Cursor): number {
  const count = Number(varint(cursor));
  if (count > cursor.left) throw damagedStore();
  return count;
}

/** Texts that are told by what each has in common with the one before. */
function suffixed(cursor: Cursor, shared: readonly number[], lengths: readonly number[], room: { left: number }) {
  let before = new Uint8Array();
  return lengths.map((length, at) => {
    const kept = at === 0 ? 0 : shared[at - 1];
    room.left -= kept + length;
    if (kept > before.length || room.left < 0) throw damagedStore();
    const whole = new Uint8Array(kept + length);
    whole.set(before.subarray(0, kept));
    whole.set(cursor.bytes(length), kept);
    before = whole;
    return whole;
  });
}

interface DataFile {
  /** Below the database’s folder. */
  readonly path: string;
  /** What the paths of files begin with that are named within this one. */
  readonly base: string;
}

/** The files that a node refers to; the same paths lie below the folder of the file that names them. */
function dataFiles(cursor: Cursor, within: string): readonly DataFile[] {
  const count = countOf(cursor);
  if (count === 0) return [];
  const shared = column(cursor, count - 1);
  const [lengths, bases] = [column(cursor, count), column(cursor, count)];
  const paths = suffixed(cursor, shared, lengths, { left: MOST_NODE });
  return paths.map((path, at) => ({
    path: within + strFromU8(path),
    base: within + strFromU8(path.subarray(0, bases[at])),
  }));
}

interface Place {
  readonly file: DataFile;
  readonly offset: number;
  readonly length: number;
}

function placesIn(cursor: Cursor, files: readonly DataFile[], count: number): Place[] {
  const [ids, offsets, lengths] = [column(cursor, count), column(cursor, count), column(cursor, count)];
  return ids.map((id, at) => {
    if (id >= files.length) throw damagedStore();
    return { file: files[id], offset: offsets[at], length: lengths[at] };
  });
}

/** The root of the newest of the versions that a manifest lists; undefined of a database that is empty. */
function newestRoot(cursor: Cursor, files: readonly DataFile[]): Place | undefined {
  const count = countOf(cursor);
  column(cursor, count);
  cursor.skip(count);
  // What is missing lies at no place: its offset and length are the largest numbers.
  const root = placesIn(cursor, files, count).at(-1);
  return root && root.length < Number.MAX_SAFE_INTEGER ? root : undefined;
}

class Database {
  readonly values = new Map<string, () => ByteSource>();
  /** What all nodes take together. */
  private readonly room = { left: 4 * MOST_NODE };
  constructor(
    private readonly folder: string,
    private readonly options: ReadOptions,
  ) {}

  open({ file, offset, length }: Place): ByteSource {
    const path = this.folder + file.path;
    const data = this.options.beside?.(path);
    if (!data) throw damaged('shard', 'The file "{0}" is not beside this one.', brief(path));
    return partOf(data, offset, length);
  }

  /** All keys below a node, which leave out what they have in common (`prefix`). */
  visit(place: Place, prefix: Uint8Array, depth: number): void {
    const cursor = bodyOf(this.open(place), NODE);
    this.room.left -= cursor.source.size;
    if (this.room.left < 0) throw damagedStore();
    const height = cursor.u8();
    // Nodes below are lower, so that this comes to an end.
    if (height >= depth) throw damagedStore();
    const files = dataFiles(cursor, place.file.base);
    const count = countOf(cursor);
    if (count < 1) throw damagedStore();
    const shared = column(cursor, count - 1);
    const lengths = column(cursor, count);
    const inner = height > 0 ? column(cursor, count) : [];
    const keys = suffixed(cursor, shared, lengths, this.room);
    const full = (key: Uint8Array): Uint8Array => Uint8Array.from([...prefix, ...key]);
    if (height > 0) {
      placesIn(cursor, files, count).forEach((below, at) => {
        this.visit(below, full(keys[at].subarray(0, inner[at])), height);
      });
      return;
    }
    if (this.values.size + count > MOST_KEYS) throw damagedStore();
    const sizes = column(cursor, count);
    const outside = Array.from({ length: count }, () => cursor.u8() === 1);
    const far = outside.filter(Boolean).length;
    const [ids, offsets] = [column(cursor, far), column(cursor, far)];
    let next = 0;
    keys.forEach((key, at) => {
      const name = strFromU8(full(key));
      if (!outside[at]) {
        const bytes = cursor.bytes(sizes[at]).slice();
        this.values.set(name, () => memorySource(bytes));
        return;
      }
      const own = { file: files[ids[next]], offset: offsets[next], length: sizes[at] };
      next++;
      if (own.file === undefined) throw damagedStore();
      this.values.set(name, () => this.open(own));
    });
  }
}

/**
 * The newest version of a database of TensorStore’s, OCDBT (tensorstore/kvstore/ocdbt, "Storage format"), by its
 * manifest. Throws a ProblemError.
 *
 * @param folder of the database, from where `beside` begins: empty, or with a slash at its end
 */
export function openOcdbt(manifest: ByteSource, folder: string, options: ReadOptions): Store {
  const cursor = bodyOf(manifest, MANIFEST);
  cursor.skip(16);
  const kind = Number(varint(cursor));
  if (kind !== 0)
    throw damaged(
      'ocdbt-numbered',
      'The versions of the database are listed in files of their own, which is not read.',
    );
  column(cursor, 2);
  cursor.skip(1);
  if (Number(varint(cursor)) === 1) cursor.skip(4);
  const database = new Database(folder, options);
  const root = newestRoot(cursor, dataFiles(cursor, ''));
  if (root) database.visit(root, new Uint8Array(), DEEPEST);
  return database.values;
}
