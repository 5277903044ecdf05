import { type Changes, Journal, restore } from '../model/journal';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import type { FunctionValue, ListValue, Value } from '../model/value';
import { freshLike } from './join';
import { keep } from './undecided';

/** Whether the function may give its results one by one: a function within it may be all that does. */
export const mayYield = ({ chunk, definition }: FunctionValue): boolean =>
  definition.kind === 'function' &&
  chunk.words.has('yield') &&
  chunk.text.slice(definition.start, definition.end).includes('yield');

/**
 * Runs the body of a generator, to its end, though Python runs it from result to result, as it is asked for them: what
 * it changes besides its own variables may be one thing for one result, and another for the next.
 *
 * @returns What it gave, and what makes unknown what it changes, if it does.
 */
export function runGenerator<T>(
  machine: Machine,
  own: Map<string, Value>,
  run: () => T,
  results: () => readonly Value[] | undefined,
): readonly [outcome: T, stirs: ListValue['stirs']] {
  const journal = new Journal();
  journal.noteLocals(own);
  let outcome: T;
  machine.journaled(journal, () => {
    outcome = run();
  });
  const changes = journal.capture();
  journal.rollBack();
  keep(machine, changes);
  if ((results()?.length ?? 0) > 1) forget(machine, changes);
  const isNone = changes.keys.size + changes.wholes.size === 0;
  return [outcome!, isNone ? undefined : (inner) => forget(inner, changes)];
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
