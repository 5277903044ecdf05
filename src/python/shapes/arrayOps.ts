import { iterate } from '../model/iterate';
import type { Applied, Bound } from '../model/library';
import { FAILED, list, tuple, unknown } from '../model/make';
import { derived, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { add, divideExactly, isKnown, multiply, type Size, subtract } from '../sizes/size';
import { normalAxis } from './indexing';
import { concatenate } from './joinOps';
import { openTensor } from './sizesGiven';
import type { TensorOp } from './onTensor';

// Operations as NumPy has them, and after it JAX, TensorFlow, Keras and Paddle: `axis` and `keepdims`, axes in lists.

export type ArrayOp = TensorOp['apply'];

/** Arguments under other names: what a library calls `axis` the rule may know as `dim`. */
class RenamedBound implements Bound {
  readonly isPlain = false;

  constructor(
    private readonly inner: Bound,
    private readonly names: Readonly<Record<string, string>>,
  ) {}

  private own(name: string): string {
    return this.names[name] ?? name;
  }

  get values(): ReadonlyMap<string, Value> {
    const rule = new Map(Object.entries(this.names).map(([theirs, own]) => [own, theirs]));
    return new Map([...this.inner.values].map(([name, value]) => [rule.get(name) ?? name, value]));
  }

  once<T>(_what: string, make: () => T): T {
    return make();
  }

  isGiven = (name: string): boolean => this.inner.isGiven(this.own(name));
  get = (name: string): Value | undefined => this.inner.get(this.own(name));
  isNone = (name: string): boolean => this.inner.isNone(this.own(name));
  size = (name: string): Size => this.inner.size(this.own(name));
  int = (name: string): number | undefined => this.inner.int(this.own(name));
  sizes = (name: string, count: number): Size[] | undefined => this.inner.sizes(this.own(name), count);
  flag = (name: string): boolean | undefined => this.inner.flag(this.own(name));
  text = (name: string): string | undefined => this.inner.text(this.own(name));
  tensor = (name: string): TensorValue | undefined => this.inner.tensor(this.own(name));
  items = (name: string): readonly Value[] | undefined => this.inner.items(this.own(name));
}

/** A rule under the parameter names of another library: `{ dim: 'axis' }` gives it `axis` for `dim`. */
export const renamed =
  (apply: ArrayOp, names: Readonly<Record<string, string>>): ArrayOp =>
  (call) =>
    apply({ ...call, bound: new RenamedBound(call.bound, names) });

/** The array under `name`, or what is to be told where there is none. */
function withArray(
  call: Applied,
  name: string,
  act: (x: TensorValue, shape: readonly Size[] | undefined) => Value,
): Value {
  const value = call.bound.get(name);
  if (value?.kind === 'unknown' && value.failed) return FAILED;
  const x = call.bound.tensor(name);
  return x ? act(x, x.cell.shape) : unknown();
}

/** The axes that an argument names, from the front; `undefined` where they are not known, or not there. */
function axesOf(call: Applied, name: string, rank: number): number[] | undefined {
  const value = call.bound.get(name);
  const axes = (value && (iterate(value) ?? [value]))?.map((each) => {
    const at = call.machine.knownSize(each);
    return typeof at === 'number' ? normalAxis(at, rank) : undefined;
  });
  return axes?.every((axis) => axis !== undefined) ? axes : undefined;
}

/** A reduction over some axes or all, which it keeps with one element or drops. */
export const reduction =
  (x: string, keep: string, axis = 'axis'): ArrayOp =>
  (call) =>
    withArray(call, x, (array, shape) => {
      const kept = call.bound.flag(keep);
      const axes = shape && (call.bound.isNone(axis) ? [...shape.keys()] : axesOf(call, axis, shape.length));
      if (call.bound.isNone(axis) && kept === false) return derived(array, [], []);
      if (!axes || kept === undefined) return openTensor(array);
      const left = kept ? shape.map((size, at) => (axes.includes(at) ? 1 : size)) : shape;
      return derived(array, kept ? left : left.filter((_, at) => !axes.includes(at)), []);
    });

/** New axes of one element, at places counted in the result. */
export const expansion =
  (x: string, axis = 'axis'): ArrayOp =>
  (call) =>
    withArray(call, x, (array, shape) => {
      const value = call.bound.get(axis);
      const count = value ? (iterate(value)?.length ?? 1) : 0;
      const places = shape && axesOf(call, axis, shape.length + count);
      if (!places) return openTensor(array);
      const sorted = places.toSorted((a, b) => a - b);
      return derived(
        array,
        sorted.reduce<readonly Size[]>((sizes, at) => sizes.toSpliced(at, 0, 1), shape),
        [],
      );
    });

/** The axes in another order; without one, in the opposite one. */
export const transposition =
  (x: string, order = 'axes'): ArrayOp =>
  (call) =>
    withArray(call, x, (array, shape) => {
      if (!shape) return openTensor(array);
      const given = call.bound.get(order);
      const inner = given && iterate(given);
      const none = call.bound.isNone(order) || inner?.length === 0;
      if (none) return derived(array, shape.toReversed(), []);
      const items = inner?.length === 1 ? (iterate(inner[0]) ?? inner) : inner;
      const axes = items?.map((each) => call.machine.knownSize(each)).map((at) => normalAxis(Number(at), shape.length));
      return axes?.length === shape.length && axes.every((at) => at !== undefined)
        ? derived(
            array,
            axes.map((at) => shape[at]),
            [],
          )
        : openTensor(array);
    });

/** Padding by pairs (begin, end) for every axis; one pair, or one number, stands for all of them. */
export const padding =
  (x: string, pairs: string): ArrayOp =>
  (call) =>
    withArray(call, x, (array, shape) => {
      const { machine } = call;
      const value = call.bound.get(pairs);
      if (!shape || !value) return openTensor(array);
      const items: readonly Value[] = iterate(value) ?? [value];
      const of = (item: Value): readonly Size[] => (iterate(item) ?? [item, item]).map((size) => machine.sizeOf(size));
      const flat = items.length === 2 && items.every((item) => item.kind === 'number');
      const sides = flat ? [of(tuple([...items]))] : items.map(of);
      const all = sides.length === 1 ? shape.map(() => sides[0]) : sides;
      if (all.length !== shape.length || all.some((pair) => pair.length !== 2)) return openTensor(array);
      return derived(
        array,
        shape.map((size, axis) => machine.simple(() => add(size, add(all[axis][0], all[axis][1])))),
      );
    });

/** So many equal parts, or parts of the stated sizes, of which one may be −1: what the others leave. */
export const sections =
  (x: string, parts: string, axis = 'axis'): ArrayOp =>
  (call) =>
    withArray(call, x, (array, shape) => {
      const { machine, bound } = call;
      const at = shape && axesOf(call, axis, shape.length)?.[0];
      const value = bound.get(parts);
      if (!shape || at === undefined || !value) return unknown();
      const sizes = value.kind === 'list' || value.kind === 'tuple' ? iterate(value) : undefined;
      if (sizes) {
        const given = sizes.map((size) => machine.sizeOf(size));
        const others = given.filter((size) => size !== -1).reduce(add, 0);
        const rest = machine.simple(() => subtract(shape[at], others));
        return list(given.map((size) => derived(array, shape.with(at, size === -1 ? rest : size))));
      }
      const count = bound.int(parts);
      const each = count === undefined || count < 1 ? undefined : divideExactly(shape[at], count);
      return each === undefined
        ? unknown()
        : list(Array.from({ length: count! }, () => derived(array, shape.with(at, each))));
    });

/** The parts between stated places, as NumPy, JAX and Keras split; one number is so many equal parts. */
export const splitting =
  (x: string, places: string, axis = 'axis'): ArrayOp =>
  (call) => {
    const value = call.bound.get(places);
    if (value?.kind !== 'list' && value?.kind !== 'tuple') return sections(x, places, axis)(call);
    return withArray(call, x, (array, shape) => {
      const at = shape && axesOf(call, axis, shape.length)?.[0];
      const ends = iterate(value)?.map((each) => call.machine.knownSize(each));
      const total = at === undefined ? undefined : shape![at];
      if (total === undefined || !isKnown(total) || !ends?.every((end) => typeof end === 'number')) return unknown();
      const bounds = [0, ...ends.map((end) => Math.min(end < 0 ? Math.max(end + total, 0) : end, total)), total];
      const size = (index: number): Size => Math.max(bounds[index + 1] - bounds[index], 0);
      return list(bounds.slice(1).map((_, index) => derived(array, shape!.with(at!, size(index)))));
    });
  };

/** Each axis that many times; the factors are those of the last axes. */
export const tiling =
  (x: string, factors: string): ArrayOp =>
  (call) =>
    withArray(call, x, (array, shape) => {
      const { machine } = call;
      const value = call.bound.get(factors);
      const given = value && (iterate(value) ?? (value.kind === 'number' ? [value] : undefined));
      if (!shape || !given) return openTensor(array);
      const rank = Math.max(shape.length, given.length);
      return derived(
        array,
        Array.from({ length: rank }, (_, axis) =>
          machine.simple(() => {
            const [factor, size] = [given[axis - rank + given.length], shape[axis - rank + shape.length] ?? 1];
            return factor ? multiply(machine.sizeOf(factor), size) : size;
          }),
        ),
        [],
      );
    });

/** Each element of an axis that many times in turn; without an axis, of all elements in a row. */
export const repetition =
  (x: string, axis = 'axis', repeats = 'repeats'): ArrayOp =>
  (call) =>
    withArray(call, x, (array, shape) => {
      const { machine, bound } = call;
      const count = machine.knownSize(bound.get(repeats));
      if (!shape || count === undefined) return openTensor(array);
      const times = (size: Size): Size => machine.simple(() => multiply(size, count));
      if (bound.isNone(axis)) return derived(array, [times(shape.reduce(multiply, 1))], []);
      const at = axesOf(call, axis, shape.length)?.[0];
      return at === undefined ? openTensor(array) : derived(array, shape.with(at, times(shape[at])), []);
    });

/** Several arrays along an axis that they have. */
export const joining =
  (arrays: string, axis = 'axis'): ArrayOp =>
  ({ machine, bound, at }) =>
    concatenate(machine, bound.get(arrays), bound.int(axis), at);
