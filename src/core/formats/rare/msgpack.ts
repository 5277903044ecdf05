import { numberType } from '../dtypes';
import {
  brief,
  checkedShape,
  collect,
  type Contents,
  damaged,
  demandEntries,
  type ReadOptions,
  type TensorEntry,
} from '../format';
import { placedEntry } from '../placed';
import { type ByteSource, partOf } from '../source';
import { Cursor } from './cursor';

/** A value of MessagePack; of bytes and extensions only where they are. */
type Packed =
  | null
  | boolean
  | number
  | string
  | { readonly kind: 'bytes'; readonly source: ByteSource }
  | { readonly kind: 'extension'; readonly type: number; readonly source: ByteSource }
  | { readonly kind: 'list'; readonly items: readonly Packed[] }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [string, Packed])[] };

const DEEPEST = 100;
const MOST_VALUES = 5_000_000;

/** Flax’s extensions: an array, a complex number, and a scalar of NumPy. */
const [ARRAY, , SCALAR] = [1, 2, 3];

class Unpacker {
  private values = 0;
  constructor(private readonly cursor: Cursor) {}

  private wrong(): Error {
    return damaged('msgpack', 'The MessagePack data is damaged at byte {0}.', this.cursor.at);
  }
  private stretch(size: number): ByteSource {
    const source = partOf(this.cursor.source, this.cursor.at, size);
    this.cursor.skip(size);
    return source;
  }
  private list(count: number, depth: number): Packed {
    const items: Packed[] = [];
    for (let index = 0; index < count; index++) items.push(this.value(depth + 1));
    return { kind: 'list', items };
  }
  private map(count: number, depth: number): Packed {
    const pairs: [string, Packed][] = [];
    for (let index = 0; index < count; index++) {
      const key = this.value(depth + 1);
      pairs.push([typeof key === 'object' ? '' : String(key), this.value(depth + 1)]);
    }
    return { kind: 'map', pairs };
  }
  private extension(size: number): Packed {
    const type = this.cursor.u8();
    return { kind: 'extension', type, source: this.stretch(size) };
  }

  value(depth = 0): Packed {
    const { cursor } = this;
    if (depth > DEEPEST || ++this.values > MOST_VALUES) throw this.wrong();
    const tag = cursor.u8();
    if (tag < 0x80) return tag;
    if (tag < 0x90) return this.map(tag & 15, depth);
    if (tag < 0xa0) return this.list(tag & 15, depth);
    if (tag < 0xc0) return cursor.text(tag & 31);
    if (tag >= 0xe0) return tag - 256;
    return this.tagged(tag, depth);
  }

  private tagged(tag: number, depth: number): Packed {
    const { cursor } = this;
    // Sizes come in 1, 2 and 4 bytes.
    const size = (first: number): number => [() => cursor.u8(), () => cursor.u16(), () => cursor.u32()][tag - first]();
    if (tag === 0xc0) return null;
    if (tag === 0xc2 || tag === 0xc3) return tag === 0xc3;
    if (tag >= 0xc4 && tag <= 0xc6) return { kind: 'bytes', source: this.stretch(size(0xc4)) };
    if (tag >= 0xc7 && tag <= 0xc9) return this.extension(size(0xc7));
    if (tag === 0xca) return cursor.f32();
    if (tag === 0xcb) return cursor.f64();
    if (tag >= 0xcc && tag <= 0xce) return size(0xcc);
    if (tag === 0xcf) return cursor.u64();
    if (tag === 0xd0) return (cursor.u8() << 24) >> 24;
    if (tag === 0xd1) return cursor.i16();
    if (tag === 0xd2) return cursor.i32();
    if (tag === 0xd3) return Number(cursor.i64());
    if (tag >= 0xd4 && tag <= 0xd8) return this.extension(2 ** (tag - 0xd4));
    if (tag >= 0xd9 && tag <= 0xdb) return cursor.text(size(0xd9));
    if (tag === 0xdc || tag === 0xdd) return this.list(size(0xdb), depth);
    if (tag === 0xde || tag === 0xdf) return this.map(size(0xdd), depth);
    throw this.wrong();
  }
}

const unpack = (source: ByteSource): Packed => new Unpacker(new Cursor(source, 0, false)).value();

/** An array of Flax’s: its shape, its type’s name and its bytes, packed once more. Always in this machine’s order. */
function arrayOf(source: ByteSource, name: string, options: ReadOptions): TensorEntry {
  const packed = unpack(source);
  const items = typeof packed === 'object' && packed?.kind === 'list' ? packed.items : [];
  const [shape, dtype, bytes] = items;
  const sizes = typeof shape === 'object' && shape?.kind === 'list' ? shape.items : [shape];
  if (
    typeof dtype !== 'string' ||
    typeof bytes !== 'object' ||
    bytes?.kind !== 'bytes' ||
    !sizes.every((size) => typeof size === 'number')
  )
    throw damaged('flax', 'What the file says of the array is damaged.');
  const type = numberType(dtype);
  if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(dtype));
  checkedShape(sizes);
  return placedEntry(
    { source: bytes.source, offset: 0, type, shape: sizes },
    { name, source: dtype, writtenBy: 'jax' },
    options,
  );
}

interface Leaf {
  readonly name: string;
  readonly value: Packed;
}

function* leavesOf(value: Packed, name: string): Generator<Leaf> {
  const inner = (key: string): string => (name === '' ? key : `${name}/${key}`);
  if (typeof value === 'object' && value?.kind === 'map')
    for (const [key, each] of value.pairs) yield* leavesOf(each, inner(key));
  else if (typeof value === 'object' && value?.kind === 'list')
    for (const [at, each] of value.items.entries()) yield* leavesOf(each, inner(String(at)));
  else yield { name, value };
}

/** What Flax serialised as MessagePack: a tree of arrays. Throws a ProblemError. */
export function readMsgpack(source: ByteSource, options: ReadOptions): Contents {
  const { entries, left } = collect(
    leavesOf(unpack(source), ''),
    ({ name }) => name,
    ({ name, value }) => {
      if (typeof value === 'object' && value?.kind === 'extension' && (value.type === ARRAY || value.type === SCALAR))
        return arrayOf(value.source, name, options);
      throw damaged(
        'no-tensor',
        'This is no tensor: {0}.',
        typeof value === 'object' ? (value?.kind ?? 'null') : typeof value,
      );
    },
  );
  return demandEntries({ entries, left }, () => damaged('no-tensors', 'The file holds no tensors.'));
}
