import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import type { Cut } from '../../src/core/tensor/plane';
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

const AXES = { 0: 'z', 1: 'y', 2: 'x' } as const;

export interface TensorGrid extends Part {
  /** The colour scale, for the box to place. */
  readonly legend: HTMLElement | undefined;
  /** Where the stage puts it; told before the model of which it follows. */
  place(place: GridPlace, edges: Edges, legend: 'below' | 'beside'): void;
}

/** The values of one tensor: seen as a heat map, edited as a spreadsheet is. The output is only seen. */
export function createTensorGrid(name: GridName, actions: Actions, strings: Strings, cut: Cut = 0): TensorGrid {
  const tensor = { input: strings.input, weight: strings.kernel, output: strings.output }[name];
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
    update(model) {
      view.update(model);
      const { rows, columns } = view.plane?.extent ?? { rows: 0, columns: 0 };
      const { plane } = view;
      const title = plane?.rank === 3 ? `${tensor}, ${AXES[cut]} ${plane.leading[plane.leading.length - 1]}` : tensor;
      scroller.setAttribute('aria-label', format(strings.gridLabel, [title, rows, columns]));
      surface.show();
      legend?.mark(view.litValues());
      legend?.update(model);
    },
  };
}
