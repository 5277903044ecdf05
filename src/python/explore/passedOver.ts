import type { Interpreter } from '../evaluate/interpreter';
import { run } from '../evaluate/statements';
import { tentatively } from '../evaluate/undecided';
import type { Findings } from '../findings/findings';
import type { Statement } from '../syntax/ast';
import { attempt, STEPS_PER_ENTRY } from './entries';

/** So many passed over statements are looked into. */
const MOST_PASSED_OVER = 500;

/** What an entry point passed over: what was run aside for it, and what had been for another. */
export interface Over {
  readonly ran: readonly Statement[];
  readonly known: readonly Statement[];
}

/** Whether it would come to the same again; then what was run for it counts as seen. */
export function passesOverAgain({ ran, known }: Over, seen: Set<Statement>): boolean {
  if (ran.some((each) => seen.has(each)) || !known.every((each) => seen.has(each))) return false;
  for (const each of ran) seen.add(each);
  return true;
}

/** Statements that a known condition passed over, run aside: their layers are reported, without uses or problems. */
export function runPassedOver(machine: Interpreter, seen: Set<Statement>, aside: Findings): Over {
  const { trace } = machine;
  const ran = new Set<Statement>();
  const known = new Set<Statement>();
  machine.recorder.into(aside, () =>
    machine.within({ aside: true }, () =>
      machine.sharing(STEPS_PER_ENTRY, () => {
        // By index: running one may pass over more.
        for (let at = 0; at < trace.passedOver.length && at < MOST_PASSED_OVER; at++) {
          const { frame, statements } = trace.passedOver[at];
          for (const statement of statements) {
            if (seen.has(statement)) {
              if (!ran.has(statement)) known.add(statement);
              continue;
            }
            seen.add(statement);
            ran.add(statement);
            tentatively(machine, () => attempt(machine, () => run(machine, { ...frame, possible: [] }, statement)));
          }
        }
      }),
    ),
  );
  trace.forgetPassedOver();
  return { ran: [...ran], known: [...known] };
}
