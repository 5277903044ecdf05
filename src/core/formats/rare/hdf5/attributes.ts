import { type Container, cursorAt, damagedHdf5, isNowhere, lengthAt, offsetAt } from './container';
import { textOf } from './groups';
import { heapAt, recordsAt } from './heaps';
import { ATTRIBUTE, ATTRIBUTE_INFO, cursorOf, DATATYPE, type Message, resolved } from './messages';
import { spaceOf, typeOf } from './types';

/** A text that is kept in a heap common to the file (HDF5 File Format Specification, III.E). */
function kept(file: Container, address: number, wanted: number, length: number): string | undefined {
  const heap = cursorAt(file, address, 'GCOL');
  heap.skip(4);
  const end = address + lengthAt(file, heap);
  while (heap.at + 16 <= end) {
    const index = heap.u16();
    heap.skip(6);
    const size = lengthAt(file, heap);
    if (index === wanted) return textOf(heap.bytes(Math.min(size, length)));
    if (index === 0) break;
    heap.skip(Math.ceil(size / 8) * 8);
  }
  return undefined;
}

/** An attribute that is one text; undefined for any other. */
function readAttribute(file: Container, bytes: Uint8Array): readonly [name: string, text: string] | undefined {
  const cursor = cursorOf(bytes);
  const version = cursor.u8();
  const flags = cursor.u8();
  const [nameSize, typeSize, spaceSize] = [cursor.u16(), cursor.u16(), cursor.u16()];
  if (version === 3) cursor.skip(1);
  const padded = (size: number): number => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const name = textOf(cursor.bytes(padded(nameSize)).slice(0, nameSize));
  const stated = {
    type: DATATYPE,
    shared: version > 1 && (flags & 1) !== 0,
    bytes: cursor.bytes(padded(typeSize)).slice(),
  };
  const type = typeOf(resolved(file, stated));
  const space = spaceOf(cursor.bytes(padded(spaceSize)).slice(), file.lengthSize);
  if (space === 'null' || space.some((size) => size !== 1)) return undefined;
  if (type.text === 'fixed') return [name, textOf(cursor.bytes(Math.min(type.size, cursor.left)))];
  if (type.text !== 'elsewhere') return undefined;
  const length = cursor.u32();
  const address = offsetAt(file, cursor);
  const text = isNowhere(file, address) ? '' : kept(file, address, cursor.u32(), length);
  return text === undefined ? undefined : [name, text];
}

/** The attributes of an object that are texts, by name: of those alone anything is read. */
export function textAttributes(file: Container, messages: readonly Message[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const take = (bytes: Uint8Array): void => {
    const attribute = readAttribute(file, bytes);
    if (attribute) found.set(...attribute);
  };
  for (const message of messages) {
    if (message.type === ATTRIBUTE) take(resolved(file, message));
    if (message.type !== ATTRIBUTE_INFO) continue;
    const cursor = cursorOf(message.bytes);
    cursor.skip(1);
    if (cursor.u8() & 1) cursor.skip(2);
    const heapAddress = offsetAt(file, cursor);
    const index = offsetAt(file, cursor);
    if (isNowhere(file, heapAddress) || isNowhere(file, index)) continue;
    const heap = heapAt(file, heapAddress);
    let count = 0;
    for (const record of recordsAt(file, index)) {
      if (++count > 10_000) throw damagedHdf5(index);
      take(heap(record.subarray(0, 8)));
    }
  }
  return found;
}
