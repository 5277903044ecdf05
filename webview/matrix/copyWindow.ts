import { entriesIn, type MatrixWindow } from '../../src/core/matrix/entries';
import { type PrintFormat, printMatrix } from '../../src/core/matrix/print';
import type { Plan } from '../../src/core/plan';
import type { Dtype } from '../../src/core/operation';
import type { Values } from './values';

/** Most cells that are copied at once: more than a page of LaTeX, less than a text that would stop an editor. */
export const MOST_COPIED = 10_000;

export const cellsOf = ({ top, bottom, left, right }: MatrixWindow): number => (bottom - top) * (right - left);

/** The text of a window of at most `MOST_COPIED` cells; numbers that are not here yet are fetched. */
export async function windowText(
  plan: Plan,
  window: MatrixWindow,
  format: PrintFormat,
  shown: { readonly symbols: boolean; readonly dtype: Dtype; readonly batch: number },
  values: Pick<Values, 'all'>,
): Promise<string> {
  if (shown.symbols) return printMatrix(plan, window, format, 'symbols', shown.batch);
  const flats = [...new Set(entriesIn(plan, window).flatMap(({ weights }) => weights))];
  const numbers = await values.all('weight', flats);
  const known = new Map(flats.map((flat, at) => [flat, numbers[at]]));
  return printMatrix(
    plan,
    window,
    format,
    { dtype: shown.dtype, weight: (flat) => known.get(flat) ?? Number.NaN },
    shown.batch,
  );
}
