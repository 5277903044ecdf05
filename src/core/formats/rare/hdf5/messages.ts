import { memorySource } from '../../source';
import { Cursor } from '../cursor';
import { type Container, cursorAt, damagedHdf5, lengthAt, offsetAt, sized } from './container';

/** One message of an object's header (HDF5 File Format Specification, IV.A). */
export interface Message {
  readonly type: number;
  readonly shared: boolean;
  readonly bytes: Uint8Array;
}

export const DATASPACE = 0x01;
export const LINK_INFO = 0x02;
export const DATATYPE = 0x03;
export const FILL_OLD = 0x04;
export const FILL = 0x05;
export const LINK = 0x06;
export const LAYOUT = 0x08;
export const FILTERS = 0x0b;
export const ATTRIBUTE = 0x0c;
const CONTINUATION = 0x10;
export const SYMBOL_TABLE = 0x11;
export const ATTRIBUTE_INFO = 0x15;

const MOST_MESSAGES = 100_000;
const MOST_BLOCKS = 10_000;

interface Block {
  readonly address: number;
  readonly length: number;
}

/** All messages of the object whose header is at an address. Throws a ProblemError. */
export function messagesAt(file: Container, address: number): readonly Message[] {
  const start = cursorAt(file, address);
  const [first] = start.bytes(4);
  const messages: Message[] = [];
  const blocks: Block[] = [];
  const second = first === 0x4f;
  const flags = second ? openSecond(start, address) : 0;
  if (second) {
    if (flags & 0x20) start.skip(16);
    if (flags & 0x10) start.skip(4);
    const length = sized(start, 1 << (flags & 3));
    blocks.push({ address: start.at, length });
  } else {
    if (first !== 1) throw damagedHdf5(address);
    start.skip(4);
    const length = start.u32();
    blocks.push({ address: start.at + 4, length });
  }
  for (let index = 0; index < blocks.length; index++) {
    if (blocks.length > MOST_BLOCKS) throw damagedHdf5(address);
    const block = blocks[index];
    const cursor = cursorAt(file, block.address);
    // A block of the second version that goes on elsewhere has a signature before and a checksum behind it.
    const further = second && index > 0;
    if (further && cursor.text(4) !== 'OCHK') throw damagedHdf5(block.address);
    const end = block.address + block.length - (further ? 4 : 0);
    readBlock(file, cursor, end, second, flags, messages, blocks);
    if (messages.length > MOST_MESSAGES) throw damagedHdf5(address);
  }
  return messages;
}

function openSecond(cursor: Cursor, address: number): number {
  if (cursor.u8() !== 2) throw damagedHdf5(address);
  return cursor.u8();
}

function readBlock(
  file: Container,
  cursor: Cursor,
  end: number,
  second: boolean,
  flags: number,
  messages: Message[],
  blocks: Block[],
): void {
  const headLength = second ? 4 + (flags & 4 ? 2 : 0) : 8;
  while (cursor.at + headLength <= end) {
    const type = second ? cursor.u8() : cursor.u16();
    const size = cursor.u16();
    const own = cursor.u8();
    cursor.skip(headLength - (second ? 4 : 5));
    if (cursor.at + size > end) throw damagedHdf5(cursor.at);
    const bytes = cursor.bytes(size).slice();
    if (type === CONTINUATION) {
      const further = cursorOf(bytes);
      blocks.push({ address: offsetAt(file, further), length: lengthAt(file, further) });
    } else messages.push({ type, shared: (own & 2) !== 0, bytes });
  }
}

/** The contents of a message, from front to back. */
export const cursorOf = (bytes: Uint8Array): Cursor => new Cursor(memorySource(bytes));

/** A message as it is, or the one of another object that it refers to. */
export function resolved(file: Container, message: Message): Uint8Array {
  if (!message.shared) return message.bytes;
  const cursor = cursorOf(message.bytes);
  const version = cursor.u8();
  const kind = cursor.u8();
  // Shared through a heap of its own: written only on demand, and by hardly anyone.
  if (version === 3 && kind === 1) throw damagedHdf5(0);
  if (version === 1) cursor.skip(6);
  const other = messagesAt(file, offsetAt(file, cursor)).find(({ type, shared }) => type === message.type && !shared);
  if (!other) throw damagedHdf5(0);
  return other.bytes;
}
