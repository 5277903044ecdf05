import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';
import type { GridName } from '../gridName';
import { createLegend } from '../legend/legend';
import type { Actions, Part } from '../model';
import { equip } from './equip';
import { listenToDrop } from './fileDrop';
import type { GridPlace } from './gridLayout';
import { createGridView } from './gridView';
import type { Edges } from './rulers';
import { createSurface } from './surface';

export interface TensorGrid extends Part {
  /** Where the stage puts it; told before the model of which it follows. */
  place(place: GridPlace, edges: Edges, legend: 'below' | 'beside'): void;
}

/** The values of one tensor: seen as a heat map, edited as a spreadsheet is. The output is only seen. */
export function createTensorGrid(name: GridName, actions: Actions, strings: Strings): TensorGrid {
  const title = { input: strings.input, weight: strings.kernel, output: strings.output }[name];
  const view = createGridView(name, actions);
  const { scroller } = view;
  const surface = createSurface(name, view, actions, strings);
  const legend = createLegend(name, title, actions, strings);
  const element = make('div', { class: 'tensor-grid', 'data-grid': name }, view.element, legend.element);

  scroller.setAttribute('aria-description', surface.target ? strings.gridHelpEditable : strings.gridHelp);
  view.onScroll(surface.show);
  equip(surface, view.space);
  listenToDrop(surface, element);
  scroller.addEventListener('focus', () => {
    surface.select(surface.selection);
  });

  return {
    element,
    place(place, edges, side) {
      view.place(place, edges);
      legend.stand(side);
      element.dataset.legend = side;
    },
    update(model) {
      view.update(model);
      const { rows, columns } = view.plane?.extent ?? { rows: 0, columns: 0 };
      scroller.setAttribute('aria-label', format(strings.gridLabel, [title, rows, columns]));
      surface.show();
      legend.mark(view.litValues());
      legend.update(model);
    },
  };
}
