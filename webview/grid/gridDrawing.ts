import { printNumber } from '../../src/core/formats/numbers';
import type { Dtype } from '../../src/core/operation';
import type { PlaneBlock } from '../../src/core/tensor/plane';
import { make } from '../dom';
import type { GridName } from '../gridName';
import { cssColour } from '../legend/contrast';
import { markOf } from '../legend/scale';
import { kernelCopies } from '../state/kernelCopies';
import { statisticsFor } from '../legend/statisticsFor';
import type { Model } from '../model';
import { GRID_ROLES, roleColour } from '../theme';
import { type CellText, createCellLayer, fontSize } from './cellLayer';
import { rememberChanged } from './changed';
import { type GridData, MARGIN } from './gridData';
import { type GridLayout, setLength } from './gridLayout';
import { createHeatmap } from './heatmap';
import { fittedNumber } from './numberText';
import { type Lit, litIn, outlined } from './lit';
import { type PlaneView, placeOf } from './planeOf';
import { NO_NUMBERS, numbersIn, placeKey } from './productNumbers';
import type { Rulers } from './rulers';
import { type Place, type Selection, regionOf } from './selection';
import type { PlotFrame, StemPlot } from './stemPlot';
import { type Extent, type Region, TEXT_CELL, visibleRegion } from './viewport';

/**
 * Characters of a number that are read at a glance, at most and at least: `−0.968`, in small cells `.97`. Fewer digits
 * in a size that can be read say more than five that cannot; the whole value is said by the cell's label.
 */
const GLANCE = { most: 5, least: 3 } as const;
/** A size that can be read. */
const READABLE = 9;
/** CSS pixels of a cell that its number leaves free, left and right together: in the smallest, `−.4` still stands. */
const marginOf = (cell: number): number => Math.min(5, cell / 6);
/** More values than this are not marked on the colour scale. */
const MOST_MARKS = 64;

/** The first row of a block: each value, and the cells that it stands for. */
function pointsOf({ column, columns, valueColumns, values }: PlaneBlock): PlotFrame['points'] {
  const wide = columns / Math.max(1, valueColumns);
  return Array.from({ length: valueColumns }, (_, at) => ({
    column: column + at * wide,
    columns: wide,
    value: values[at],
  }));
}

/** Width of a character in sizes of its font; no editor font is wider. */
const DIGIT_WIDTH = 0.61;

/** Draws a plane into a grid: its colours, its numbers, its indices, the cursor, and what is pointed at. */
export interface GridDrawing {
  show(model: Model, plane: PlaneView, selection: Selection): void;
  /** Of the cells that were lit when it was last shown, where their values are here exactly. */
  litValues(): readonly number[];
}

/** What a drawing draws with. */
interface Tools {
  readonly data: GridData;
  readonly layout: GridLayout;
  readonly rulers: Rulers;
  readonly plot: StemPlot;
}

/** `grid` is the element that screen readers know as the grid; what is drawn is put into `space`, within it. */
export function createGridDrawing(
  name: GridName,
  grid: HTMLElement,
  space: HTMLElement,
  { data, layout, rulers, plot }: Tools,
): GridDrawing {
  const heatmap = createHeatmap(name);
  const layer = createCellLayer(name);
  const cursor = make('div', { class: 'grid-selection', 'aria-hidden': 'true' });
  space.append(heatmap.element, layer.element, cursor);
  grid.setAttribute('aria-activedescendant', layer.activeId);

  const changedIn = rememberChanged(name);
  let seen: readonly unknown[] = [];
  /** What is lit stays the same while it is scrolled and while values change. */
  let known: { readonly of: readonly unknown[]; readonly lit: Lit } | undefined;
  const litOf = (model: Model, plane: PlaneView, colour: boolean): Lit => {
    const of = [model.link, model.computed?.plan, plane.shape.join(), plane.leading.join(), colour];
    if (!known?.of.every((each, at) => each === of[at])) known = { of, lit: litIn(model, name, plane, colour) };
    return known.lit;
  };

  const textOf = (place: Place, dtype: Dtype, font: number): CellText | undefined => {
    const values = data.valuesAt(place);
    if (!values) return undefined;
    const room = Math.floor((layout.cell.width - marginOf(layout.cell.width)) / (font * DIGIT_WIDTH));
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

  /** Characters of the longest number in view, at no more digits than are read at a glance. */
  const longestOf = (region: Region, dtype: Dtype): number => {
    if (Math.min(layout.cell.width, layout.cell.height) < TEXT_CELL) return 1;
    const room = Math.floor((layout.cell.width - marginOf(layout.cell.width)) / (READABLE * DIGIT_WIDTH));
    const glance = Math.min(GLANCE.most, Math.max(GLANCE.least, room));
    let longest = 1;
    for (let row = region.row; row < region.row + region.rows; row++)
      for (let column = region.column; column < region.column + region.columns; column++) {
        const [value, ...more] = data.valuesAt({ row, column }) ?? [];
        if (value === undefined || more.length > 0) continue;
        const shown = dtype === 'float32' ? Number(value.toPrecision(7)) : value;
        longest = Math.max(longest, Math.min(glance, String(shown).length));
        if (longest === glance) return longest;
      }
    return longest;
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
      const changed = changedIn(model, plane, colour);
      const { min, max } = statisticsFor(model, name) ?? { min: 0, max: 0 };
      const { dtype } = model.edited.head;
      const { inputShape, weightShape } = model.received?.head ?? {};
      const reads = [
        ...[cell.width, cell.height, layout.plot, scroll.left, scroll.top, box.width, box.height],
        ...[plane.shape.join(), plane.leading.join(), plane.cut, data.values[0]?.current, data.pixels(), data.whole],
        ...[model.link, model.computed?.plan, inputShape?.join(), weightShape?.join(), selection, dtype, min, max],
        changed.key,
        ...[roleColour(GRID_ROLES[name]), roleColour('ground'), roleColour('faint'), window.devicePixelRatio],
      ];
      // Most changes of the model are of something else: what a painting shows follows from these alone.
      if (reads.length === seen.length && reads.every((each, at) => each === seen[at])) return;
      seen = reads;
      const lit = litOf(model, plane, colour);
      const { link } = model;
      const source = link?.cell.tensor === name ? placeOf(plane, link.cell.index, colour) : undefined;
      const [first] = data.values;
      const region = first?.block ?? visible;
      const { places, around } = outlined(lit, cell);
      const numbers = link ? numbersIn(link, name, plane, colour) : NO_NUMBERS;
      heatmap.paint({
        ...{ box, scroll, cell, pixels: data.pixels(), region, lit: places, around, numbers, source },
        changed: changed.places,
      });
      const marked = source ? [...places, source] : places;
      rulers.paint({ extent: plane.extent, cell, box, scroll, lit: marked });
      plot.paint({
        height: plane.rank === 1 ? layout.plot : 0,
        box,
        cell,
        scroll,
        range: { min, max },
        points: first ? pointsOf(first.block) : [],
        colourOf: (value) => cssColour(data.backgroundOf([value])),
        lit: marked,
        copies: name === 'output' ? kernelCopies(model) : [],
        pointed: source?.column,
      });
      const font = fontSize(cell.width, longestOf(visible, dtype));
      layer.show({
        cell,
        font,
        region: Math.min(cell.width, cell.height) >= TEXT_CELL ? visible : undefined,
        active: selection.active,
        selected: regionOf(selection),
        editable: name !== 'output',
        textOf: (row, column) => textOf({ row, column }, dtype, font),
        isLit: lit.has,
        isNumbered: (row, column) => numbers.has(placeKey({ row, column })),
        isChanged: changed.has,
        changedText: model.strings.againstChanged,
      });
      describe(plane.extent, first?.current ?? false);
      drawCursor(selection);
    },
    litValues: () =>
      known && known.lit.count <= MOST_MARKS
        ? known.lit.places().flatMap((place) => data.valuesAt(place)?.slice(0, 1) ?? [])
        : [],
  };
}
