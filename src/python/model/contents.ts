import { iterate } from './iterate';
import { bool, list, number } from './make';
import { type Dtype, type TensorValue, knownData, tensor } from './tensor';
import type { Value } from './value';
import type { ShapeSource } from '../report';

/** Known numbers in C order, with the type in which the library keeps them. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly items: readonly number[];
  readonly dtype: Dtype;
  /** NumPy's arithmetic: integers divide to float64, and a scalar does not widen. */
  readonly numpy: boolean;
}

/** More elements than this are not looked at one by one. */
const MOST = 4_096;

/** Rounds as the type does; 64-bit integers beyond 2⁵³ are not known exactly. */
export function rounded(value: number, dtype: Dtype): number | undefined {
  switch (dtype) {
    case 'float32':
      return Math.fround(value);
    case 'float64':
      return value;
    case 'bool':
      return Number(value !== 0);
    case 'int':
      return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? Math.trunc(value) : undefined;
    default:
      return dtype satisfies never;
  }
}

/** The numbers in a tensor, a number, or nested lists of them, when all are known. */
export function numbersOf(value: Value | undefined): Numbers | undefined {
  if (value?.kind === 'tensor') {
    const data = knownData(value);
    const found = data && flat(data);
    return found && { ...found, dtype: value.dtype ?? found.dtype, numpy: value.numpy === true };
  }
  return value && flat(value);
}

/** `dtype` is that of Python's own numbers: floats are float64, for the library to narrow. */
function flat(value: Value): Numbers | undefined {
  if (value.kind === 'number' && typeof value.size === 'number')
    return { shape: [], items: [value.size], dtype: value.float ? 'float64' : 'int', numpy: false };
  if (value.kind === 'bool') return { shape: [], items: [Number(value.value)], dtype: 'bool', numpy: false };
  if (value.kind === 'tensor') return numbersOf(value);
  if (value.kind !== 'list' && value.kind !== 'tuple') return undefined;
  const parts = value.open ? undefined : iterate(value)?.map(flat);
  if (!parts?.every((part) => part !== undefined)) return undefined;
  const inner = parts[0]?.shape ?? [];
  if (parts.some(({ shape }) => shape.join() !== inner.join())) return undefined;
  const dtypes = parts.map(({ dtype }) => dtype);
  const dtype = widest(dtypes);
  const items = parts.flatMap(({ items: own }) => own);
  return items.length <= MOST ? { shape: [parts.length, ...inner], items, dtype, numpy: false } : undefined;
}

const WIDTH: readonly Dtype[] = ['bool', 'int', 'float32', 'float64'];

export const widest = (dtypes: readonly Dtype[]): Dtype =>
  dtypes.reduce<Dtype>((all, each) => (WIDTH.indexOf(each) > WIDTH.indexOf(all) ? each : all), dtypes[0] ?? 'float64');

/** The same numbers as the library would keep them in another type. */
export function asDtype(numbers: Numbers, dtype: Dtype): Numbers | undefined {
  const items = numbers.items.map((each) => rounded(each, dtype));
  return items.every((each) => each !== undefined) ? { ...numbers, items, dtype } : undefined;
}

export function nested({ shape, items, dtype }: Numbers): Value {
  const one = (value: number): Value => (dtype === 'bool' ? bool(value !== 0) : number(value, dtype !== 'int'));
  if (shape.length === 0) return one(items[0]);
  const [count, ...rest] = shape;
  const size = rest.reduce((all, each) => all * each, 1);
  const part = (index: number): Numbers => ({
    shape: rest,
    items: items.slice(index * size, (index + 1) * size),
    dtype,
    numpy: false,
  });
  return list(Array.from({ length: count }, (_, index) => nested(part(index))));
}

/** A tensor that holds these numbers. */
export const tensorOf = (numbers: Numbers, source: ShapeSource): TensorValue =>
  tensor(numbers.shape, source, { data: nested(numbers), dtype: numbers.dtype, numpy: numbers.numpy });

/** What a rule knows a view to hold: the same memory as that of which it is one. */
export function viewing(result: Value, numbers: Numbers | undefined, of: Value | undefined): Value {
  const held = holding(result, numbers);
  if (held.kind !== 'tensor' || held === result || of?.kind !== 'tensor' || !of.memory) return held;
  return { ...held, memory: of.memory, seen: of.memory.writes };
}

/** A tensor of which a rule knows the shape, with what it holds if that is known too. */
export function holding(result: Value, numbers: Numbers | undefined): Value {
  if (result.kind !== 'tensor' || !numbers) return result;
  const { shape } = result.cell;
  if (shape?.length !== numbers.shape.length || shape.some((size, axis) => size !== numbers.shape[axis])) return result;
  return { ...result, ...tensorOf(numbers, result.source), cell: result.cell };
}

/** The type that `dtype=` names, where numbers of it are looked at. */
export function dtypeNamed(value: Value | undefined): Dtype | undefined {
  if (value?.kind === 'builtin') return value.name === 'int' ? 'int' : value.name === 'bool' ? 'bool' : undefined;
  const name = value?.kind === 'external' ? value.name.split('.').at(-1)! : '';
  if (/^(int64|int32|int16|long|int)$/.test(name)) return 'int';
  if (/^(float32|float)$/.test(name)) return 'float32';
  if (/^(float64|double)$/.test(name)) return 'float64';
  return name === 'bool' ? 'bool' : undefined;
}
