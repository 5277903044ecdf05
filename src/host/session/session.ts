import type { Checked } from '../../core/door';
import type { Tensor } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { type Problem, ProblemError } from '../../core/problem';
import type { InspectorDocument, Origin, TensorRole, ViewState } from '../../core/state/document';
import type { Edit } from '../../core/state/edits';
import { History, type Outcome } from '../../core/state/history';
import { parseEdit } from '../../core/state/parseEdit';
import { resolveDocument } from '../../core/state/resolveDocument';
import type { Watch } from '../../core/tensor/look';
import type { TensorName } from '../../core/tensor/plane';
import type { Lost } from '../../core/tensor/precision';
import { CancelledError } from '../../engine/cancel';
import { view as viewOf } from '../../engine/sight';
import type { Converted, SharedTensor } from '../../protocol/engine';
import type { DocumentHead, PanelUpdate, Status } from '../../protocol/panel';
import { Flight } from './flight';
import { headOf } from './head';
import { SharedStore } from './sharedStore';
import { type Edited, type Notice, SessionEvents } from './events';
import { describeError, describeLost, type Event, type Surroundings, translateProblem } from './surroundings';
import { SessionThread } from './thread';

/** The last good output, and the head of the document that it belongs to. */
interface Result {
  readonly head: DocumentHead;
  readonly output: SharedTensor;
}

/** Views are told of work that takes longer than this, in ms. */
const SLOW = 200;

/**
 * The one owner of a document: edit → validated → computed → shown. Views send edits and watches; what they show comes
 * back as updates, each with the revision that it answers. Lives as long as its panel, whatever happens to the compute
 * thread.
 */
export class Session {
  private readonly store: SharedStore;
  private readonly thread: SessionThread;
  private readonly flight: Flight;
  private readonly history: History;
  private current = 1;
  /** The step that was last when the document was saved. */
  private saved = 0;
  private watching: Watch = { planes: [], whole: [], statistics: 'tensor' };
  private result: Result | undefined;
  private problems: readonly Problem[] = [];
  private code: DocumentHead['code'];
  private slow: ReturnType<typeof setTimeout> | undefined;
  private readonly events: SessionEvents;

  constructor(
    document: InspectorDocument,
    /** What the document is called: its file's name without the extension. */
    readonly name: string,
    private readonly around: Surroundings,
  ) {
    this.store = new SharedStore(around.memoryLimit(), around.engine);
    this.history = new History(document, this.store);
    this.flight = new Flight((signal) => this.evaluate(signal));
    this.events = new SessionEvents(around);
    this.thread = new SessionThread(around, {
      progress: ({ revision, done }) => {
        if (this.flight.busy) this.emit({ case: 'computing', revision, done });
      },
      revived: ({ message }) => {
        const text = this.say('{0} It was started again; nothing was lost.', message);
        this.events.noticed.fire({ message: text, severity: 'info' });
      },
    });
  }

  dispose(): void {
    clearTimeout(this.slow);
    this.flight.cancel();
    this.thread.dispose();
    this.events.dispose();
  }

  get onDidUpdate(): Event<PanelUpdate> {
    return this.events.updated.event;
  }

  get onDidEdit(): Event<Edited> {
    return this.events.edited.event;
  }

  /** How the document is looked at has changed, which is no edit. */
  get onDidRemember(): Event<void> {
    return this.events.remembered.event;
  }

  get onDidNotice(): Event<Notice> {
    return this.events.noticed.event;
  }

  /** Counts the changes of the document; every update says which of them it shows. */
  get revision(): number {
    return this.current;
  }

  get document(): InspectorDocument {
    return this.history.document;
  }

  get output(): Tensor | undefined {
    return this.result && viewOf(this.result.output);
  }

  /** The plan of the document as it stands, if it is legal. */
  get plan(): Plan | undefined {
    const resolution = resolveDocument(this.document);
    return resolution.ok ? resolution.plan : undefined;
  }

  /** Carries out an edit from outside, which may be anything at all. */
  receive(message: unknown): Checked<Outcome> {
    const edit = parseEdit(message);
    if (!edit.ok) return this.refuse(edit.problems);
    return this.apply(edit.value);
  }

  apply(edit: Edit, how: 'edit' | 'follow' = 'edit'): Checked<Outcome> {
    const outcome = this.history.apply(edit, how === 'follow');
    if (!outcome.ok) return this.refuse(outcome.problems);
    this.accept(outcome.value, how);
    this.tellLost(outcome.value.lost);
    return outcome;
  }

  /**
   * The document becomes another one without an edit of the user: it was changed on the disk, or is given back as it is
   * there. How it is looked at stays.
   */
  follow(document: InspectorDocument, label: string): void {
    const { view } = this.document;
    this.apply({ kind: 'replaceDocument', document: { ...document, view }, label }, 'follow');
  }

  /** Loads a tensor that was made for this document in shared memory: it becomes the document's as it is. */
  load(tensor: TensorRole, { lost, ...value }: Converted, label: string): Checked<Outcome> {
    this.store.takeOver(value);
    const outcome = this.apply({ kind: 'replaceTensor', tensor, value, label });
    if (outcome.ok) this.tellLost(lost);
    return outcome;
  }

  /** Takes back the last step; or this one, with all that came after it. */
  undo(step?: number): void {
    if (step !== undefined && !this.history.holds(step)) return;
    do this.accept(this.history.undo(), 'undo');
    while (step !== undefined && this.history.holds(step));
  }

  /** Does again what was taken back last; or this step, with what belongs to it. */
  redo(step?: number): void {
    if (step !== undefined && !this.history.canRedo(step)) return;
    do this.accept(this.history.redo(), 'redo');
    while (step !== undefined && this.history.canRedo(step));
    while (this.history.redoFollows) this.accept(this.history.redo(), 'redo');
  }

  /** The document is saved: the next edit is a step of its own. */
  seal(): void {
    this.history.seal();
    this.saved = this.history.last;
  }

  /** VS Code's revert: all steps since the last save are forgotten, and the document is what its file says. */
  revert(document: InspectorDocument, label: string): void {
    if (this.history.canRedo(this.saved)) this.redo(this.saved);
    else while (this.history.last > this.saved) this.accept(this.history.undo(), 'undo');
    this.follow(document, label);
  }

  remember(view: ViewState): void {
    this.history.setView(view);
    this.events.remembered.fire();
  }

  /** Where the document came from stands elsewhere now. */
  relocate(origin: Origin): void {
    this.history.setOrigin(origin);
    this.emit(this.status());
  }

  watch(watch: Watch): void {
    this.watching = watch;
    if (this.flight.busy) return;
    if (this.result || this.problems.length > 0) void this.look();
    else this.flight.ask();
  }

  /** How the document stands to the code that it came from. */
  setCode(code: DocumentHead['code']): void {
    this.code = code;
    this.emit(this.status());
  }

  /** Elements by flat index, of the document as it stands and the last good output; NaN where there is none. */
  values(name: TensorName, indices: ArrayLike<number>): Float64Array {
    const tensor = name === 'output' ? this.output : this.document[name];
    return Float64Array.from({ length: indices.length }, (_, at) => tensor?.data[indices[at]] ?? NaN);
  }

  /** Sends everything again, for a view that has just been opened. */
  refresh(): void {
    this.emit(this.status());
    if (this.result) void this.look();
    else this.flight.ask();
  }

  cancel(): void {
    if (!this.flight.busy) return;
    this.flight.cancel();
    this.emit({ case: 'failed', revision: this.revision, message: this.say('Cancelled. The last result is shown.') });
  }

  retry(): void {
    this.flight.ask();
  }

  private refuse(problems: readonly Problem[]): { readonly ok: false; readonly problems: readonly Problem[] } {
    this.events.noticed.fire({ message: this.describe(new ProblemError(problems)), severity: 'error' });
    this.emit(this.status());
    // The page may be showing what it expected of the edit. Work under way brings the values by itself.
    if (!this.flight.busy) void this.look();
    return { ok: false, problems };
  }

  private tellLost(lost: Lost | undefined): void {
    const message = lost && describeLost(lost, this.around.translate);
    // As an error, so that it stays until it is read: values were changed.
    if (message !== undefined) this.events.noticed.fire({ message, severity: 'error' });
  }

  private accept(outcome: Outcome | undefined, how: Edited['how']): void {
    if (!outcome) return;
    for (const role of outcome.changed) {
      const tensor = outcome.document[role];
      if (tensor) this.store.touch(tensor);
    }
    this.events.edited.fire({ outcome, how });
    this.change();
  }

  private change(): void {
    this.current++;
    this.flight.ask();
  }

  private status(): Status {
    const { revision } = this;
    if (this.problems.length > 0) return { case: 'invalid', revision };
    if (this.result?.head.revision === revision) return { case: 'ready', revision, milliseconds: 0 };
    return { case: 'computing', revision, done: 0 };
  }

  private tensors(): Record<'input' | 'weight', SharedTensor> & { bias?: SharedTensor } {
    const { input, weight, bias } = this.document;
    return { input: this.store.share(input), weight: this.store.share(weight), bias: bias && this.store.share(bias) };
  }

  private async evaluate(signal: AbortSignal): Promise<void> {
    const { revision } = this;
    const resolution = resolveDocument(this.document);
    this.problems = resolution.ok ? [] : this.translated(resolution.problems);
    if (!resolution.ok) return this.look();
    clearTimeout(this.slow);
    this.slow = setTimeout(() => {
      this.emit({ case: 'computing', revision, done: 0 });
    }, SLOW);
    const head = this.head();
    const watch = this.watching;
    try {
      const request = { revision, op: this.document.op, tensors: this.tensors(), watch };
      const { output, sight, milliseconds } = await this.thread.evaluate(request, signal);
      this.result = { head, output };
      this.emit({ case: 'ready', revision, milliseconds }, { head, sight });
      // The view has moved on while this was computed.
      if (this.watching !== watch) await this.look();
    } catch (error) {
      if (error instanceof CancelledError) return;
      if (error instanceof ProblemError) {
        this.problems = this.translated(error.problems);
        await this.look();
      } else this.emit({ case: 'failed', revision, message: this.describe(error) });
    } finally {
      clearTimeout(this.slow);
    }
  }

  /** Shows what is watched of the values that there are: the document's own, and the last good output. */
  private async look(): Promise<void> {
    const { revision, result } = this;
    try {
      const tensors = { ...this.tensors(), output: result?.output };
      const sight = await this.thread.look({
        rank: this.document.op.stride.length,
        tensors,
        watch: this.watching,
      });
      if (revision === this.revision) this.emit(this.status(), { head: this.head(), sight });
    } catch (error) {
      this.emit({ case: 'failed', revision, message: this.describe(error) });
    }
  }

  private head(): DocumentHead {
    const { undoLabel, redoLabel } = this.history;
    const { document, name, revision, problems, code } = this;
    return headOf(document, { name, revision, problems, undoLabel, redoLabel, code }, this.around);
  }

  private emit(status: Status, received?: PanelUpdate['received']): void {
    this.events.updated.fire({ status, edited: this.head(), received, computed: this.result?.head });
  }

  private say(template: string, ...args: readonly string[]): string {
    return this.around.translate({ template, args });
  }

  private describe(error: unknown): string {
    return describeError(error, this.around.translate);
  }

  private translated(problems: readonly Problem[]): readonly Problem[] {
    return problems.map((problem) => translateProblem(problem, this.around.translate));
  }
}
