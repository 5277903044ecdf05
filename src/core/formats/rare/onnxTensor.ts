import { bytesOf, numberType } from '../dtypes';
import { brief, checkedShape, damaged, type ReadOptions, type TensorEntry } from '../format';
import { placedEntry } from '../placed';
import { type ByteSource, memorySource, partOf } from '../source';
import { elementCount } from '../../tensor/tensor';
import { type Field, fieldsOf, signed, textOfField, varintsOf } from './protobuf';

/** `TensorProto.DataType` by number. */
const TYPES: readonly string[] = [
  ...['', 'float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16', 'float64'],
  ...['uint32', 'uint64', 'complex64', 'complex128', 'bfloat16', 'float8_e4m3fn', 'float8_e4m3fnuz', 'float8_e5m2'],
  ...['float8_e5m2fnuz', 'uint4', 'int4', 'float4_e2m1fn', 'float8_e8m0fnu', 'uint2', 'int2'],
];

interface Stated {
  readonly name: string;
  readonly shape: number[];
  type: number;
  raw?: ByteSource;
  /** Fields of numbers, each of which may be a list or one number. */
  readonly floats: ByteSource[];
  readonly doubles: ByteSource[];
  readonly integers: Field[];
  readonly outside: Map<string, string>;
}

function keyAndValue(source: ByteSource): readonly [string, string] {
  let [key, value] = ['', ''];
  for (const field of fieldsOf(source)) {
    if (field.number === 1) key = textOfField(field);
    if (field.number === 2) value = textOfField(field);
  }
  return [key, value];
}

const integersOf = (fields: readonly Field[]): bigint[] =>
  fields.flatMap(({ source, value }) => (source.size > 0 ? [...varintsOf(source)] : [value]));

/** What a `TensorProto` says of its tensor. */
function statedIn(source: ByteSource): Stated {
  let name = '';
  const stated = { shape: [] as number[], type: 0, floats: [], doubles: [], integers: [], outside: new Map() } as Omit<
    Stated,
    'name'
  >;
  for (const field of fieldsOf(source)) {
    switch (field.number) {
      case 1:
        stated.shape.push(...integersOf([field]).map(signed));
        break;
      case 2:
        stated.type = Number(field.value);
        break;
      case 4:
        stated.floats.push(field.source);
        break;
      case 5:
      case 7:
      case 11:
        stated.integers.push(field);
        break;
      case 8:
        name = textOfField(field);
        break;
      case 9:
        stated.raw = field.source;
        break;
      case 10:
        stated.doubles.push(field.source);
        break;
      case 13:
        stated.outside.set(...keyAndValue(field.source));
        break;
      default:
    }
  }
  return { name, ...stated };
}

/** Bytes of another file, whose offset and length are stated as text. */
function outsideOf(outside: ReadonlyMap<string, string>, size: number, options: ReadOptions): ByteSource {
  const location = outside.get('location') ?? '';
  const file = options.beside?.(location);
  if (!file) throw damaged('shard', 'The file "{0}" is not beside this one.', brief(location));
  const offset = Number(outside.get('offset') ?? 0);
  return partOf(file, offset, Number(outside.get('length') ?? size));
}

/** Numbers that stand one by one in the message, as bytes that lie as those of a raw tensor. */
function gathered(stated: Stated, bits: number): ByteSource {
  if (stated.floats.length === 1) return stated.floats[0];
  if (stated.doubles.length === 1) return stated.doubles[0];
  const each = stated.floats.length > 0 ? stated.floats : stated.doubles;
  if (each.length > 0) return memorySource(Uint8Array.from(each.flatMap((source) => [...source.read(0, source.size)])));
  const values = integersOf(stated.integers);
  const size = Math.max(1, bits / 8);
  const bytes = new Uint8Array(values.length * size);
  values.forEach((value, at) => {
    for (let byte = 0; byte < size; byte++) bytes[at * size + byte] = Number((value >> BigInt(8 * byte)) & 0xffn);
  });
  return memorySource(bytes);
}

/** The tensor of a `TensorProto`. Its name is the proto’s unless given. Throws a ProblemError. */
export function onnxTensor(proto: ByteSource, options: ReadOptions, name?: string): TensorEntry {
  const stated = statedIn(proto);
  const typeName = TYPES[stated.type] ?? String(stated.type);
  const type = numberType(typeName, { packed: true });
  if (!type) throw damaged('dtype', 'Numbers of the type {0} cannot be read.', brief(typeName));
  const { shape } = stated;
  checkedShape(shape);
  const size = bytesOf(type, elementCount(shape));
  const isOutside = stated.outside.size > 0;
  const source = isOutside ? outsideOf(stated.outside, size, options) : (stated.raw ?? gathered(stated, type.bits));
  const described = { name: name ?? stated.name, source: type.name, writtenBy: 'torch' } as const;
  return placedEntry({ source, offset: 0, type, shape }, described, options);
}

/** The name of a `TensorProto`, of which nothing else need be sound. */
export function onnxTensorName(proto: ByteSource): string {
  for (const field of fieldsOf(proto)) if (field.number === 8) return textOfField(field);
  return '';
}
