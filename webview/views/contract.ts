import type { Part } from '../model';

/**
 * A view of the stage: one way of looking at the document, such as its grids. A new view is one folder beside `grids`
 * with two parts, a line in `views/others.ts`, which makes it, and one in `views/index.ts`, which names it:
 *
 * - its *stage*, which gets all the room that is left between the strips, the side and the bar, and never takes more:
 *   what does not fit scrolls in it;
 * - *rows* for the pane *Cell*, if it has more to say of the cell that is pointed at than the sum, which is always
 *   there.
 *
 * Views share what the model's view has of them: `stage` (which view), `sub` (a part of it), `step`, the cell (the
 * model's `link`), the `slices` and the `zoom`. Whoever changes one of these in one view finds it changed in the
 * others. A view keeps nothing of its own that a user would miss after a reload. It makes its DOM once; `update` is
 * called with every model while the view is on show, and once when it comes on show. It must not move anything when
 * only values change, and asks the host for planes with `actions.watch`, under keys that begin with its own id. A stage
 * that does says in `watched` which planes these will be for another model: that goes with an edit, so that one answer
 * carries its values and the windows through which they are seen.
 */
export interface StageView {
  /** As `view.stage` and links name it. */
  readonly id: string;
  readonly title: string;
  readonly stage: Part;
  readonly rows?: Part;
}
