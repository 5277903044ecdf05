import { format, type Severity } from '../../core/problem';
import type { Machine } from '../model/machine';
import { FAILED } from '../model/make';
import { RAISED } from '../model/raised';
import type { CallPlace, Value } from '../model/value';
import type { Dim } from '../report';

/** What a step of the program would raise: our words, and the framework's. */
export interface Refusal {
  readonly code: string;
  readonly template: string;
  readonly args: readonly Dim[];
  readonly framework?: string;
  readonly severity?: Severity;
}

/** Records that a step of the program would raise, at the place where it stands. */
export function mismatch(machine: Machine, place: CallPlace, problem: Refusal): void {
  if (!place.chunk) return;
  machine.recorder.loose({
    place,
    problem: { severity: 'error', ...problem, message: format(problem.template, problem.args) },
  });
}

/** Records it, and gives what such a step gives. Under `try`, what handles the error runs. */
export function refuse(machine: Machine, place: CallPlace, problem: Refusal): Value {
  if (machine.mode.guarded && !machine.mode.forked) throw RAISED;
  mismatch(machine, place, problem);
  return FAILED;
}
