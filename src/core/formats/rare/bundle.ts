import { strFromU8 } from 'fflate';
import { ProblemError } from '../../problem';
import { numberType } from '../dtypes';
import {
  brief,
  checkedShape,
  collect,
  type Contents,
  damaged,
  demandEntries,
  type ReadOptions,
  type TensorEntry,
} from '../format';
import { placedEntry } from '../placed';
import { type ByteSource, partOf } from '../source';
import { namesOfGraph } from './objectGraph';
import { type Piece, piecedEntry } from './pieces';
import { fieldsOf, signed } from './protobuf';
import { sliceOfKey } from './orderedKey';
import { isSortedTable, tablePairs } from './sortedTable';

/** `DataType` of TensorFlow by number (types.proto); quantised types are integers here. */
const TYPES: readonly string[] = [
  ...['', 'float32', 'float64', 'int32', 'uint8', 'int16', 'int8', 'string', 'complex64', 'int64', 'bool', 'int8'],
  ...['uint8', 'int32', 'bfloat16', 'int16', 'uint16', 'uint16', 'complex128', 'float16', 'resource', 'variant'],
  ...['uint32', 'uint64', 'float8_e5m2', 'float8_e4m3fn', 'float8_e4m3fnuz', 'float8_e4m3b11fnuz'],
  ...['float8_e5m2fnuz', 'int4', 'uint4', 'int2', 'uint2'],
];

/** What describes the objects that the tensors belong to, itself among the tensors. */
const GRAPH = '_CHECKPOINTABLE_OBJECT_GRAPH';
/** Behind the name of every variable that an object has. */
const VARIABLE = '/.ATTRIBUTES/VARIABLE_VALUE';

const damagedBundle = (): Error => damaged('bundle', 'The list of the checkpoint’s tensors is damaged.');

interface Stated {
  readonly type: string;
  readonly shape: readonly number[];
  readonly shard: number;
  readonly offset: number;
  readonly size: number;
  /** Of one that is kept in slices: how many there are. */
  readonly slices: number;
}

function shapeIn(source: ByteSource): number[] {
  const shape: number[] = [];
  for (const { number, source: dimension } of fieldsOf(source)) {
    if (number !== 2) continue;
    let size = 0;
    for (const field of fieldsOf(dimension)) if (field.number === 1) size = signed(field.value);
    shape.push(size);
  }
  return shape;
}

/** A `BundleEntryProto` (tensor_bundle.proto). */
function statedIn(source: ByteSource): Stated {
  let [type, shard, offset, size, slices] = [0, 0, 0, 0, 0];
  let shape: number[] = [];
  for (const field of fieldsOf(source)) {
    if (field.number === 1) type = Number(field.value);
    else if (field.number === 2) shape = shapeIn(field.source);
    else if (field.number === 3) shard = signed(field.value);
    else if (field.number === 4) offset = signed(field.value);
    else if (field.number === 5) size = signed(field.value);
    else if (field.number === 7) slices++;
  }
  return { type: TYPES[type] ?? String(type), shape, shard, offset, size, slices };
}

interface Header {
  readonly shards: number;
  readonly littleEndian: boolean;
}

/** A `BundleHeaderProto`, whose key is empty. */
function headerIn(source: ByteSource): Header {
  let [shards, order] = [1, 0];
  for (const { number, value } of fieldsOf(source)) {
    if (number === 1) shards = signed(value);
    if (number === 2) order = Number(value);
  }
  return { shards, littleEndian: order === 0 };
}

interface Listed {
  readonly header: Header;
  readonly tensors: ReadonlyMap<string, Stated>;
  /** Slices of the tensors that are kept in such, by the tensor’s name. */
  readonly slices: ReadonlyMap<string, readonly (Omit<Piece, 'open'> & { readonly stated: Stated })[]>;
}

function listed(index: ByteSource, options: ReadOptions): Listed {
  let header: Header | undefined;
  const tensors = new Map<string, Stated>();
  const slices = new Map<string, (Omit<Piece, 'open'> & { readonly stated: Stated })[]>();
  for (const { key, value } of tablePairs(index, options.limit)) {
    if (key.length === 0) {
      header = headerIn(value);
      continue;
    }
    const stated = statedIn(value);
    const slice = key[0] === 0 ? sliceOfKey(key) : undefined;
    if (!slice) {
      tensors.set(strFromU8(key), stated);
      continue;
    }
    const own = slices.get(slice.name) ?? [];
    slices.set(slice.name, own);
    // A slice that reaches over all of an axis states no length.
    const size = slice.size.map((length, axis) => (length < 0 ? (stated.shape[axis] ?? 0) : length));
    own.push({ begin: slice.begin, size, stated });
  }
  if (!header) throw damagedBundle();
  return { header, tensors, slices };
}

/** What the objects call each variable; nothing where the file does not tell, as those of `tf.compat.v1` do not. */
function aliasesOf({ tensors }: Listed, sourceOf: (stated: Stated) => ByteSource): ReadonlyMap<string, string> {
  const graph = tensors.get(GRAPH);
  try {
    if (graph?.type === 'string') return namesOfGraph(sourceOf(graph));
  } catch (error) {
    // The tensors have names without it.
    if (!(error instanceof ProblemError)) throw error;
  }
  return new Map();
}

/** The list of a checkpoint, and what its files’ names begin with, by any of its files. */
function indexOf(source: ByteSource, options: ReadOptions): { readonly index: ByteSource; readonly prefix: string } {
  const name = options.name ?? '';
  if (/\.index$/i.test(name)) return { index: source, prefix: name.slice(0, -6) };
  const prefix = name === 'saved_model.pb' ? 'variables/variables' : name.replace(/\.data-\d{5}-of-\d{5}$/, '');
  const index = options.beside?.(`${prefix}.index`);
  if (index) return { index, prefix };
  throw damaged(
    'bundle-part',
    'This is a part of a checkpoint of TensorFlow, and the file {0} that lists its tensors is not beside it.',
    brief(`${prefix}.index`),
  );
}

/** A checkpoint of TensorFlow (tensor_bundle.h), by its `.index` or by a file beside that. Throws a ProblemError. */
export function readBundle(source: ByteSource, options: ReadOptions): Contents {
  const { index, prefix } = indexOf(source, options);
  if (!isSortedTable(index)) throw damaged('bundle-kind', 'This is no list of a checkpoint of TensorFlow.');
  const list = listed(index, options);
  const { shards, littleEndian } = list.header;
  const digits = (number: number): string => String(number).padStart(5, '0');
  const sourceOf = ({ shard, offset, size }: Stated): ByteSource => {
    const file = `${prefix}.data-${digits(shard)}-of-${digits(shards)}`;
    const data = options.beside?.(file);
    if (!data) throw damaged('shard', 'The file "{0}" is not beside this one.', brief(file));
    return partOf(data, offset, size);
  };
  const entryOf = (name: string, stated: Stated): TensorEntry => {
    const type = numberType(stated.type, { littleEndian });
    if (!type) throw damaged('no-tensor', 'This is no tensor: {0}.', brief(stated.type));
    checkedShape(stated.shape);
    const described = { name, source: type.name, writtenBy: 'keras' } as const;
    return placedEntry({ source: sourceOf(stated), offset: 0, type, shape: stated.shape }, described, options);
  };
  const aliases = aliasesOf(list, sourceOf);
  const { entries, left } = collect(
    [...list.tensors].filter(([key]) => key !== GRAPH),
    ([key]) => key,
    ([key, stated]): TensorEntry => {
      const short = key.endsWith(VARIABLE) ? key.slice(0, -VARIABLE.length) : key;
      const name = short === '' || list.tensors.has(short) ? key : short;
      const alias = aliases.get(key);
      const own = (list.slices.get(key) ?? []).map((slice) => ({ ...slice, open: () => entryOf(name, slice.stated) }));
      const entry =
        stated.slices > 0 ? piecedEntry(name, stated.shape, own, options, damagedBundle) : entryOf(name, stated);
      return alias === undefined || alias === name ? entry : { ...entry, alias };
    },
  );
  return demandEntries({ entries, left }, () => damaged('no-tensors', 'The file holds no tensors.'));
}
