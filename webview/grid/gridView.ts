import type { Cut, PlaneRequest } from '../../src/core/tensor/plane';
import { make } from '../dom';
import type { GridName } from '../gridName';
import type { Actions, Model } from '../model';
import { createGridData, MARGIN } from './gridData';
import { createGridDrawing } from './gridDrawing';
import { type GridLayout, type GridPlace, createGridLayout } from './gridLayout';
import { type PlaneView, planeOf, shownShapes } from './planeOf';
import type { Place, Selection } from './selection';
import { createStemPlot } from './stemPlot';
import { type Edges, createBand, createRulers } from './rulers';
import { type Region, visibleRegion } from './viewport';

/** One plane of a tensor, as it is seen. */
export interface GridView {
  readonly element: HTMLElement;
  /** Has the same size as the scroller, and is not part of the grid: what lies over it. */
  readonly frame: HTMLElement;
  readonly scroller: HTMLElement;
  /** Has the size of the whole plane, and scrolls within the scroller. */
  readonly space: HTMLElement;
  readonly layout: GridLayout;
  readonly model: Model | undefined;
  /** Nothing until there is a tensor. */
  readonly plane: PlaneView | undefined;
  update(model: Model): void;
  show(selection: Selection): void;
  /** One value, or red, green and blue; nothing where the exact values are not here. */
  valuesAt(place: Place): readonly number[] | undefined;
  /** The channels that a cell shows: one that is not named, or three by their index. */
  channels(): readonly (number | undefined)[];
  /** Whether the tensor that is on show still has the shape that the document gives it. */
  isEditable(): boolean;
  /** The values that are lit in this plane, where they are here exactly. */
  litValues(): readonly number[];
  place(place: GridPlace, edges: Edges): void;
  /** What it will ask the host for when this model is on show, at this place. */
  watchedAt(model: Model, place: GridPlace): readonly PlaneRequest[];
  onScroll(listen: () => void): void;
}

export function createGridView(name: GridName, actions: Actions, cut: Cut): GridView {
  const space = make('div', { class: 'grid-space' });
  const scroller = make(
    'div',
    {
      class: 'grid-scroll',
      role: 'grid',
      tabindex: '0',
      'aria-multiselectable': 'true',
      'aria-readonly': String(name === 'output'),
    },
    space,
  );
  const frame = make('div', { class: 'grid-frame' }, scroller);
  const rulers = createRulers(name);
  const band = createBand();
  const plot = createStemPlot(name);
  const element = make('div', { class: 'grid-body' }, plot.element, rulers.columns, rulers.rows, band.element, frame);
  const data = createGridData(name, actions, cut);
  const layout = createGridLayout(scroller, space);
  const drawing = createGridDrawing(name, scroller, space, { data, layout, rulers, plot });
  let model: Model | undefined;
  let plane: PlaneView | undefined;

  return {
    element,
    frame,
    scroller,
    space,
    layout,
    get model() {
      return model;
    },
    get plane() {
      return plane;
    },
    update(next) {
      model = next;
      plane = planeOf(name, shownShapes(next), next.view.slices, cut);
      if (!plane) return;
      data.read(next, plane);
      layout.setExtent(plane.extent);
    },
    show(selection) {
      if (!plane || !model || !layout.hasRoom) return;
      drawing.show(model, plane, selection);
    },
    valuesAt: data.valuesAt,
    channels: () => (data.whole === undefined ? [undefined] : [0, 1, 2]),
    isEditable() {
      const head = model?.edited.head;
      const shape = name === 'input' ? head?.inputShape : head?.weightShape;
      return name !== 'output' && shape !== undefined && shape.join() === plane?.shape.join();
    },
    litValues: drawing.litValues,
    place(place, edges) {
      layout.setPlace(place);
      band.show(edges);
    },
    watchedAt(next, at) {
      const own = planeOf(name, shownShapes(next), next.view.slices, cut);
      if (!own || at.width <= 0 || at.height <= 0) return [];
      const { scroll, box } = layout.viewAt(own.extent, at);
      const region = (margin: number): Region => visibleRegion(own.extent, at.cell, scroll, box, margin);
      return data.requests(next, own, region(0), region(MARGIN), at.cell);
    },
    onScroll(listen) {
      scroller.addEventListener('scroll', listen, { passive: true });
    },
  };
}
