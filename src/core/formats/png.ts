import { Unzlib } from 'fflate';
import type { Tensor } from '../operation';
import { crc32 } from './crc32';
import { checkedCount, checkedZeros, damaged, decoding, type Format, type LoadHow, type ReadOptions } from './format';
import { loadKept } from './placed';
import { unfilter } from './pngRows';
import { wholeOf } from './source';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/**
 * The chunks that the picture needs. Others are not looked into: texts and colour profiles are packed too, and can be
 * bombs.
 */
const NEEDED = ['IHDR', 'PLTE', 'IDAT', 'IEND'];

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Samples that the file has for each pixel; a palette has one. */
  readonly samples: number;
  readonly depth: number;
  readonly interlaced: boolean;
  /** Red, green and blue by index, where the samples are indices. */
  readonly palette?: Uint8Array;
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

/** The chunks that are needed (W3C PNG, 5), by type, their checksums checked. */
function chunksOf(bytes: Uint8Array): Map<string, Uint8Array[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const truncated = (): Error =>
    damaged('truncated', 'The picture is truncated: it ends after {0} bytes.', bytes.length);
  const chunks = new Map<string, Uint8Array[]>();
  for (let at = 8, type = ''; type !== 'IEND';) {
    if (at + 12 > bytes.length) throw truncated();
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw truncated();
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (NEEDED.includes(type)) {
      if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
        throw damaged('png-checksum', 'The picture is damaged: the checksum of its part {0} does not agree.', type);
      chunks.set(type, [...(chunks.get(type) ?? []), bytes.subarray(at + 8, end - 4)]);
    }
    at = end;
  }
  return chunks;
}

function scan(bytes: Uint8Array): Picture {
  const chunks = chunksOf(bytes);
  const header = chunks.get('IHDR')?.[0];
  const packed = chunks.get('IDAT') ?? [];
  const [depth, colour, compression, filter, interlace] = header?.subarray(8) ?? [];
  const sound = header?.length === 13 && DEPTHS[colour]?.includes(depth) && compression === 0 && filter === 0;
  const palette = chunks.get('PLTE')?.[0];
  if (!sound || interlace > 1 || packed.length === 0 || (colour === 3 && !palette))
    throw damaged('png-header', 'The picture’s header is damaged.');
  const view = new DataView(header.buffer, header.byteOffset, 8);
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    samples: SAMPLES[colour],
    depth,
    interlaced: interlace === 1,
    ...(colour === 3 && { palette }),
    packed,
  };
}

/** A grid of the picture’s pixels that is stored as a picture of its own. */
interface Pass {
  readonly left: number;
  readonly top: number;
  readonly across: number;
  readonly down: number;
  readonly width: number;
  readonly height: number;
}

/** Adam7 (W3C PNG, 8.1): where each of its passes begins, and its steps. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

function passesOf({ width, height, interlaced }: Picture): readonly Pass[] {
  return (interlaced ? ADAM7 : [[0, 0, 1, 1]])
    .map(([left, top, across, down]) => ({
      left,
      top,
      across,
      down,
      width: Math.ceil((width - left) / across),
      height: Math.ceil((height - top) / down),
    }))
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

const bytesPerRow = ({ samples, depth }: Picture, width: number): number => Math.ceil((width * samples * depth) / 8);

/** The rows with their filters, which are exactly as many bytes as the header says: anything more is not unpacked. */
function unpackRows(picture: Picture, passes: readonly Pass[]): Uint8Array {
  const length = passes.reduce((all, { width, height }) => all + height * (1 + bytesPerRow(picture, width)), 0);
  const rows = new Uint8Array(length);
  let filled = 0;
  const inflate = new Unzlib((chunk) => {
    if (filled + chunk.length > length)
      throw damaged(
        'png-bomb',
        'The picture unpacks to more than the {0} × {1} pixels that it claims to have.',
        picture.width,
        picture.height,
      );
    rows.set(chunk, filled);
    filled += chunk.length;
  });
  // A step may unpack to a thousand times its size before it can be counted.
  const step = 4 * 1024;
  decoding('PNG', () => {
    for (const part of picture.packed)
      for (let at = 0; at < part.length; at += step) inflate.push(part.subarray(at, at + step));
  });
  if (filled !== length) throw damaged('png-short', 'The picture’s data ends after {0} of {1} bytes.', filled, length);
  return rows;
}

/** Puts the samples of all pixels, as the file has them, at their places: `put(pixel, sample, value)`. */
function eachSample(picture: Picture, put: (pixel: number, sample: number, value: number) => void): void {
  const { samples, depth, width } = picture;
  const passes = passesOf(picture);
  const rows = unpackRows(picture, passes);
  const mask = (1 << Math.min(depth, 8)) - 1;
  let at = 0;
  for (const pass of passes) {
    const length = bytesPerRow(picture, pass.width);
    unfilter(rows.subarray(at, at + pass.height * (1 + length)), length, Math.max(1, (samples * depth) / 8));
    for (let y = 0; y < pass.height; y++, at += 1 + length) {
      for (let x = 0; x < pass.width; x++) {
        const pixel = (pass.top + y * pass.down) * width + pass.left + x * pass.across;
        for (let sample = 0; sample < samples; sample++) {
          const bit = (x * samples + sample) * depth;
          const from = at + 1 + (bit >> 3);
          const value =
            depth === 16
              ? rows[from] * 256 + rows[from + 1]
              : (rows[from] >> (8 - Math.min(depth, 8) - (bit & 7))) & mask;
          put(pixel, sample, value);
        }
      }
    }
  }
}

/** What the samples of a palette stand for; the host translates these words. */
const PALETTE_READINGS = ['colours', 'class indices'] as const;

function load(picture: Picture, channels: number, indices: boolean, options: ReadOptions): Tensor {
  const { width, height, depth, palette } = picture;
  const area = width * height;
  const tensor = checkedZeros('float32', [channels, height, width], options);
  const { data } = tensor;
  // Grey of few bits is stretched to 0 … 255; 8 and 16 bits are as they are.
  const scale = depth < 8 && !palette ? 255 / ((1 << depth) - 1) : 1;
  eachSample(picture, (pixel, sample, value) => {
    if (!palette || indices) {
      if (sample < channels) data[sample * area + pixel] = value * scale;
    } else
      for (let channel = 0; channel < channels; channel++)
        data[channel * area + pixel] = palette[value * 3 + channel] ?? 0;
  });
  return tensor;
}

/**
 * Grey as one channel, colour as three; transparency is dropped. Values are 0 to 255, or 0 to 65535 for 16-bit
 * pictures. Of a palette the colours, or the indices, which are the classes of a segmentation mask.
 */
export const png: Format = {
  id: 'png',
  extensions: ['png'],
  match: (head) => SIGNATURE.every((byte, at) => head[at] === byte),
  read(source, options) {
    const picture = scan(wholeOf(source, options.limit));
    const { width, height, samples, depth, palette } = picture;
    const channels = palette || samples >= 3 ? 3 : 1;
    const shape = [channels, height, width];
    // The rows stand in memory beside the result.
    checkedCount(shape, 4 + (samples * Math.max(8, depth)) / 8, options);
    const name = '';
    const loader =
      (count: number, indices: boolean) =>
      (how?: LoadHow): Tensor =>
        loadKept(load(picture, count, indices, options), options, how);
    if (!palette) {
      const kind = `PNG, ${depth}-bit ${channels === 3 ? 'RGB' : 'grey'}`;
      const isColour = channels === 3 && depth === 8;
      return {
        entries: [{ name, shape, source: kind, axes: 'CHW', isColour, load: loader(channels, false) }],
        left: [],
      };
    }
    const kind = `PNG, ${depth}-bit palette`;
    const colours = {
      name: PALETTE_READINGS[0],
      shape,
      source: kind,
      axes: 'CHW',
      isColour: true,
      load: loader(3, false),
    } as const;
    const indices = {
      ...colours,
      name: PALETTE_READINGS[1],
      shape: [1, height, width],
      isColour: false,
      load: loader(1, true),
    };
    return { entries: [colours, indices], left: [] };
  },
};
