import type { Outcome } from '../../core/state/history';
import type { PanelNews } from '../../protocol/panel';
import type { Emitter, Surroundings } from './surroundings';

/** What an edit, an undo or a redo has done to the document. */
export interface Edited {
  readonly outcome: Outcome;
  /** `follow` is no edit of the user: the document follows the disk, or the code that it came from. */
  readonly how: 'edit' | 'follow' | 'undo' | 'redo';
}

/** Something that the user is told beside what is shown. */
export interface Notice {
  readonly message: string;
  readonly severity: 'error' | 'info';
}

/** What a session says to whoever listens: views, and the editor that it is part of. */
export class SessionEvents {
  readonly updated: Emitter<PanelNews>;
  readonly edited: Emitter<Edited>;
  readonly remembered: Emitter<void>;
  readonly noticed: Emitter<Notice>;

  constructor({ emitter }: Pick<Surroundings, 'emitter'>) {
    [this.updated, this.edited, this.remembered, this.noticed] = [emitter(), emitter(), emitter(), emitter()];
  }

  dispose(): void {
    for (const emitter of [this.updated, this.edited, this.remembered, this.noticed]) emitter.dispose();
  }
}
