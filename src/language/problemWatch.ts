import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from './cancelled';
import type { Disposable } from './events';
import type { TextDocument } from './source';

/** The problems are renewed so many ms after the last key press. */
export const REST = 200;

/** What keeps the problems that an editor shows to the texts. */
export interface ProblemWatchNeeds<Document extends TextDocument> {
  readonly analyses: Pick<Analyses<Document>, 'of' | 'onDidAnalyse' | 'onDidOutdate'>;
  /** Every document that is open now. */
  documents(): readonly Document[];
  /** Whether problems of a document are shown at all. */
  isPresent(document: Document): boolean;
  /** Shows what one analysis found, in the place of what the last one did. */
  show(snapshot: Snapshot<Document>): void;
}

/** Has every open text read when it opens, a moment after it was typed in, and when something else has changed. */
export class ProblemWatch<Document extends TextDocument> implements Disposable {
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  /**
   * When many documents are due at once, each waits for the one before it and for a turn of the event loop: all of them
   * in one turn would hold up everything else in the process.
   */
  private turn: Promise<void> = Promise.resolve();
  private readonly disposables: readonly Disposable[];

  constructor(private readonly needs: ProblemWatchNeeds<Document>) {
    this.disposables = [
      needs.analyses.onDidAnalyse((snapshot) => needs.show(snapshot)),
      needs.analyses.onDidOutdate(() => this.all()),
    ];
  }

  dispose(): void {
    this.waiting.forEach((timer) => clearTimeout(timer));
    this.disposables.forEach((each) => void each.dispose());
  }

  /** All documents, at once. */
  all(): void {
    for (const document of this.needs.documents()) this.later(document, 0);
  }

  /** One document, when nothing more has asked for that for so many ms. */
  later(document: Document, rest: number): void {
    if (!this.needs.isPresent(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.waiting.delete(key);
        void this.refresh(document);
      }, rest),
    );
  }

  private async refresh(document: Document): Promise<void> {
    this.turn = this.turn.then(() => new Promise((resolve) => setTimeout(resolve, 0)));
    await this.turn;
    try {
      if (this.needs.isPresent(document)) this.needs.show(await this.needs.analyses.of(document));
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    }
  }
}
