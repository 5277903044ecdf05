import type { Cell, Contribution, Contributions } from '../src/core/explain/contributions';
import type { Plan } from '../src/core/plan';
import type { Edit } from '../src/core/state/edits';
import type { PlaneRequest } from '../src/core/tensor/plane';
import type { DocumentHead, PanelHostApi, PresetTitle, Received, Status } from '../src/protocol/panel';
import type { Remote } from '../src/protocol/rpc';
import type { Strings } from '../src/protocol/strings';
import type { View } from './view';

/** The document as it stands; it has a plan while it is legal. */
export interface Edited {
  readonly head: DocumentHead;
  readonly plan: Plan | undefined;
}

/** The document whose output is on show. While the document as it stands is illegal, that output is dimmed. */
export interface Computed {
  readonly head: DocumentHead;
  readonly plan: Plan;
}

/**
 * The cell under the pointer or the cursor, and everything that it takes part in. A pinned link stays when the pointer
 * leaves.
 */
export interface Link {
  readonly cell: Cell;
  readonly pinned: boolean;
  readonly contributions: Contributions;
  /**
   * The link is one entry of the matrix: `cell` is its output, and the contributions are that entry's products alone.
   */
  readonly entry?: boolean;
}

/**
 * Everything that the page shows. Immutable: a change makes a new one, and parts compare what they read by identity.
 */
export interface Model {
  readonly strings: Strings;
  readonly presets: readonly PresetTitle[];
  /** These three may be of different revisions; `PanelUpdate` says what each is. */
  readonly edited: Edited;
  readonly received: Received | undefined;
  readonly computed: Computed | undefined;
  readonly status: Status;
  readonly view: View;
  readonly link: Link | undefined;
}

export type ViewChange = Partial<View> | ((view: View) => Partial<View>);

/** Everything that a part may do. */
export interface Actions {
  /** Sends an edit to the document's owner; the answer comes as a new model. */
  edit(edit: Edit): void;
  undo(): void;
  redo(): void;
  /** The pointer or the cursor is on a cell, or on none. */
  point(cell: Cell | undefined): void;
  /** Keeps the link of this cell until it is pinned again, or another is; one that stays is not let go by this. */
  pin(cell: Cell, stays?: boolean): void;
  /**
   * The same for an entry of the matrix, which is given by the products of its input and its output. There are several
   * where padding makes more than one kernel element join the two. None: the pointer is on no entry.
   */
  pointEntry(products: readonly Contribution[]): void;
  pinEntry(products: readonly Contribution[]): void;
  /**
   * Changes what is remembered of the view. What is relative, such as one step further, is a function of the view as it
   * is then: a part knows only the view that was painted last, and two keys may come before the next painting.
   */
  look(change: ViewChange): void;
  /** Makes all grids larger or smaller by a factor, or so that all is in view. */
  zoom(change: number | 'fit'): void;
  /** Says which plane a part shows now. The key is the part's own; without a request, it shows no plane any more. */
  watch(key: string, request: PlaneRequest | undefined): void;
  /** Does what is not the picture when the picture is there; the last work of a key is the one that is done. */
  later(key: object, work: () => void): void;
  /** Shows a short message, which screen readers read aloud. */
  announce(text: string): void;
  readonly host: Remote<PanelHostApi>;
}

/** A part of the page: made once, then told of every model. At most once a frame. */
export interface Part {
  readonly element: HTMLElement;
  update(model: Model): void;
  /**
   * Which planes it will watch when this model is on show, so that what an edit makes of their shapes can be asked for
   * with the edit. Nothing where it does not know.
   */
  watched?(model: Model): readonly PlaneRequest[] | undefined;
}
