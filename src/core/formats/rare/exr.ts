import type { Tensor } from '../../operation';
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
import { loadKept } from '../placed';
import type { ByteSource } from '../source';
import { Cursor } from './cursor';
import { inflated } from './inflate';

interface Channel {
  readonly name: string;
  readonly type: NumberType;
  /** Where its samples begin in a line, in bytes. */
  readonly begin: number;
}

interface Picture {
  readonly source: ByteSource;
  readonly width: number;
  readonly height: number;
  /** The first line’s number. */
  readonly top: number;
  readonly compression: number;
  readonly channels: readonly Channel[];
  /** Bytes of one line of all channels. */
  readonly lineBytes: number;
  /** Where the table of the blocks’ places begins. */
  readonly table: number;
}

const TYPES = ['uint32', 'float16', 'float32'] as const;
/** Lines in a block, by the method by which it is packed; of other methods than these nothing is read. */
const LINES: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 1, 3: 16 };
const METHODS: readonly string[] = ['', 'RLE', 'ZIPS', 'ZIP', 'PIZ', 'PXR24', 'B44', 'B44A', 'DWAA', 'DWAB', 'HTJ2K'];
/** Of the version’s flags: tiles, deep data, several parts. */
const UNREAD = 0x200 | 0x800 | 0x1000;

const damagedExr = (at: number): Error => damaged('exr', 'The picture is damaged at byte {0}.', at);

function channelsOf(cursor: Cursor, width: number): { readonly channels: Channel[]; readonly lineBytes: number } {
  const channels: Channel[] = [];
  let begin = 0;
  for (let name = cursor.line(0, 256); name !== ''; name = cursor.line(0, 256)) {
    const type = numberType(TYPES[cursor.u32()] ?? '');
    cursor.skip(4);
    const sampling = [cursor.u32(), cursor.u32()];
    if (!type || channels.length > 1024) throw damagedExr(cursor.at);
    if (sampling.join() !== '1,1')
      throw damaged('exr-sampling', 'The channel {0} has fewer samples than pixels.', brief(name));
    channels.push({ name, type, begin });
    begin += (width * type.bits) / 8;
  }
  return { channels, lineBytes: begin };
}

/** The header of one picture of lines (OpenEXR File Layout). Throws a ProblemError for one that is not read. */
function pictureOf(source: ByteSource): Picture {
  const cursor = new Cursor(source, 4);
  const flags = cursor.u32();
  if (flags & UNREAD)
    throw damaged('exr-kind', 'Pictures of OpenEXR with tiles, deep data or several parts are not read.');
  const attributes = new Map<string, Cursor>();
  for (let name = cursor.line(0, 256); name !== ''; name = cursor.line(0, 256)) {
    cursor.line(0, 256);
    const size = cursor.u32();
    attributes.set(name, new Cursor(source, cursor.at, true, Math.max(16, Math.min(65_536, size))));
    cursor.skip(size);
  }
  const box = attributes.get('dataWindow');
  const list = attributes.get('channels');
  if (!box || !list) throw damagedExr(cursor.at);
  const [left, top, right, bottom] = [box.i32(), box.i32(), box.i32(), box.i32()];
  const [width, height] = [right - left + 1, bottom - top + 1];
  if (width < 1 || height < 1) throw damagedExr(box.at);
  const compression = attributes.get('compression')?.u8() ?? 0;
  if (!(compression in LINES))
    throw damaged(
      'exr-method',
      'The picture is compressed as {0} of OpenEXR, which is not read.',
      METHODS[compression] ?? compression,
    );
  return { source, width, height, top, compression, table: cursor.at, ...channelsOf(list, width) };
}

/** Runs of bytes: a negative count before bytes as they are, another one before a byte that is repeated once more. */
function unpackedRuns(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let to = 0;
  for (let at = 0; at < packed.length && to < size;) {
    const count = (packed[at++] << 24) >> 24;
    const length = Math.min(count < 0 ? -count : count + 1, size - to);
    if (count < 0) bytes.set(packed.subarray(at, at + length), to);
    else bytes.fill(packed[at] ?? 0, to, to + length);
    at += count < 0 ? -count : 1;
    to += length;
  }
  return bytes;
}

/** Takes back what is done before packing: bytes are differences, those of even places before those of odd ones. */
function reordered(bytes: Uint8Array): Uint8Array {
  for (let at = 1; at < bytes.length; at++) bytes[at] += bytes[at - 1] - 128;
  const whole = new Uint8Array(bytes.length);
  const half = Math.ceil(bytes.length / 2);
  for (let at = 0; at < bytes.length; at++) whole[at] = bytes[(at & 1) * half + (at >> 1)];
  return whole;
}

/** The lines of a block, and the number of its first one, from the top. */
function blockAt({ source, top, height, compression, lineBytes }: Picture, place: number) {
  const cursor = new Cursor(source, place, true, 8);
  const line = cursor.i32() - top;
  const size = cursor.u32();
  if (line < 0 || line >= height) throw damagedExr(place);
  const lines = Math.min(LINES[compression], height - line);
  const wanted = lines * lineBytes;
  const packed = source.read(place + 8, size);
  // What would not become shorter is kept as it is.
  if (size === wanted) return { line, lines, bytes: packed };
  if (compression === 0 || size > wanted) throw damagedExr(place);
  const bytes = compression === 1 ? unpackedRuns(packed, wanted) : inflated(packed, wanted);
  if (bytes.length !== wanted) throw damagedExr(place);
  return { line, lines, bytes: reordered(bytes) };
}

function load(picture: Picture, channels: readonly Channel[], shape: readonly number[], options: ReadOptions): Tensor {
  const { source, width, height, compression, lineBytes, table } = picture;
  const dtype = channels.some(({ type }) => type.dtype === 'float64') ? 'float64' : 'float32';
  const tensor = checkedZeros(dtype, shape, options);
  const places = new Cursor(source, table, true);
  for (let block = Math.ceil(height / LINES[compression]); block > 0; block--) {
    const { line, lines, bytes } = blockAt(picture, places.u64());
    channels.forEach(({ type, begin }, plane) => {
      for (let row = 0; row < lines; row++) {
        const value = type.reader(
          bytes.subarray(row * lineBytes + begin, row * lineBytes + begin + (width * type.bits) / 8),
        );
        const to = (plane * height + line + row) * width;
        for (let x = 0; x < width; x++) tensor.data[to + x] = value(x);
      }
    });
  }
  return tensor;
}

/** The channels of a picture of OpenEXR, and its colours together. Throws a ProblemError. */
export function readExr(source: ByteSource, options: ReadOptions): Contents {
  const picture = pictureOf(source);
  const { channels, width, height, lineBytes } = picture;
  checkedCount([height, Math.max(1, lineBytes)], 2, options);
  const entryOf = (name: string, own: readonly Channel[]): TensorEntry => {
    const shape = own.length === 1 ? [height, width] : [own.length, height, width];
    return {
      name,
      shape,
      source: `OpenEXR, ${own[0].type.name}`,
      axes: own.length === 1 ? 'HW' : 'CHW',
      load: (how?: LoadHow) => loadKept(load(picture, own, shape, options), options, how),
    };
  };
  const colours = ['R', 'G', 'B'].flatMap((name) => channels.filter((channel) => channel.name === name));
  const together = colours.length === 3 ? [entryOf('RGB', colours)] : [];
  const entries = [...together, ...channels.map((channel) => entryOf(channel.name, [channel]))];
  return demandEntries({ entries, left: [] }, () => damaged('no-tensors', 'The file holds no tensors.'));
}
