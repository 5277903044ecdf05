import { type Changes, type Contents, contentsOf, Journal, restore } from '../model/journal';
import type { Frame } from '../model/frame';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import type { FunctionValue, ListValue, Scope, Value } from '../model/value';
import { freshLike } from './join';
import { keep } from './undecided';
import { visibleFrom } from './visible';

/** Of the functions that were called, in statements in which something yields. */
const yielding = new WeakMap<object, boolean>();

/** Whether the function may give its results one by one: a function within it may be all that does. */
export function mayYield({ chunk, definition }: FunctionValue): boolean {
  if (definition.kind !== 'function' || !chunk.words.has('yield')) return false;
  let known = yielding.get(definition);
  if (known === undefined) {
    known = chunk.text.slice(definition.start, definition.end).includes('yield');
    yielding.set(definition, known);
  }
  return known;
}

export interface Generated<T> {
  readonly outcome: T;
  readonly stirs?: ListValue['stirs'];
  /** Whether a variable, or what stands in it, is changed by the generator itself. */
  readonly isOwn?: (name: string, value: Value | undefined) => boolean;
}

/**
 * Runs the body of a generator, to its end, though Python runs it from result to result, as it is asked for them: what
 * it changes besides its own variables is taken back, and is done when it is asked.
 */
export function runGenerator<T>(machine: Machine, frame: Frame, run: () => T): Generated<T> {
  const journal = new Journal();
  journal.noteLocals(frame.scope.variables);
  /** What was changed when it gave each result; `undefined` where another iterator gave it. */
  const at: (Changes | undefined)[] = [];
  frame.yielded = (count, fromOther) => {
    for (let each = 0; each < count; each++) at.push(fromOther ? undefined : journal.capture());
  };
  let outcome: T;
  machine.journaled(journal, () => {
    outcome = run();
  });
  const end = journal.capture();
  journal.rollBack();
  if (!frame.yields) keep(machine, end);
  if (!frame.yields || end.keys.size + end.wholes.size === 0) return { outcome: outcome! };
  return { outcome: outcome!, ...stirring([journal.before(), ...at, end], () => !frame.open) };
}

/** Where a lazy expression runs. */
interface Around {
  /** What it can come by. */
  readonly here: readonly (Scope | Value)[];
  /** Variables that are its own while it runs. */
  readonly scope?: Scope;
  readonly own?: ReadonlySet<string>;
}

/** So many states are kept of what is gone through: how it was behind a later one, nobody knows. */
const MOST_STATES = 64;

/**
 * The same of what has no variables of its own: a generator expression, `map`, `filter`. Most change nothing but what
 * they make. What they change of what was there before is taken back, and done when they are asked.
 *
 * @param run Calls what it is given behind each result.
 */
export function runLazily(
  machine: Machine,
  { here, scope, own }: Around,
  run: (given: () => void) => void,
): Pick<Generated<undefined>, 'stirs' | 'isOwn'> {
  const journal = new Journal();
  const at: (Changes | undefined)[] = [];
  machine.journaled(journal, () => {
    run(() => at.push(at.length < MOST_STATES ? journal.capture() : undefined));
  });
  const all = journal.capture();
  if (all.keys.size + all.wholes.size === 0) return {};
  journal.rollBack();
  const seen = visibleFrom(here, new Set<object>([...all.keys.keys(), ...all.wholes.keys()]));
  const part = (changes: Changes, isSeen: boolean): Changes => ({
    keys: new Map(
      [...changes.keys]
        .filter(([variables]) => seen.has(variables) === isSeen)
        .map(([variables, names]) => [
          variables,
          variables === scope?.variables ? new Map([...names].filter(([name]) => !own?.has(name))) : names,
        ]),
    ),
    wholes: new Map([...changes.wholes].filter(([value]) => seen.has(value) === isSeen)),
  });
  keep(machine, part(all, false));
  const end = part(all, true);
  if ([...end.keys.values()].every((names) => names.size === 0) && end.wholes.size === 0) return {};
  const before = part(journal.before(), true);
  return stirring([before, ...at.map((each) => each && part(each, true)), end], () => true);
}

/** Makes what a generator changes what it was at one of its states: before it, behind each result, at its end. */
function stirring(
  states: readonly (Changes | undefined)[],
  isSure: () => boolean,
): Pick<Generated<undefined>, 'stirs' | 'isOwn'> {
  const [before, end] = [states[0]!, states.at(-1)!];
  return {
    isOwn: (name, value) =>
      [...end.keys.values()].some((names) => names.has(name)) || [...end.wholes.keys()].some((each) => each === value),
    stirs: (inner, left, all) => {
      const next = states.length - 2 - left;
      const [last, then] = [states[next], all ? end : states[next + 1]];
      if (last && then && isSure() && isAs(before, last)) keep(inner, then);
      else forget(inner, end);
    },
  };
}

/** Whether everything that was changed is as it was at a time. */
function isAs(before: Changes, at: Changes): boolean {
  for (const [variables, names] of before.keys)
    for (const [name, old] of names) {
      const noted = at.keys.get(variables);
      if (variables.get(name) !== (noted?.has(name) ? noted.get(name) : old)) return false;
    }
  for (const [value, old] of before.wholes) if (!isLike(contentsOf(value), at.wholes.get(value) ?? old)) return false;
  return true;
}

function isLike(now: Contents, then: Contents): boolean {
  if (now.open !== then.open) return false;
  if (now.kind === 'items')
    return (
      then.kind === 'items' &&
      now.items.length === then.items.length &&
      now.items.every((item, place) => item === then.items[place])
    );
  return (
    then.kind === 'entries' &&
    now.entries.size === then.entries.size &&
    [...now.entries].every(([key, [, value]]) => then.entries.get(key)?.[1] === value)
  );
}

function forget(machine: Machine, { keys, wholes }: Changes): void {
  for (const [variables, changed] of keys)
    for (const [name, value] of changed)
      machine.setVariable(variables, name, value ? freshLike(machine, value) : unknown(name));
  for (const [value, contents] of wholes) {
    machine.touch(value);
    restore(
      value,
      contents.kind === 'items'
        ? { ...contents, items: [], open: true }
        : { ...contents, entries: new Map(), open: true },
    );
  }
}
