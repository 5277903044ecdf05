import { format, type Severity } from '../../core/problem';
import type { Machine } from '../model/machine';
import type { CallPlace } from '../model/value';
import type { Dim } from '../report';

/** Records that a step of the program would raise, at the place where it stands. */
export function mismatch(
  machine: Machine,
  place: CallPlace,
  problem: {
    readonly code: string;
    readonly template: string;
    readonly args: readonly Dim[];
    readonly framework?: string;
    readonly severity?: Severity;
  },
): void {
  if (!place.chunk) return;
  machine.recorder.loose({
    place,
    problem: { severity: 'error', ...problem, message: format(problem.template, problem.args) },
  });
}
