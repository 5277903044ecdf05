import type { Computed, Model } from '../model';

/** What a part asks the host about a document, and what it does with the answer. */
export interface Question<Request, Answer> {
  /** What is asked of this document, as it is looked at. */
  requestOf(computed: Computed, model: Model): Request;
  /** Why there is nothing to ask: a sentence for the stage. */
  refuse(computed: Computed): string | undefined;
  /** Nothing where the host has given it up: the document has changed, and is asked about again. */
  ask(request: Request): Promise<Answer | undefined>;
  answer(computed: Computed, request: Request, answer: Answer): void;
  /** `sentence` is nothing where the parameters have never been legal. */
  fail(sentence: string | undefined): void;
}

/**
 * Follows a document with a question: asks when the document or the question is another one, and drops an answer that
 * comes after the next question.
 */
export function followAsking<Request, Answer>(question: Question<Request, Answer>): (model: Model) => void {
  let asked = '';
  let computed: Computed | undefined;
  let serial = 0;
  return (model) => {
    const now = model.computed;
    const request = now && question.requestOf(now, model);
    const key = JSON.stringify(request);
    if (now === computed && key === asked) return;
    [computed, asked] = [now, key];
    const own = ++serial;
    const refusal = now && question.refuse(now);
    if (!now || !request || refusal !== undefined) {
      question.fail(refusal);
      return;
    }
    question.ask(request).then(
      (answer) => {
        if (own === serial && answer !== undefined) question.answer(now, request, answer);
      },
      (error: unknown) => {
        if (own === serial) question.fail(error instanceof Error ? error.message : String(error));
      },
    );
  };
}
