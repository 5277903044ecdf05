import { printNumber } from '../../src/core/formats/numbers';
import type { Strings } from '../../src/protocol/strings';
import { markOf } from '../legend/scale';
import { make } from '../dom';
import type { GridName } from '../gridName';
import type { Actions, Model } from '../model';
import { createCellLayer, fontSize } from './cellLayer';
import { createGridData } from './gridData';
import { createHeatmap } from './heatmap';
import { fittedNumber } from './numberText';
import { type PlaneView, placeOf, planeOf, shownShapes } from './planeOf';
import { type Place, type Selection, regionOf } from './selection';
import type { Surface } from './surface';
import {
  TEXT_CELL,
  type CellSize,
  boxOf,
  cellOfWidth,
  fitCell,
  scrollAfterZoom,
  scrollToShow,
  visibleRegion,
} from './viewport';
import { MARGIN } from './gridData';
import { createZoomControls } from './zoomControls';

export interface GridView {
  readonly element: HTMLElement;
  /** Has the same size as the scroller, and is not part of the grid: what lies over it. */
  readonly frame: HTMLElement;
  readonly scroller: HTMLElement;
  update(model: Model): void;
  show(selection: Selection): void;
  model(): Model | undefined;
  plane(): PlaneView | undefined;
  cell(): CellSize;
  valuesAt(place: Place): readonly number[] | undefined;
  channels(): readonly (number | undefined)[];
  /** Whether the tensor that is on show still has the shape that the document gives it. */
  isEditable(): boolean;
  reveal(place: Place): void;
  rectangleOf(place: Place): {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  middleOf(place: Place): { readonly x: number; readonly y: number };
  zoom(factor: number, centre: { readonly x: number; readonly y: number }): void;
  fit(): void;
  onScroll(listen: () => void): void;
  onZoom(surface: Pick<Surface, 'zoom' | 'fit'>): void;
}

/** Width of a character in sizes of its font; no editor font is wider. */
const DIGIT_WIDTH = 0.61;

export function createGridView(name: GridName, title: string, actions: Actions, strings: Strings): GridView {
  const heatmap = createHeatmap();
  const layer = createCellLayer(name);
  const data = createGridData(name, actions);
  const cursor = make('div', { class: 'grid-selection', 'aria-hidden': 'true' });
  const space = make('div', { class: 'grid-space' }, heatmap.element, layer.element, cursor);
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
  const zooming = createZoomControls(title, strings);
  const element = make('div', { class: 'grid-body' }, zooming.element, frame);
  let model: Model | undefined;
  let plane: PlaneView | undefined;
  let cell: CellSize = { width: 1, height: 1 };
  let available = 0;
  let fitted = true;
  let scrolled: () => void = () => undefined;

  const layOut = (): void => {
    if (!plane) return;
    if (fitted) cell = fitCell(plane.extent, available);
    const box = boxOf(plane.extent, cell, available);
    setLength(scroller, 'width', box.width);
    setLength(scroller, 'height', box.height);
    setLength(space, 'width', plane.extent.columns * cell.width);
    setLength(space, 'height', plane.extent.rows * cell.height);
  };

  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width === available) return;
    available = width;
    layOut();
    scrolled();
  }).observe(element);

  const textOf = (row: number, column: number) => {
    const values = data.valuesAt({ row, column });
    if (!values || !model) return undefined;
    const { dtype } = model.edited.head;
    const full = values.map((value) => printNumber(value, dtype)).join(' ');
    const room = Math.floor((cell.width - 3) / (fontSize(cell.width) * DIGIT_WIDTH));
    const [value] = values;
    const shown = dtype === 'float32' ? Number(printNumber(value, dtype).replace('inf', 'Infinity')) : value;
    return {
      text: values.length === 1 ? fittedNumber(shown, room) : '',
      full,
      background: data.backgroundOf(values),
      marked:
        values.some((each) => !Number.isFinite(each)) ||
        (data.whole === undefined && markOf(data.scale, value) !== undefined),
    };
  };

  const view: GridView = {
    element,
    frame,
    scroller,
    model: () => model,
    plane: () => plane,
    cell: () => cell,
    valuesAt: data.valuesAt,
    channels: () => (data.whole === undefined ? [undefined] : [0, 1, 2]),
    isEditable() {
      const head = model?.edited.head;
      const shape = name === 'input' ? head?.inputShape : head?.weightShape;
      return name !== 'output' && shape !== undefined && shape.join() === plane?.shape.join();
    },
    update(next) {
      model = next;
      const before = plane?.extent;
      plane = planeOf(name, shownShapes(next), next.view.slices);
      if (!plane) return;
      if (before?.rows !== plane.extent.rows || before.columns !== plane.extent.columns)
        fitted ||= plane.extent.columns * cell.width <= available;
      data.read(next, plane);
      layOut();
    },
    show(selection) {
      if (!plane || !model || available === 0) return;
      const scroll = { left: scroller.scrollLeft, top: scroller.scrollTop };
      const box = { width: scroller.clientWidth, height: scroller.clientHeight };
      const visible = visibleRegion(plane.extent, cell, scroll, box);
      data.ask(plane, visible, visibleRegion(plane.extent, cell, scroll, box, MARGIN), cell);
      const { lit, source } = litPlaces(model, name, plane, data.whole !== undefined);
      const [first] = data.values;
      const region = first?.block ?? visible;
      heatmap.paint({ box, scroll, cell, pixels: data.pixels(), region, lit, source });
      const { columns } = plane.extent;
      const litCells = new Set(lit.map(({ row, column }) => row * columns + column));
      layer.show({
        cell,
        region: cell.width >= TEXT_CELL ? visible : undefined,
        active: selection.active,
        selected: regionOf(selection),
        editable: name !== 'output',
        textOf,
        isLit: (row, column) => litCells.has(row * columns + column),
      });
      describe(selection, first?.current ?? false);
      zooming.show(cell, fitted);
    },
    reveal(place) {
      const { left, top, width, height } = { left: place.column * cell.width, top: place.row * cell.height, ...cell };
      scroller.scrollLeft = scrollToShow(scroller.scrollLeft, scroller.clientWidth, left, width);
      scroller.scrollTop = scrollToShow(scroller.scrollTop, scroller.clientHeight, top, height);
    },
    rectangleOf: ({ row, column }) => ({
      left: column * cell.width - scroller.scrollLeft,
      top: row * cell.height - scroller.scrollTop,
      ...cell,
    }),
    middleOf: ({ row, column }) => ({
      x: (column + 0.5) * cell.width - scroller.scrollLeft,
      y: (row + 0.5) * cell.height - scroller.scrollTop,
    }),
    zoom(factor, { x, y }) {
      if (!plane) return;
      const before = cell;
      const least = fitCell(plane.extent, available);
      cell = cellOfWidth(Math.max(cell.width * factor, least.width), plane.extent);
      fitted = cell.width <= least.width;
      const { scrollLeft, scrollTop } = scroller;
      layOut();
      scroller.scrollLeft = scrollAfterZoom(scrollLeft, x, before.width, cell.width);
      scroller.scrollTop = scrollAfterZoom(scrollTop, y, before.height, cell.height);
    },
    fit() {
      fitted = true;
      layOut();
    },
    onScroll(listen) {
      scrolled = listen;
      scroller.addEventListener('scroll', listen, { passive: true });
    },
    onZoom: zooming.listen,
  };

  const describe = (selection: Selection, current: boolean): void => {
    if (!plane) return;
    scroller.setAttribute('aria-rowcount', String(plane.extent.rows));
    scroller.setAttribute('aria-colcount', String(plane.extent.columns));
    scroller.setAttribute('aria-activedescendant', layer.activeId);
    scroller.setAttribute('aria-busy', String(!current));
    const { row, column, rows, columns } = regionOf(selection);
    cursor.style.transform = `translate(${column * cell.width}px, ${row * cell.height}px)`;
    setLength(cursor, 'width', columns * cell.width);
    setLength(cursor, 'height', rows * cell.height);
  };
  return view;
}

function setLength(element: HTMLElement, side: 'width' | 'height', pixels: number): void {
  const text = `${pixels}px`;
  if (element.style[side] !== text) element.style[side] = text;
}

/** Where what is pointed at, and all that takes part in it, lies in this plane. */
function litPlaces(
  { link }: Model,
  name: GridName,
  plane: PlaneView,
  colour: boolean,
): { readonly lit: readonly Place[]; readonly source: Place | undefined } {
  if (!link) return { lit: [], source: undefined };
  const source = link.cell.tensor === name ? placeOf(plane, link.cell.index, colour) : undefined;
  const known = new Map<number, Place>();
  for (const each of link.contributions.list) {
    const place = placeOf(plane, each[name], colour);
    if (place) known.set(place.row * plane.extent.columns + place.column, place);
  }
  return { lit: [...known.values()], source };
}
