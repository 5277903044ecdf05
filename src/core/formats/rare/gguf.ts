import { numberType, type NumberType } from '../dtypes';
import { checkedShape, collect, type Contents, damaged, demandEntries, type ReadOptions } from '../format';
import { placedEntry } from '../placed';
import type { ByteSource } from '../source';
import { Cursor } from './cursor';
import { QUANTS } from './ggmlTypes';

const PLAIN: Readonly<Record<number, string>> = {
  ...{ 0: 'float32', 1: 'float16', 24: 'int8', 25: 'int16', 26: 'int32', 27: 'int64', 28: 'float64', 30: 'bfloat16' },
};

/** A type of ggml by its number; undefined for one that is not read. */
function typeOf(number: number, littleEndian: boolean): NumberType | undefined {
  if (Object.hasOwn(PLAIN, number)) return numberType(PLAIN[number], { littleEndian });
  if (!Object.hasOwn(QUANTS, number) || !littleEndian) return undefined;
  const { name, group, bytes, value } = QUANTS[number];
  return {
    name,
    bits: (bytes * 8) / group,
    group,
    blocks: true,
    dtype: 'float32',
    complex: false,
    native: false,
    reader: (packed) => {
      const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
      return (index) => value(view, Math.floor(index / group) * bytes, index % group);
    },
  };
}

const MOST_COUNT = 10_000_000;

const text = (cursor: Cursor): string => cursor.text(cursor.u64());

/** Passes over a value of a header, of which only whole numbers are wanted. */
function skipValue(cursor: Cursor, type: number, depth = 0): number | undefined {
  const fixed = { 0: 1, 1: 1, 2: 2, 3: 2, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 }[type];
  if (type === 4 || type === 5) return cursor.u32();
  if (fixed !== undefined) cursor.skip(fixed);
  else if (type === 8) cursor.skip(cursor.u64());
  else if (type === 9 && depth < 8) {
    const inner = cursor.u32();
    const count = cursor.u64();
    if (count > MOST_COUNT) throw damaged('gguf', 'The header of the GGUF file is damaged at byte {0}.', cursor.at);
    for (let index = 0; index < count; index++) skipValue(cursor, inner, depth + 1);
  } else throw damaged('gguf', 'The header of the GGUF file is damaged at byte {0}.', cursor.at);
  return undefined;
}

interface Stated {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: number;
  readonly offset: number;
}

/** What a GGUF file holds (ggml's gguf.md, versions 2 and 3). Throws a ProblemError. */
export function readGguf(source: ByteSource, options: ReadOptions): Contents {
  const probe = new Cursor(source, 4);
  // The version is a small number in the file’s own byte order.
  const littleEndian = (probe.u32() & 0xffff) !== 0;
  const cursor = new Cursor(source, 4, littleEndian);
  const version = cursor.u32();
  if (version < 2 || version > 3) throw damaged('gguf-version', 'Version {0} of the GGUF format is not read.', version);
  const tensors = cursor.u64();
  const values = cursor.u64();
  if (tensors > MOST_COUNT || values > MOST_COUNT)
    throw damaged('gguf', 'The header of the GGUF file is damaged at byte {0}.', cursor.at);
  let alignment = 32;
  for (let index = 0; index < values; index++) {
    const key = text(cursor);
    const value = skipValue(cursor, cursor.u32());
    if (key === 'general.alignment' && value) alignment = value;
  }
  const stated: Stated[] = [];
  for (let index = 0; index < tensors; index++) {
    const name = text(cursor);
    const axes = cursor.u32();
    if (axes > 64) throw damaged('gguf', 'The header of the GGUF file is damaged at byte {0}.', cursor.at);
    // The axis whose elements lie beside one another comes first; NumPy has it last.
    const shape = Array.from({ length: axes }, () => cursor.u64()).reverse();
    stated.push({ name, shape, type: cursor.u32(), offset: cursor.u64() });
  }
  const begin = Math.ceil(cursor.at / alignment) * alignment;
  const { entries, left } = collect(
    stated,
    ({ name }) => name,
    ({ name, shape, type: number, offset }) => {
      const type = typeOf(number, littleEndian);
      if (!type) throw damaged('gguf-type', 'Weights of the type {0} of ggml are not read.', number);
      checkedShape(shape);
      return placedEntry({ source, offset: begin + offset, type, shape }, { name, source: type.name }, options);
    },
  );
  return demandEntries({ entries, left }, () => damaged('no-tensors', 'The file holds no tensors.'));
}
