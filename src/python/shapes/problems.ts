import type { Interpreter } from '../evaluate/interpreter';
import { format } from '../../core/problem';
import type { Severity } from '../../core/problem';
import type { Dim } from '../report';
import type { CallPlace } from '../model/value';

/** Records that a step of the program would raise, at the place where it stands. */
export function mismatch(
  machine: Interpreter,
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
  machine.loose({ place, problem: { severity: 'error', ...problem, message: format(problem.template, problem.args) } });
}
