import { type Changes, type Contents, contentsOf, Journal, restore } from '../model/journal';
import type { Frame } from '../model/frame';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import type { FunctionValue, ListValue, Value } from '../model/value';
import { freshLike } from './join';
import { keep } from './undecided';

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
  const before = journal.before();
  const states = [before, ...at, end];
  return {
    outcome: outcome!,
    isOwn: (name, value) =>
      [...end.keys.values()].some((names) => names.has(name)) || [...end.wholes.keys()].some((each) => each === value),
    stirs: (inner, left, all) => {
      const next = at.length - left;
      const [last, then] = [states[next], all ? end : states[next + 1]];
      if (last && then && !frame.open && isAs(before, last)) keep(inner, then);
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
