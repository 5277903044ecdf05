import type { Interpreter } from '../evaluate/interpreter';
import type { Findings } from '../findings/findings';
import { Journal } from '../model/journal';
import { OutOfSteps } from '../model/raised';
import { asEntry } from './entries';

/** The same of one entry point among others: when it has used up its steps it ends, and the others are run. */
export const asOneEntry = (machine: Interpreter, act: () => void): Findings =>
  asEntry(machine, () => whileStepsLast(machine, act));

/** Runs something that ends when it has used up its steps: what it has changed is then taken back. */
export function whileStepsLast(machine: Interpreter, act: () => void): void {
  const journal = new Journal();
  try {
    machine.journaled(journal, act);
  } catch (error) {
    if (!(error instanceof OutOfSteps) || !machine.steps.stopped()) throw error;
    journal.rollBack();
  }
}
