import type { Checked } from '../../core/door';
import type { Tensor } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { type Problem, ProblemError } from '../../core/problem';
import type { InspectorDocument, Origin, TensorRole, ViewState } from '../../core/state/document';
import type { Edit } from '../../core/state/edits';
import { History, type Outcome } from '../../core/state/history';
import { parseEdit } from '../../core/state/parseEdit';
import { resolveDocument } from '../../core/state/resolveDocument';
import type { Compared, Counterpart } from '../../core/tensor/against';
import type { Watch } from '../../core/tensor/look';
import type { PlaneRequest, TensorName } from '../../core/tensor/plane';
import type { Lost } from '../../core/tensor/precision';
import { view as viewOf } from '../../engine/sight';
import type { Converted, SharedTensor } from '../../protocol/engine';
import type { DocumentHead, PanelNews } from '../../protocol/panel';
import { Against } from './against';
import { headOf } from './head';
import { SharedStore } from './sharedStore';
import { type Edited, type Notice, SessionEvents } from './events';
import { Showing } from './showing';
import { describeError, describeLost, type Event, type Surroundings } from './surroundings';

/**
 * The one owner of a document: edit → validated → computed → shown. Views send edits and watches; what they show comes
 * back as updates, each with the revision that it answers. Lives as long as its panel, whatever happens to the compute
 * thread.
 */
export class Session {
  private readonly store: SharedStore;
  private readonly history: History;
  private current = 1;
  /** The step that was last when the document was saved. */
  private saved = 0;
  private code: DocumentHead['code'];
  private readonly against = new Against((name) => (name === 'output' ? this.output : this.document[name]));
  private readonly showing: Showing;
  private readonly events: SessionEvents;

  constructor(
    document: InspectorDocument,
    /** What the document is called: its file's name without the extension. */
    readonly name: string,
    private readonly around: Surroundings,
  ) {
    this.store = new SharedStore(around.memoryLimit(), around.engine);
    this.history = new History(document, this.store);
    this.events = new SessionEvents(around);
    this.showing = new Showing(
      {
        events: this.events,
        document: () => this.document,
        revision: () => this.revision,
        head: () => this.head(),
        tensors: () => this.tensors(),
      },
      around,
    );
  }

  dispose(): void {
    this.showing.dispose();
    this.events.dispose();
  }

  get onDidUpdate(): Event<PanelNews> {
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
    const { output } = this.showing;
    return output && viewOf(output);
  }

  /** The plan of the document as it stands, if it is legal. */
  get plan(): Plan | undefined {
    const resolution = resolveDocument(this.document);
    return resolution.ok ? resolution.plan : undefined;
  }

  /**
   * Carries out an edit from outside, which may be anything at all. `watch` is what the view shows after it.
   */
  receive(message: unknown, watch?: Watch): Checked<Outcome> {
    const edit = parseEdit(message);
    if (!edit.ok) return this.refuse(edit.problems);
    return this.apply(edit.value, 'edit', watch);
  }

  apply(edit: Edit, how: 'edit' | 'follow' = 'edit', watch?: Watch): Checked<Outcome> {
    const outcome = this.history.apply(edit, how === 'follow');
    if (!outcome.ok) return this.refuse(outcome.problems);
    if (watch) this.showing.expect(watch);
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

  /**
   * Loads a tensor that was made for this document in shared memory: it becomes the document's as it is. A kernel's
   * bias comes with it, and is taken back with it; so is the rank that the document takes on for it.
   */
  load(
    tensor: TensorRole,
    { lost, ...value }: Converted,
    label: string,
    { bias, rank }: { readonly bias?: Converted | undefined; readonly rank?: number | undefined } = {},
  ): Checked<Outcome> {
    this.store.takeOver(value);
    const edit = { kind: 'replaceTensor', tensor, value, label } as const;
    const turned = rank === undefined ? undefined : this.apply({ kind: 'setRank', rank });
    if (turned?.ok === false) return turned;
    const outcome = turned ? this.besides(edit) : this.apply(edit);
    if (!outcome.ok) return outcome;
    this.tellLost(lost);
    if (!bias) return outcome;
    this.store.takeOver(bias);
    const biased = this.besides({ kind: 'replaceTensor', tensor: 'bias', value: bias, label });
    if (biased.ok) this.tellLost(bias.lost);
    return biased;
  }

  /** An edit that is taken back with the one before: for VS Code, the two are one. */
  private besides(edit: Edit): Checked<Outcome> {
    const outcome = this.history.apply(edit, true);
    if (!outcome.ok) return this.refuse(outcome.problems);
    this.accept({ ...outcome.value, merged: true }, 'edit');
    return outcome;
  }

  /** Takes back the last step; or this one, with all that came after it. */
  undo(step?: number): void {
    for (const outcome of this.history.undoTo(step)) this.accept(outcome, 'undo');
  }

  /** Does again what was taken back last; or this step, with what belongs to it. */
  redo(step?: number): void {
    for (const outcome of this.history.redoTo(step)) this.accept(outcome, 'redo');
  }

  /** The document is saved: the next edit is a step of its own. */
  seal(): void {
    this.history.seal();
    this.saved = this.history.last;
  }

  /** VS Code's revert: all steps since the last save are forgotten, and the document is what its file says. */
  revert(document: InspectorDocument, label: string): void {
    for (const outcome of this.history.goTo(this.saved)) this.accept(outcome, 'undo');
    this.follow(document, label);
  }

  remember(view: ViewState): void {
    this.history.setView(view);
    this.events.remembered.fire();
  }

  /** Where the document came from stands elsewhere now. */
  relocate(origin: Origin): void {
    this.history.setOrigin(origin);
    this.showing.tell();
  }

  /** What a view shows of the document. */
  watch(watch: Watch): void {
    this.showing.watch(watch);
  }

  /** A view has come, or will: it has nothing yet, and says soon what it watches. */
  begin(): void {
    this.showing.begin();
  }

  /** Sends everything again, for a view that has lost it. */
  refresh(): void {
    this.showing.refresh();
  }

  cancel(): void {
    this.showing.cancel();
  }

  /** Computes again after a failure. */
  retry(): void {
    this.showing.compute();
  }

  /** How the document stands to the code that it came from. */
  setCode(code: DocumentHead['code']): void {
    this.code = code;
    this.showing.tell();
  }

  /** Holds one of the tensors against another one, until it is held against something else. */
  holdAgainst(counterpart: Counterpart | undefined): void {
    this.against.hold(counterpart);
    this.showing.tell();
  }

  /** A plane of that and of the difference, as the document stands; nothing where there is none. */
  compared(plane: PlaneRequest): Compared | undefined {
    return this.against.compared(this.document.op.stride.length, plane);
  }

  /** Elements by flat index, of the document as it stands and the last good output; NaN where there is none. */
  values(name: TensorName, indices: ArrayLike<number>): Float64Array {
    const tensor = name === 'output' ? this.output : this.document[name];
    return Float64Array.from({ length: indices.length }, (_, at) => tensor?.data[indices[at]] ?? NaN);
  }

  private refuse(problems: readonly Problem[]): { readonly ok: false; readonly problems: readonly Problem[] } {
    const message = describeError(new ProblemError(problems), this.around.translate);
    this.events.noticed.fire({ message, severity: 'error' });
    this.showing.restore();
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
      if (tensor) this.store.touch(tensor, outcome.cells);
    }
    this.events.edited.fire({ outcome, how });
    this.current++;
    this.showing.compute();
  }

  private tensors(): Record<'input' | 'weight', SharedTensor> & { bias?: SharedTensor } {
    const { input, weight, bias } = this.document;
    return { input: this.store.share(input), weight: this.store.share(weight), bias: bias && this.store.share(bias) };
  }

  /** The document as it stands, without its values. */
  head(): DocumentHead {
    const { undoLabel, redoLabel } = this.history;
    const { document, name, revision, code } = this;
    const against = this.against.head;
    const { problems } = this.showing;
    return headOf(document, { name, revision, problems, undoLabel, redoLabel, code, against }, this.around);
  }
}
