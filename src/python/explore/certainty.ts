import type { Interpreter } from '../evaluate/interpreter';
import { Findings } from '../findings/findings';
import { OutOfSteps } from '../model/raised';

/**
 * Runs something that the analysis made up, and keeps of its errors those that come again when what the code leaves to
 * its callers is left open: a default may be one with which nobody calls, and what follows from it then is no error of
 * the program. The second run is needed only when there is an error, and leaves nothing behind.
 */
export function keepingCertain(machine: Interpreter, act: () => void, leftOpen: () => void): void {
  again(machine, act, leftOpen, 'withdraw');
}

/**
 * The same of what can be called as it stands, with nothing but defaults: then it does raise. But whoever calls it may
 * be elsewhere, and give other values, so that what does not come again is a warning.
 */
export function warningOfDefaults(machine: Interpreter, act: () => void, leftOpen: () => void): void {
  again(machine, act, leftOpen, 'soften');
}

function again(machine: Interpreter, act: () => void, leftOpen: () => void, otherwise: 'withdraw' | 'soften'): void {
  const { recorder, trace } = machine;
  const start = recorder.errors;
  try {
    act();
  } catch (error) {
    // It has not come to the second run, so that nothing is certain.
    if (error instanceof OutOfSteps) recorder.keepErrors(start, otherwise, () => undefined);
    throw error;
  }
  if (recorder.errors === start || machine.mode.probing) return;
  recorder.keepErrors(start, otherwise, () =>
    recorder.into(new Findings(), () => trace.apart(() => machine.within({ probing: true }, leftOpen))),
  );
}
