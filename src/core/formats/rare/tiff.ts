import type { Tensor } from '../../operation';
import { numberType, type NumberType } from '../dtypes';
import {
  checkedCount,
  checkedZeros,
  type Contents,
  damaged,
  type LoadHow,
  type ReadOptions,
  type TensorEntry,
} from '../format';
import { loadKept } from '../placed';
import type { ByteSource } from '../source';
import { Cursor } from './cursor';
import { unpackedPart, unpredicted } from './tiffPacked';

/** Tags of an image (TIFF 6.0; BigTIFF has the same). */
const TAGS = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  format: 339,
} as const;

/** Bytes of a value of each type of field. */
const SIZES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};
const MOST_PAGES = 10_000;
const MOST_VALUES = 1_000_000;

type Tags = ReadonlyMap<number, readonly number[]>;

interface File {
  readonly source: ByteSource;
  readonly littleEndian: boolean;
  readonly big: boolean;
}

const damagedTiff = (at: number): Error => damaged('tiff', 'The picture is damaged at byte {0}.', at);

/** The fields of the directory at an offset, and where the next one is. */
function directoryAt(
  { source, littleEndian, big }: File,
  offset: number,
): { readonly tags: Tags; readonly next: number } {
  const cursor = new Cursor(source, offset, littleEndian);
  const word = (from: Cursor): number => (big ? from.u64() : from.u32());
  const count = big ? cursor.u64() : cursor.u16();
  if (count > 4096) throw damagedTiff(offset);
  const tags = new Map<number, readonly number[]>();
  for (let index = 0; index < count; index++) {
    const [tag, type, length] = [cursor.u16(), cursor.u16(), word(cursor)];
    const size = SIZES[type];
    const own = cursor.at;
    cursor.skip(big ? 8 : 4);
    if (size === undefined || !Object.values(TAGS).some((known) => known === tag)) continue;
    if (length > MOST_VALUES) throw damagedTiff(own);
    const at = length * size <= (big ? 8 : 4) ? own : word(new Cursor(source, own, littleEndian, 8));
    const values = new Cursor(source, at, littleEndian, Math.max(8, Math.min(65_536, length * size)));
    const read = { 1: () => values.u8(), 2: () => values.u16(), 4: () => values.u32(), 8: () => values.u64() }[size];
    tags.set(
      tag,
      Array.from({ length }, () => read?.() ?? 0),
    );
  }
  return { tags, next: word(cursor) };
}

interface Page {
  readonly file: File;
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  readonly bits: number;
  readonly type: NumberType | undefined;
  readonly compression: number;
  readonly predictor: number;
  /** Whether the samples of a pixel lie in as many pictures of their own. */
  readonly apart: boolean;
  readonly inverted: boolean;
  /** Of one tile or strip. */
  readonly part: { readonly width: number; readonly height: number };
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
}

/** The type of a sample, which undoing a predictor may give another byte order. */
function typeOf(bits: number, format: number, littleEndian: boolean): NumberType | undefined {
  const kind = { 1: 'uint', 2: 'int', 3: 'float' }[format];
  return kind === undefined || bits < 8 ? undefined : numberType(`${kind}${bits}`, { littleEndian });
}

function pageOf(file: File, tags: Tags): Page {
  const [first, all] = [
    (tag: number, otherwise: number): number => tags.get(tag)?.[0] ?? otherwise,
    (tag: number): readonly number[] => tags.get(tag) ?? [],
  ];
  const [width, height] = [first(TAGS.width, 0), first(TAGS.height, 0)];
  const bits = first(TAGS.bits, 1);
  const format = first(TAGS.format, 1);
  const photometric = first(TAGS.photometric, 1);
  const type = typeOf(bits, format, file.littleEndian);
  if (all(TAGS.bits).some((each) => each !== bits) || (!type && bits !== 1))
    throw damaged(
      'tiff-samples',
      'The samples of the picture have {0} bits, which are not read.',
      all(TAGS.bits).join(', '),
    );
  if (photometric > 3) throw damaged('tiff-colours', 'The colours of the picture are of a kind that is not read.');
  const tiled = tags.has(TAGS.tileWidth);
  return {
    file,
    width,
    height,
    samples: first(TAGS.samples, 1),
    bits,
    type,
    compression: first(TAGS.compression, 1),
    predictor: first(TAGS.predictor, 1),
    apart: first(TAGS.planar, 1) === 2,
    // 0 is white: only of bits is that undone, since of anything else the numbers are what is wanted.
    inverted: photometric === 0 && bits === 1,
    part: tiled
      ? { width: first(TAGS.tileWidth, 0), height: first(TAGS.tileHeight, 0) }
      : { width, height: Math.min(height, first(TAGS.rowsPerStrip, height)) },
    offsets: all(tiled ? TAGS.tileOffsets : TAGS.stripOffsets),
    lengths: all(tiled ? TAGS.tileBytes : TAGS.stripBytes),
  };
}

/** Unpacks one part; answers the value of a sample by its number in it. */
function openPart(page: Page, index: number, rows: number): (sample: number) => number {
  const { file, part, bits, compression, predictor, apart, samples } = page;
  const own = apart ? 1 : samples;
  const rowBytes = Math.ceil((part.width * own * bits) / 8);
  const [offset, length] = [page.offsets[index], page.lengths[index]];
  if (offset === undefined || length === undefined) throw damagedTiff(0);
  // Unpacked into memory of its own, since the predictor is undone in place.
  const bytes = unpackedPart(file.source.read(offset, length), compression, rowBytes * rows).slice();
  if (bytes.length < rowBytes * rows) throw damagedTiff(offset);
  if (bits === 1) {
    const on = page.inverted ? 0 : 1;
    return (sample) => {
      const at = Math.floor(sample / (part.width * own)) * rowBytes * 8 + (sample % (part.width * own));
      return ((bytes[at >> 3] >> (7 - (at & 7))) & 1) === on ? 1 : 0;
    };
  }
  const little = unpredicted(bytes, predictor, {
    rowBytes,
    step: own,
    bytes: bits / 8,
    littleEndian: file.littleEndian,
  });
  const type = numberType(page.type?.name ?? '', { littleEndian: little });
  if (!type) throw damagedTiff(offset);
  return type.reader(bytes);
}

function fill(page: Page, data: Tensor['data'], base: number): void {
  const { width, height, samples, part, apart } = page;
  const [across, down] = [Math.ceil(width / part.width), Math.ceil(height / part.height)];
  const area = width * height;
  const own = apart ? 1 : samples;
  const tiled = part.width !== width || across > 1;
  for (let plane = 0; plane < (apart ? samples : 1); plane++) {
    for (let cell = 0; cell < across * down; cell++) {
      const [left, top] = [(cell % across) * part.width, Math.floor(cell / across) * part.height];
      const rows = tiled ? part.height : Math.min(part.height, height - top);
      const value = openPart(page, plane * across * down + cell, rows);
      for (let y = 0; y < Math.min(part.height, height - top); y++)
        for (let x = 0; x < Math.min(part.width, width - left); x++)
          for (let sample = 0; sample < own; sample++)
            data[base + (plane + sample) * area + (top + y) * width + left + x] = value(
              (y * part.width + x) * own + sample,
            );
    }
  }
}

const shapeOf = ({ samples, height, width }: Page): number[] =>
  samples === 1 ? [height, width] : [samples, height, width];

function entryOf(pages: readonly Page[], name: string, options: ReadOptions): TensorEntry {
  const [page] = pages;
  const { samples, type, bits, part } = page;
  const shape = pages.length === 1 ? shapeOf(page) : [pages.length, ...shapeOf(page)];
  if (part.width < 1 || part.height < 1) throw damagedTiff(0);
  checkedCount(shape, 8, options);
  checkedCount([part.width, part.height, samples], Math.max(1, bits / 8), options);
  const dtype = type?.dtype ?? 'float32';
  return {
    name,
    shape,
    source: `TIFF, ${type?.name ?? '1-bit'}`,
    ...(pages.length === 1 && { axes: samples === 1 ? 'HW' : 'CHW' }),
    load(how?: LoadHow) {
      const tensor = checkedZeros(dtype, shape, options);
      pages.forEach((each, at) => {
        fill(each, tensor.data, (tensor.data.length / pages.length) * at);
      });
      return loadKept(tensor, options, how);
    },
  };
}

/** The images of a TIFF file; those of one shape are a stack. Throws a ProblemError. */
export function readTiff(source: ByteSource, options: ReadOptions): Contents {
  const head = source.read(0, Math.min(16, source.size));
  const littleEndian = head[0] === 0x49;
  const big = head[littleEndian ? 2 : 3] === 43;
  const cursor = new Cursor(source, big ? 8 : 4, littleEndian);
  const file = { source, littleEndian, big };
  const pages: Page[] = [];
  const seen = new Set<number>();
  for (let at = big ? cursor.u64() : cursor.u32(); at !== 0;) {
    if (seen.has(at) || pages.length >= MOST_PAGES) throw damagedTiff(at);
    seen.add(at);
    const { tags, next } = directoryAt(file, at);
    pages.push(pageOf(file, tags));
    at = next;
  }
  if (pages.length === 0) throw damagedTiff(0);
  const alike = pages.every(
    (page) => shapeOf(page).join() === shapeOf(pages[0]).join() && page.type?.name === pages[0].type?.name,
  );
  const entries = alike ? [entryOf(pages, '', options)] : pages.map((page, at) => entryOf([page], String(at), options));
  return { entries, left: [] };
}
