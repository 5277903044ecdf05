import type { PanelUpdate } from '../../src/protocol/panel';

/** Lets updates through, but none that would take back what is shown of an edit before it has been answered. */
export interface Answers {
  take(update: PanelUpdate): void;
  /**
   * An edit is under way; `shown` says that its result is on show already. Its answer is the revision that contains it.
   */
  until(answer: Promise<number>, shown: boolean): Promise<void>;
}

const revisionOf = ({ received, edited, status }: PanelUpdate): number =>
  received?.head.revision ?? edited?.revision ?? status.revision;

export function createAnswers(show: (update: PanelUpdate) => void): Answers {
  let open = 0;
  let least = -Infinity;
  let held: PanelUpdate[] = [];

  return {
    take(update) {
      if (open > 0) held.push(update);
      else if (revisionOf(update) >= least) show(update);
    },
    async until(answer, shown) {
      if (!shown) {
        await answer;
        return;
      }
      open++;
      try {
        least = Math.max(least, await answer);
      } finally {
        open--;
        if (open === 0) {
          const late = held;
          held = [];
          for (const update of late) if (revisionOf(update) >= least) show(update);
        }
      }
    },
  };
}
