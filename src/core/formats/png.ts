import { Unzlib } from 'fflate';
import { decode } from 'fast-png';
import type { Tensor } from '../operation';
import {
  type Format,
  type ReadOptions,
  type TensorEntry,
  checkedCount,
  checkedZeros,
  damaged,
  decoding,
} from './format';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/**
 * The chunks that the picture needs. Others are dropped before decoding: texts and colour profiles are packed too, and
 * can be bombs.
 */
const NEEDED = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Samples that the file has for each pixel; a palette has one. */
  readonly samples: number;
  readonly depth: number;
  readonly palette: boolean;
  /** The file with only the chunks that are needed. */
  readonly bytes: Uint8Array;
  readonly packed: readonly Uint8Array[];
}

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

function scan(bytes: Uint8Array): Picture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  const packed: Uint8Array[] = [];
  let header: DataView | undefined;
  for (let at = 8, type = ''; type !== 'IEND';) {
    if (at + 12 > bytes.length)
      throw damaged('truncated', 'The picture is truncated: it ends after {0} bytes.', bytes.length);
    const length = view.getUint32(at);
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > bytes.length)
      throw damaged('truncated', 'The picture is truncated: it ends after {0} bytes.', bytes.length);
    if (type === 'IHDR' && length === 13 && at === 8)
      header = new DataView(bytes.buffer, bytes.byteOffset + at + 8, length);
    if (type === 'IDAT') packed.push(bytes.subarray(at + 8, at + 8 + length));
    if (NEEDED.includes(type)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  const colour = header?.getUint8(9) ?? -1;
  const depth = header?.getUint8(8) ?? -1;
  if (!header || !DEPTHS[colour]?.includes(depth) || packed.length === 0)
    throw damaged('png-header', 'The picture’s header is damaged.');
  const whole = new Uint8Array(kept.reduce((all, each) => all + each.length, 0));
  kept.reduce((offset, each) => (whole.set(each, offset), offset + each.length), 0);
  return {
    width: header.getUint32(0),
    height: header.getUint32(4),
    samples: SAMPLES[colour],
    depth,
    palette: colour === 3,
    bytes: whole,
    packed,
  };
}

/**
 * Refuses a picture that unpacks to more bytes than its rows can have. Interlacing adds up to one filter byte for each
 * row of each of seven passes.
 */
function checkPacked(picture: Picture): void {
  const { width, height, samples, depth, packed } = picture;
  const most = height * (Math.ceil((width * samples * depth) / 8) + 1) * 2 + 7 * (height + 8);
  let count = 0;
  const inflate = new Unzlib((chunk) => (count += chunk.length));
  // A step may unpack to a thousand times its size before it can be counted.
  const step = 4 * 1024;
  for (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += step) {
      inflate.push(chunk.subarray(at, at + step));
      if (count > most)
        throw damaged(
          'png-bomb',
          'The picture unpacks to more than the {0} × {1} pixels that it claims to have.',
          width,
          height,
        );
    }
  }
}

/**
 * Above this packed size the decoder's own unpacking could take more than the limit, and is rehearsed without keeping
 * anything.
 */
const BEST_RATIO = 1032;

function load(picture: Picture, channels: number, options: ReadOptions): Tensor {
  const { width, height } = picture;
  if (picture.packed.reduce((all, each) => all + each.length, 0) * BEST_RATIO > options.limit)
    decoding('PNG', () => checkPacked(picture));
  const decoded = decoding('PNG', () => decode(picture.bytes, { checkCrc: true }));
  const { data, depth, palette } = decoded;
  const samples = palette ? 1 : decoded.channels;
  if (decoded.width !== width || decoded.height !== height)
    throw damaged('png-header', 'The picture’s header is damaged.');
  const tensor = checkedZeros('float32', [channels, height, width], options);
  const area = width * height;
  if (depth >= 8 && !palette) {
    for (let channel = 0; channel < channels; channel++) {
      for (let pixel = 0; pixel < area; pixel++) tensor.data[channel * area + pixel] = data[pixel * samples + channel];
    }
    return tensor;
  }
  // One sample a pixel, packed into bytes below depth 8; rows begin at a byte.
  const perRow = Math.ceil((width * depth) / 8);
  const scale = 255 / ((1 << depth) - 1);
  for (let pixel = 0; pixel < area; pixel++) {
    const bit = (pixel % width) * depth;
    const byte = data[Math.floor(pixel / width) * perRow + (bit >> 3)];
    const value = (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    for (let channel = 0; channel < channels; channel++) {
      tensor.data[channel * area + pixel] = palette ? (palette[value]?.[channel] ?? 0) : value * scale;
    }
  }
  return tensor;
}

/**
 * Grey as one channel, colour as three; transparency is dropped. Values are 0 to 255, or 0 to 65535 for 16-bit
 * pictures.
 */
export const png: Format = {
  id: 'png',
  extensions: ['png'],
  match: (head) => SIGNATURE.every((byte, at) => head[at] === byte),
  read(bytes, options) {
    const picture = scan(bytes);
    const { width, height, samples, depth, palette } = picture;
    const channels = palette || samples >= 3 ? 3 : 1;
    const shape = [channels, height, width];
    // The decoder keeps samples, rows and result at the same time.
    checkedCount(shape, 4 + (samples * Math.max(8, depth)) / 4, options);
    const source = `PNG, ${depth}-bit ${palette ? 'palette' : channels === 3 ? 'RGB' : 'grey'}`;
    return [
      { name: '', shape, source, axes: 'CHW', load: () => load(picture, channels, options) } satisfies TensorEntry,
    ];
  },
};
