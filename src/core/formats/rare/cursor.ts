import { strFromU8 } from 'fflate';
import { damaged } from '../format';
import type { ByteSource } from '../source';

/** So much is read at a time: what is skipped beyond it is never read. */
const BLOCK = 64 * 1024;
/** No number, name or text is longer. */
const MOST_AT_ONCE = 64 * 2 ** 20;

/** Reads a source from front to back, number by number. What ends within one throws a ProblemError. */
export class Cursor {
  private block: Uint8Array = new Uint8Array();
  private view: DataView = new DataView(new ArrayBuffer(0));
  private blockAt = 0;
  constructor(
    readonly source: ByteSource,
    public at = 0,
    readonly littleEndian = true,
    private readonly blockSize = BLOCK,
  ) {}

  get left(): number {
    return this.source.size - this.at;
  }

  /** Makes sure that so many bytes are in the block, and answers where in it they begin. */
  private need(count: number): number {
    const from = this.at - this.blockAt;
    if (from >= 0 && from + count <= this.block.length) {
      this.at += count;
      return from;
    }
    if (count > MOST_AT_ONCE) throw damaged('long', 'The file states a text of {0} bytes.', count);
    const length = Math.max(count, Math.min(this.blockSize, this.source.size - this.at));
    this.block = this.source.read(this.at, length);
    this.view = new DataView(this.block.buffer, this.block.byteOffset, this.block.byteLength);
    this.blockAt = this.at;
    this.at += count;
    return 0;
  }

  bytes(count: number): Uint8Array {
    const from = this.need(count);
    return this.block.subarray(from, from + count);
  }
  u8(): number {
    const from = this.need(1);
    return this.block[from];
  }
  u16(): number {
    const from = this.need(2);
    return this.view.getUint16(from, this.littleEndian);
  }
  i16(): number {
    const from = this.need(2);
    return this.view.getInt16(from, this.littleEndian);
  }
  u32(): number {
    const from = this.need(4);
    return this.view.getUint32(from, this.littleEndian);
  }
  i32(): number {
    const from = this.need(4);
    return this.view.getInt32(from, this.littleEndian);
  }
  /** Rounded beyond 2⁵³, far above any size. */
  u64(): number {
    const from = this.need(8);
    return Number(this.view.getBigUint64(from, this.littleEndian));
  }
  i64(): bigint {
    const from = this.need(8);
    return this.view.getBigInt64(from, this.littleEndian);
  }
  f32(): number {
    const from = this.need(4);
    return this.view.getFloat32(from, this.littleEndian);
  }
  f64(): number {
    const from = this.need(8);
    return this.view.getFloat64(from, this.littleEndian);
  }
  /** Text of so many bytes of UTF-8. */
  text(count: number): string {
    return strFromU8(this.bytes(count));
  }
  /** Text up to the next byte of this value, which is passed over. */
  line(end = 0x0a, most = 1_000_000): string {
    return strFromU8(this.lineBytes(end, most));
  }
  private lineBytes(end: number, most: number): Uint8Array {
    const bytes: number[] = [];
    for (let byte = this.u8(); byte !== end && bytes.length < most; byte = this.u8()) bytes.push(byte);
    return Uint8Array.from(bytes);
  }
  /** A line whose bytes are letters of Latin-1, which protocol 0 of pickles has. */
  latinLine(): string {
    return strFromU8(this.lineBytes(0x0a, 1_000_000), true);
  }
  skip(count: number): void {
    this.at += count;
  }
}
