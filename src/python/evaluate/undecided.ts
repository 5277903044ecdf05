import type { Value } from '../model/value';
import { type Interpreter, Raised } from './interpreter';
import { join, mergeChanges } from './join';
import { type Changes, Journal } from '../model/journal';

/** Runs something whose effects are then taken back; what they were, and what it gave. */
export function tentatively<T>(
  machine: Interpreter,
  run: () => T,
): { readonly result?: T; readonly changes: Changes; readonly raised: boolean } {
  const journal = new Journal();
  machine.forks++;
  machine.undecided++;
  let result: T | undefined;
  let raised = false;
  try {
    machine.journaled(journal, () => {
      try {
        result = run();
      } catch (error) {
        if (!(error instanceof Raised)) throw error;
        raised = true;
      }
    });
  } finally {
    machine.forks--;
  }
  const changes = journal.capture();
  journal.rollBack();
  return { result, changes, raised };
}

export function keep(machine: Interpreter, changes: Changes): void {
  mergeChanges(machine, changes, changes);
}

/** Either of two expressions, by a condition that is not known: both run, and what they leave is joined. */
export function either(machine: Interpreter, first: () => Value, second: () => Value): Value {
  const one = tentatively(machine, first);
  const two = tentatively(machine, second);
  if (one.raised && two.raised) throw new Raised();
  if (one.raised || two.raised) {
    const only = one.raised ? two : one;
    keep(machine, only.changes);
    return only.result!;
  }
  mergeChanges(machine, one.changes, two.changes);
  return join(machine, one.result!, two.result!);
}
