import { damaged } from '../format';
import { type ByteSource, partOf } from '../source';
import { Cursor } from './cursor';

/** One field of a message, of which nothing was read but where it is: a large one is passed over. */
export interface Field {
  readonly number: number;
  /** Of a whole number, itself. */
  readonly value: bigint;
  /** Of anything longer, and of a float, its bytes. */
  readonly source: ByteSource;
}

const NOTHING: ByteSource = { size: 0, read: () => new Uint8Array(), readInto: () => undefined };

/** A whole number of as many bytes as it needs, seven bits in each. */
export function varint(cursor: Cursor): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.u8();
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw damaged('protobuf', 'The message is damaged at byte {0}.', cursor.at);
}

/** The fields of a message of Protocol Buffers, in the order in which they stand. Throws a ProblemError. */
export function* fieldsOf(source: ByteSource): Generator<Field> {
  const cursor = new Cursor(source);
  while (cursor.left > 0) {
    const key = Number(varint(cursor));
    const number = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) {
      yield { number, value: varint(cursor), source: NOTHING };
      continue;
    }
    const size = wire === 2 ? Number(varint(cursor)) : { 1: 8, 5: 4 }[wire];
    if (size === undefined || size > cursor.left)
      throw damaged('protobuf', 'The message is damaged at byte {0}.', cursor.at);
    yield { number, value: 0n, source: partOf(source, cursor.at, size) };
    cursor.skip(size);
  }
}

/** The whole numbers of a list that is packed into one field. */
export function* varintsOf(source: ByteSource): Generator<bigint> {
  const cursor = new Cursor(source);
  while (cursor.left > 0) yield varint(cursor);
}

export const textOfField = ({ source }: Field): string => new Cursor(source).text(source.size);
export const signed = (value: bigint): number => Number(BigInt.asIntN(64, value));
