import type { Entry } from '../../src/core/matrix/entries';
import { columnName, inputOfColumn, outputOfRow, rowName, weightSymbols } from '../../src/core/matrix/layout';
import { shownIndex, symbolOf } from '../../src/core/explain/readout';
import type { Plan } from '../../src/core/plan';
import type { Strings } from '../../src/protocol/strings';
import type { Values } from './values';

/** What cells and headers say, in numbers or in symbols. */
export interface Wording {
  entry(entry: Entry): string;
  /** The whole of it: `out[1,2] ← in[0,3]: w₀,₁ = 0.25`. */
  sentence(entry: Entry): string;
  input(column: number): string;
  output(row: number): string;
}

/** A text with its holes filled; numbers are written as the user's language writes them. */
export const fill = (template: string, ...args: readonly (string | number)[]): string =>
  args.reduce<string>(
    (text, arg, at) => text.replace(`{${at}}`, typeof arg === 'number' ? arg.toLocaleString() : arg),
    template,
  );

/** While a value is on its way. */
const PENDING = '…';

/** Digits that fit a cell; the sentence has them all. */
const DIGITS = 4;

export function short(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+∞' : '−∞';
  return String(Number(value.toPrecision(DIGITS)))
    .replace('-', '−')
    .replace('e+', 'e');
}

/** The sum that stands at an entry, when all of it is known. */
export function entryValue(values: Pick<Values, 'at'>, { weights }: Entry): number | undefined {
  let sum = 0;
  for (const flat of weights) {
    const value = values.at('weight', flat);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

export function createWording(
  plan: Plan,
  batch: number,
  symbols: boolean,
  values: Pick<Values, 'at'>,
  strings: Strings,
): Wording {
  const shown = (value: number | undefined): string => (value === undefined ? PENDING : short(value));
  const inputSize = plan.inputChannels * plan.inputArea;
  const outputSize = plan.outputChannels * plan.outputArea;
  return {
    entry: (entry) => (symbols ? weightSymbols(plan, entry.weights) : shown(entryValue(values, entry))),
    sentence(entry) {
      const value = entryValue(values, entry);
      return strings.matrixEntry
        .replace('{0}', rowName(plan, entry.row, batch))
        .replace('{1}', columnName(plan, entry.column, batch))
        .replace('{2}', `${weightSymbols(plan, entry.weights)} = ${value === undefined ? PENDING : String(value)}`);
    },
    input: (column) =>
      symbols
        ? symbolOf('x', shownIndex(plan.inputShape, inputOfColumn(plan, column, batch), plan.rank))
        : shown(values.at('input', batch * inputSize + column)),
    output: (row) =>
      symbols
        ? symbolOf('y', shownIndex(plan.outputShape, outputOfRow(plan, row, batch), plan.rank))
        : shown(values.at('output', batch * outputSize + row)),
  };
}
