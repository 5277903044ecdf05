import { printNumber } from '../../src/core/formats/numbers';
import type { Edit } from '../../src/core/state/edits';
import type { Strings } from '../../src/protocol/strings';
import type { GridName } from '../gridName';
import type { Actions } from '../model';
import { slicesTo } from '../state/slices';
import { typedColour, typedValue } from '../state/typed';
import { type CellEditor, type Leave, createCellEditor } from './cellEditor';
import { canFill } from './fill';
import { createGridOverlay, type GridOverlay } from './gridOverlay';
import type { GridView } from './gridView';
import { indexOf, placeOf } from './planeOf';
import { ORIGIN, type Place, type Selection, at, moved, regionOf, walked, within } from './selection';
import type { Extent } from './viewport';
import { type Writes, cellWrites, fillWrites } from './writes';

/** What the keyboard, the pointer and the clipboard may see and do of a grid. */
export interface Surface {
  readonly name: GridName;
  /** The tensor that an edit goes to; nothing for the output, which is derived. */
  readonly target: 'input' | 'weight' | undefined;
  readonly view: GridView;
  readonly actions: Actions;
  readonly strings: Strings;
  readonly overlay: GridOverlay;
  readonly selection: Selection;
  /** Moves the cursor, brings it into view, and lights what it takes part in. */
  select(selection: Selection): void;
  /** Shows an element, given by its full index, in whatever plane it is, and puts the cursor on it. */
  goTo(index: readonly number[]): void;
  write(writes: Writes, group?: string): void;
  /** Writes cells into a tensor that is made larger for them; `indices` are those of the larger one. */
  writeGrown(spatial: readonly number[], writes: Writes): void;
  /** Opens the cursor's cell for typing, with this text in its place or with its own value. */
  edit(text?: string): void;
  /** `centre` is in CSS pixels of the box; the cursor's cell without it. */
  zoom(factor: number, centre?: { readonly x: number; readonly y: number }): void;
  fit(): void;
  /** Draws the grid anew, after a new model or a scroll. */
  show(): void;
  /** Calls back whenever it has been drawn. */
  onShow(listen: () => void): void;
}

/** The cursor of a grid, and the typing of values into its cells. */
export function createSurface(name: GridName, view: GridView, actions: Actions, strings: Strings): Surface {
  const target = name === 'output' ? undefined : name;
  let selection: Selection = ORIGIN;
  /** An element that is to be shown as soon as its plane is. */
  let awaited: readonly number[] | undefined;
  const drawn: (() => void)[] = [];
  const editor: CellEditor = createCellEditor({
    strings,
    commit,
    closed: () => {
      view.scroller.focus({ preventScroll: true });
    },
  });
  const overlay = createGridOverlay(view.frame, view.scroller, strings);
  view.frame.append(editor.element, overlay.element);

  const edit = (change: Edit): void => {
    if (view.isEditable()) actions.edit(change);
    else actions.announce(strings.gridOutdated);
  };

  const surface: Surface = {
    name,
    target,
    view,
    actions,
    strings,
    overlay,
    get selection() {
      return selection;
    },
    select(next) {
      const { plane } = view;
      if (!plane) return;
      selection = within(next, plane.extent);
      const { active } = selection;
      view.layout.reveal(active);
      surface.show();
      actions.point({ tensor: name, index: indexOf(plane, active.row, active.column) });
    },
    goTo(index) {
      const { model } = view;
      if (!model) return;
      awaited = index;
      const slices = slicesTo(model.view.slices, name, index, model.edited.head);
      if (JSON.stringify(slices) !== JSON.stringify(model.view.slices)) actions.look({ slices });
      surface.show();
    },
    write({ indices, values }, group) {
      if (!target || indices.length === 0) return;
      edit({ kind: 'setCells', tensor: target, indices, values, ...(group === undefined ? {} : { group }) });
    },
    writeGrown(spatial, { indices, values }) {
      if (target) edit({ kind: 'growForCells', tensor: target, spatial, indices, values });
    },
    edit(text) {
      if (!target) return;
      const { active } = selection;
      view.layout.reveal(active);
      const dtype = view.model?.edited.head.dtype ?? 'float64';
      const own = view.valuesAt(active) ?? [];
      const shown = text ?? own.map((value) => printNumber(value, dtype)).join(' ');
      editor.open(active, shown, text === undefined ? 'edit' : 'replace');
      surface.show();
    },
    zoom(factor, centre) {
      view.layout.anchor(centre ?? view.layout.middleOf(selection.active));
      actions.zoom(factor);
    },
    fit: () => actions.zoom('fit'),
    show() {
      // The plane may have shrunk under the cursor.
      if (view.plane) selection = within(selection, view.plane.extent);
      const place = awaited && view.plane && placeOf(view.plane, awaited, view.channels().length > 1);
      if (place) {
        awaited = undefined;
        surface.select(at(place));
        return;
      }
      view.show(selection);
      for (const each of drawn) each();
      if (!editor.place) return;
      const { left, top, width, height } = view.layout.rectangleOf(editor.place);
      editor.move(left, top, width, height);
    },
    onShow(listen) {
      drawn.push(listen);
    },
  };

  function commit(place: Place, text: string, leave: Leave): string | undefined {
    const { plane } = view;
    const channels = view.channels();
    const dtype = view.model?.edited.head.dtype ?? 'float64';
    const typed = channels.length === 3 ? typedColour(text, dtype, strings) : typedValue(text, dtype, strings);
    if (!typed.ok) return typed.message;
    if (!plane) return undefined;
    const values = typeof typed.value === 'number' ? [typed.value] : typed.value;
    if (leave === 'fill') {
      const region = regionOf(selection);
      if (canFill(surface, region)) surface.write(fillWrites(plane, region, channels, values));
      return undefined;
    }
    const before = view.valuesAt(place);
    if (!before || values.some((value, channel) => !Object.is(value, before[channel])))
      surface.write(cellWrites(plane, place, channels, values));
    if (leave !== 'stay') surface.select(afterwards(selection, leave, plane.extent));
    return undefined;
  }

  return surface;
}

function afterwards(selection: Selection, leave: Exclude<Leave, 'stay' | 'fill'>, extent: Extent): Selection {
  if ('walk' in leave) return walked(selection, leave.walk, leave.by, extent);
  return moved(selection, leave.move[0], leave.move[1], extent);
}
