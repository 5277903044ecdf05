import type { Tensor } from '../../operation';
import { checkedCount, checkedZeros, type Contents, damaged, type LoadHow, type ReadOptions } from '../format';
import { loadKept } from '../placed';
import { type ByteSource, wholeOf } from '../source';

interface Picture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** The lowest row comes first, as in nearly all. */
  readonly fromBelow: boolean;
  readonly depth: number;
  /** Red, green, blue of each index; empty where pixels are colours themselves. */
  readonly palette: readonly (readonly number[])[];
  /** Which bits of a pixel are red, green and blue, where it is one number. */
  readonly masks: readonly number[];
  readonly begin: number;
}

const damagedPicture = (): Error => damaged('bmp', 'The header of the picture is damaged.');

/** Of Windows bitmaps from version 2 (12 bytes) to 5 (124 bytes). */
function scan(bytes: Uint8Array): Picture {
  if (bytes.length < 26) throw damagedPicture();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(14, true);
  const isOld = size === 12;
  if ((!isOld && size < 40) || 14 + size > bytes.length) throw damagedPicture();
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true);
  const stated = isOld ? view.getUint16(20, true) : view.getInt32(22, true);
  const depth = view.getUint16(isOld ? 24 : 28, true);
  const packing = isOld ? 0 : view.getUint32(30, true);
  if (![0, 3, 6].includes(packing))
    throw damaged('bmp-packed', 'The picture is compressed by method {0} of BMP, which is not read.', packing);
  if (![1, 4, 8, 16, 24, 32].includes(depth)) throw damagedPicture();
  const masked = packing !== 0;
  // Masks are in the header from version 4 on, and behind that of version 3.
  if (masked && bytes.length < 66) throw damagedPicture();
  const masks = masked ? [54, 58, 62].map((at) => view.getUint32(at, true)) : depth === 16 ? [0x7c00, 0x3e0, 0x1f] : [];
  const colours = depth > 8 ? 0 : (isOld ? 0 : view.getUint32(46, true)) || 2 ** depth;
  const each = isOld ? 3 : 4;
  const from = 14 + size + (masked && size === 40 ? 12 : 0);
  if (colours > 256 || from + colours * each > bytes.length) throw damagedPicture();
  const palette = Array.from({ length: colours }, (_, index) =>
    [2, 1, 0].map((channel) => bytes[from + index * each + channel]),
  );
  return {
    ...{ bytes, width, height: Math.abs(stated), fromBelow: stated > 0, depth, palette, masks },
    begin: view.getUint32(10, true),
  };
}

/** A channel of a pixel that is one number, stretched to 0 … 255. */
function masked(pixel: number, mask: number): number {
  if (mask === 0) return 0;
  const low = mask & -mask;
  return Math.round((((pixel & mask) >>> 0) / (low >>> 0) / ((mask >>> 0) / (low >>> 0))) * 255);
}

function load(picture: Picture, channels: number, indices: boolean, options: ReadOptions): Tensor {
  const { bytes, width, height, fromBelow, depth, palette, masks, begin } = picture;
  const row = Math.ceil((width * depth) / 32) * 4;
  if (begin + row * height > bytes.length)
    throw damaged('truncated', 'The picture is truncated: it ends after {0} bytes.', bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tensor = checkedZeros('float32', [channels, height, width], options);
  const area = width * height;
  for (let y = 0; y < height; y++) {
    const at = begin + row * (fromBelow ? height - 1 - y : y);
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const from = at + (bit >> 3);
      const index = depth < 8 ? (bytes[from] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1) : bytes[from];
      const number = depth === 32 ? view.getUint32(from, true) : depth === 16 ? view.getUint16(from, true) : 0;
      for (let channel = 0; channel < channels; channel++) {
        let value = bytes[from + 2 - channel];
        if (indices) value = index;
        else if (palette.length > 0) value = palette[index]?.[channel] ?? 0;
        else if (masks.length > 0) value = masked(number, masks[channel]);
        tensor.data[channel * area + y * width + x] = value;
      }
    }
  }
  return tensor;
}

/**
 * A bitmap of Windows: colours, and of a palette the indices, too; a palette of greys in order is one channel. What is
 * transparent is dropped. Throws a ProblemError.
 */
export function readBmp(source: ByteSource, options: ReadOptions): Contents {
  const picture = scan(wholeOf(source, options.limit));
  const { width, height, depth, palette } = picture;
  const isGrey = depth === 8 && palette.every((colour, index) => colour.every((value) => value === index));
  const channels = isGrey ? 1 : 3;
  const shape = [channels, height, width];
  checkedCount(shape, 4, options);
  const loader =
    (count: number, indices: boolean) =>
    (how?: LoadHow): Tensor =>
      loadKept(load(picture, count, indices, options), options, how);
  const entry = {
    name: '',
    shape,
    source: `BMP, ${depth}-bit`,
    axes: 'CHW',
    isColour: !isGrey,
    load: loader(channels, isGrey),
  } as const;
  if (palette.length === 0 || isGrey) return { entries: [entry], left: [] };
  const colours = { ...entry, name: 'colours' };
  return {
    entries: [
      colours,
      { ...entry, name: 'class indices', shape: [1, height, width], isColour: false, load: loader(1, true) },
    ],
    left: [],
  };
}
