import { matrixColumns, matrixRows } from '../../src/core/matrix/layout';
import type { Plan } from '../../src/core/plan';
import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';
import { HEAD, tail } from './head';
import { type CountsOf, type ShownMatrix, extentOf } from './scene';
import type { Extent } from './viewport';
import { fill } from './wording';

/** `C`, or its transpose: what the input is multiplied by. */
export const nameOf = ({ kind }: Plan): string => (kind === 'conv' ? 'C' : 'Cᵀ');

/** A count that has room in a header: `442,368` in three digits, of which the header's title has all. */
const briefCount = (count: number): string =>
  count.toLocaleString(undefined, count < 100_000 ? {} : { notation: 'compact', maximumSignificantDigits: 3 });

/** The elements around and under the matrix, and what they say of it as a whole. */
export interface MatrixFrame {
  readonly element: HTMLElement;
  /** The size, and how many entries there are. */
  readonly summary: HTMLElement;
  /** Has the focus, takes keys and gestures, and holds what is drawn. */
  readonly grid: HTMLElement;
  readonly readout: HTMLElement;
  readonly legend: HTMLElement;
  /** Rows and columns, and the room that there is for them. */
  extentOf(plan: Plan): Extent;
  /** Nothing: there is no matrix. */
  show(shown: ShownMatrix | undefined): void;
}

/** `drawn` is made by others, and put in its place here. */
export function createMatrixFrame(drawn: readonly HTMLElement[], countsOf: CountsOf, strings: Strings): MatrixFrame {
  const corner = make('div', { class: 'matrix-corner', 'aria-hidden': 'true' });
  const attributes = {
    class: 'matrix-grid',
    role: 'grid',
    tabindex: '0',
    'aria-readonly': 'true',
    'aria-label': strings.matrix,
    'aria-description': strings.matrixHelp,
  };
  const grid = make('div', attributes, ...drawn, corner);
  const readout = make('p', { class: 'matrix-readout' });
  const legend = make('p', { class: 'matrix-legend' });
  const [size, count] = [make('span'), make('span')];
  const summary = make('span', { class: 'summary matrix-summary' }, size, count);
  const none = make('p', {}, strings.matrixNone);
  const bar = make('div', { class: 'matrix-bar' }, readout, legend);
  const element = make('div', { class: 'matrix' }, grid, bar, none);

  const describe = ({ plan, batch, model }: ShownMatrix): void => {
    const [rows, columns] = [matrixRows(plan), matrixColumns(plan)];
    const entries = countsOf(plan).count({ top: 0, left: 0, bottom: rows, right: columns });
    const item = plan.batch > 1 ? ` (${fill(strings.matrixItem, batch + 1, plan.batch)})` : '';
    setText(size, `${nameOf(plan)} ${briefCount(rows)}×${briefCount(columns)}`);
    setText(count, `${fill(strings.matrixEntries, entries)}${item}`);
    summary.title = `${nameOf(plan)} ${fill(strings.matrixSize, rows, columns, entries)}${item}`;
    setText(corner, `y = ${nameOf(plan)}x${model.computed?.head.biasShape ? ' + b' : ''}`);
    grid.setAttribute('aria-rowcount', String(rows + 1));
    grid.setAttribute('aria-colcount', String(columns + 1));
  };

  return {
    element,
    summary,
    grid,
    readout,
    legend,
    extentOf: (plan) =>
      extentOf(
        plan,
        Math.max(1, grid.clientWidth - HEAD.left - tail(grid.clientWidth)),
        Math.max(1, grid.clientHeight - HEAD.top - 1),
      ),
    show(shown) {
      setHidden(none, shown !== undefined);
      setHidden(grid, shown === undefined);
      element.classList.toggle('stale', shown?.model.status.case === 'invalid');
      if (shown) describe(shown);
    },
  };
}
