import { stridesOf } from '../../kernels/positions';
import { numberType } from '../dtypes';
import { checkedShape, type Contents, damaged, type ReadOptions } from '../format';
import { placedEntry } from '../placed';
import type { ByteSource } from '../source';
import { Cursor } from './cursor';

const TYPES: Readonly<Record<number, string>> = {
  ...{ 8: 'uint8', 9: 'int8', 11: 'int16', 12: 'int32', 13: 'float32', 14: 'float64' },
};

/** The numbers of MNIST and its kin: two zeros, a type, how many axes, their sizes; all with the high byte first. */
export function readIdx(source: ByteSource, options: ReadOptions): Contents {
  const cursor = new Cursor(source, 2, false);
  const code = cursor.u8();
  const type = Object.hasOwn(TYPES, code) ? numberType(TYPES[code], { littleEndian: false }) : undefined;
  if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', code);
  const shape = Array.from({ length: cursor.u8() }, () => cursor.u32());
  checkedShape(shape);
  const placed = { source, offset: cursor.at, type, shape, strides: stridesOf(shape) };
  return { entries: [placedEntry(placed, { name: '', source: `IDX, ${type.name}` }, options)], left: [] };
}
