import * as vscode from 'vscode';
import type { Checked } from '../../core/door';
import type { Tensor } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { type Problem, ProblemError } from '../../core/problem';
import type { InspectorDocument, ViewState } from '../../core/state/document';
import type { Edit } from '../../core/state/edits';
import { History, type Outcome } from '../../core/state/history';
import { parseEdit } from '../../core/state/parseEdit';
import { resolveDocument } from '../../core/state/resolveDocument';
import type { TensorName } from '../../core/tensor/plane';
import { CancelledError } from '../../engine/cancel';
import { type EngineClient, ThreadDiedError } from '../../engine/client';
import { view as viewOf } from '../../engine/sight';
import type { Watch } from '../../core/tensor/look';
import type { ProgressMessage, SharedTensor } from '../../protocol/engine';
import type { DocumentHead, PanelUpdate, Status } from '../../protocol/panel';
import { memoryLimit } from '../memory';
import { describe, translateProblem } from '../translate';
import { headOf } from './head';
import { Flight } from './flight';
import { SharedStore } from './sharedStore';

/** The last good output, and the head of the document that it belongs to. */
interface Result {
  readonly head: DocumentHead;
  readonly output: SharedTensor;
}

export interface Edited {
  readonly outcome: Outcome;
  readonly how: 'edit' | 'undo' | 'redo';
}

/** Work that takes longer than this, in ms, is said to be under way. */
const SLOW = 200;

let lastSession = 0;

/**
 * The one owner of a document: edit → validated → computed → shown. Views send edits and watches; what they show comes
 * back as updates, each with the revision that it answers. Lives as long as its panel, whatever happens to the compute
 * thread.
 */
export class Session implements vscode.Disposable {
  private readonly id = ++lastSession;
  private readonly store: SharedStore;
  private history: History;
  private current = 1;
  private watching: Watch = { planes: [], whole: [], statistics: 'tensor' };
  private result: Result | undefined;
  private problems: readonly Problem[] = [];
  private code: DocumentHead['code'];
  private readonly flight: Flight;
  private readonly unsubscribe: () => void;
  private slow: ReturnType<typeof setTimeout> | undefined;

  private readonly updated = new vscode.EventEmitter<PanelUpdate>();
  readonly onDidUpdate = this.updated.event;
  private readonly edited = new vscode.EventEmitter<Edited>();
  readonly onDidEdit = this.edited.event;
  private readonly remembered = new vscode.EventEmitter<void>();
  /** The view has changed, which is no edit. */
  readonly onDidRemember = this.remembered.event;
  private readonly noticed = new vscode.EventEmitter<{ message: string; severity: 'error' | 'info' }>();
  readonly onDidNotice = this.noticed.event;

  constructor(
    document: InspectorDocument,
    private readonly engine: EngineClient,
  ) {
    this.store = new SharedStore(memoryLimit(), engine);
    this.history = new History(document, this.store);
    this.flight = new Flight((signal) => this.evaluate(signal));
    this.unsubscribe = engine.onProgress((progress) => {
      this.progress(progress);
    });
  }

  dispose(): void {
    clearTimeout(this.slow);
    this.flight.cancel();
    this.unsubscribe();
    this.engine.release(this.id);
    for (const emitter of [this.updated, this.edited, this.remembered, this.noticed]) emitter.dispose();
  }

  /** Counts the changes of the document; every answer says of which it is. */
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

  /** Carries out what a stranger calls an edit. */
  receive(message: unknown): Checked<Outcome> {
    const edit = parseEdit(message);
    if (!edit.ok) return this.refuse(edit.problems);
    return this.apply(edit.value);
  }

  apply(edit: Edit): Checked<Outcome> {
    const outcome = this.history.apply(edit);
    if (!outcome.ok) return this.refuse(outcome.problems);
    this.accept(outcome.value, 'edit');
    return outcome;
  }

  undo(): void {
    this.accept(this.history.undo(), 'undo');
  }

  redo(): void {
    this.accept(this.history.redo(), 'redo');
  }

  /** The document is saved: the next edit is a step of its own. */
  seal(): void {
    this.history.seal();
  }

  /** Another document takes this one's place, with a history of its own: revert. */
  reset(document: InspectorDocument): void {
    this.history = new History(document, this.store);
    this.change();
  }

  remember(view: ViewState): void {
    this.history.setView(view);
    this.remembered.fire();
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

  /** Everything once more, for a view that has just come. */
  refresh(): void {
    this.emit(this.status());
    if (this.result) void this.look();
    else this.flight.ask();
  }

  cancel(): void {
    if (!this.flight.busy) return;
    this.flight.cancel();
    this.emit({
      case: 'failed',
      revision: this.revision,
      message: vscode.l10n.t('Cancelled. The last result is shown.'),
    });
  }

  retry(): void {
    this.flight.ask();
  }

  /** Heard of the compute thread, which serves every session. */
  private progress({ session, revision, done }: ProgressMessage['progress']): void {
    if (session === this.id && this.flight.busy) this.emit({ case: 'computing', revision, done });
  }

  private refuse(problems: readonly Problem[]): { readonly ok: false; readonly problems: readonly Problem[] } {
    this.noticed.fire({ message: describe(new ProblemError(problems)), severity: 'error' });
    this.emit(this.status());
    // A page may have shown already what it expected of the edit.
    if (this.result && !this.flight.busy) void this.look();
    return { ok: false, problems };
  }

  private accept(outcome: Outcome | undefined, how: Edited['how']): void {
    if (!outcome) return;
    for (const role of outcome.changed) {
      const tensor = outcome.document[role];
      if (tensor) this.store.touch(tensor);
    }
    this.edited.fire({ outcome, how });
    this.change();
  }

  private change(): void {
    this.current++;
    this.flight.ask();
  }

  private head(): DocumentHead {
    const { undoLabel, redoLabel } = this.history;
    return headOf(this.document, {
      revision: this.revision,
      problems: this.problems,
      undoLabel,
      redoLabel,
      code: this.code,
    });
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
    this.problems = resolution.ok ? [] : resolution.problems.map(translateProblem);
    if (!resolution.ok) return this.look();
    clearTimeout(this.slow);
    this.slow = setTimeout(() => {
      this.emit({ case: 'computing', revision, done: 0 });
    }, SLOW);
    const head = this.head();
    try {
      const { op } = this.document;
      const watch = this.watching;
      const { output, sight, milliseconds } = await this.revived(() =>
        this.engine.evaluate(
          { session: this.id, revision, op, tensors: this.tensors(), watch, limit: memoryLimit() },
          signal,
        ),
      );
      this.result = { head, output };
      this.emit({ case: 'ready', revision, milliseconds }, { head, sight });
      // The view has moved on while this was computed.
      if (this.watching !== watch) await this.look();
    } catch (error) {
      if (error instanceof CancelledError) return;
      if (error instanceof ProblemError) {
        this.problems = error.problems.map(translateProblem);
        await this.look();
      } else this.emit({ case: 'failed', revision, message: describe(error) });
    } finally {
      clearTimeout(this.slow);
    }
  }

  /**
   * If the thread dies of this, it is started once more; the document has not noticed, since none of it lived there.
   */
  private async revived<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ThreadDiedError)) throw error;
      const message = vscode.l10n.t('{0} It was started again; nothing was lost.', error.message);
      this.noticed.fire({ message, severity: 'info' });
      return await ask();
    }
  }

  /** Shows what is watched of the values that there are: the document's own, and the last good output. */
  private async look(): Promise<void> {
    const { revision, result } = this;
    try {
      const tensors = { ...this.tensors(), output: result?.output };
      const request = { session: this.id, rank: this.document.op.stride.length, tensors, watch: this.watching };
      const sight = await this.revived(() => this.engine.look(request));
      if (revision === this.revision) this.emit(this.status(), { head: this.head(), sight });
    } catch (error) {
      this.emit({ case: 'failed', revision, message: describe(error) });
    }
  }

  private emit(status: Status, received?: PanelUpdate['received']): void {
    this.updated.fire({ status, edited: this.head(), received, computed: this.result?.head });
  }
}
