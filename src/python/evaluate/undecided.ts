import type { Frame } from '../model/frame';
import { type Changes, Journal } from '../model/journal';
import type { Completion, Machine } from '../model/machine';
import { RAISED, Raised } from '../model/raised';
import type { Value } from '../model/value';
import { join, mergeChanges } from './join';

/** Runs something whose effects are then taken back; what they were, and what it gave. */
export function tentatively<T>(
  machine: Machine,
  run: () => T,
): { readonly result?: T; readonly changes: Changes; readonly raised: boolean } {
  const journal = new Journal();
  machine.trace.undecided();
  let result: T | undefined;
  let raised = false;
  try {
    machine.within({ forked: true }, () =>
      machine.journaled(journal, () => {
        try {
          result = run();
        } catch (error) {
          if (!(error instanceof Raised)) throw error;
          raised = true;
        }
      }),
    );
  } catch (error) {
    // It is broken off, and what follows elsewhere must not find half of what may never have happened.
    journal.rollBack();
    throw error;
  }
  const changes = journal.capture();
  journal.rollBack();
  return { result, changes, raised };
}

export function keep(machine: Machine, changes: Changes): void {
  mergeChanges(machine, changes, changes);
}

/** Either of two expressions, by a condition that is not known: both run, and what they leave is joined. */
export function either(machine: Machine, first: () => Value, second: () => Value): Value {
  const one = tentatively(machine, first);
  const two = tentatively(machine, second);
  if (one.raised && two.raised) throw RAISED;
  if (one.raised || two.raised) {
    const only = one.raised ? two : one;
    keep(machine, only.changes);
    return only.result!;
  }
  mergeChanges(machine, one.changes, two.changes);
  return join(machine, one.result!, two.result!);
}

/**
 * Both ways of a condition that is not known. A way that raises is taken not to happen; one that returns leaves its
 * value among the possible ones; one that breaks or continues leaves its changes joined with the other's.
 */
export function eitherWay(
  machine: Machine,
  frame: Frame,
  first: () => Completion,
  second: () => Completion,
): Completion {
  const one = tentatively(machine, first);
  const returnedByOne = frame.returned;
  frame.returned = undefined;
  const two = tentatively(machine, second);
  const returnedByTwo = frame.returned;
  frame.returned = undefined;
  if (one.raised && two.raised) throw RAISED;
  if (one.raised || two.raised) {
    const only = one.raised ? two : one;
    keep(machine, only.changes);
    frame.returned = one.raised ? returnedByTwo : returnedByOne;
    return only.result!;
  }
  if (one.result === 'return' && two.result === 'return') {
    mergeChanges(machine, one.changes, two.changes);
    frame.returned = join(machine, returnedByOne!, returnedByTwo!);
    return 'return';
  }
  if (one.result === 'return' || two.result === 'return') {
    const [returned, going] = one.result === 'return' ? [returnedByOne!, two] : [returnedByTwo!, one];
    frame.possible.push(returned);
    keep(machine, going.changes);
    return going.result!;
  }
  mergeChanges(machine, one.changes, two.changes);
  return one.result === two.result ? one.result! : 'next';
}
