import { strFromU8 } from 'fflate';
import { stridesOf } from '../../kernels/positions';
import { elementCount } from '../../tensor/tensor';
import { bytesOf, COMPLEX_PARTS, numberType, type NumberType } from '../dtypes';
import { brief, checkedShape, damaged, type ReadOptions, type TensorEntry, type WrittenBy } from '../format';
import { typesOf } from '../npyHeader';
import { type ByteSource, partOf } from '../source';
import { Cursor } from './cursor';
import { fortranStrides } from './fortran';
import { loadCells } from './grid';
import { inflated } from './inflate';
import { unpackedZstd } from './zstd';

/** The bytes of a file or of a key below the array's own, where there are any. */
export type Below = (key: string) => ByteSource | undefined;

type Fields = Readonly<Record<string, unknown>>;
/** Takes back one step by which a cell was packed; `size` bytes are to come out of the last one. */
type Step = (bytes: Uint8Array, size: number) => Uint8Array;

interface Layout {
  readonly shape: readonly number[];
  readonly cell: readonly number[];
  readonly strides: readonly number[];
  readonly type: NumberType;
  /** From the last one that was done to the first. */
  readonly steps: readonly Step[];
  /** What stands where nothing was written. */
  readonly fill: number;
  /** The bytes of a cell by its place in the grid; nothing where all of it is the fill value. */
  open(place: readonly number[]): ByteSource | undefined;
}

/** A cell may be a few bytes longer than its values: what else some steps add. */
const SPARE = 4096;
/** What is inside of a cell lies in a cell of its own no deeper than this. */
const MOST_STEPS = 16;

const damagedZarr = (): Error => damaged('zarr', 'What the file says of the array is damaged.');
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const fieldsIn = (value: unknown): Fields => (isFields(value) ? value : {});

function countsIn(value: unknown): readonly number[] {
  const counts: readonly unknown[] = Array.isArray(value) ? value : [undefined];
  if (!counts.every((each): each is number => Number.isSafeInteger(each) && Number(each) >= 0)) throw damagedZarr();
  return counts;
}

const STEPS: Readonly<Record<string, Step>> = {
  zstd: (bytes, size) => unpackedZstd(bytes, size + SPARE, size),
  zlib: (bytes, size) => inflated(bytes, size + SPARE),
  gzip: (bytes, size) => inflated(bytes, size + SPARE, 'gzip'),
  crc32c: (bytes) => bytes.subarray(0, Math.max(0, bytes.length - 4)),
};

function stepNamed(name: unknown): Step {
  if (typeof name === 'string' && Object.hasOwn(STEPS, name)) return STEPS[name];
  throw damaged('zarr-codec', 'The array is compressed by {0}, which is not read.', brief(String(name)));
}

/** A number of JSON, or one of the words that stand for what JSON has no number for. */
function fillOf(value: unknown): number {
  if (typeof value === 'string') return Number(value);
  return typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : 0;
}

/** A type as NumPy or as ml_dtypes calls it. */
function typeNamed(name: unknown, littleEndian: boolean): NumberType {
  if (typeof name !== 'string') throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(typeof name));
  return numberType(name, { littleEndian }) ?? typesOf(name)[0];
}

function secondVersion(meta: Fields, below: Below): Layout {
  const [shape, cell] = [countsIn(meta.shape), countsIn(meta.chunks)];
  const separator = meta.dimension_separator === '/' ? '/' : '.';
  if (Array.isArray(meta.filters) && meta.filters.length > 0) stepNamed(fieldsIn(meta.filters[0]).id);
  return {
    shape,
    cell,
    strides: meta.order === 'F' ? fortranStrides(cell) : stridesOf(cell),
    type: typeNamed(meta.dtype, true),
    steps: isFields(meta.compressor) ? [stepNamed(meta.compressor.id)] : [],
    fill: fillOf(meta.fill_value),
    open: (place) => below(place.join(separator) || '0'),
  };
}

interface Packing {
  readonly littleEndian: boolean;
  /** Which axis of the array each axis of a cell is, where they are put in another order. */
  readonly order: readonly number[] | undefined;
  readonly steps: readonly Step[];
  /** What packs cells within cells. */
  readonly shards: Fields | undefined;
}

function packingOf(codecs: unknown): Packing {
  let [littleEndian, order, shards]: [boolean, readonly number[] | undefined, Fields | undefined] = [
    true,
    undefined,
    undefined,
  ];
  const steps: Step[] = [];
  const listed: readonly unknown[] = Array.isArray(codecs) ? codecs : [];
  if (listed.length > MOST_STEPS) throw damagedZarr();
  for (const codec of listed) {
    const { name, configuration } = fieldsIn(codec);
    const settings = fieldsIn(configuration);
    if (name === 'bytes') littleEndian = settings.endian !== 'big';
    else if (name === 'transpose' && order === undefined && !shards) order = countsIn(settings.order);
    else if (name === 'sharding_indexed' && listed.length === 1) shards = settings;
    else steps.unshift(stepNamed(name));
  }
  return { littleEndian, order, steps, shards };
}

/** Strides by the axes of the array, of a cell whose axes were put in another order. */
function stridesIn(cell: readonly number[], order: readonly number[] | undefined): readonly number[] {
  if (!order) return stridesOf(cell);
  if (order.toSorted((one, other) => one - other).some((axis, at) => axis !== at) || order.length !== cell.length)
    throw damagedZarr();
  const turned = stridesOf(order.map((axis) => cell[axis]));
  return cell.map((_, axis) => turned[order.indexOf(axis)]);
}

/** Cells within a file: where each lies is told by a list at its end, or at its begin. */
function withinShards(
  settings: Fields,
  outer: readonly number[],
  inner: readonly number[],
  open: Layout['open'],
): Layout['open'] {
  if (inner.length !== outer.length || inner.some((size, axis) => size < 1 || outer[axis] % size !== 0))
    throw damagedZarr();
  const counts = outer.map((size, axis) => size / inner[axis]);
  const steps = packingOf(settings.index_codecs).steps;
  const bytes = 16 * elementCount(counts);
  const length = bytes + 4 * steps.length;
  const pitches = stridesOf(counts);
  if (steps.some((step) => step !== STEPS.crc32c)) throw damagedZarr();
  return (place) => {
    const shard = open(place.map((at, axis) => Math.floor(at / counts[axis])));
    if (!shard) return undefined;
    if (!(length <= shard.size)) throw damagedZarr();
    const index = settings.index_location === 'start' ? 0 : shard.size - length;
    const within = place.reduce((sum, at, axis) => sum + (at % counts[axis]) * pitches[axis], 0);
    const cursor = new Cursor(shard, index + 16 * within, true, 16);
    const [offset, size] = [cursor.u64(), cursor.u64()];
    // The largest number is the place of a cell that was not written.
    return offset > Number.MAX_SAFE_INTEGER ? undefined : partOf(shard, offset, size);
  };
}

function thirdVersion(meta: Fields, below: Below): Layout {
  const shape = countsIn(meta.shape);
  const grid = fieldsIn(meta.chunk_grid);
  if (grid.name !== 'regular') throw damagedZarr();
  const outer = countsIn(fieldsIn(grid.configuration).chunk_shape);
  const encoding = fieldsIn(meta.chunk_key_encoding);
  const stated = fieldsIn(encoding.configuration).separator;
  const isOld = encoding.name === 'v2';
  const separator = stated === '.' || stated === '/' ? stated : isOld ? '.' : '/';
  const open: Layout['open'] = (place) => below(isOld ? place.join(separator) || '0' : ['c', ...place].join(separator));
  const packing = packingOf(meta.codecs);
  const { shards } = packing;
  const cell = shards ? countsIn(shards.chunk_shape) : outer;
  const inner = shards ? packingOf(shards.codecs) : packing;
  if (inner.shards)
    throw damaged('zarr-codec', 'The array is compressed by {0}, which is not read.', 'sharding_indexed');
  return {
    shape,
    cell,
    strides: stridesIn(cell, inner.order),
    type: typeNamed(meta.data_type, inner.littleEndian),
    steps: inner.steps,
    fill: fillOf(meta.fill_value),
    open: shards ? withinShards(shards, outer, cell, open) : open,
  };
}

/** What a cell holds, of so many bytes once it is unpacked. */
function unpacked(source: ByteSource, { steps, type, cell }: Layout): Uint8Array {
  const size = bytesOf(type, elementCount(cell));
  let bytes = source.read(0, source.size);
  for (const step of steps) bytes = step(bytes, size);
  if (bytes.length < size)
    throw damaged('hdf5-chunk', 'A part of the dataset has {0} bytes instead of {1}.', bytes.length, size);
  return bytes;
}

/**
 * An array of Zarr, by its description (`.zarray` of version 2, `zarr.json` of version 3). Throws a ProblemError for
 * one that cannot be read.
 */
export function zarrEntry(
  { name, writtenBy }: { readonly name: string; readonly writtenBy?: WrittenBy },
  meta: unknown,
  below: Below,
  options: ReadOptions,
): TensorEntry {
  if (!isFields(meta)) throw damagedZarr();
  if (meta.node_type === 'group') throw damaged('no-tensor', 'This is no tensor: {0}.', 'group');
  const layout = meta.zarr_format === 3 ? thirdVersion(meta, below) : secondVersion(meta, below);
  const { shape, cell, strides, type } = layout;
  checkedShape(shape);
  if (cell.length !== shape.length || cell.some((size) => size < 1)) throw damagedZarr();
  const bytes = bytesOf(type, elementCount(cell));
  if (!(bytes <= options.limit))
    throw damaged(
      'too-large',
      'The tensor of shape {0} would take {1} bytes; the limit is {2}.',
      `(${cell.join(', ')})`,
      bytes,
      options.limit,
    );
  return {
    name,
    shape,
    source: type.name,
    writtenBy,
    readings: type.complex ? COMPLEX_PARTS : undefined,
    load(how = {}) {
      const values = (place: readonly number[]): ((index: number) => number) => {
        const source = layout.open(place);
        return source ? type.reader(unpacked(source, layout), how.reading) : () => layout.fill;
      };
      return loadCells({ shape, cell, strides, dtype: type.dtype, values }, options, how);
    },
  };
}

/** A description as it stands in a file. Throws a ProblemError. */
export function zarrMeta(source: ByteSource): unknown {
  if (source.size > 2 ** 20) throw damagedZarr();
  try {
    return JSON.parse(strFromU8(source.read(0, source.size)));
  } catch {
    throw damagedZarr();
  }
}
