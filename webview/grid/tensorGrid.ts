import { format } from '../../src/core/problem';
import { printNumber } from '../../src/core/formats/numbers';
import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';
import type { GridName } from '../gridName';
import type { Actions, Model, Part } from '../model';
import { type CellEditor, type Leave, createCellEditor } from './cellEditor';
import { createGridView } from './gridView';
import { listenToClipboard } from './clipboard';
import { listenToDrop } from './fileDrop';
import { createLegend } from '../legend/legend';
import { listenToKeys } from './keyboard';
import { typedColour, typedNumber } from './numberText';
import { indexOf } from './planeOf';
import { listenToPointer } from './pointer';
import { ORIGIN, type Place, type Selection, at, moved, stepped, within } from './selection';
import type { Surface } from './surface';
import { cellAt } from './viewport';
import { cellWrites } from './writes';

/** The values of one tensor: seen as a heat map, edited as a spreadsheet is. The output is only seen. */
export function createTensorGrid(name: GridName, actions: Actions, strings: Strings): Part {
  const title = { input: strings.input, weight: strings.kernel, output: strings.output }[name];
  const view = createGridView(name, title, actions, strings);
  const { scroller, frame } = view;
  let selection: Selection = ORIGIN;
  const editor: CellEditor = createCellEditor({
    strings,
    commit,
    closed: () => {
      scroller.focus({ preventScroll: true });
    },
  });
  frame.append(editor.element);

  const show = (): void => {
    view.show(selection);
    if (editor.place) {
      const { left, top, width, height } = view.rectangleOf(editor.place);
      editor.move(left, top, width, height);
    }
  };

  const surface: Surface = {
    name,
    target: name === 'output' ? undefined : name,
    scroller,
    actions,
    strings,
    model: view.model,
    plane: view.plane,
    cell: view.cell,
    selection: () => selection,
    page: () => Math.max(1, Math.floor(scroller.clientHeight / view.cell().height) - 1),
    select(next) {
      const plane = view.plane();
      if (!plane) return;
      selection = within(next, plane.extent);
      view.reveal(selection.active);
      show();
      actions.point({ tensor: name, index: indexOf(plane, selection.active.row, selection.active.column) });
    },
    placeAt(event) {
      const corner = scroller.getBoundingClientRect();
      const extent = view.plane()?.extent ?? { rows: 1, columns: 1 };
      return cellAt(
        extent,
        view.cell(),
        event.clientX - corner.left + scroller.scrollLeft,
        event.clientY - corner.top + scroller.scrollTop,
      );
    },
    valuesAt: view.valuesAt,
    channels: view.channels,
    write({ indices, values }, group) {
      if (name === 'output' || indices.length === 0) return;
      if (!view.isEditable()) {
        actions.announce(strings.gridOutdated);
        return;
      }
      actions.edit({ kind: 'setCells', tensor: name, indices, values, ...(group === undefined ? {} : { group }) });
    },
    edit(text) {
      if (name === 'output') return;
      const { active } = selection;
      view.reveal(active);
      const dtype = view.model()?.edited.head.dtype ?? 'float64';
      const own =
        view
          .valuesAt(active)
          ?.map((value) => printNumber(value, dtype))
          .join(' ') ?? '';
      editor.open(active, text ?? own, text === undefined);
      show();
    },
    zoom(factor, centre) {
      view.zoom(factor, centre ?? view.middleOf(selection.active));
      show();
    },
    fit() {
      view.fit();
      show();
    },
  };

  function commit(place: Place, text: string, leave: Leave): boolean {
    const plane = view.plane();
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

  scroller.setAttribute('aria-description', surface.target ? strings.gridHelpEditable : strings.gridHelp);
  view.onScroll(show);
  view.onZoom(surface);
  listenToKeys(surface);
  listenToPointer(surface);
  listenToClipboard(surface);
  scroller.addEventListener('focus', () => {
    surface.select(selection);
  });

  const legend = createLegend(name, title, actions, strings);
  const element = make('div', { class: 'tensor-grid', 'data-grid': name }, view.element, legend.element);
  listenToDrop(surface, element);

  return {
    element,
    update(model: Model) {
      legend.update(model);
      view.update(model);
      const plane = view.plane();
      if (plane) selection = within(selection, plane.extent);
      scroller.setAttribute(
        'aria-label',
        format(strings.gridLabel, [title, plane?.extent.rows ?? 0, plane?.extent.columns ?? 0]),
      );
      show();
    },
  };
}

function afterwards(
  selection: Selection,
  leave: Leave,
  extent: { readonly rows: number; readonly columns: number },
): Selection {
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
