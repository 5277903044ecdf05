import type { Tensor } from '../../../operation';
import { elementCount } from '../../../tensor/tensor';
import type { NumberType } from '../../dtypes';
import { brief, checkedShape, checkedZeros, damaged, type LoadHow, type ReadOptions } from '../../format';
import { checkedWindow, loadPlaced } from '../../placed';
import { memorySource } from '../../source';
import { loadCells } from '../grid';
import { type Chunk, type FindChunk, type Grid, indexedChunks, treeChunks } from './chunks';
import { type Container, damagedHdf5, isNowhere, offsetAt, sized } from './container';
import { type Filter, filtersOf, unfiltered } from './filters';
import { cursorOf, DATASPACE, DATATYPE, FILL, FILL_OLD, FILTERS, LAYOUT, type Message, resolved } from './messages';
import { type H5Type, spaceOf, typeOf } from './types';

/** A dataset of numbers, described before any of them is read. */
export interface Dataset {
  readonly shape: readonly number[];
  readonly type: H5Type;
  /** Values of a part of it as this type of numbers. */
  load(numbers: NumberType, how?: LoadHow): Tensor;
}

/** What is packed is no longer than this. */
const MOST_CHUNK = 2 ** 30;

/** What stands where nothing was written (IV.A.2.e, f). */
function fillOf(messages: readonly Message[]): Uint8Array | undefined {
  for (const { type, bytes } of messages) {
    if (type !== FILL && type !== FILL_OLD) continue;
    const cursor = cursorOf(bytes);
    let defined = true;
    if (type === FILL) {
      const version = cursor.u8();
      if (version === 3) defined = (cursor.u8() & 0x20) !== 0;
      else {
        cursor.skip(2);
        defined = cursor.u8() === 1 || version === 1;
      }
    }
    const size = defined && cursor.left >= 4 ? cursor.u32() : 0;
    if (size > 0 && size <= cursor.left) return cursor.bytes(size);
  }
  return undefined;
}

const pieceOf = (messages: readonly Message[], type: number): Message | undefined =>
  messages.find((message) => message.type === type);

interface Chunked {
  readonly grid: Grid;
  readonly find: FindChunk;
  readonly filters: readonly Filter[];
  readonly fill: Uint8Array | undefined;
}

function filledWith(
  shape: readonly number[],
  numbers: NumberType,
  fill: Uint8Array | undefined,
  options: ReadOptions,
  how: LoadHow,
): Tensor {
  const tensor = checkedZeros(numbers.dtype, checkedWindow(shape, how.window).size, options, how.allocate);
  if (fill && fill.length * 8 === numbers.bits) tensor.data.fill(numbers.reader(fill, how.reading)(0));
  return tensor;
}

function loadChunked(
  file: Container,
  shape: readonly number[],
  numbers: NumberType,
  { grid, find, filters, fill }: Chunked,
  options: ReadOptions,
  how: LoadHow,
): Tensor {
  const { chunk, bytes } = grid;
  const missing = fill && fill.length * 8 === numbers.bits ? numbers.reader(fill, how.reading)(0) : 0;
  const read = ({ address, length, mask }: Chunk): ((index: number) => number) => {
    if (length > MOST_CHUNK || !(address + length <= file.source.size)) throw damagedHdf5(address);
    return numbers.reader(unfiltered(file.source.read(address, length), filters, mask, bytes), how.reading);
  };
  const values = (place: readonly number[]): ((index: number) => number) => {
    const found = find(place);
    return found ? read(found) : () => missing;
  };
  return loadCells({ shape, cell: chunk, dtype: numbers.dtype, values }, options, how);
}

/** The sizes of a chunk along each axis; the last number that is stated is the size of an element. */
function gridOf(
  sizes: readonly number[],
  shape: readonly number[],
  type: H5Type,
  filtered: boolean,
  options: ReadOptions,
): Grid {
  const chunk = sizes.slice(0, -1);
  const bytes = elementCount(chunk) * type.size;
  if (chunk.length !== shape.length || chunk.some((size) => size < 1) || !Number.isSafeInteger(bytes))
    throw damaged('hdf5-layout', 'The parts of the dataset are kept in a way that is not read.');
  if (bytes > options.limit)
    throw damaged(
      'too-large',
      'The tensor of shape {0} would take {1} bytes; the limit is {2}.',
      `(${chunk.join(', ')})`,
      bytes,
      options.limit,
    );
  return { chunk, counts: shape.map((size, axis) => Math.ceil(size / chunk[axis])), bytes, filtered };
}

/**
 * The dataset that an object's messages describe; undefined where they describe none. Throws a ProblemError for one
 * that cannot be read.
 */
export function datasetOf(file: Container, messages: readonly Message[], options: ReadOptions): Dataset | undefined {
  const [space, datatype, layout] = [DATASPACE, DATATYPE, LAYOUT].map((type) => pieceOf(messages, type));
  if (!space || !datatype || !layout) return undefined;
  const type = typeOf(resolved(file, datatype));
  const shape = spaceOf(resolved(file, space), file.lengthSize);
  if (shape === 'null') throw damaged('hdf5-null', 'The dataset is empty.');
  if (type.numbers.length === 0) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(type.name));
  checkedShape(shape);
  const cursor = cursorOf(layout.bytes);
  const version = cursor.u8();
  const kind = cursor.u8();
  if (version < 3 || version > 5 || kind > 2)
    throw damaged('hdf5-layout', 'The parts of the dataset are kept in a way that is not read.');
  if (kind < 2) {
    const bytes = kind === 0 ? memorySource(cursor.bytes(cursor.u16())) : undefined;
    const address = bytes ? 0 : offsetAt(file, cursor);
    const source = bytes ?? file.source;
    return {
      shape,
      type,
      load(numbers, how = {}) {
        // Never written: all is what it is filled with.
        if (!bytes && isNowhere(file, address)) return filledWith(shape, numbers, fillOf(messages), options, how);
        return loadPlaced({ source, offset: address, type: numbers, shape }, options, how);
      },
    };
  }
  const filterMessage = pieceOf(messages, FILTERS);
  const filters = filterMessage ? filtersOf(resolved(file, filterMessage)) : [];
  const flags = version === 3 ? 0 : cursor.u8();
  const axes = cursor.u8();
  const root = version === 3 ? offsetAt(file, cursor) : 0;
  const bytesEach = version === 3 ? 4 : cursor.u8();
  const sizes = Array.from({ length: axes }, () => sized(cursor, bytesEach));
  const grid = gridOf(sizes, shape, type, filters.length > 0, options);
  const find = version === 3 ? treeChunks(file, root, grid) : indexedChunks(file, cursor, flags, grid);
  const chunked = { grid, find, filters, fill: fillOf(messages) };
  return { shape, type, load: (numbers, how = {}) => loadChunked(file, shape, numbers, chunked, options, how) };
}
