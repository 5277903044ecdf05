import type { Tensor } from '../operation';
import { stridesOf } from '../kernels/positions';
import type { Format, ReadOptions, TensorEntry } from './format';
import { holdsObjects, isNpy, readNpyHeader } from './npyHeader';
import { placedEntry } from './placed';
import type { ByteSource } from './source';

/** The one array of an `.npy` file, or of a member of an archive. Throws a ProblemError. */
export function npyEntry(source: ByteSource, name: string, options: ReadOptions): TensorEntry {
  const { descr, shape, types, dataOffset, fortranOrder } = readNpyHeader(source);
  const strides = fortranOrder ? stridesOf([...shape].reverse()).toReversed() : stridesOf(shape);
  const asType = (type: (typeof types)[number]): TensorEntry =>
    placedEntry({ source, offset: dataOffset, type, shape, strides }, { name, source: descr }, options);
  const entry = asType(types[0]);
  if (types.length === 1) return types[0].name === 'bfloat16' ? { ...entry, source: `${descr}, bfloat16` } : entry;
  return {
    ...entry,
    readings: types.map((type) => type.name),
    load: (how) => asType(types.find((type) => type.name === how?.reading) ?? types[0]).load(how),
  };
}

export const npy: Format = {
  id: 'npy',
  extensions: ['npy'],
  match: (head) => isNpy(head) && !holdsObjects(head),
  read: (source, options) => ({ entries: [npyEntry(source, '', options)], left: [] }),
};

const ALIGNMENT = 64;

/** One array as an `.npy` file of version 1.0, in C order, which every NumPy reads. */
export function writeNpyArray(data: Float32Array | Float64Array | Int32Array, shape: readonly number[]): Uint8Array {
  const descr = data instanceof Int32Array ? '<i4' : data instanceof Float32Array ? '<f4' : '<f8';
  const sizes = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${sizes}, }`;
  const begin = Math.ceil((10 + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(begin + data.byteLength);
  const header = dictionary.padEnd(begin - 11) + '\n';
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 0xff, header.length >> 8]);
  for (let at = 0; at < header.length; at++) bytes[10 + at] = header.charCodeAt(at);
  const view = new DataView(bytes.buffer, begin);
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1)
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), begin);
  else if (data instanceof Int32Array) data.forEach((value, at) => view.setInt32(at * 4, value, true));
  else if (data instanceof Float32Array) data.forEach((value, at) => view.setFloat32(at * 4, value, true));
  else data.forEach((value, at) => view.setFloat64(at * 8, value, true));
  return bytes;
}

export const writeNpy = (tensor: Tensor): Uint8Array => writeNpyArray(tensor.data, tensor.shape);
