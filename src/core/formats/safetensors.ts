import { strFromU8 } from 'fflate';
import type { ProblemError } from '../problem';
import { COMPLEX_PARTS, numberType, type NumberType } from './dtypes';
import {
  brief,
  collect,
  type Contents,
  damaged,
  demandEntries,
  type Format,
  hasExtension,
  type ReadFormat,
  type ReadOptions,
  type TensorEntry,
  type WrittenBy,
} from './format';
import { loadPlaced } from './placed';
import type { ByteSource } from './source';
import { eachOf } from './wanting';

/** The format's own names of types (safetensors 0.8). */
const NAMES: Readonly<Record<string, string>> = {
  ...{ BOOL: 'bool', U8: 'uint8', I8: 'int8', U16: 'uint16', I16: 'int16', F16: 'float16', BF16: 'bfloat16' },
  ...{ U32: 'uint32', I32: 'int32', F32: 'float32', U64: 'uint64', I64: 'int64', F64: 'float64', C64: 'complex64' },
  ...{ F8_E4M3: 'float8_e4m3fn', F8_E5M2: 'float8_e5m2', F8_E8M0: 'float8_e8m0fnu' },
  ...{ F8_E4M3FNUZ: 'float8_e4m3fnuz', F8_E5M2FNUZ: 'float8_e5m2fnuz' },
  ...{ F6_E2M3: 'float6_e2m3fn', F6_E3M2: 'float6_e3m2fn', F4: 'float4_e2m1fn' },
};
const TYPES: ReadonlyMap<string, NumberType> = new Map(
  Object.entries(NAMES).flatMap(([own, name]) => {
    const type = numberType(name, { packed: true });
    return type ? [[own, type]] : [];
  }),
);

/** Frameworks as `__metadata__` names them, where their order of a kernel’s axes is known. */
const WRITERS: Readonly<Record<string, WrittenBy>> = { pt: 'torch', tf: 'keras', flax: 'jax', jax: 'jax' };

/** As long as the format itself allows. */
const LONGEST_HEADER = 100_000_000;
const MOST_TENSORS = 1_000_000;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCounts = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isCount);

interface Header {
  readonly tensors: Fields;
  readonly metadata: Fields;
  /** Where the numbers begin, in bytes. */
  readonly begin: number;
}

function readHeader(source: ByteSource): Header {
  const short = (length: number): Error =>
    damaged('header', 'The header says that it is {0} characters long; the file has {1} bytes.', length, source.size);
  if (source.size < 8) throw short(0);
  const first = source.read(0, 8);
  const view = new DataView(first.buffer, first.byteOffset, 8);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (length < 2 || length > LONGEST_HEADER || 8 + length > source.size) throw short(length);
  let header: unknown;
  try {
    header = JSON.parse(strFromU8(source.read(8, length)));
  } catch (error) {
    throw damaged('header', 'The header is not JSON: {0}.', error instanceof Error ? error.message : String(error));
  }
  if (!isFields(header)) throw damaged('header', 'The header is no JSON object.');
  const metadata = Object.hasOwn(header, '__metadata__') ? header.__metadata__ : undefined;
  return { tensors: header, metadata: isFields(metadata) ? metadata : {}, begin: 8 + length };
}

interface Place {
  readonly source: ByteSource;
  readonly begin: number;
  readonly writtenBy: WrittenBy | undefined;
  readonly options: ReadOptions;
}

/** One tensor of the header. Those of 3,000 are to be listed in a few milliseconds: nothing is done here twice. */
function readEntry(name: string, stated: unknown, { source, begin, writtenBy, options }: Place): TensorEntry {
  const wrong = (): Error => damaged('header', 'What the header says of the tensor {0} is damaged.', brief(name));
  if (!isFields(stated)) throw wrong();
  const { dtype, shape, data_offsets: offsets } = stated;
  if (typeof dtype !== 'string' || !isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) throw wrong();
  const type = TYPES.get(dtype);
  if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(dtype));
  let wanted = type.bits / 8;
  for (const size of shape) wanted *= size;
  const offset = begin + offsets[0];
  if (offsets[1] - offsets[0] !== wanted || offset + wanted > source.size)
    throw damaged('truncated', 'The tensor {0} of {1} bytes does not lie where the header says.', brief(name), wanted);
  return {
    name,
    shape,
    source: dtype,
    writtenBy,
    readings: type.complex ? COMPLEX_PARTS : undefined,
    load: (how) => loadPlaced({ source, offset, type, shape }, options, how),
  };
}

const offsetOf = (stated: unknown): number => {
  const offsets = isFields(stated) ? stated.data_offsets : undefined;
  return Array.isArray(offsets) ? Number(offsets[0]) : -1;
};

/** The tensors in the order in which they lie: JSON.parse puts names that are numbers before all others. */
function inOrder(tensors: Fields): [name: string, stated: unknown][] {
  const named = Object.entries(tensors).filter(([name]) => name !== '__metadata__');
  const offsets = new Map(named.map(([name, stated]) => [name, offsetOf(stated)]));
  const at = (name: string): number => offsets.get(name) ?? -1;
  const isSorted = named.every(([name], index) => index === 0 || at(named[index - 1][0]) <= at(name));
  return isSorted ? named : named.sort(([one], [other]) => at(one) - at(other));
}

/**
 * Tensors that the writer left out because they are others once more: its `__metadata__` names the one that each is,
 * `{"1.weight": "0.weight"}`.
 */
function tied(metadata: Fields, entries: readonly TensorEntry[]): TensorEntry[] {
  const twins = Object.entries(metadata);
  if (twins.length === 0) return [];
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return twins.flatMap(([name, twin]) => {
    const same = typeof twin === 'string' && !byName.has(name) ? byName.get(twin) : undefined;
    return same ? [{ ...same, name, source: `${same.source} = ${same.name}` }] : [];
  });
}

/** What a file of safetensors holds. Throws a ProblemError when its header is damaged. */
export function readSafetensors(source: ByteSource, options: ReadOptions): Contents {
  const { tensors, metadata, begin } = readHeader(source);
  const named = inOrder(tensors);
  if (named.length > MOST_TENSORS)
    throw damaged('header', 'The header lists {0} tensors; at most {1} are read.', named.length, MOST_TENSORS);
  const { format } = metadata;
  const writtenBy = typeof format === 'string' && Object.hasOwn(WRITERS, format) ? WRITERS[format] : undefined;
  const { entries, left } = collect(
    named,
    ([name]) => name,
    ([name, stated]) => readEntry(name, stated, { source, begin, writtenBy, options }),
  );
  return { entries: [...entries, ...tied(metadata, entries)], left };
}

/** Hugging Face's safetensors: a length, a JSON header, and the numbers. */
export const safetensors: Format = {
  id: 'safetensors',
  extensions: ['safetensors'],
  // The header may begin with blanks, so that only its length tells: no header is longer than 2³² bytes.
  match: (head, name) => hasExtension(name, ['safetensors']) && head.subarray(4, 8).every((byte) => byte === 0),
  read: (source, options) =>
    demandEntries(readSafetensors(source, options), () =>
      damaged('safetensors-empty', 'The file holds no tensors that can be read.'),
    ),
};

/**
 * What the files hold that a list names: which file each tensor of a model is in that is kept in several, as
 * `transformers` writes it beside them. `read` reads one of them.
 */
export function readShards(source: ByteSource, options: ReadOptions, read: ReadFormat): Contents {
  const damagedIndex = (): ProblemError => damaged('index', 'The list of the model’s files is damaged.');
  let index: unknown;
  try {
    index = JSON.parse(strFromU8(source.read(0, Math.min(source.size, LONGEST_HEADER))));
  } catch {
    throw damagedIndex();
  }
  const map = isFields(index) ? index.weight_map : undefined;
  if (!isFields(map)) throw damagedIndex();
  const files = [...new Set(Object.values(map))].filter((file) => typeof file === 'string');
  if (files.length === 0 || files.length > 10_000) throw damagedIndex();
  const shards = eachOf(files, (file): Contents => {
    const shard = options.beside?.(file);
    if (shard) return read(shard, options);
    const [why] = damaged('shard', 'The file "{0}" is not beside this one.', brief(file)).problems;
    return { entries: [], left: Object.keys(map).flatMap((name) => (map[name] === file ? [{ name, why }] : [])) };
  });
  return demandEntries(
    { entries: shards.flatMap(({ entries }) => entries), left: shards.flatMap(({ left }) => left) },
    damagedIndex,
  );
}

export const shardIndex: Format = {
  id: 'shards',
  extensions: ['safetensors.index.json'],
  match: (_head, name) => hasExtension(name, ['safetensors.index.json']),
  read: (source, options) => readShards(source, options, readSafetensors),
};
