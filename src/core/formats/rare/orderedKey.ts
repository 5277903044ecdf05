import { strFromU8 } from 'fflate';
import { damaged } from '../format';
import { memorySource } from '../source';
import { Cursor } from './cursor';

/** A slice of a tensor as a key names it; a length of −1 is all of an axis. */
export interface Slice {
  readonly name: string;
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

const MOST_AXES = 254;
const wrong = (): Error => damaged('bundle', 'The list of the checkpoint’s tensors is damaged.');

/** A whole number behind the count of its bytes, the high byte first. */
function count(cursor: Cursor): number {
  let value = 0;
  for (let left = cursor.u8(); left > 0; left--) value = value * 256 + cursor.u8();
  return value;
}

/** A text in which 0 and 255 are told by two bytes, and 0 1 is the end. */
function text(cursor: Cursor): string {
  const bytes: number[] = [];
  for (;;) {
    const byte = cursor.u8();
    if (byte !== 0 && byte !== 0xff) {
      bytes.push(byte);
      continue;
    }
    const next = cursor.u8();
    if (byte === 0 && next === 1) return strFromU8(Uint8Array.from(bytes));
    if (next !== (byte === 0 ? 0xff : 0)) throw wrong();
    bytes.push(byte);
  }
}

/** A number that may be −1: as many ones as it has bytes, a zero, and its bits. */
function position(cursor: Cursor): number {
  const first = cursor.u8();
  if (first === 0x7f) return -1;
  const bytes = Math.clz32(~(first << 24));
  if (bytes < 1 || bytes > 7) throw wrong();
  let value = first & (0x7f >> bytes);
  for (let left = bytes - 1; left > 0; left--) value = value * 256 + cursor.u8();
  return value;
}

/** The slice that a key names (`EncodeTensorNameSlice`, in the encoding of ordered_code.h). Throws a ProblemError. */
export function sliceOfKey(key: Uint8Array): Slice {
  const cursor = new Cursor(memorySource(key));
  if (count(cursor) !== 0) throw wrong();
  const name = text(cursor);
  const axes = count(cursor);
  if (axes > MOST_AXES) throw wrong();
  const extents = Array.from({ length: axes }, () => [position(cursor), position(cursor)]);
  return { name, begin: extents.map(([begin]) => begin), size: extents.map(([, size]) => size) };
}
