import { strFromU8 } from 'fflate';
import { bytesOf, type NumberType } from '../dtypes';
import { brief, type Contents, damaged, demandEntries, type ReadOptions } from '../format';
import { npyHeaderPlace } from '../npyHeader';
import { readShards } from '../safetensors';
import { type ByteSource, headOf, lazySource, memorySource, partOf, wholeOf } from '../source';
import { isZip, listZip, type ZipMember } from '../zip';
import { Cursor } from './cursor';
import { inflated } from './inflate';
import { numpyArray } from './numpyPickle';
import { isDict, isList, isMade, isPersistent, type Pickled, valueAt } from './pickle';
import { readPickle } from './pickleMachine';
import { exportedTensors } from './torchExport';
import { type Held, partsOf, storageOf, type Storages, torchTensor } from './torchTensor';
import { tensorsIn } from './walk';

const missing = (key: string): Error => damaged('storage', 'The file does not hold the numbers {0}.', brief(key));

/** What is in a pickle of PyTorch's or of NumPy's. */
function contentsOf(root: Pickled, storages: Storages, options: ReadOptions): Contents {
  return tensorsIn(root, {
    tensor: (value, name) => torchTensor(value, name, storages, options) ?? numpyArray(value, name, options),
    parts: partsOf,
  });
}

function storagesOfZip(members: readonly ZipMember[], stem: string): Storages {
  const byName = new Map(members.map((member) => [member.name, member]));
  const order = byName.get(`${stem}byteorder`)?.head(16);
  return {
    littleEndian: order === undefined || strFromU8(order) !== 'big',
    find(key) {
      const member = byName.get(`${stem}data/${key}`);
      if (!member) throw missing(key);
      // Looked for when a tensor is listed, opened when it is read: to check its sum takes time.
      return lazySource(member.size, () => member.open());
    },
  };
}

/** What an archive of `torch.save` holds. Throws a ProblemError. */
export const readTorchZip = (source: ByteSource, options: ReadOptions): Contents & { readonly root: Pickled } =>
  savedTensors(listZip(source, options), options);

function savedTensors(members: readonly ZipMember[], options: ReadOptions): Contents & { readonly root: Pickled } {
  const pickle = members.find(({ name }) => /^[^/]+\/data\.pkl$/.test(name) || name === 'data.pkl');
  if (!pickle) throw damaged('torch-zip', 'The archive is none of PyTorch’s: it holds no data.pkl.');
  const storages = storagesOfZip(members, pickle.name.slice(0, -'data.pkl'.length));
  const root = readPickle(new Cursor(pickle.open()));
  return { root, ...contentsOf(root, storages, options) };
}

/** What begins every file of the older format, as a number of ten bytes. */
const MAGIC = 0x1950a86a20f9469cfc6cn;

/** Every storage that is referred to, by its key. */
function storagesIn(root: Pickled, littleEndian: boolean): ReadonlyMap<string, NumberType | undefined> {
  const found = new Map<string, NumberType | undefined>();
  const seen = new Set<unknown>();
  const open: (Pickled | undefined)[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (isPersistent(value)) {
      const stored = storageOf(value, littleEndian);
      found.set(stored.key, stored.type);
    } else if (isList(value)) open.push(...value.items);
    else if (isDict(value)) for (const [, each] of value.pairs) open.push(each);
    else if (isMade(value))
      open.push(...value.args, ...value.items, ...value.pairs.map(([, each]) => each), value.state);
  }
  return found;
}

/**
 * The older format: four pickles (a number, a version, what the machine was like, the object), one of the storages'
 * keys, and behind it the storages in that order, each after the number of its elements.
 */
function legacyParts(cursor: Cursor): { readonly root: Pickled; readonly storages: Storages } {
  const version = readPickle(cursor);
  const system = readPickle(cursor);
  const root = readPickle(cursor);
  const keys = readPickle(cursor);
  if (version !== 1001 || !isList(keys)) throw damaged('pickle', 'The pickle is damaged at byte {0}.', cursor.at);
  const littleEndian = valueAt(system, 'little_endian') !== false;
  const types = storagesIn(root, littleEndian);
  const sources = new Map<string, ByteSource>();
  for (const key of keys.items) {
    if (typeof key !== 'string' || !types.has(key)) throw missing('');
    const count = cursor.u64();
    // Of a storage without a type, bytes are counted.
    const type = types.get(key);
    const size = type ? bytesOf(type, count) : count;
    sources.set(key, partOf(cursor.source, cursor.at, size));
    cursor.skip(size);
  }
  return {
    root,
    storages: {
      littleEndian,
      find(key) {
        const source = sources.get(key);
        if (!source) throw missing(key);
        return source;
      },
    },
  };
}

/** A storage that was pickled by itself: a file of the older format of which the storage is all. */
function storageWithin(file: ByteSource): Held {
  const cursor = new Cursor(file);
  if (readPickle(cursor) !== MAGIC) throw damaged('pickle', 'The pickle is damaged at byte {0}.', cursor.at);
  const { root, storages } = legacyParts(cursor);
  const { key, type } = storageOf(root, storages.littleEndian);
  return { source: storages.find(key, type), type };
}

/** A pickle by itself, as Paddle and scripts write it, or one that begins PyTorch's older format. */
function readPlainPickle(source: ByteSource, options: ReadOptions): Contents {
  const cursor = new Cursor(source);
  const first = readPickle(cursor);
  if (first === MAGIC) {
    const { root, storages } = legacyParts(cursor);
    return contentsOf(root, storages, options);
  }
  return contentsOf(
    first,
    {
      littleEndian: true,
      find(key) {
        throw missing(key);
      },
      within: storageWithin,
    },
    options,
  );
}

/** What joblib packs is a stream of zlib's from its first byte on. */
const isZlib = (head: Uint8Array): boolean => head[0] === 0x78 && (head[0] * 256 + (head[1] ?? 0)) % 31 === 0;

/** A pickle that `numpy.save` put behind its header: an array of objects, such as a dictionary of weights. */
export function readObjects(source: ByteSource, options: ReadOptions): Contents {
  const { begin, length } = npyHeaderPlace(headOf(source, 12));
  const contents = readPlainPickle(partOf(source, begin + length, source.size - begin - length), options);
  if (contents.entries.length > 0) return contents;
  throw damaged(
    'object',
    'The array holds Python objects ({0}), which are never unpickled. Save it with a numeric dtype.',
    '|O',
  );
}

/** The checkpoint whose parts a list names, as `transformers` before version 5 wrote it. */
export const readTorchShards = (source: ByteSource, options: ReadOptions): Contents =>
  readShards(source, options, readTorch);

/** A checkpoint of PyTorch's in either of its formats, or any other pickle with arrays in it. Nothing is executed. */
export function readTorch(source: ByteSource, options: ReadOptions): Contents {
  const head = headOf(source, 4);
  const plain = (): ByteSource =>
    isZlib(head) ? memorySource(inflated(wholeOf(source, options.limit), options.limit)) : source;
  const ofZip = (): Contents => {
    const members = listZip(source, options);
    return exportedTensors(members, options) ?? savedTensors(members, options);
  };
  const contents = isZip(head) ? ofZip() : readPlainPickle(plain(), options);
  return demandEntries(contents, () => damaged('no-tensors', 'The file holds no tensors.'));
}
