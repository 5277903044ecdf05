import type { Edit } from '../../src/core/state/edits';
import type { PanelUpdate } from '../../src/protocol/panel';

/** Lets updates through so that none of them takes back what is shown of an edit before it has been answered. */
export interface Answers {
  take(update: PanelUpdate): void;
  /** An edit is on show and on its way. The host answers with the revision that contains it. */
  until(edit: Edit, shown: Shown, answer: Promise<number>): Promise<void>;
}

/** How much of an edit is on show before it is answered: all of it, or only the values that it writes. */
export type Shown = 'with its output' | 'values only';

interface Unanswered {
  readonly edit: Edit;
  readonly shown: Shown;
  /** Infinity until the host has told it. */
  revision: number;
}

const revisionOf = ({ received, edited, status }: PanelUpdate): number =>
  received?.head.revision ?? edited?.revision ?? status.revision;

/**
 * `show` gets each update with the edits that it does not contain, to be shown over it. An update that lacks an edit
 * that is on show with its output has nothing newer to say, and is dropped.
 */
export function createAnswers(show: (update: PanelUpdate, lacking: readonly Edit[]) => void): Answers {
  let unanswered: readonly Unanswered[] = [];
  let held: readonly PanelUpdate[] = [];

  const pass = (update: PanelUpdate): void => {
    const lacking = unanswered.filter(({ revision }) => revision > revisionOf(update));
    if (lacking.some(({ shown }) => shown === 'with its output')) return;
    // From now on what is on show has all the others in it.
    if (update.received) unanswered = lacking;
    show(update, update.received ? lacking.map(({ edit }) => edit) : []);
  };
  const isWaiting = (): boolean => unanswered.some(({ revision }) => revision === Infinity);

  return {
    take(update) {
      // Whether it contains the edit will be known in a moment.
      if (isWaiting()) held = [...held, update];
      else pass(update);
    },
    async until(edit, shown, answer) {
      const own: Unanswered = { edit, shown, revision: Infinity };
      unanswered = [...unanswered, own];
      try {
        own.revision = await answer;
      } catch (error) {
        unanswered = unanswered.filter((each) => each !== own);
        throw error;
      } finally {
        if (!isWaiting()) {
          const late = held;
          held = [];
          for (const update of late) pass(update);
        }
      }
    },
  };
}
