import { damaged } from '../format';
import { memorySource } from '../source';
import { Cursor } from './cursor';
import { varint } from './protobuf';

const wrong = (): Error => damaged('snappy', 'The data packed by Snappy is damaged.');

/** So many bytes a packed byte gives at most: three bytes repeat 64. */
const MOST_PER_BYTE = 22;

/** Unpacks Snappy's raw format: stretches of bytes as they are, and references to what came before. */
export function unsnapped(packed: Uint8Array, most: number): Uint8Array {
  const cursor = new Cursor(memorySource(packed));
  const size = Number(varint(cursor));
  if (size > most) throw damaged('unpacked-large', 'The data unpacks to more than {0} bytes.', most);
  if (size > packed.length * MOST_PER_BYTE) throw wrong();
  const bytes = new Uint8Array(size);
  let to = 0;
  const number = (length: number): number => {
    let value = 0;
    for (let byte = 0; byte < length; byte++) value += cursor.u8() * 256 ** byte;
    return value;
  };
  const copy = (length: number, back: number): void => {
    if (back === 0 || back > to || to + length > size) throw wrong();
    for (const end = to + length; to < end; to++) bytes[to] = bytes[to - back];
  };
  while (cursor.left > 0) {
    const tag = cursor.u8();
    const [kind, upper] = [tag & 3, tag >> 2];
    if (kind === 1) copy((upper & 7) + 4, (tag >> 5) * 256 + cursor.u8());
    else if (kind === 2) copy(upper + 1, number(2));
    else if (kind === 3) copy(upper + 1, number(4));
    else {
      const length = 1 + (upper < 60 ? upper : number(upper - 59));
      if (length > cursor.left || to + length > size) throw wrong();
      bytes.set(cursor.bytes(length), to);
      to += length;
    }
  }
  if (to !== size) throw wrong();
  return bytes;
}
