import type { Machine } from './machine';
import { keyOfValue } from './make';
import type { ListValue, Value } from './value';

const isSame = (a: Value, b: Value): boolean => {
  if (a === b) return true;
  // A view makes the pairs that it gives anew.
  if (a.kind === 'tuple' && b.kind === 'tuple')
    return !a.open && a.items.length === b.items.length && a.items.every((item, at) => isSame(item, b.items[at]));
  const key = keyOfValue(a);
  return key !== undefined && a.kind === b.kind && key === keyOfValue(b);
};

/** What stands in something that a program may change while it goes through it. */
function contents(value: Value | undefined): readonly Value[] | undefined {
  // Of an iterator nothing is left, until somebody asks it who should not.
  if (value?.kind === 'list') return value.items;
  if (value?.kind === 'set' || value?.kind === 'container') return value.items;
  return value?.kind === 'dict' ? [...value.entries.values()].flat() : undefined;
}

/** The same with what is done besides when it is asked. */
export function alsoStirring(made: ListValue, stirs: ListValue['stirs']): ListValue {
  if (!stirs) return made;
  return {
    ...made,
    stirs: (machine, left, all) => {
      made.stirs?.(machine, left, all);
      stirs(machine, left, all);
    },
  };
}

const differ = (before: readonly Value[], now: readonly Value[], from: number): boolean =>
  before.length !== now.length || before.some((item, at) => at >= from && !isSame(item, now[at]));

/** Of an iterator nothing is left once what is made of it has been gone through. */
function close(machine: Machine, source: ListValue): void {
  if (!source.open || source.items.length > 0) return;
  machine.touch(source);
  source.open = false;
}

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
    inner.length === 0
      ? made
      : {
          ...made,
          stirs: (machine, left, all) => {
            for (const { stirs } of stirring) stirs!(machine, place(left), isAligned && all);
            if (all) for (const source of inner) close(machine, source);
          },
        };
  if (kept.length + stale.length === 0 || made.open) return follows;
  const isStale = (left: number): boolean =>
    kept.some(([source, before]) =>
      source?.kind === 'list' && source.once
        ? source.items !== before
        : differ(before, contents(source)!, isAligned ? total - left : 0),
    ) || stale.some((source) => source.isStale!(place(left)));
  return { ...follows, isStale };
}
