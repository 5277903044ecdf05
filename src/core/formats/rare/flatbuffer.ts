import { damaged } from '../format';
import type { ByteSource } from '../source';
import { Cursor } from './cursor';

/** More items than this the lists of no model have together. */
const MOST_ITEMS = 4_000_000;

const damagedBuffer = (at: number): Error => damaged('flatbuffer', 'The model is damaged at byte {0}.', at);

/** A file of FlatBuffers: every table, list and text is told by where it stands. */
export class Flat {
  private readonly cursor: Cursor;
  private room = MOST_ITEMS;
  constructor(readonly source: ByteSource) {
    this.cursor = new Cursor(source);
  }

  private at(place: number): Cursor {
    if (place < 0) throw damagedBuffer(0);
    this.cursor.at = place;
    return this.cursor;
  }
  u8 = (place: number): number => this.at(place).u8();
  i8 = (place: number): number => (this.at(place).u8() << 24) >> 24;
  i32 = (place: number): number => this.at(place).i32();
  u32 = (place: number): number => this.at(place).u32();
  u64 = (place: number): number => this.at(place).u64();
  i64 = (place: number): number => Number(this.at(place).i64());
  f32 = (place: number): number => this.at(place).f32();

  /** What an offset leads to. */
  follow = (place: number): number => place + this.u32(place);

  /** Where a field of a table stands, by its number; undefined where it is left out. */
  field(table: number, number: number): number | undefined {
    const names = table - this.i32(table);
    if (4 + 2 * number + 2 > this.at(names).u16()) return undefined;
    const offset = this.at(names + 4 + 2 * number).u16();
    return offset === 0 ? undefined : table + offset;
  }

  /** The table, list or text that a field refers to. */
  reference(table: number, number: number): number | undefined {
    const field = this.field(table, number);
    return field === undefined ? undefined : this.follow(field);
  }

  /** Where the items of a list stand, each of so many bytes; none where it is left out. */
  items(table: number, number: number, bytes: number): readonly number[] {
    const list = this.reference(table, number);
    if (list === undefined) return [];
    const count = this.u32(list);
    this.room -= count;
    if (this.room < 0 || list + 4 + count * bytes > this.source.size) throw damagedBuffer(list);
    return Array.from({ length: count }, (_, at) => list + 4 + at * bytes);
  }

  /** The tables that a list refers to. */
  tables = (table: number, number: number): readonly number[] => this.items(table, number, 4).map(this.follow);

  text(table: number, number: number): string {
    const place = this.reference(table, number);
    if (place === undefined) return '';
    const length = this.u32(place);
    this.room -= length;
    if (this.room < 0) throw damagedBuffer(place);
    return this.at(place + 4).text(length);
  }
}
