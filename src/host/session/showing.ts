import { type Problem, ProblemError } from '../../core/problem';
import type { InspectorDocument } from '../../core/state/document';
import { resolveDocument } from '../../core/state/resolveDocument';
import type { Watch } from '../../core/tensor/look';
import { CancelledError } from '../../engine/cancel';
import type { Shown, SharedTensor } from '../../protocol/engine';
import type { DocumentHead, PanelNews, Status } from '../../protocol/panel';
import type { SessionEvents } from './events';
import { Flight } from './flight';
import { describeError, type Surroundings, translateProblem } from './surroundings';
import { SessionThread } from './thread';

/** What is shown: the document as it stands whenever it is asked, and whoever hears of it. */
export interface Subject {
  readonly events: SessionEvents;
  document(): InspectorDocument;
  /** Counts the changes of the document. */
  revision(): number;
  head(): DocumentHead;
  tensors(): Omit<Shown, 'output'>;
}

/** The last good output, and the head of the document that it belongs to. */
interface Result {
  readonly head: DocumentHead;
  readonly output: SharedTensor;
}

const NOTHING: Watch = { planes: [], whole: [], statistics: 'tensor' };

/** Views are told of work that takes longer than this, in ms. */
const SLOW = 200;

/** Has a document computed, and shows its view what that watches: one half of a session, of which the other edits. */
export class Showing {
  private readonly thread: SessionThread;
  private readonly flight = new Flight((signal) => this.evaluate(signal));
  private watching = NOTHING;
  private result: Result | undefined;
  /** The last sight that was sent. */
  private known: number | undefined;
  private wrong: readonly Problem[] = [];
  private slow: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly subject: Subject,
    private readonly around: Surroundings,
  ) {
    this.thread = new SessionThread(around, {
      progress: ({ revision, done }) => {
        if (this.flight.busy) this.emit({ case: 'computing', revision, done });
      },
      revived: ({ message }) => {
        const text = this.say('{0} It was started again; nothing was lost.', message);
        subject.events.noticed.fire({ message: text, severity: 'info' });
      },
    });
  }

  dispose(): void {
    clearTimeout(this.slow);
    this.flight.cancel();
    this.thread.dispose();
  }

  /** The last good one. */
  get output(): SharedTensor | undefined {
    return this.result?.output;
  }

  /** What is illegal in the document that was computed last, in the user's words. */
  get problems(): readonly Problem[] {
    return this.wrong;
  }

  /** The document has changed, or computing it has failed. */
  compute(): void {
    this.flight.ask();
  }

  /** What the view will show of what is computed next. */
  expect(watch: Watch): void {
    this.watching = watch;
  }

  watch(watch: Watch): void {
    this.watching = watch;
    if (this.flight.busy) return;
    if (this.result || this.wrong.length > 0) void this.look();
    else this.flight.ask();
  }

  /** A view has come, or will: it has nothing yet, and says soon what it watches. */
  begin(): void {
    this.known = undefined;
    this.watching = NOTHING;
    if (!this.result && !this.flight.busy) this.flight.ask();
  }

  /** Sends everything again, for a view that has lost it. */
  refresh(): void {
    this.known = undefined;
    this.tell();
    if (this.result) void this.look();
    else this.flight.ask();
  }

  cancel(): void {
    if (!this.flight.busy) return;
    this.flight.cancel();
    const message = this.say('Cancelled. The last result is shown.');
    this.emit({ case: 'failed', revision: this.subject.revision(), message });
  }

  /** Tells how the document stands, without its values. */
  tell(): void {
    this.emit(this.status());
  }

  /** Takes back what the page expects of an edit that was refused; work under way brings the values by itself. */
  restore(): void {
    this.tell();
    if (!this.flight.busy) void this.look();
  }

  private status(): Status {
    const revision = this.subject.revision();
    if (this.wrong.length > 0) return { case: 'invalid', revision };
    if (this.result?.head.revision === revision) return { case: 'ready', revision, milliseconds: 0 };
    return { case: 'computing', revision, done: 0 };
  }

  private async evaluate(signal: AbortSignal): Promise<void> {
    const [revision, document] = [this.subject.revision(), this.subject.document()];
    const resolution = resolveDocument(document);
    this.wrong = resolution.ok ? [] : this.translated(resolution.problems);
    if (!resolution.ok) return this.look();
    clearTimeout(this.slow);
    this.slow = setTimeout(() => {
      this.emit({ case: 'computing', revision, done: 0 });
    }, SLOW);
    const head = this.subject.head();
    const watch = this.watching;
    try {
      const { op } = document;
      const request = { revision, op, tensors: this.subject.tensors(), watch, known: this.known };
      const { output, sight, milliseconds } = await this.thread.evaluate(request, signal);
      this.result = { head, output };
      // Where the view has moved on while this was computed, it is shown as it is looked at now.
      if (this.watching !== watch && !this.flight.waits) await this.look();
      else this.emit({ case: 'ready', revision, milliseconds }, { head, sight });
    } catch (error) {
      if (error instanceof CancelledError) return;
      if (error instanceof ProblemError) {
        this.wrong = this.translated(error.problems);
        await this.look();
      } else this.emit({ case: 'failed', revision, message: describeError(error, this.around.translate) });
    } finally {
      clearTimeout(this.slow);
    }
  }

  /** Shows what is watched of the values that there are: the document's own, and the last good output. */
  private async look(): Promise<void> {
    const { subject, result, watching, known } = this;
    const [revision, document] = [subject.revision(), subject.document()];
    try {
      const tensors = { ...subject.tensors(), output: result?.output };
      const rank = document.op.stride.length;
      const sight = await this.thread.look({ rank, tensors, watch: watching, known });
      if (revision === subject.revision()) this.emit(this.status(), { head: subject.head(), sight });
    } catch (error) {
      this.emit({ case: 'failed', revision, message: describeError(error, this.around.translate) });
    }
  }

  private emit(status: Status, received?: PanelNews['received']): void {
    const { since, serial } = received?.sight ?? {};
    // Told against what the page has not got any more.
    const isLost = since !== undefined && since !== this.known;
    if (isLost) void this.look();
    else this.known = serial ?? this.known;
    const { subject, result } = this;
    const sent = isLost ? undefined : received;
    subject.events.updated.fire({ status, edited: subject.head(), received: sent, computed: result?.head });
  }

  private say(template: string, ...args: readonly string[]): string {
    return this.around.translate({ template, args });
  }

  private translated(problems: readonly Problem[]): readonly Problem[] {
    return problems.map((problem) => translateProblem(problem, this.around.translate));
  }
}
