import type { InspectorDocument } from '../../core/state/document';
import type { DocumentFile } from './documentFile';

/** What the user wants of two versions of a document. */
export type Choice = 'compare' | 'reload' | 'keep';

/** What following the disk needs of the editor. */
export interface FollowerNeeds {
  readonly file: DocumentFile;
  /** Whether the document has changes that were not saved. */
  isDirty(): boolean;
  /** Shows what the disk says, in place of a document without changes. */
  reload(): Promise<void>;
  /** Gives up the changes, so that what the disk says is shown. */
  revert(): Promise<void>;
  /** Shows both versions side by side. */
  compare(): Promise<void>;
  /** Asks about a file that changed while the document has changes; nothing when the user does not say. */
  ask(): Promise<Choice | undefined>;
  /** Asks whether a file that has changed may be written over; nothing when it may not. */
  askToWrite(): Promise<'overwrite' | 'compare' | undefined>;
}

/**
 * Sees to it that what the disk says and what the inspector shows do not part in silence: a document without changes
 * follows the disk; about one with changes the user is asked, when the file changes, or at the latest when it is saved.
 */
export class DiskFollower {
  private saving: Promise<unknown> | undefined;
  private asking = false;

  constructor(private readonly needs: FollowerNeeds) {}

  /** The disk may have changed. */
  async look(): Promise<void> {
    const { file, isDirty, reload } = this.needs;
    // What a save of our own changes is known when it is done.
    while (this.saving) await this.saving;
    if (this.asking || !(await file.hasChanged()) || this.saving) return;
    if (isDirty()) await this.settle();
    else await reload();
  }

  /** Writes the document. Answers false when its file has changed on the disk, and the user wants to keep that. */
  async save(document: InspectorDocument): Promise<boolean> {
    const { file, compare, askToWrite } = this.needs;
    if (await file.hasChanged()) {
      const answer = await askToWrite();
      if (answer === 'compare') await compare();
      if (answer !== 'overwrite') return false;
    }
    const saving = file.save(document);
    this.saving = saving.catch(() => undefined);
    try {
      await saving;
    } finally {
      this.saving = undefined;
    }
    return true;
  }

  private async settle(): Promise<void> {
    const { file, ask, compare, revert } = this.needs;
    this.asking = true;
    try {
      let choice: Choice | undefined;
      while ((choice = await ask()) === 'compare') await compare();
      if (choice === 'keep') await file.accept();
      if (choice === 'reload') await revert();
    } finally {
      this.asking = false;
    }
  }
}
