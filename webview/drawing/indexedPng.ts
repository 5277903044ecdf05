import { crc32 } from '../../src/core/formats/crc32';
import type { Rgb } from '../legend/contrast';

/** Of a palette: its colours, and one index for what has none. */
export const TRANSPARENT = 255;

const LONGEST_BLOCK = 65_535;

const word = (value: number): readonly number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return ((high << 16) | low) >>> 0;
}

/** Bytes in zlib's form, as they are: a picture that is drawn at once need not be made small. */
function stored(bytes: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(bytes.length / LONGEST_BLOCK));
  const made = new Uint8Array(bytes.length + 5 * blocks + 6);
  made.set([0x78, 0x01]);
  let to = 2;
  for (let block = 0; block < blocks; block++) {
    const part = bytes.subarray(block * LONGEST_BLOCK, (block + 1) * LONGEST_BLOCK);
    const { length } = part;
    made.set([Number(block === blocks - 1), length & 255, length >> 8, ~length & 255, (~length >> 8) & 255], to);
    made.set(part, to + 5);
    to += 5 + length;
  }
  made.set(word(adler32(bytes)), to);
  return made;
}

function chunk(name: string, bytes: Uint8Array): Uint8Array {
  const made = new Uint8Array(bytes.length + 12);
  made.set(word(bytes.length));
  made.set(
    [...name].map((letter) => letter.charCodeAt(0)),
    4,
  );
  made.set(bytes, 8);
  made.set(word(crc32(made.subarray(4, bytes.length + 8))), bytes.length + 8);
  return made;
}

/**
 * A picture of one pixel a value as the address of a PNG with a palette of at most 255 colours: no page is needed to
 * make it, and it stands in a file of SVG as it does in the page. `indices` are in C order.
 */
export function pngAddress(indices: Uint8Array, width: number, height: number, colours: readonly Rgb[]): string {
  const rows = new Uint8Array(height * (width + 1));
  for (let row = 0; row < height; row++)
    rows.set(indices.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  const palette = new Uint8Array(256 * 3);
  colours.slice(0, TRANSPARENT).forEach(({ red, green, blue }, at) => palette.set([red, green, blue], 3 * at));
  const opacity = new Uint8Array(256).fill(255);
  opacity[TRANSPARENT] = 0;
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    // Eight bits a pixel, with a palette; nothing is packed, filtered or interlaced.
    chunk('IHDR', Uint8Array.from([...word(width), ...word(height), 8, 3, 0, 0, 0])),
    chunk('PLTE', palette),
    chunk('tRNS', opacity),
    chunk('IDAT', stored(rows)),
    chunk('IEND', new Uint8Array()),
  ];
  const text = parts.map((part) => Array.from(part, (byte) => String.fromCharCode(byte)).join('')).join('');
  return `data:image/png;base64,${btoa(text)}`;
}
