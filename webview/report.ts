import type { Actions } from './model';

/** Says what an answer of the host failed with; what it answers otherwise comes as a new model. */
export const reportTo =
  (actions: Pick<Actions, 'announce'>) =>
  (answer: Promise<unknown>): void => {
    answer.catch((error: unknown) => actions.announce(error instanceof Error ? error.message : String(error)));
  };
