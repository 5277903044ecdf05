import type { Interpreter } from '../evaluate/interpreter';
import { run } from '../evaluate/statements';
import { tentatively } from '../evaluate/undecided';
import type { Findings } from '../findings/findings';
import type { Statement } from '../syntax/ast';
import { attempt, STEPS_PER_ENTRY } from './entries';

/** So many passed over statements are looked into. */
const MOST_PASSED_OVER = 500;

/** Statements that a known condition passed over, run aside: their layers are reported, without uses or problems. */
export function runPassedOver(machine: Interpreter, seen: Set<Statement>, aside: Findings): void {
  const { trace } = machine;
  machine.recorder.into(aside, () =>
    machine.within({ aside: true }, () =>
      machine.sharing(STEPS_PER_ENTRY, () => {
        // By index: running one may pass over more.
        for (let at = 0; at < trace.passedOver.length && at < MOST_PASSED_OVER; at++) {
          const { frame, statements } = trace.passedOver[at];
          for (const statement of statements) {
            if (seen.has(statement)) continue;
            seen.add(statement);
            tentatively(machine, () => attempt(machine, () => run(machine, { ...frame, possible: [] }, statement)));
          }
        }
      }),
    ),
  );
  trace.forgetPassedOver();
}
