import { type Checked, check } from '../door';
import type { Lost } from '../tensor/precision';
import { applyEdit } from './applyEdit';
import { type Change, exchange, heldBytes } from './change';
import {
  type InspectorDocument,
  type Origin,
  type TensorRole,
  type TensorStore,
  type ViewState,
  adoptDocument,
} from './document';
import { type Edit, type Label, labelOf } from './edits';

/** What is different after an edit, an undo or a redo. */
export interface Outcome {
  readonly document: InspectorDocument;
  /** Tensors whose values or identity changed; empty when only parameters did. */
  readonly changed: readonly TensorRole[];
  /** Where only cells of one tensor were written: which, by flat index. */
  readonly cells?: Uint32Array;
  /** Joined the step before it, so that the editor's own undo stack must not grow. */
  readonly merged: boolean;
  readonly label: Label;
  /** Numbers that an edit brought and the document's type cannot hold. */
  readonly lost?: Lost;
  /** Which step it is, or has taken back, or done again. */
  readonly step: number;
}

interface Step {
  readonly id: number;
  readonly label: Label;
  /** Not of the user's making: it is taken back together with the step before it, and done again with that. */
  readonly follows: boolean;
  readonly group: string | undefined;
  /** Which gesture it is: only edits of the same thing merge. */
  readonly subject: string;
  readonly changes: Change[];
}

/** Nobody undoes further; and the log is looked through at every edit. */
const MOST_STEPS = 5000;

const ROLES: readonly TensorRole[] = ['input', 'weight', 'bias'];

function subjectOf(edit: Edit): string {
  switch (edit.kind) {
    case 'setParameter':
      return `${edit.field} ${'axis' in edit ? edit.axis : ''} ${'side' in edit ? edit.side : ''}`;
    case 'setCells':
    case 'growForCells':
    case 'fill':
    case 'replaceTensor':
      return `${edit.kind} ${edit.tensor}`;
    case 'setAxes':
      return edit.field;
    case 'setParameters':
    case 'cure':
    case 'resize':
    case 'setRank':
    case 'replaceDocument':
    case 'setBias':
    case 'setDtype':
    case 'setPixelKernels':
      return edit.kind;
    default:
      return edit satisfies never;
  }
}

function sameCells(one: Change | undefined, other: Change): boolean {
  if (one?.kind !== 'cells' || other.kind !== 'cells' || one.tensor !== other.tensor) return false;
  return one.indices.length === other.indices.length && one.indices.every((index, at) => index === other.indices[at]);
}

/** Which tensors a change touches, told from the heads on both sides of it. */
function touched(change: Change, before: InspectorDocument, after: InspectorDocument): readonly TensorRole[] {
  return change.kind === 'head'
    ? ROLES.filter((role) => before[role] !== after[role])
    : ROLES.filter((role) => after[role] === change.tensor);
}

/**
 * The one owner of a document's values: a base and a log of reversible changes. Its tensors are the store's own,
 * written in place; whoever reads them between two edits reads the current values.
 */
export class History {
  private current: InspectorDocument;
  private readonly done: Step[] = [];
  private readonly undone: Step[] = [];
  private steps = 0;

  /** `limit` in bytes of what the log may keep beside the document; the oldest steps are forgotten first. */
  constructor(
    document: InspectorDocument,
    private readonly store: TensorStore,
    private readonly limit = 256 * 2 ** 20,
  ) {
    this.current = adoptDocument(store, document);
  }

  get document(): InspectorDocument {
    return this.current;
  }

  /** What the next undo would take back, if there is one. */
  get undoLabel(): Label | undefined {
    return this.done.findLast((step) => !step.follows)?.label;
  }

  get redoLabel(): Label | undefined {
    return this.undone.findLast((step) => !step.follows)?.label;
  }

  /** The last step that is done; 0 where there is none. */
  get last(): number {
    return this.done.at(-1)?.id ?? 0;
  }

  /**
   * Carries out an edit; problems come back, and then nothing has changed. `follows` is for an edit that is not of the
   * user's making: the document follows the disk, or the code that it came from.
   */
  apply(edit: Edit, follows = false): Checked<Outcome> {
    return check(() => {
      const label = labelOf(edit);
      const subject = subjectOf(edit);
      const top = this.done.at(-1);
      const open = edit.group !== undefined && top?.group === edit.group && top.subject === subject ? top : undefined;
      const before = this.current;
      const { document, change, lost } = applyEdit(this.store, this.scrubBase(open, edit), edit);
      this.current =
        document.view === before.view || edit.kind === 'replaceDocument'
          ? document
          : { ...document, view: before.view };
      this.undone.length = 0;
      const id = open?.id ?? ++this.steps;
      if (!open) this.done.push({ id, label, follows, group: edit.group, subject, changes: [change] });
      // A merged step already holds what was there before the gesture began.
      else if (change.kind !== 'head' && !sameCells(open.changes.at(-1), change)) open.changes.push(change);
      const changed = touched(change.kind === 'head' ? { ...change, held: before } : change, before, this.current);
      this.forget();
      const cells = change.kind === 'cells' ? change.indices : undefined;
      return { document: this.current, changed, cells, merged: open !== undefined, label, lost, step: id };
    });
  }

  undo(): Outcome | undefined {
    return this.move(this.done, this.undone, (changes) => [...changes].reverse());
  }

  redo(): Outcome | undefined {
    return this.move(this.undone, this.done, (changes) => changes);
  }

  /** Takes back the last step; or this one, with all that came after it, unless it is taken back or forgotten. */
  *undoTo(step = this.last): Generator<Outcome> {
    const holds = (): boolean => this.done.some(({ id }) => id === step);
    for (let outcome; holds() && (outcome = this.undo());) yield outcome;
  }

  /** Does again what was taken back last; or this step, unless it is done or forgotten; and what follows from it. */
  *redoTo(step = this.undone.at(-1)?.id): Generator<Outcome> {
    const lacks = (): boolean => this.undone.some(({ id }) => id === step);
    if (!lacks()) return;
    for (let outcome; (lacks() || this.undone.at(-1)?.follows) && (outcome = this.redo());) yield outcome;
  }

  /** Goes to where this step was the last, whichever way that is. */
  *goTo(step: number): Generator<Outcome> {
    yield* this.redoTo(step);
    for (let outcome; this.last > step && (outcome = this.undo());) yield outcome;
  }

  /** The view is remembered with the document, but looking is not editing: no step is made. */
  setView(view: ViewState): void {
    this.current = { ...this.current, view };
  }

  /** Where the document came from has moved, which is no edit either. */
  setOrigin(origin: Origin): void {
    this.current = { ...this.current, origin };
  }

  /** Ends the gesture under way: after a save, the next edit is a step of its own. */
  seal(): void {
    const top = this.done.pop();
    if (top) this.done.push({ ...top, group: undefined });
  }

  /**
   * A scrub from 5 through 2 to 4 must not lose what 2 cut off: sizes are set on the document that the gesture began
   * with.
   */
  private scrubBase(open: Step | undefined, edit: Edit): InspectorDocument {
    const first = open?.changes[0];
    return first?.kind === 'head' && (edit.kind === 'setParameter' || edit.kind === 'resize')
      ? first.held
      : this.current;
  }

  private move(
    from: Step[],
    to: Step[],
    order: (changes: readonly Change[]) => readonly Change[],
  ): Outcome | undefined {
    const step = from.pop();
    if (!step) return undefined;
    const changed = new Set<TensorRole>();
    for (const change of order(step.changes)) {
      const before = this.current;
      this.current = exchange(change, before);
      for (const role of touched(change, before, this.current)) changed.add(role);
    }
    to.push({ ...step, group: undefined });
    const { label, id, changes } = step;
    const [change] = changes;
    const cells = changes.length === 1 && change.kind === 'cells' ? change.indices : undefined;
    return { document: this.current, changed: [...changed], cells, merged: false, label, step: id };
  }

  private forget(): void {
    let bytes = 0;
    let keep = 0;
    for (let at = this.done.length - 1; at >= 0; at--) {
      bytes += this.done[at].changes.reduce((all, change) => all + heldBytes(change, this.current), 0);
      if ((bytes > this.limit && keep > 0) || keep === MOST_STEPS) break;
      keep++;
    }
    this.done.splice(0, this.done.length - keep);
  }
}
