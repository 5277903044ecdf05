import {
  cellName,
  type ElementOf,
  readoutFrom,
  readoutText,
  shownIndex,
  symbolOf,
} from '../../src/core/explain/readout';
import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { productsInOrder } from '../grid/productNumbers';
import type { Computed, Link } from '../model';

/** At most this many products are written out: nobody reads a longer sum. */
export const WRITTEN = 12;

/** A number in at most six significant digits, with the minus sign and the infinity sign of mathematics. */
export function showNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+∞' : '−∞';
  const text = Number.isInteger(value) && Math.abs(value) < 1e9 ? String(value) : String(Number(value.toPrecision(6)));
  return text.replace('-', '−');
}

/** What a cell is made of or makes, in numbers and symbols. */
export function readoutWords(link: Link, { plan }: Computed, at: ElementOf, bias: boolean, strings: Strings): string {
  const { cell, contributions, entry } = link;
  const list = productsInOrder(link).slice(0, WRITTEN);
  const few = { total: contributions.total, list };
  const name = (tensor: 'in' | 'out', shape: readonly number[], index: readonly number[]): string =>
    cellName(tensor, shownIndex(shape, index, plan.rank));
  const symbol = (index: readonly number[]): string => symbolOf('w', shownIndex(plan.weightShape, index, plan.rank));
  const more = contributions.total > list.length ? `, … ${contributions.total}` : '';
  if (entry) {
    const { input, output } = list[0];
    const sum = list.map(({ weight }) => symbol(weight)).join(' + ');
    const value = list.reduce((all, { weight }) => all + at('weight', weight), 0);
    return format(strings.readoutEntry, [
      name('in', plan.inputShape, input),
      name('out', plan.outputShape, output),
      `${sum} = ${showNumber(value)}`,
    ]);
  }
  switch (cell.tensor) {
    case 'output':
      return readoutText(readoutFrom(plan, few, cell.index, at, bias), showNumber);
    case 'input': {
      const made = list.map(
        ({ output, weight }) =>
          `${name('out', plan.outputShape, output)} += ${showNumber(at('input', cell.index))}·${symbol(weight)}`,
      );
      const itself = `${name('in', plan.inputShape, cell.index)} = ${showNumber(at('input', cell.index))}`;
      return contributions.total === 0
        ? format(strings.readoutUnused, [itself])
        : format(contributions.total === 1 ? strings.readoutInputOne : strings.readoutInput, [
            itself,
            contributions.total,
            made.join(', ') + more,
          ]);
    }
    case 'weight': {
      const made = list.map(
        ({ input, output }) =>
          `${name('out', plan.outputShape, output)} += ${symbol(cell.index)}·${showNumber(at('input', input))}`,
      );
      const itself = `${symbol(cell.index)} = ${showNumber(at('weight', cell.index))}`;
      return contributions.total === 0
        ? format(strings.readoutUnused, [itself])
        : format(contributions.total === 1 ? strings.readoutWeightOne : strings.readoutWeight, [
            itself,
            contributions.total,
            made.join(', ') + more,
          ]);
    }
    default:
      return cell.tensor satisfies never;
  }
}
