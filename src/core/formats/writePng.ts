import { encode } from 'fast-png';

/** 8-bit colour, interleaved RGB or RGBA, as a PNG file. `data` has `width · height · 3` or `· 4` bytes. */
export function writePng(width: number, height: number, data: Uint8Array | Uint8ClampedArray): Uint8Array {
  const channels = data.length / (width * height);
  return encode({ width, height, data, channels, depth: 8 });
}
