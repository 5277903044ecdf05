import type { ListValue, Scope, Value } from '../model/value';
import { same } from './join';
import { namesWithin } from './names';

/** What stands in something that a program may change while it goes through it. */
function contents(value: Value | undefined): readonly Value[] | undefined {
  if (value?.kind === 'list') return value.once ? undefined : value.items;
  if (value?.kind === 'set' || value?.kind === 'container') return value.items;
  return value?.kind === 'dict' ? [...value.entries.values()].flat() : undefined;
}

const differ = (before: readonly Value[], now: readonly Value[], from: number): boolean =>
  before.length !== now.length || before.some((item, at) => at >= from && !same(item, now[at]));

/**
 * Python's iterators go through a list as they are asked, and see what has become of it. Here all is worked out when
 * they are made, which is the same as long as nothing has changed of what is still to come.
 *
 * @param isAligned Each item comes of the one that stands at its place.
 */
export function following(made: ListValue, sources: readonly (Value | undefined)[], isAligned = true): ListValue {
  const total = made.items.length;
  const kept = sources.flatMap((source) => {
    const before = contents(source);
    return before ? [[source, before] as const] : [];
  });
  // What another iterator looks at, and what it does, is looked at and done through this one.
  const inner = sources.filter((source) => source?.kind === 'list' && source.once === true) as ListValue[];
  const [stale, stirring] = [inner.filter(({ isStale }) => isStale), inner.filter(({ stirs }) => stirs)];
  const place = (left: number): number => (isAligned ? left : -1);
  const follows: ListValue =
    stirring.length === 0
      ? made
      : {
          ...made,
          stirs: (machine, left, all) => {
            for (const { stirs } of stirring) stirs!(machine, place(left), isAligned && all);
          },
        };
  if (kept.length + stale.length === 0 || made.open) return follows;
  const isStale = (left: number): boolean =>
    kept.some(([source, before]) => differ(before, contents(source)!, isAligned ? total - left : 0)) ||
    stale.some((source) => source.isStale!(place(left)));
  return { ...follows, isStale };
}

const variableIn = (scope: Scope, name: string): Value | undefined => {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const value = at.variables.get(name);
    if (value) return value;
  }
  return undefined;
};

/** The same of what an expression names that runs for each item: variables are read when it is asked. */
export function followingNames(
  made: ListValue,
  scope: Scope,
  names: readonly string[],
  sources: readonly (Value | undefined)[],
  isOwn?: (name: string, value: Value | undefined) => boolean,
): ListValue {
  if (made.open) return made;
  const kept = names
    .map((name) => [name, variableIn(scope, name)] as const)
    .filter(([name, value]) => !isOwn?.(name, value));
  const lists = following(made, [...sources, ...kept.map(([, value]) => value)], false);
  const isStale = (left: number): boolean =>
    lists.isStale?.(left) === true || kept.some(([name, before]) => !same(before, variableIn(scope, name)));
  return { ...lists, isStale };
}

/** The same of what a function is called for with each item. */
export function followingCalls(made: ListValue, callee: Value, sources: readonly (Value | undefined)[]): ListValue {
  if (callee.kind !== 'function' || callee.definition.kind !== 'lambda') return following(made, sources, false);
  const { parameters, body } = callee.definition;
  const own = new Set(parameters.map(({ name }) => name));
  const names = namesWithin(body).filter((name) => !own.has(name));
  return followingNames(made, callee.scope, names, sources);
}
