import { printNumber } from '../../src/core/formats/numbers';
import type { Strings } from '../../src/protocol/strings';
import type { GridName } from '../gridName';
import type { Actions } from '../model';
import { type CellEditor, type Leave, createCellEditor } from './cellEditor';
import type { GridView } from './gridView';
import { typedColour, typedNumber } from './numberText';
import { indexOf } from './planeOf';
import { ORIGIN, type Place, type Selection, at, moved, stepped, within } from './selection';
import type { Extent } from './viewport';
import { type Writes, cellWrites } from './writes';

/** What the keyboard, the pointer and the clipboard may see and do of a grid. */
export interface Surface {
  readonly name: GridName;
  /** The tensor that an edit goes to; nothing for the output, which is derived. */
  readonly target: 'input' | 'weight' | undefined;
  readonly view: GridView;
  readonly actions: Actions;
  readonly strings: Strings;
  readonly selection: Selection;
  /** Moves the cursor, brings it into view, and lights what it takes part in. */
  select(selection: Selection): void;
  write(writes: Writes, group?: string): void;
  /** Opens the cursor's cell for typing, with this text or its own value. */
  edit(text?: string): void;
  /** `centre` is in CSS pixels of the box; the cursor's cell without it. */
  zoom(factor: number, centre?: { readonly x: number; readonly y: number }): void;
  fit(): void;
  /** Draws the grid anew, after a new model or a scroll. */
  show(): void;
}

/** The cursor of a grid, and the typing of values into its cells. */
export function createSurface(name: GridName, view: GridView, actions: Actions, strings: Strings): Surface {
  const target = name === 'output' ? undefined : name;
  let selection: Selection = ORIGIN;
  const editor: CellEditor = createCellEditor({
    strings,
    commit,
    closed: () => {
      view.scroller.focus({ preventScroll: true });
    },
  });
  view.frame.append(editor.element);

  const surface: Surface = {
    name,
    target,
    view,
    actions,
    strings,
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
    write({ indices, values }, group) {
      if (!target || indices.length === 0) return;
      if (view.isEditable())
        actions.edit({ kind: 'setCells', tensor: target, indices, values, ...(group === undefined ? {} : { group }) });
      else actions.announce(strings.gridOutdated);
    },
    edit(text) {
      if (!target) return;
      const { active } = selection;
      view.layout.reveal(active);
      const dtype = view.model?.edited.head.dtype ?? 'float64';
      const own = view.valuesAt(active) ?? [];
      editor.open(active, text ?? own.map((value) => printNumber(value, dtype)).join(' '), text === undefined);
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
      view.show(selection);
      if (!editor.place) return;
      const { left, top, width, height } = view.layout.rectangleOf(editor.place);
      editor.move(left, top, width, height);
    },
  };

  function commit(place: Place, text: string, leave: Leave): boolean {
    const { plane } = view;
    const channels = view.channels();
    const one = channels.length === 1 ? typedNumber(text) : undefined;
    const values = channels.length === 3 ? typedColour(text) : one === undefined ? undefined : [one];
    if (!plane || !values) return false;
    const before = view.valuesAt(place);
    if (!before || values.some((value, channel) => !Object.is(value, before[channel])))
      surface.write(cellWrites(plane, place, channels, values));
    surface.select(afterwards(at(place), leave, plane.extent));
    return true;
  }

  return surface;
}

function afterwards(selection: Selection, leave: Leave, extent: Extent): Selection {
  switch (leave) {
    case 'stay':
      return selection;
    case 'down':
      return moved(selection, 1, 0, extent);
    case 'up':
      return moved(selection, -1, 0, extent);
    case 'right':
      return stepped(selection, 'row', 1, extent);
    case 'left':
      return stepped(selection, 'row', -1, extent);
    default:
      return leave satisfies never;
  }
}
