import type { Tensor } from '../../operation';
import { elementCount } from '../../tensor/tensor';
import { numberType, type NumberType } from '../dtypes';
import {
  brief,
  checkedCount,
  checkedZeros,
  type Contents,
  damaged,
  demandEntries,
  type LoadHow,
  type ReadOptions,
  type TensorEntry,
} from '../format';
import { checkedWindow } from '../placed';
import type { ByteSource } from '../source';
import { Cursor } from './cursor';
import { LINES, METHODS, type Sampled, unpackedBlock } from './exrPacked';

interface Channel extends Sampled {
  readonly name: string;
  readonly type: NumberType;
}

/** What the header of a picture says, before its blocks are looked at. */
interface Header {
  /** Of a picture in a file of several; otherwise empty. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** The first line’s number. */
  readonly top: number;
  readonly compression: number;
  readonly channels: readonly Channel[];
  /** A block: some lines, or a tile. */
  readonly cell: { readonly width: number; readonly height: number };
  readonly tiled: boolean;
  /** How many places of blocks the table has, smaller copies of the picture included. */
  readonly places: number;
}

interface Picture extends Header {
  readonly source: ByteSource;
  /** Where the table of the blocks’ places begins. */
  readonly table: number;
  /** Whether the number of its part stands before each block. */
  readonly numbered: boolean;
}

const TYPES = ['uint32', 'float16', 'float32'] as const;
/** Of the version’s flags. */
const [TILES, DEEP, PARTS] = [0x200, 0x800, 0x1000];
const MOST_PARTS = 1000;

const damagedExr = (at: number): Error => damaged('exr', 'The picture is damaged at byte {0}.', at);

function channelsOf(cursor: Cursor): Channel[] {
  const channels: Channel[] = [];
  for (let name = cursor.line(0, 256); name !== ''; name = cursor.line(0, 256)) {
    const type = numberType(TYPES[cursor.u32()] ?? '');
    cursor.skip(4);
    const sampling = [cursor.u32(), cursor.u32()];
    if (!type || channels.length > 1024) throw damagedExr(cursor.at);
    if (sampling.join() !== '1,1')
      throw damaged('exr-sampling', 'The channel {0} has fewer samples than pixels.', brief(name));
    channels.push({ name, type, bytes: type.bits / 8, isFloat: type.name === 'float32' });
  }
  return channels;
}

/** How many tiles a picture and its smaller copies have (OpenEXR File Layout, "Tiled images"). */
function tilesOf(size: readonly [number, number], tile: readonly [number, number], mode: number): number {
  const levels = ([width, height]: readonly [number, number]): readonly (readonly [number, number])[] => {
    const round = mode >> 4 === 1 ? Math.ceil : Math.floor;
    const at = (length: number, level: number): number => Math.max(1, round(length / 2 ** level));
    const count = (length: number): number => round(Math.log2(length)) + 1;
    const [across, down] = [count(width), count(height)];
    switch (mode & 15) {
      case 1:
        return Array.from({ length: count(Math.max(width, height)) }, (_, each) => [at(width, each), at(height, each)]);
      case 2:
        return Array.from({ length: across * down }, (_, each) => [
          at(width, each % across),
          at(height, Math.floor(each / across)),
        ]);
      default:
        return [[width, height]];
    }
  };
  return levels(size).reduce(
    (sum, [width, height]) => sum + Math.ceil(width / tile[0]) * Math.ceil(height / tile[1]),
    0,
  );
}

/** The next header (OpenEXR File Layout). Throws a ProblemError for one of a kind that is not read. */
function headerAt(cursor: Cursor, tilesFlag: boolean): Header {
  const { source } = cursor;
  const attributes = new Map<string, Cursor>();
  const sizes = new Map<string, number>();
  for (let name = cursor.line(0, 256); name !== ''; name = cursor.line(0, 256)) {
    cursor.line(0, 256);
    const size = cursor.u32();
    sizes.set(name, size);
    attributes.set(name, new Cursor(source, cursor.at, true, Math.max(16, Math.min(65_536, size))));
    cursor.skip(size);
  }
  const text = (name: string): string => attributes.get(name)?.text(Math.min(256, sizes.get(name) ?? 0)) ?? '';
  const [box, list, tiles] = [attributes.get('dataWindow'), attributes.get('channels'), attributes.get('tiles')];
  if (!box || !list) throw damagedExr(cursor.at);
  const [left, top, right, bottom] = [box.i32(), box.i32(), box.i32(), box.i32()];
  const [width, height] = [right - left + 1, bottom - top + 1];
  const type = text('type');
  if (width < 1 || height < 1) throw damagedExr(box.at);
  if (type.startsWith('deep')) throw damaged('exr-kind', 'Deep pictures of OpenEXR are not read.');
  const compression = attributes.get('compression')?.u8() ?? 0;
  if (!(compression in LINES))
    throw damaged(
      'exr-method',
      'The picture is compressed as {0} of OpenEXR, which is not read.',
      METHODS[compression] ?? compression,
    );
  const described = { name: text('name'), width, height, top, compression, channels: channelsOf(list) };
  if (type !== 'tiledimage' && !(type === '' && tilesFlag)) {
    const lines = LINES[compression];
    return { ...described, cell: { width, height: lines }, tiled: false, places: Math.ceil(height / lines) };
  }
  if (!tiles) throw damagedExr(cursor.at);
  const [across, down, mode] = [tiles.u32(), tiles.u32(), tiles.u8()];
  if (across < 1 || down < 1) throw damagedExr(tiles.at);
  const places = tilesOf([width, height], [across, down], mode);
  return { ...described, cell: { width: across, height: down }, tiled: true, places };
}

/** The pictures of a file, each behind a header; the tables of their blocks follow in the same order. */
function picturesOf(source: ByteSource): Picture[] {
  const cursor = new Cursor(source, 4);
  const flags = cursor.u32();
  if (flags & DEEP) throw damaged('exr-kind', 'Deep pictures of OpenEXR are not read.');
  const numbered = (flags & PARTS) !== 0;
  const headers: Header[] = [];
  do headers.push(headerAt(cursor, (flags & TILES) !== 0));
  while (numbered && headers.length < MOST_PARTS && source.read(cursor.at, 1)[0] !== 0);
  let table = cursor.at + (numbered ? 1 : 0);
  return headers.map((header) => {
    const picture = { ...header, source, table, numbered };
    table += 8 * header.places;
    if (table > source.size) throw damagedExr(source.size);
    return picture;
  });
}

interface Block {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** The block in a column and a row of blocks. */
function blockAt(picture: Picture, column: number, row: number): Block {
  const { source, cell, channels, compression, tiled, numbered, table } = picture;
  const across = Math.ceil(picture.width / cell.width);
  const [left, top] = [column * cell.width, row * cell.height];
  const width = Math.min(cell.width, picture.width - left);
  const height = Math.min(cell.height, picture.height - top);
  const place = new Cursor(source, table + 8 * (row * across + column), true, 8).u64();
  const cursor = new Cursor(source, place, true, 32);
  if (numbered) cursor.skip(4);
  const stated = tiled ? [cursor.i32(), cursor.i32(), cursor.i32(), cursor.i32()] : [cursor.i32() - picture.top];
  if (stated.join() !== (tiled ? [column, row, 0, 0] : [top]).join()) throw damagedExr(place);
  const size = cursor.u32();
  const wanted = width * height * channels.reduce((sum, { bytes }) => sum + bytes, 0);
  if (size > wanted) throw damagedExr(place);
  const bytes = unpackedBlock(source.read(cursor.at, size), compression, [width, height], channels, wanted);
  return { left, top, width, height, bytes };
}

/** Blocks of a picture; the last one is kept as long as the work under way, which may ask for it line by line. */
function blocksOf(picture: Picture): (column: number, row: number) => Block {
  let last: { readonly key: string; readonly block: WeakRef<Block> } | undefined;
  return (column, row) => {
    const key = `${column},${row}`;
    const known = last?.key === key ? last.block.deref() : undefined;
    if (known) return known;
    const block = blockAt(picture, column, row);
    last = { key, block: new WeakRef(block) };
    return block;
  };
}

/** Some of a picture’s channels within a window of it: those blocks are read that it touches. */
function load(
  picture: Picture,
  blockOf: ReturnType<typeof blocksOf>,
  own: readonly Channel[],
  shape: readonly number[],
  options: ReadOptions,
  how: LoadHow,
): Tensor {
  const { cell, channels } = picture;
  const { begin, size } = checkedWindow(shape, how.window);
  const dtype = own.some(({ type }) => type.dtype === 'float64') ? 'float64' : 'float32';
  const tensor = checkedZeros(dtype, size, options, how.allocate);
  const [firstLine, firstColumn] = begin.slice(-2);
  const [lines, columns] = size.slice(-2);
  const planes = own.length === 1 ? own : own.slice(begin[0], begin[0] + size[0]);
  const begins = channels.map((_, at) => channels.slice(0, at).reduce((sum, { bytes }) => sum + bytes, 0));
  const lineBytes = channels.reduce((sum, { bytes }) => sum + bytes, 0);
  const copy = ({ left, top, width, height, bytes }: Block): void => {
    const [from, to] = [Math.max(left, firstColumn), Math.min(left + width, firstColumn + columns)];
    const end = Math.min(top + height, firstLine + lines);
    planes.forEach((channel, plane) => {
      const offset = begins[channels.indexOf(channel)] * width;
      for (let line = Math.max(top, firstLine); line < end; line++) {
        const at = (line - top) * lineBytes * width + offset;
        const value = channel.type.reader(bytes.subarray(at, at + width * channel.bytes));
        const target = (plane * lines + line - firstLine) * columns - firstColumn;
        for (let x = from; x < to; x++) tensor.data[target + x] = value(x - left);
      }
    });
  };
  const last = (first: number, count: number, each: number): number => Math.floor((first + count - 1) / each);
  for (let row = Math.floor(firstLine / cell.height); row <= last(firstLine, lines, cell.height); row++)
    for (let column = Math.floor(firstColumn / cell.width); column <= last(firstColumn, columns, cell.width); column++)
      copy(blockOf(column, row));
  return tensor;
}

/** The channels of a picture, and its colours together. */
function entriesOf(picture: Picture, within: string, options: ReadOptions): TensorEntry[] {
  const { channels, width, height, cell } = picture;
  const lineBytes = channels.reduce((sum, { bytes }) => sum + bytes, 0);
  checkedCount([Math.min(cell.height, height), Math.min(cell.width, width), Math.max(1, lineBytes)], 1, options);
  const blockOf = blocksOf(picture);
  const entryOf = (name: string, own: readonly Channel[]): TensorEntry => {
    const shape = own.length === 1 ? [height, width] : [own.length, height, width];
    if (!Number.isSafeInteger(elementCount(shape))) throw damagedExr(picture.table);
    return {
      name: `${within}${name}`,
      shape,
      source: `OpenEXR, ${own[0].type.name}`,
      axes: own.length === 1 ? 'HW' : 'CHW',
      load: (how = {}) => load(picture, blockOf, own, shape, options, how),
    };
  };
  const colours = ['R', 'G', 'B'].flatMap((name) => channels.filter((channel) => channel.name === name));
  const together = colours.length === 3 ? [entryOf('RGB', colours)] : [];
  return [...together, ...channels.map((channel) => entryOf(channel.name, [channel]))];
}

/** The channels of the pictures of a file of OpenEXR. Throws a ProblemError. */
export function readExr(source: ByteSource, options: ReadOptions): Contents {
  const pictures = picturesOf(source);
  const entries = pictures.flatMap((picture, at) =>
    entriesOf(picture, pictures.length === 1 ? '' : `${brief(picture.name || String(at))}/`, options),
  );
  return demandEntries({ entries, left: [] }, () => damaged('no-tensors', 'The file holds no tensors.'));
}
