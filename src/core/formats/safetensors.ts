import { strFromU8 } from 'fflate';
import { Door } from '../door';
import { elementCount } from '../tensor/tensor';
import { type NumberType, decodeNumbers } from './dtypes';
import { type Format, type ReadOptions, type TensorEntry, damaged, hasExtension } from './format';

const little = true;
const TYPES: Readonly<Record<string, NumberType>> = {
  BOOL: { kind: 'bool', size: 1, littleEndian: little },
  U8: { kind: 'uint', size: 1, littleEndian: little },
  I8: { kind: 'int', size: 1, littleEndian: little },
  U16: { kind: 'uint', size: 2, littleEndian: little },
  I16: { kind: 'int', size: 2, littleEndian: little },
  F16: { kind: 'float', size: 2, littleEndian: little },
  BF16: { kind: 'bfloat', size: 2, littleEndian: little },
  U32: { kind: 'uint', size: 4, littleEndian: little },
  I32: { kind: 'int', size: 4, littleEndian: little },
  F32: { kind: 'float', size: 4, littleEndian: little },
  U64: { kind: 'uint', size: 8, littleEndian: little },
  I64: { kind: 'int', size: 8, littleEndian: little },
  F64: { kind: 'float', size: 8, littleEndian: little },
};

/** The format itself allows headers up to 100 MB; one that lists more than a few million bytes is no set of kernels. */
const LONGEST_HEADER = 16 * 2 ** 20;
const MOST_TENSORS = 100_000;

function headerLength(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
}

function readEntry(name: string, door: Door, numbers: Uint8Array, options: ReadOptions): TensorEntry | undefined {
  const dtype = door.at('dtype').text(16);
  const type = Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
  // 8-bit floats and complex numbers are passed over: they must not make the weights beside them unreadable.
  if (type === undefined) return undefined;
  const shape = door
    .at('shape')
    .items(32)
    .map((size) => size.integer(0, Number.MAX_SAFE_INTEGER));
  const offsets = door
    .at('data_offsets')
    .items(2)
    .map((offset) => offset.integer(0, numbers.length));
  const wanted = elementCount(shape) * type.size;
  if (wanted === 0) return undefined;
  if (offsets.length !== 2 || offsets[1] - offsets[0] !== wanted) {
    throw damaged(
      'truncated',
      'The tensor {0} of {1} bytes does not lie where the header says.',
      name.slice(0, 200),
      wanted,
    );
  }
  const own = numbers.subarray(offsets[0], offsets[1]);
  return { name, shape, source: dtype, load: () => decodeNumbers(own, type, shape, options) };
}

/** Hugging Face's safetensors: a length, a JSON header, and the numbers. */
export const safetensors: Format = {
  id: 'safetensors',
  extensions: ['safetensors'],
  match: (head, name) => hasExtension(name, ['safetensors']) && head.length >= 10 && head[8] === 0x7b,
  read(bytes, options) {
    const length = bytes.length >= 8 ? headerLength(bytes) : 0;
    if (length < 2 || length > LONGEST_HEADER || 8 + length > bytes.length) {
      throw damaged(
        'header',
        'The header says that it is {0} characters long; the file has {1} bytes.',
        length,
        bytes.length,
      );
    }
    let header: unknown;
    try {
      header = JSON.parse(strFromU8(bytes.subarray(8, 8 + length)));
    } catch (error) {
      throw damaged('header', 'The header is not JSON: {0}.', error instanceof Error ? error.message : String(error));
    }
    const door = new Door(header, 'header', 'file');
    if (typeof header !== 'object' || header === null || Array.isArray(header)) throw door.refuse('an object');
    const names = Object.keys(header).filter((name) => name !== '__metadata__');
    if (names.length > MOST_TENSORS)
      throw damaged('header', 'The header lists {0} tensors; at most {1} are read.', names.length, MOST_TENSORS);
    const entries = names.flatMap((name) => readEntry(name, door.at(name), bytes.subarray(8 + length), options) ?? []);
    if (entries.length === 0) throw damaged('safetensors-empty', 'The file holds no tensors that can be read.');
    return entries;
  },
};
