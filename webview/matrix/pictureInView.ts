import { entriesIn, type MatrixWindow } from '../../src/core/matrix/entries';
import { matrixColumns, matrixRows } from '../../src/core/matrix/layout';
import type { TensorName } from '../../src/core/tensor/plane';
import type { Strings } from '../../src/protocol/strings';
import type { Palette } from '../drawing/palette';
import type { Picture } from '../drawing/svgText';
import { entryColours } from './entryColours';
import { hasPixels, matrixPicture } from './picture';
import type { CountsOf, ShownMatrix } from './scene';
import type { Values } from './values';
import { createWording, fill } from './wording';

/** A picture of the part of the matrix that is in view; values that are not here yet are fetched first. */
export async function pictureInView(
  shown: ShownMatrix,
  window: MatrixWindow,
  countsOf: CountsOf,
  values: Pick<Values, 'all'>,
  strings: Strings,
  palette: Palette,
): Promise<Picture> {
  const { plan, batch, model } = shown;
  const known = new Map<string, number>();
  const fetchAll = async (tensor: TensorName, flats: readonly number[]): Promise<void> => {
    const numbers = await values.all(tensor, flats);
    flats.forEach((flat, at) => known.set(`${tensor} ${flat}`, numbers[at]));
  };
  const along = (from: number, to: number, first: number): readonly number[] =>
    Array.from({ length: to - from }, (_, at) => first + from + at);
  if (hasPixels(window))
    await Promise.all([
      fetchAll('weight', [...new Set(entriesIn(plan, window).flatMap(({ weights }) => weights))]),
      fetchAll('input', along(window.left, window.right, batch * plan.inputChannels * plan.inputArea)),
      fetchAll('output', along(window.top, window.bottom, batch * plan.outputChannels * plan.outputArea)),
    ]);
  const here = { at: (tensor: TensorName, flat: number) => known.get(`${tensor} ${flat}`) };
  const counts = countsOf(plan);
  const [rows, columns] = [matrixRows(plan), matrixColumns(plan)];
  const entries = counts.count({ top: 0, left: 0, bottom: rows, right: columns });
  const { colourOf } = entryColours(model, here);
  return matrixPicture(
    {
      shown,
      window,
      counts,
      wording: createWording(plan, batch, model.view.symbols, here, strings),
      colourOf,
      size: fill(strings.matrixSize, rows, columns, entries),
      part: strings.matrixInView,
    },
    palette,
  );
}
