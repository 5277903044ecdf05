import { columnOfInput, rowOfOutput } from '../../src/core/matrix/layout';
import { cssColour, type Rgb } from '../legend/contrast';
import { stepOf } from '../../src/core/tensor/colourSteps';
import { scaleOf } from '../legend/scale';
import { statisticsFor } from '../legend/statisticsFor';
import type { Model } from '../model';
import type { Place, ShownMatrix } from './scene';
import type { Values } from './values';

/** Elements that are drawn one by one although their tensor is too large to be here as a whole. */
const MOST_ASKED = 4096;
/** Rings on a strip; more would be one line. */
const MOST_RINGS = 512;

/** What stands along one side of the matrix: the input above it, the output beside it. */
export interface Margin {
  /** Nothing while the value is on its way. */
  valueAt(index: number): number | undefined;
  colourOf(value: number): Rgb;
  /** What a pixel shows that stands for these elements: the largest of them, or one where they are not all here. */
  pooled(from: number, to: number): number | undefined;
}

export interface Margins {
  readonly input: Margin;
  readonly output: Margin;
  /** Columns and rows of what takes part in the sum of what is pointed at. */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

function marginOf(
  name: 'input' | 'output',
  { plan, batch, model }: ShownMatrix,
  values: Values,
  inView: number,
): Margin {
  const size = name === 'input' ? plan.inputChannels * plan.inputArea : plan.outputChannels * plan.outputArea;
  const scale = scaleOf(name, model.view, statisticsFor(model, name));
  const valueAt = (index: number): number | undefined => values.at(name, batch * size + index);
  const whole = values.whole(name);
  const each = whole !== undefined || inView <= MOST_ASKED;
  return {
    valueAt,
    colourOf: (value) => scale.table.colours[stepOf(scale, value)],
    pooled(from, to) {
      // Of a large tensor one element stands for its neighbours, so that no more are asked for than there are pixels.
      if (!each) return valueAt(Math.floor((from + to) / 2));
      let largest: number | undefined;
      for (let index = from; index < to; index++) {
        // A strip may stand for a quarter of a million elements.
        const value = whole ? whole[batch * size + index] : valueAt(index);
        if (value !== undefined && (largest === undefined || Math.abs(value) > Math.abs(largest))) largest = value;
      }
      return largest;
    },
  };
}

/** What takes part in what is pointed at; of a kernel element that is everything, and nothing is marked. */
function partners({ plan }: ShownMatrix, { link }: Model): Pick<Margins, 'columns' | 'rows'> {
  const list = link?.contributions.list ?? [];
  if (!link || link.cell.tensor === 'weight' || list.length > MOST_RINGS) return { columns: [], rows: [] };
  return {
    columns: [...new Set(list.map(({ input }) => columnOfInput(plan, input)))],
    rows: [...new Set(list.map(({ output }) => rowOfOutput(plan, output)))],
  };
}

/** The input and the output along the matrix. `inView`: how many columns and rows are. */
export function marginsOf(shown: ShownMatrix, values: Values, inView: Place): Margins {
  return {
    input: marginOf('input', shown, values, inView.column),
    output: marginOf('output', shown, values, inView.row),
    ...partners(shown, shown.model),
  };
}

export const marginColour = (margin: Margin, value: number | undefined): string | undefined =>
  value === undefined ? undefined : cssColour(margin.colourOf(value));
