import { placesOfSite } from '../../../src/core/derive/matrixForm';
import { format } from '../../../src/core/problem';
import { drawGrid, sizeOfGrid } from '../../drawing/gridFigure';
import { drawMatrix, type ElementLook, MATRIX_NAMES, MATRIX_TITLE } from '../../drawing/matrixFigure';
import type { Shape } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Focus, Room } from '../../film/film';
import { largestCell } from '../../film/layout';
import { same } from '../../film/naming';
import {
  entryWords,
  inputName,
  inputPlace,
  inputShape,
  isConv,
  kernelShape,
  type MatrixTold,
  outputName,
  outputPlaceOf,
  outputShape,
} from './matrixWords';
import { moving } from './moving';
import { symbolWords, tapWords } from './sumWords';

/** Where C stands while it is built. In pixels. */
export interface BuildLayout {
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** C has a row for each site and a column for each place. */
export function buildLayout(told: MatrixTold, room: Room): BuildLayout {
  const { inputArea, outputArea } = told.subject.plan;
  const [sites, places] = isConv(told) ? [outputArea, inputArea] : [inputArea, outputArea];
  const left = Math.max(...Array.from({ length: sites }, (_, site) => siteName(told, site).length)) * 6.8 + 8;
  const top = MATRIX_TITLE + MATRIX_NAMES;
  return {
    left,
    top,
    cellWidth: Math.max(4, Math.min(44, Math.floor((room.width - left - 12) / places))),
    cellHeight: Math.max(6, Math.min(26, Math.floor((room.height * 0.55 - top) / sites))),
  };
}

/** Upper left corner of an entry of C. */
export const placeInC = (
  { left, top, cellWidth, cellHeight }: BuildLayout,
  site: number,
  place: number,
): readonly [number, number] => [left + place * cellWidth, top + site * cellHeight];

const siteName = (told: MatrixTold, site: number): string =>
  isConv(told) ? outputName(told, site) : inputName(told, site);

const GAP = 34;

/** C as it grows row by row, over the kernel laid on the grid of its places. */
export function drawBuild(
  told: MatrixTold,
  site: number,
  layout: BuildLayout,
  room: Room,
  focus: Focus,
): { readonly shapes: readonly Shape[]; readonly width: number; readonly height: number } {
  const { form, subject, strings } = told;
  const conv = isConv(told);
  const { inputArea, outputArea } = subject.plan;
  const [sites, places] = conv ? [outputArea, inputArea] : [inputArea, outputArea];
  const { left, top, cellWidth, cellHeight } = layout;
  const entries = form.sites.map(
    (elements) => new Map(elements.map((each) => [conv ? each.input : each.output, each])),
  );
  const tapAt = new Map<number, number[]>();
  const position = conv ? outputPlaceOf(told, site) : inputPlace(told, site);
  placesOfSite(subject.plan, position).forEach((place, tap) => {
    if (place >= 0) tapAt.set(place, [...(tapAt.get(place) ?? []), tap]);
  });

  const matrix = drawMatrix({
    key: 'c',
    rows: sites,
    columns: places,
    x: left,
    y: top,
    cellWidth,
    cellHeight,
    title: wordsOf(`<k>C</k>  <f>${format(strings.stepsMatrixSizeOfC, [sites, places])}</f>`),
    ink: 'kernel',
    rowName: (row) => [run(siteName(told, row), row === site ? (conv ? 'output' : 'input') : 'faint', row === site)],
    columnName: (column) => symbolWords(conv ? 'x' : 'y', [column], 'faint'),
    bars: [{ row: site, ink: conv ? 'output' : 'input', heavy: true }],
    look: (row, column): ElementLook => {
      if (row > site) return { opacity: 0.38 };
      const element = entries[row].get(column);
      if (!element) return { dot: true };
      return {
        words: entryWords(told, element, row === site),
        fill: row === site ? 'kernel-strong' : 'kernel-tint',
        motion: undefined,
      };
    },
  });

  const belowY = top + sites * cellHeight + 28;
  const [siteShape, placeShape] = conv ? [outputShape(told), inputShape(told)] : [inputShape(told), outputShape(told)];
  const origin = siteShape.map(() => 0);
  const sizeOf = (shape: readonly number[], cell: number): { readonly width: number; readonly height: number } =>
    sizeOfGrid({ shape, cell, origin });
  const shapesBelow = [siteShape, kernelShape(told), placeShape];
  const cell = largestCell({ width: room.width - left - 12, height: room.height - belowY - 6 }, 40, (size) => {
    const all = shapesBelow.map((shape) => sizeOf(shape, size));
    return {
      width: all.reduce((sum, { width }) => sum + width, 2 * GAP),
      height: Math.max(...all.map(({ height }) => height)),
    };
  });
  let x = left;
  const shapes: Shape[] = [];
  const siteInk = conv ? 'output' : 'input';
  const sitesGrid = drawGrid({
    key: 'sites',
    shape: siteShape,
    x,
    y: belowY,
    cell,
    origin: conv ? subject.outputOrigin : subject.inputOrigin,
    tensor: siteInk,
    ink: siteInk,
    title: wordsOf(conv ? `<o>${strings.output}</o>` : `<i>${strings.input}</i>`),
    look: (place, flat) => ({
      value: conv ? undefined : subject.input.data[flat],
      fill: flat === site ? `${siteInk}-strong` : `${siteInk}-tint`,
      ring: flat === site ? siteInk : undefined,
      heavy: true,
      bold: flat === site || same(focus.followed(siteInk), place),
    }),
  });
  x += sitesGrid.width + GAP;
  const kernel = drawGrid({
    key: 'w',
    shape: kernelShape(told),
    x,
    y: belowY,
    cell,
    origin,
    tensor: 'weight',
    ink: 'kernel',
    title: wordsOf(`<k>${strings.kernel}</k>`),
    look: (place, flat) => ({
      value: subject.weight.data[flat],
      fill: 'kernel-tint',
      ring: same(focus.followed('weight'), place) ? 'kernel' : undefined,
    }),
  });
  x += kernel.width + GAP;
  const placeInk = conv ? 'input' : 'output';
  const laid = drawGrid({
    key: 'laid',
    shape: placeShape,
    x,
    y: belowY,
    cell,
    origin: conv ? subject.inputOrigin : subject.outputOrigin,
    tensor: placeInk,
    ink: placeInk,
    title: [...wordsOf(`<k>${strings.kernel}</k>  `), run(conv ? strings.laidOnInput : strings.laidOnOutput, 'faint')],
    look: (_, flat) => {
      const taps = tapAt.get(flat);
      return { fill: taps ? 'kernel-strong' : undefined, dot: taps === undefined };
    },
  });
  shapes.push(...sitesGrid.shapes, ...kernel.shapes, ...laid.shapes);
  // A grid's cells have plain numbers; these have symbols.
  if (cell >= 18)
    tapAt.forEach((taps, flat) => {
      const [cellX, cellY] = laid.at(conv ? inputPlace(told, flat) : outputPlaceOf(told, flat));
      shapes.push({
        kind: 'text',
        key: `laid-tap${flat}`,
        x: cellX + cell / 2,
        y: cellY + cell / 2,
        words: taps.length > 1 ? [run(`${taps.length}w`, 'kernel')] : tapWords(kernelShape(told), taps[0]),
        size: Math.min(14, cell * 0.36),
        anchor: 'middle',
        mono: true,
      });
    });
  const row = moving(matrix, 'c', (key) => {
    const [at, place] = key.split(',').map(Number);
    if (at !== site || !tapAt.has(place)) return undefined;
    const [fromX, fromY] = laid.at(conv ? inputPlace(told, place) : outputPlaceOf(told, place));
    const [toX, toY] = placeInC(layout, at, place);
    return [fromX + (cell - cellWidth) / 2 - toX, fromY + (cell - cellHeight) / 2 - toY];
  });
  return {
    shapes: [...shapes, ...row],
    width: Math.max(left + places * cellWidth, x + laid.width) + 8,
    height: belowY + Math.max(sitesGrid.height, kernel.height, laid.height) + 6,
  };
}
