import { strFromU8 } from 'fflate';
import { type Container, cursorAt, damagedHdf5, isNowhere, lengthAt, offsetAt, sized } from './container';
import { heapAt, recordsAt } from './heaps';
import { cursorOf, LINK, LINK_INFO, type Message, SYMBOL_TABLE } from './messages';

/** What a group holds under a name: the address of an object; of another kind of link none. */
export interface Link {
  readonly name: string;
  readonly address: number | undefined;
}

const MOST_LINKS = 1_000_000;

function linkOf(file: Container, bytes: Uint8Array): Link {
  const cursor = cursorOf(bytes);
  cursor.skip(1);
  const flags = cursor.u8();
  const type = flags & 8 ? cursor.u8() : 0;
  if (flags & 4) cursor.skip(8);
  if (flags & 0x10) cursor.skip(1);
  const name = cursor.text(sized(cursor, 1 << (flags & 3)));
  return { name, address: type === 0 ? offsetAt(file, cursor) : undefined };
}

/** A group of the first version: a B-tree of nodes of symbols, whose names are in a heap (III.A.1, III.B – D). */
function* symbols(file: Container, message: Message): Generator<Link> {
  const cursor = cursorOf(message.bytes);
  const tree = offsetAt(file, cursor);
  const heap = cursorAt(file, offsetAt(file, cursor), 'HEAP');
  heap.skip(4);
  const heapSize = lengthAt(file, heap);
  heap.skip(file.lengthSize);
  const names = cursorAt(file, offsetAt(file, heap)).at;
  const nameAt = (offset: number): string => {
    if (offset >= heapSize) throw damagedHdf5(names + offset);
    return cursorAt(file, names + offset).line(0, 65_536);
  };
  function* node(address: number, depth: number): Generator<Link> {
    if (depth > 16) throw damagedHdf5(address);
    const own = cursorAt(file, address);
    const signature = own.text(4);
    if (signature === 'SNOD') {
      own.skip(2);
      for (let left = own.u16(); left > 0; left--) {
        const name = nameAt(offsetAt(file, own));
        const object = offsetAt(file, own);
        const isLink = own.u32() === 2;
        own.skip(20);
        yield { name, address: isLink ? undefined : object };
      }
      return;
    }
    if (signature !== 'TREE') throw damagedHdf5(address);
    own.skip(2);
    const count = own.u16();
    own.skip(2 * file.offsetSize);
    for (let index = 0; index < count; index++) {
      own.skip(file.lengthSize);
      yield* node(offsetAt(file, own), depth + 1);
    }
  }
  if (!isNowhere(file, tree)) yield* node(tree, 0);
}

/** Links that a group of the second version keeps outside of its header, where they are many (IV.A.2.c). */
function* denseLinks(file: Container, message: Message): Generator<Link> {
  const cursor = cursorOf(message.bytes);
  cursor.skip(1);
  const flags = cursor.u8();
  if (flags & 1) cursor.skip(8);
  const heapAddress = offsetAt(file, cursor);
  const index = offsetAt(file, cursor);
  if (isNowhere(file, heapAddress) || isNowhere(file, index)) return;
  const heap = heapAt(file, heapAddress);
  for (const record of recordsAt(file, index)) yield linkOf(file, heap(record.subarray(4)));
}

/** What an object holds, if it is a group; nothing where it is none. Throws a ProblemError. */
export function linksOf(file: Container, messages: readonly Message[]): readonly Link[] | undefined {
  const links: Link[] = [];
  let isGroup = false;
  const take = (found: Iterable<Link>): void => {
    isGroup = true;
    for (const link of found) {
      if (links.length >= MOST_LINKS) throw damagedHdf5(0);
      links.push(link);
    }
  };
  for (const message of messages) {
    if (message.type === SYMBOL_TABLE) take(symbols(file, message));
    else if (message.type === LINK_INFO) take(denseLinks(file, message));
    else if (message.type === LINK) take([linkOf(file, message.bytes)]);
  }
  return isGroup ? links : undefined;
}

/** A text that ends at its first zero byte. */
export function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return strFromU8(end < 0 ? bytes : bytes.subarray(0, end));
}
