import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import type { Cut, PlaneRequest } from '../../src/core/tensor/plane';
import { make } from '../dom';
import { type GridName, gridTitles } from '../gridName';
import { createLegend } from '../legend/legend';
import type { Actions, Model, Part } from '../model';
import { equip } from './equip';
import { listenToDrop } from './fileDrop';
import type { GridPlace } from './gridLayout';
import { createGridView } from './gridView';
import type { Edges } from './rulers';
import { createSurface } from './surface';

const AXES = { 0: 'z', 1: 'y', 2: 'x' } as const;

export interface TensorGrid extends Part {
  /** The colour scale, for the box to place. */
  readonly legend: HTMLElement | undefined;
  /** Where the stage puts it; told before the model of which it follows. */
  place(place: GridPlace, edges: Edges, legend: 'below' | 'beside'): void;
  /** What it will ask the host for when this model is on show, at this place. */
  watchedAt(model: Model, place: GridPlace): readonly PlaneRequest[];
}

/** The values of one tensor: seen as a heat map, edited as a spreadsheet is. The output is only seen. */
export function createTensorGrid(name: GridName, actions: Actions, strings: Strings, cut: Cut = 0): TensorGrid {
  const tensor = gridTitles(strings)[name];
  const view = createGridView(name, actions, cut);
  const { scroller } = view;
  const surface = createSurface(name, view, actions, strings);
  // The cuts through one tensor have one scale, which stands under the first.
  const legend = cut === 0 ? createLegend(name, tensor, actions, strings) : undefined;
  const id = cut === 0 ? name : `${name}/${cut}`;
  const element = make('div', { class: 'tensor-grid', 'data-grid': id }, view.element);

  scroller.setAttribute('aria-description', surface.target ? strings.gridHelpEditable : strings.gridHelp);
  view.onScroll(surface.show);
  equip(surface, view.space);
  listenToDrop(surface, element);
  scroller.addEventListener('focus', () => {
    surface.select(surface.selection);
  });

  return {
    element,
    legend: legend?.element,
    place(place, edges, side) {
      view.place(place, edges);
      legend?.stand(side);
    },
    watchedAt: view.watchedAt,
    update(model) {
      view.update(model);
      const { rows, columns } = view.plane?.extent ?? { rows: 0, columns: 0 };
      const { plane } = view;
      const title = plane?.rank === 3 ? `${tensor}, ${AXES[cut]} ${plane.leading[plane.leading.length - 1]}` : tensor;
      const label =
        rows === 1
          ? columns === 1
            ? strings.gridLabelCell
            : strings.gridLabelRow
          : columns === 1
            ? strings.gridLabelColumn
            : strings.gridLabel;
      scroller.setAttribute('aria-label', format(label, [title, rows, columns]));
      surface.show();
      legend?.mark(view.litValues());
      legend?.update(model);
    },
  };
}
