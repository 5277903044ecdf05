import type { Tensor } from '../../operation';
import { elementCount } from '../../tensor/tensor';
import { numberType, type NumberType } from '../dtypes';
import {
  brief,
  checkedShape,
  collect,
  type Contents,
  damaged,
  demandEntries,
  type LoadHow,
  type ReadOptions,
  type TensorEntry,
} from '../format';
import { checkedWindow, placedEntry } from '../placed';
import { type ByteSource, partOf } from '../source';
import { Flat } from './flatbuffer';
import { kernelsIn, type Used } from './tfliteLayers';

/** `TensorType` by number (schema.fbs of TensorFlow Lite). */
const TYPES: readonly string[] = [
  ...['float32', 'float16', 'int32', 'uint8', 'int64', 'string', 'bool', 'int16', 'complex64', 'int8', 'float64'],
  ...['complex128', 'uint64', 'resource', 'variant', 'uint32', 'uint16', 'int4', 'bfloat16', 'int2', 'uint4'],
];

/** Of the fields of each table, the numbers of those that are wanted. */
const MODEL = { codes: 1, graphs: 2, buffers: 4 } as const;
const GRAPH = { tensors: 0 } as const;
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3, quantization: 4, sparsity: 6 } as const;
const BUFFER = { data: 0, offset: 1, size: 2 } as const;
const QUANTIZATION = { scale: 2, zero: 3, kind: 4, axis: 6 } as const;
const CODE = { old: 0, now: 3 } as const;

const damagedModel = (): Error => damaged('tflite', 'The model of TensorFlow Lite is damaged.');

/** How stored numbers become values: `(stored − zero) · scale`, for each index of an axis or for all alike. */
interface Quantised {
  readonly scales: readonly number[];
  readonly zeros: readonly number[];
  readonly axis: number;
}

function quantisedBy(flat: Flat, tensor: number, shape: readonly number[]): Quantised | undefined {
  const table = flat.reference(tensor, TENSOR.quantization);
  if (table === undefined) return undefined;
  const kind = flat.field(table, QUANTIZATION.kind);
  if (kind !== undefined && flat.u8(kind) !== 0)
    throw damaged('tflite-quantised', 'The tensor is quantised in blocks, which is not undone here.');
  const scales = flat.items(table, QUANTIZATION.scale, 4).map(flat.f32);
  if (scales.length === 0) return undefined;
  const zeros = flat.items(table, QUANTIZATION.zero, 8).map(flat.i64);
  const field = flat.field(table, QUANTIZATION.axis);
  const axis = field === undefined ? 0 : flat.i32(field);
  if (scales.length > 1 && scales.length !== shape[axis]) throw damagedModel();
  if (zeros.length > 1 && zeros.length !== scales.length) throw damagedModel();
  return { scales, zeros, axis };
}

/** The values of what is quantised, in float32, as TensorFlow Lite has them. */
function dequantised(entry: TensorEntry, { scales, zeros, axis }: Quantised): TensorEntry {
  const load = (how: LoadHow = {}): Tensor => {
    const tensor = entry.load(how);
    const { begin, size } = checkedWindow(entry.shape, how.window);
    const inner = elementCount(size.slice(axis + 1));
    for (let at = 0; at < tensor.data.length; at++) {
      const index = scales.length === 1 ? 0 : begin[axis] + (Math.floor(at / inner) % size[axis]);
      const zero = zeros.length > 1 ? zeros[index] : (zeros[0] ?? 0);
      tensor.data[at] = Math.fround((tensor.data[at] - zero) * scales[index]);
    }
    return tensor;
  };
  return { ...entry, source: `q${entry.source}`, load };
}

/** The bytes of a buffer: in the model, or behind it where the model is larger than its offsets reach. */
function bytesOf(flat: Flat, buffer: number): ByteSource | undefined {
  const { source } = flat;
  const data = flat.reference(buffer, BUFFER.data);
  if (data !== undefined) {
    const size = flat.u32(data);
    return size === 0 ? undefined : partOf(source, data + 4, size);
  }
  const [offset, size] = [BUFFER.offset, BUFFER.size].map((each) => {
    const field = flat.field(buffer, each);
    return field === undefined ? 0 : flat.u64(field);
  });
  return offset > 1 ? partOf(source, offset, size) : undefined;
}

interface Stated {
  readonly name: string;
  readonly tensor: number;
  readonly source: ByteSource;
  readonly used: Used | undefined;
}

function entryOf(flat: Flat, { name, tensor, source, used }: Stated, options: ReadOptions): TensorEntry {
  const field = flat.field(tensor, TENSOR.type);
  const number = field === undefined ? 0 : flat.u8(field);
  const type: NumberType | undefined = numberType(TYPES[number] ?? '', { packed: true });
  if (!type) throw damaged('no-tensor', 'This is no tensor: {0}.', TYPES[number] ?? number);
  if (flat.field(tensor, TENSOR.sparsity) !== undefined)
    throw damaged('tflite-sparse', 'The tensor is kept as a sparse one, which is not read.');
  const shape = flat.items(tensor, TENSOR.shape, 4).map(flat.i32);
  checkedShape(shape);
  const described = { name, source: type.name, writtenBy: used?.writtenBy, layer: used?.layer };
  const entry = placedEntry({ source, offset: 0, type, shape }, described, options);
  const quantised = quantisedBy(flat, tensor, shape);
  const own = quantised ? dequantised(entry, quantised) : entry;
  return used?.alias ? { ...own, alias: brief(used.alias) } : own;
}

/** The constants of a model of TensorFlow Lite: what is computed from its input is not in the file. */
export function readTflite(source: ByteSource, options: ReadOptions): Contents {
  const flat = new Flat(source);
  const model = flat.follow(0);
  const codes = flat.tables(model, MODEL.codes).map((code) => {
    const [old, now] = [flat.field(code, CODE.old), flat.field(code, CODE.now)];
    // Numbers above 127 did not fit into the first field.
    return Math.max(old === undefined ? 0 : flat.i8(old), now === undefined ? 0 : flat.i32(now));
  });
  const buffers = flat.tables(model, MODEL.buffers);
  const stated = flat.tables(model, MODEL.graphs).flatMap((graph): Stated[] => {
    const tensors = flat.tables(graph, GRAPH.tensors);
    const kernels = kernelsIn(flat, graph, codes, tensors);
    return tensors.flatMap((tensor, at) => {
      const field = flat.field(tensor, TENSOR.buffer);
      const buffer = buffers[field === undefined ? 0 : flat.u32(field)];
      const bytes = buffer === undefined ? undefined : bytesOf(flat, buffer);
      return bytes ? [{ name: flat.text(tensor, TENSOR.name), tensor, source: bytes, used: kernels.get(at) }] : [];
    });
  });
  const { entries, left } = collect(
    stated,
    ({ name }) => name,
    (each) => entryOf(flat, each, options),
  );
  return demandEntries({ entries, left }, () => damaged('no-tensors', 'The file holds no tensors.'));
}
