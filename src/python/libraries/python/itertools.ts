import { iterate, MOST_ITEMS } from '../../model/iterate';
import type { Applied, FunctionSpec } from '../../model/library';
import { argumentsOf, knownInt, list, NONE, number, tuple, unknown } from '../../model/make';
import { following } from '../../model/staleness';
import { signature } from '../../model/signature';
import { truthOf } from '../../model/truth';
import { type ListValue, NO_PLACE, type Value } from '../../model/value';

const func = (name: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee: `itertools.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply,
});

const UNKNOWN = (): Value => list([], true);

/** All lists that an argument gathers, when every one of them is known. */
function lists({ bound }: Applied, name: string): readonly (readonly Value[])[] | undefined {
  const all = bound.items(name)?.map((each) => iterate(each));
  return all?.every((each) => each !== undefined) ? all : undefined;
}

const product = (call: Applied): Value => {
  const times = call.bound.isNone('repeat') ? 1 : call.bound.int('repeat');
  const given = lists(call, 'lists');
  if (!given || times === undefined || times < 0) return UNKNOWN();
  const all = Array.from({ length: times }, () => given).flat();
  if (all.reduce((count, each) => count * each.length, 1) > MOST_ITEMS) return UNKNOWN();
  return list(
    all
      .reduce<Value[][]>((rows, items) => rows.flatMap((head) => items.map((item) => [...head, item])), [[]])
      .map((items) => tuple(items)),
  );
};

const chain = (call: Applied): Value => {
  const all = lists(call, 'lists');
  return all ? list(all.flat()) : UNKNOWN();
};

const accumulate = ({ machine, bound, at }: Applied): Value => {
  const items = bound.items('iterable');
  const act = bound.isNone('func') ? undefined : bound.get('func');
  if (!items) return UNKNOWN();
  const sums: Value[] = bound.isNone('initial') ? [] : [bound.get('initial')!];
  for (const item of items) {
    const before = sums.at(-1);
    sums.push(
      !before
        ? item
        : act
          ? machine.call(act, argumentsOf(before, item), at)
          : machine.binary('+', before, item, NO_PLACE),
    );
  }
  return list(sums);
};

/** Places that are chosen: each once, in ascending order or in every order. */
function choices(count: number, length: number, inOrder: boolean): number[][] {
  if (length === 0) return [[]];
  return choices(count, length - 1, inOrder).flatMap((head) =>
    Array.from({ length: count }, (_, place) => place)
      .filter((place) => (inOrder ? place > (head.at(-1) ?? -1) : !head.includes(place)))
      .map((place) => [...head, place]),
  );
}

const chosen =
  (inOrder: boolean) =>
  ({ bound }: Applied): Value => {
    const items = bound.items('iterable');
    const length = bound.isNone('r') ? items?.length : bound.int('r');
    if (!items || length === undefined || items.length > 8 || length > 8) return UNKNOWN();
    return list(choices(items.length, length, inOrder).map((places) => tuple(places.map((place) => items[place]))));
  };

const islice = ({ bound }: Applied): Value => {
  const items = bound.items('iterable');
  const bounds = bound.items('rest')?.map((each) => (each.kind === 'none' ? null : knownInt(each)));
  if (!items || !bounds?.every((each) => each !== undefined)) return UNKNOWN();
  const [from, to, step] =
    bounds.length === 1 ? [0, bounds[0], 1] : [bounds[0] ?? 0, bounds[1] ?? null, bounds[2] ?? 1];
  return list(items.slice(from, to ?? undefined).filter((_, place) => place % step === 0));
};

const longest = (call: Applied): Value => {
  const all = lists(call, 'lists');
  if (!all) return UNKNOWN();
  const fill = call.bound.get('fillvalue') ?? NONE;
  const length = Math.max(0, ...all.map((each) => each.length));
  return list(Array.from({ length }, (_, place) => tuple(all.map((each) => each[place] ?? fill))));
};

const taken =
  (while_: boolean) =>
  ({ machine, bound, at }: Applied): Value => {
    const items = bound.items('iterable');
    const truths = items?.map((each) =>
      truthOf(machine.call(bound.get('predicate') ?? unknown(), argumentsOf(each), at)),
    );
    const end = truths?.findIndex((each) => each !== true) ?? -1;
    if (!items || !truths || (end >= 0 && truths[end] === undefined)) return UNKNOWN();
    const stop = end < 0 ? items.length : end;
    return list(while_ ? items.slice(0, stop) : items.slice(stop));
  };

const starred = ({ machine, bound, at }: Applied): Value => {
  const items = bound.items('iterable')?.map((each) => iterate(each));
  const act = bound.get('function');
  if (!act || !items?.every((each) => each !== undefined)) return UNKNOWN();
  return list(items.map((each) => machine.call(act, argumentsOf(...each), at)));
};

const grouped = ({ machine, bound, at }: Applied): Value => {
  const items = bound.items('iterable');
  const key = bound.isNone('key') ? undefined : bound.get('key');
  if (!items) return UNKNOWN();
  const groups: { readonly key: Value; readonly items: Value[] }[] = [];
  for (const item of items) {
    const own = key ? machine.call(key, argumentsOf(item), at) : item;
    const last = groups.at(-1);
    const equal = last && machine.compare('==', last.key, own);
    if (last && equal === undefined) return UNKNOWN();
    if (last && equal) last.items.push(item);
    else groups.push({ key: own, items: [item] });
  }
  return list(groups.map((group) => tuple([group.key, list(group.items)])));
};

/** As many rounds of an endless iterator as a program may want to see. */
const ENDLESS = 256;

const count = ({ machine, bound }: Applied): Value => {
  const [start, step] = [bound.get('start') ?? number(0), bound.get('step') ?? number(1)];
  const items: Value[] = [start];
  for (let at = 1; at < ENDLESS; at++) items.push(machine.binary('+', items[at - 1], step, NO_PLACE));
  return list(items);
};

const cycle = ({ bound }: Applied): Value => {
  const items = bound.items('iterable');
  if (!items) return UNKNOWN();
  return list(items.length === 0 ? [] : Array.from({ length: ENDLESS }, (_, at) => items[at % items.length]));
};

/** Iterators of Python's library; each is known as a whole, or not at all. */
const iterators: readonly FunctionSpec[] = [
  func('product', '*lists, repeat=None', product),
  func('chain', '*lists', chain),
  func('chain.from_iterable', 'iterable', ({ bound }) => {
    const all = bound.items('iterable')?.map((each) => iterate(each));
    return all?.every((each) => each !== undefined) ? list(all.flat()) : UNKNOWN();
  }),
  func('accumulate', 'iterable, func=None, *, initial=None', accumulate),
  func('combinations', 'iterable, r', chosen(true)),
  func('permutations', 'iterable, r=None', chosen(false)),
  func('islice', 'iterable, *rest', islice),
  func('zip_longest', '*lists, fillvalue=None', longest),
  func('takewhile', 'predicate, iterable', taken(true)),
  func('dropwhile', 'predicate, iterable', taken(false)),
  func('starmap', 'function, iterable', starred),
  func('groupby', 'iterable, key=None', grouped),
  func('count', 'start=None, step=None', count),
  func('cycle', 'iterable', cycle),
  func('pairwise', 'x', ({ bound }) => {
    const items = bound.items('x');
    return items ? list(items.slice(1).map((item, index) => tuple([items[index], item]))) : UNKNOWN();
  }),
  func('repeat', 'x, times=None', ({ bound }) => {
    const times = bound.isNone('times') ? ENDLESS : bound.int('times');
    return times === undefined || times > MOST_ITEMS
      ? UNKNOWN()
      : list(Array.from({ length: times }, () => bound.get('x')!));
  }),
];

/** How many items of an iterator are gone when what is made of it has been gone through; all where it is not said. */
function takenBy(name: string, { bound }: Applied, made: Value): number | undefined {
  if (name === 'itertools.islice') {
    const bounds = bound.items('rest') ?? [];
    return knownInt(bounds.length === 1 ? bounds[0] : bounds[1]);
  }
  // The first that is refused is gone, too.
  return name === 'itertools.takewhile' && made.kind === 'list' ? made.items.length + 1 : undefined;
}

const givenTo = ({ signature: { names, rest } }: FunctionSpec, { bound }: Applied): (Value | undefined)[] => [
  ...names.map((name) => bound.get(name)),
  ...(rest === undefined ? [] : (bound.items(rest) ?? [])),
];

function iteratorsIn(spec: FunctionSpec, call: Applied): ListValue[] {
  return givenTo(spec, call).filter((each): each is ListValue => each?.kind === 'list' && each.once === true);
}

/** What they give is gone through once, and so are the iterators that they are given. */
export const itertoolsFunctions: readonly FunctionSpec[] = iterators.map((each) => ({
  ...each,
  apply: (call) => {
    const made = each.apply(call);
    const taken = takenBy(each.callee, call, made);
    for (const given of iteratorsIn(each, call)) {
      call.machine.touch(given);
      given.items = taken === undefined ? [] : given.items.slice(taken);
      if (taken === undefined) given.open = true;
    }
    return made.kind === 'list' ? following({ ...made, once: true }, givenTo(each, call), false) : made;
  },
}));
