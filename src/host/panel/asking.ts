import type { Plan } from '../../core/plan';
import { ProblemError } from '../../core/problem';
import { resolveDocument } from '../../core/state/resolveDocument';
import { CancelledError } from '../../engine/cancel';
import type { Session } from '../session/session';
import { describe } from '../translate';

/** Long questions of one kind about a document, one at a time. */
export interface Asking {
  /**
   * Answers with nothing when it was given up: by the next question, or because the document changed and the thread is
   * wanted for its output, after which the page asks again.
   */
  ask<Answer>(work: (plan: Plan, signal: AbortSignal) => Promise<Answer>): Promise<Answer | undefined>;
  giveUp(): void;
}

export function createAsking(session: Pick<Session, 'document'>): Asking {
  let before: AbortController | undefined;
  return {
    giveUp: () => before?.abort(),
    async ask(work) {
      before?.abort();
      const { signal } = (before = new AbortController());
      try {
        const resolution = resolveDocument(session.document);
        if (!resolution.ok) throw new ProblemError(resolution.problems);
        return await work(resolution.plan, signal);
      } catch (error) {
        if (error instanceof CancelledError) return undefined;
        // What the page shows of it is a sentence.
        if (error instanceof ProblemError) throw new Error(describe(error), { cause: error });
        throw error;
      }
    },
  };
}
