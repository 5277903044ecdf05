import { printNumber } from '../../src/core/formats/numbers';
import type { Dtype } from '../../src/core/operation';
import { make } from '../dom';
import type { GridName } from '../gridName';
import { markOf } from '../legend/scale';
import type { Model } from '../model';
import { type CellText, createCellLayer, fontSize } from './cellLayer';
import { type GridData, MARGIN } from './gridData';
import { type GridLayout, setLength } from './gridLayout';
import { createHeatmap } from './heatmap';
import { fittedNumber } from './numberText';
import { type Lit, litIn, outlined } from './lit';
import { type PlaneView, placeOf } from './planeOf';
import { type Place, type Selection, regionOf } from './selection';
import { type Extent, TEXT_CELL, visibleRegion } from './viewport';

/** Width of a character in sizes of its font; no editor font is wider. */
const DIGIT_WIDTH = 0.61;

/** Draws a plane into a grid: its colours, its numbers, the cursor, and what is pointed at. */
export interface GridDrawing {
  show(model: Model, plane: PlaneView, selection: Selection): void;
}

/** `grid` is the element that screen readers know as the grid; what is drawn is put into `space`, within it. */
export function createGridDrawing(
  name: GridName,
  grid: HTMLElement,
  space: HTMLElement,
  data: GridData,
  layout: GridLayout,
): GridDrawing {
  const heatmap = createHeatmap();
  const layer = createCellLayer(name);
  const cursor = make('div', { class: 'grid-selection', 'aria-hidden': 'true' });
  space.append(heatmap.element, layer.element, cursor);
  grid.setAttribute('aria-activedescendant', layer.activeId);

  /** What is lit stays the same while it is scrolled and while values change. */
  let known: { readonly of: readonly unknown[]; readonly lit: Lit } | undefined;
  const litOf = (model: Model, plane: PlaneView, colour: boolean): Lit => {
    const of = [model.link, model.computed?.plan, plane.shape.join(), plane.leading.join(), colour];
    if (!known?.of.every((each, at) => each === of[at])) known = { of, lit: litIn(model, name, plane, colour) };
    return known.lit;
  };

  const textOf = (place: Place, dtype: Dtype): CellText | undefined => {
    const values = data.valuesAt(place);
    if (!values) return undefined;
    const { width } = layout.cell;
    const room = Math.floor((width - 3) / (fontSize(width) * DIGIT_WIDTH));
    const [value] = values;
    // The decimal that a float32 stands for; its exact value has many more digits.
    const shown = dtype === 'float32' ? Number(printNumber(value, dtype).replace('inf', 'Infinity')) : value;
    return {
      text: values.length === 1 ? fittedNumber(shown, room) : '',
      full: values.map((each) => printNumber(each, dtype)).join(' '),
      background: data.backgroundOf(values),
      marked:
        values.some((each) => !Number.isFinite(each)) ||
        (data.whole === undefined && markOf(data.scale, value) !== undefined),
    };
  };

  const describe = ({ rows, columns }: Extent, isCurrent: boolean): void => {
    grid.setAttribute('aria-rowcount', String(rows));
    grid.setAttribute('aria-colcount', String(columns));
    grid.setAttribute('aria-busy', String(!isCurrent));
  };

  const drawCursor = (selection: Selection): void => {
    const { cell } = layout;
    const { row, column, rows, columns } = regionOf(selection);
    cursor.style.transform = `translate(${column * cell.width}px, ${row * cell.height}px)`;
    setLength(cursor, 'width', columns * cell.width);
    setLength(cursor, 'height', rows * cell.height);
  };

  return {
    show(model, plane, selection) {
      const { cell } = layout;
      const { scroll, box } = layout.view();
      const visible = visibleRegion(plane.extent, cell, scroll, box);
      data.ask(plane, visible, visibleRegion(plane.extent, cell, scroll, box, MARGIN), cell);
      const colour = data.whole !== undefined;
      const lit = litOf(model, plane, colour);
      const { link } = model;
      const source = link?.cell.tensor === name ? placeOf(plane, link.cell.index, colour) : undefined;
      const [first] = data.values;
      const region = first?.block ?? visible;
      const { places, around } = outlined(lit, cell);
      heatmap.paint({ box, scroll, cell, pixels: data.pixels(), region, lit: places, around, source });
      layer.show({
        cell,
        region: cell.width >= TEXT_CELL ? visible : undefined,
        active: selection.active,
        selected: regionOf(selection),
        editable: name !== 'output',
        textOf: (row, column) => textOf({ row, column }, model.edited.head.dtype),
        isLit: lit.has,
      });
      describe(plane.extent, first?.current ?? false);
      drawCursor(selection);
    },
  };
}
