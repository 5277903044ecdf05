import type { Tensor } from '../../operation';
import { numberType, type NumberType } from '../dtypes';
import {
  brief,
  checkedCount,
  checkedShape,
  checkedZeros,
  type Contents,
  damaged,
  type LoadHow,
  type ReadOptions,
} from '../format';
import { checkedWindow, loadPlaced, type Placed, placedEntry } from '../placed';
import { type ByteSource, headOf, memorySource, partOf } from '../source';
import { Cursor } from './cursor';
import { damagedDicom, type Element, fragmentsOf, nextElement, passOver, type Syntax } from './dicomElements';
import { unpackBits } from './tiffPacked';

const [IMPLICIT, BIG, RLE] = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.5'];
/** What others are called (DICOM PS3.6, table A-1). */
const PACKED: readonly (readonly [start: string, name: string])[] = [
  ['1.2.840.10008.1.2.1.99', 'deflate'],
  ['1.2.840.10008.1.2.4.5', 'JPEG'],
  ['1.2.840.10008.1.2.4.7', 'JPEG'],
  ['1.2.840.10008.1.2.4.8', 'JPEG-LS'],
  ['1.2.840.10008.1.2.4.9', 'JPEG 2000'],
  ['1.2.840.10008.1.2.4.1', 'MPEG'],
  ['1.2.840.10008.1.2.4.2', 'High-Throughput JPEG 2000'],
];

const MOST_ELEMENTS = 100_000;
/** The longest value that is read but for the pixels. */
const LONGEST_VALUE = 1024;

/** The elements that say what the pixels are, as far as they stand in the file, and where these begin. */
interface DataSet {
  readonly cursor: Cursor;
  readonly syntax: Syntax;
  readonly name: string;
  readonly known: ReadonlyMap<string, Element>;
}

/** All elements up to the pixels, or to the end of the group `only`: what comes then may be written otherwise. */
function elementsOf(cursor: Cursor, syntax: Syntax, only?: number): ReadonlyMap<string, Element> {
  const known = new Map<string, Element>();
  for (let count = 0; cursor.left >= 8 && count < MOST_ELEMENTS; count++) {
    if (only !== undefined && new Cursor(cursor.source, cursor.at).u16() !== only) break;
    const element = nextElement(cursor, syntax);
    known.set(element.tag, element);
    if (element.tag.startsWith('7fe0')) break;
    passOver(cursor, element, syntax);
  }
  return known;
}

function textOf({ cursor, known }: Pick<DataSet, 'cursor' | 'known'>, tag: string): string | undefined {
  const element = known.get(tag);
  if (element?.length === undefined || element.length > LONGEST_VALUE) return undefined;
  const bytes = cursor.source.read(element.at, element.length);
  return String.fromCharCode(...bytes)
    .replace(/[\0 ]+$/, '')
    .trim();
}

function shortOf({ cursor, known }: DataSet, tag: string): number | undefined {
  const element = known.get(tag);
  return element?.length === undefined || element.length < 2
    ? undefined
    : new Cursor(cursor.source, element.at, cursor.littleEndian).u16();
}

function dataSetOf(source: ByteSource): DataSet {
  const isMarked = String.fromCharCode(...headOf(source, 132).subarray(128)) === 'DICM';
  // What stands before the data set is always written in one way.
  const head = new Cursor(source, isMarked ? 132 : 0);
  const known = isMarked ? elementsOf(head, { explicit: true }, 2) : new Map<string, Element>();
  const name = textOf({ cursor: head, known }, '00020010') ?? IMPLICIT;
  const cursor = new Cursor(source, head.at, name !== BIG);
  const packed = PACKED.find(([start]) => name.startsWith(start));
  if (packed?.[1] === 'deflate')
    throw damaged('dicom-packed', 'The pixels are packed by {0}, which is not read.', packed[1]);
  const syntax = { explicit: name !== IMPLICIT };
  return { cursor, syntax, name, known: elementsOf(cursor, syntax) };
}

/** Bytes of each frame that RLE packed, plane after plane, put together as numbers with the low byte first. */
function unpackedRle(set: DataSet, frames: number, pixels: number, planes: number, each: number): Uint8Array {
  const { cursor, syntax } = set;
  const whole = new Uint8Array(frames * pixels * planes * each);
  const fragments = fragmentsOf(cursor, syntax);
  if (fragments.length < frames) throw damagedDicom();
  for (let frame = 0; frame < frames; frame++) {
    const { at, length = 0 } = fragments[frame];
    const bytes = cursor.source.read(at, length);
    if (length < 64) throw damagedDicom();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = view.getUint32(0, true);
    if (count !== planes * each) throw damagedDicom();
    for (let segment = 0; segment < count; segment++) {
      const begin = view.getUint32(4 + 4 * segment, true);
      const end = segment + 1 < count ? view.getUint32(8 + 4 * segment, true) : length;
      if (begin < 64 || end < begin || end > length) throw damagedDicom();
      const values = unpackBits(bytes.subarray(begin, end), pixels);
      const plane = frame * planes + Math.floor(segment / each);
      // The high bytes come first.
      const shift = each - 1 - (segment % each);
      for (let pixel = 0; pixel < pixels; pixel++) whole[(plane * pixels + pixel) * each + shift] = values[pixel];
    }
  }
  return whole;
}

interface Described {
  readonly type: NumberType;
  readonly frames: number;
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  readonly pixels: Element;
}

function describe(set: DataSet): Described {
  const floats = { '7fe00008': 'float32', '7fe00009': 'float64' };
  const tag = ['7fe00010', '7fe00008', '7fe00009'].find((each) => set.known.has(each));
  const pixels = set.known.get(tag ?? '');
  if (!pixels) throw damaged('dicom-empty', 'The DICOM file holds no picture.');
  const bits = shortOf(set, '00280100') ?? 0;
  const sign = shortOf(set, '00280103') === 1 ? 'int' : 'uint';
  const name = tag === '7fe00008' || tag === '7fe00009' ? floats[tag] : `${sign}${bits}`;
  const type = [8, 16, 32, 64].includes(bits) ? numberType(name, { littleEndian: set.cursor.littleEndian }) : undefined;
  if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(name));
  const [rows, columns, samples] = ['00280010', '00280011', '00280002'].map((each) => shortOf(set, each));
  const frames = Number(textOf(set, '00280008') ?? 1);
  if (rows === undefined || columns === undefined || !Number.isSafeInteger(frames) || frames < 1) throw damagedDicom();
  return { type, frames, rows, columns, samples: samples ?? 1, pixels };
}

/** A slope and an intercept, and which bits of a number are its own. */
interface Scale {
  readonly slope: number;
  readonly intercept: number;
  readonly spare: number;
  readonly signed: boolean;
}

function scaleOf(set: DataSet, { type }: Described): Scale {
  const number = (tag: string, otherwise: number): number => {
    const value = Number(textOf(set, tag) ?? otherwise);
    return Number.isFinite(value) ? value : otherwise;
  };
  const stored = shortOf(set, '00280101') ?? type.bits;
  // Bits above those that are stored may be anything: overlays were kept there.
  const spare = type.bits <= 32 && stored >= 1 && stored < type.bits && type.name.includes('int') ? 32 - stored : 0;
  return {
    slope: number('00281053', 1),
    intercept: number('00281052', 0),
    spare,
    signed: type.name.startsWith('int'),
  };
}

/**
 * The picture of a DICOM file, or its frames, in the units that its slope and intercept make of what is stored, as of a
 * CT Hounsfield's. Throws a ProblemError.
 */
export function readDicom(source: ByteSource, options: ReadOptions): Contents {
  const set = dataSetOf(source);
  const described = describe(set);
  const { type, frames, rows, columns, samples, pixels } = described;
  const area = rows * columns;
  const shape = [...(frames > 1 ? [frames] : []), ...(samples > 1 ? [samples] : []), rows, columns];
  checkedShape(shape);
  let data: ByteSource;
  let isPlanar = shortOf(set, '00280006') === 1;
  if (pixels.length !== undefined) data = partOf(source, pixels.at, pixels.length);
  else {
    const name = PACKED.find(([start]) => set.name.startsWith(start))?.[1] ?? brief(set.name);
    if (set.name !== RLE) throw damaged('dicom-packed', 'The pixels are packed by {0}, which is not read.', name);
    checkedCount(shape, type.bits / 8, options);
    data = memorySource(unpackedRle(set, frames, area, samples, type.bits / 8));
    isPlanar = true;
  }
  const strides = [
    ...(frames > 1 ? [area * samples] : []),
    ...(samples > 1 ? [isPlanar ? area : 1] : []),
    ...(isPlanar || samples === 1 ? [columns, 1] : [columns * samples, samples]),
  ];
  const colours = textOf(set, '00280004') ?? '';
  const { slope, intercept, spare, signed } = scaleOf(set, described);
  const isScaled = slope !== 1 || intercept !== 0;
  const placed: Placed = { source: data, offset: 0, type, shape, strides };
  const words = [`DICOM, ${type.name}`, colours, isScaled ? `${slope} + ${intercept}` : ''].filter(Boolean).join(' · ');
  const about = { name: '', source: words, ...(samples > 1 && frames === 1 ? { axes: 'CHW' as const } : {}) };
  const entry = placedEntry(placed, about, options);
  if (!isScaled && spare === 0) return { entries: [entry], left: [] };
  const load = (how: LoadHow = {}): Tensor => {
    const stored = loadPlaced(placed, options, { window: how.window });
    const tensor = checkedZeros('float64', checkedWindow(shape, how.window).size, options, how.allocate);
    for (let at = 0; at < stored.data.length; at++) {
      let value = stored.data[at];
      if (spare > 0) value = signed ? (value << spare) >> spare : (value << spare) >>> spare;
      tensor.data[at] = value * slope + intercept;
    }
    return tensor;
  };
  return { entries: [{ ...entry, load }], left: [] };
}
