import { damaged } from '../format';
import type { Cursor } from './cursor';

/** How a file writes its elements. */
export interface Syntax {
  /** Each says of what type it is. */
  readonly explicit: boolean;
}

export interface Element {
  /** Group and number, as `00280010`. */
  readonly tag: string;
  /** Where its value begins, and how long it is; `undefined` for one that ends where a mark says so. */
  readonly at: number;
  readonly length: number | undefined;
}

/** Types whose length takes 32 bits, behind two bytes of nothing (DICOM PS3.5, 7.1.2). */
const LONG = ['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'];
const OPEN = 0xffffffff;
const [ITEM, ITEM_END, SEQUENCE_END] = ['fffee000', 'fffee00d', 'fffee0dd'];
const DEEPEST = 32;

const hex = (value: number): string => value.toString(16).padStart(4, '0');

export const damagedDicom = (): Error => damaged('dicom', 'The DICOM file is damaged.');

/** Reads what an element says of itself; the cursor is left where its value begins. */
export function nextElement(cursor: Cursor, { explicit }: Syntax): Element {
  const tag = hex(cursor.u16()) + hex(cursor.u16());
  // Items and their ends have no type.
  let length: number;
  if (!explicit || tag.startsWith('fffe')) length = cursor.u32();
  else {
    const type = String.fromCharCode(...cursor.bytes(2));
    if (!/^[A-Z]{2}$/.test(type)) throw damagedDicom();
    if (LONG.includes(type)) {
      cursor.skip(2);
      length = cursor.u32();
    } else length = cursor.u16();
  }
  return { tag, at: cursor.at, length: length === OPEN ? undefined : length };
}

/** Passes over the value of an element, whatever is in it. */
export function passOver(cursor: Cursor, { length }: Element, syntax: Syntax, depth = 0): void {
  if (length !== undefined) {
    if (length > cursor.left) throw damagedDicom();
    cursor.skip(length);
    return;
  }
  if (depth > DEEPEST) throw damagedDicom();
  // A sequence: items up to its end, each with a length, or with elements up to its own end.
  for (let item = nextElement(cursor, syntax); item.tag !== SEQUENCE_END; item = nextElement(cursor, syntax)) {
    if (item.tag !== ITEM) throw damagedDicom();
    if (item.length !== undefined) {
      passOver(cursor, item, syntax, depth);
      continue;
    }
    for (let each = nextElement(cursor, syntax); each.tag !== ITEM_END; each = nextElement(cursor, syntax))
      passOver(cursor, each, syntax, depth + 1);
  }
}

/** The pieces in which packed pixels are kept; the first only says where the others begin. */
export function fragmentsOf(cursor: Cursor, syntax: Syntax): readonly Element[] {
  const fragments: Element[] = [];
  for (let item = nextElement(cursor, syntax); item.tag === ITEM; item = nextElement(cursor, syntax)) {
    fragments.push(item);
    passOver(cursor, item, syntax);
  }
  return fragments.slice(1);
}
