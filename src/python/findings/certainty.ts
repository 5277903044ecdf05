import type { Severity } from '../../core/problem';
import type { CallPlace } from '../model/value';
import type { Interpreter } from '../evaluate/interpreter';
import { Findings } from './site';

/** An error that was said, and how it is taken back. */
export interface Said {
  readonly key: string;
  readonly takeBack: () => void;
}

/** Puts a problem into a list of them, unless what runs now is only to show which errors come again. */
export function say<T extends { readonly problem: { readonly code: string; readonly severity: Severity } }>(
  machine: Interpreter,
  list: T[],
  entry: T,
  place: CallPlace,
): void {
  const { code, severity } = entry.problem;
  if (severity === 'error') {
    const key = `${place.chunk?.path ?? ''}:${place.chunk?.absolute(place.start) ?? 0}:${place.end - place.start}:${code}`;
    machine.said.push({
      key,
      takeBack: () => {
        const at = list.indexOf(entry);
        if (at >= 0) list.splice(at, 1);
      },
    });
  }
  if (!machine.probing) list.push(entry);
}

/**
 * Runs something that the analysis made up, and keeps of its errors those that come again when what the code leaves to
 * its callers is left open: a default may be one with which nobody calls, and what follows from it then is no error of
 * the program. The second run is needed only when there is an error, and leaves nothing behind.
 */
export function keepingCertain(machine: Interpreter, act: () => void, leftOpen: () => void): void {
  const start = machine.said.length;
  act();
  if (machine.said.length === start || machine.probing) return;
  const said = machine.said.splice(start);
  const { findings, instances, covered, applied, passedOver } = machine;
  const passed = passedOver.length;
  machine.findings = new Findings();
  machine.instances = [];
  // The second run meets everything for the first time again.
  machine.covered = new Set();
  machine.applied = new Set();
  machine.probing = true;
  try {
    leftOpen();
  } finally {
    machine.probing = false;
    machine.findings = findings;
    machine.instances = instances;
    machine.covered = covered;
    machine.applied = applied;
    passedOver.length = passed;
    const again = new Set(machine.said.splice(start).map((each) => each.key));
    for (const each of said) {
      if (again.has(each.key)) machine.said.push(each);
      else each.takeBack();
    }
  }
}
