import type { Contribution } from '../../src/core/explain/contributions';
import { cellName, shownIndex } from '../../src/core/explain/readout';
import type { Plan } from '../../src/core/plan';
import { productNumbers } from '../grid/productNumbers';
import type { Pointed } from './linkValues';

/** One product as a row: which cells meet, what they are, and what comes of it. */
export interface ProductRow {
  readonly number: number | undefined;
  readonly input: readonly number[];
  readonly weight: readonly number[];
  readonly output: readonly number[];
  readonly factors: readonly [input: number, weight: number];
  readonly product: number;
}

/** The products of one pair of channels. */
export interface ProductGroup {
  readonly title: string;
  /** The channel of the input for an output that is pointed at, of the output for an input. */
  readonly channel: number;
  readonly rows: readonly ProductRow[];
  readonly sum: number;
}

/** What is pointed at, as the pane shows it. */
export interface CellFacts {
  /** `out[3,3]`, `in[1,2]`, `w[0,1]`. */
  readonly name: string;
  readonly value: number;
  readonly tensor: 'input' | 'weight' | 'output';
  readonly groups: readonly ProductGroup[];
  readonly bias: { readonly name: string; readonly value: number } | undefined;
  /** Products in all, and those that are not among the rows. */
  readonly total: number;
  readonly more: number;
  /** How many taps the kernel has that could take part: only for an output. */
  readonly taps: number | undefined;
}

const LETTERS = { input: 'in', weight: 'w', output: 'out' } as const;

/** Without channels where a group's title has said them: only the place. */
export const placeName = (plan: Plan, index: readonly number[]): string => index.slice(-plan.rank).join(',');

export const nameOf = (plan: Plan, tensor: 'input' | 'weight' | 'output', index: readonly number[]): string => {
  const shape = { input: plan.inputShape, weight: plan.weightShape, output: plan.outputShape }[tensor];
  return cellName(LETTERS[tensor], shownIndex(shape, index, plan.rank));
};

/** Where a group's channel stands in the index of a product. */
function channelOf(plan: Plan, tensor: 'input' | 'weight' | 'output', each: Contribution): number {
  const axis = plan.batched ? 1 : 0;
  return tensor === 'output' ? each.input[axis] : each.output[axis];
}

/** At most `limit` products; the values of the rest are not asked for. */
export function cellFacts({ link, computed, at }: Pointed, limit: number): CellFacts {
  const { plan, head } = computed;
  const { cell, contributions } = link;
  const numbers = productNumbers(link);
  const list = contributions.list.slice(0, limit);
  const groups = new Map<number, ProductRow[]>();
  list.forEach((each, index) => {
    const factors = [at('input', each.input), at('weight', each.weight)] as const;
    const channel = channelOf(plan, cell.tensor, each);
    const rows = groups.get(channel) ?? [];
    groups.set(channel, rows);
    rows.push({
      number: numbers[index],
      input: each.input,
      weight: each.weight,
      output: each.output,
      factors,
      product: factors[0] * factors[1],
    });
  });
  const letter = cell.tensor === 'output' ? 'in' : 'out';
  const isOutput = cell.tensor === 'output' && link.entry !== true;
  const channel = cell.index[plan.batched ? 1 : 0];
  return {
    name: nameOf(plan, cell.tensor, cell.index),
    value: at(cell.tensor, cell.index),
    tensor: cell.tensor,
    groups: [...groups].map(([of, rows]) => ({
      title: `${letter}[${of}]`,
      channel: of,
      rows: rows.sort((one, other) => (one.number ?? 0) - (other.number ?? 0)),
      sum: rows.reduce((sum, { product }) => sum + product, 0),
    })),
    bias:
      isOutput && head.biasShape
        ? { name: plan.outputChannels > 1 ? `b[${channel}]` : 'b', value: at('bias', [channel]) }
        : undefined,
    total: contributions.total,
    more: contributions.total - list.length,
    taps: isOutput ? plan.inputPerGroup * plan.axes.reduce((all, { kernel }) => all * kernel, 1) : undefined,
  };
}
