import type { AnalysisRequest, ModuleAnalysis } from '../../core/python';

/** What the features need of the core's reading of Python; passed in, so that this room says when and core says what. */
export interface Analyzer {
  /** One quick text test: whether there can be anything to say about this text at all. */
  mentionsLayers(text: string): boolean;
  /** The analysis in slices, so that the host can breathe between them. */
  analyzeInSteps(request: AnalysisRequest): Generator<unknown, ModuleAnalysis>;
}

/** The longest that the host may be kept from its other work, ms, with room for the last slice. */
const BUDGET = 5;

/** Lets everything else that waits for the host's thread have its turn. */
export function pause(): Promise<void> {
  return new Promise((resume) => setTimeout(resume, 0));
}

/** Runs work that yields, in turns of a few milliseconds; throws `Cancelled` when told to stop. */
export async function inTurns<Result>(work: Generator<unknown, Result>, cancelled: () => boolean): Promise<Result> {
  for (;;) {
    const until = performance.now() + BUDGET;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await pause();
    if (cancelled()) throw new Cancelled();
  }
}

/** The question is no longer asked: the text has changed, or the editor has moved on. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
