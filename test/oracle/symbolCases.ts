// Small documents whose outputs are written out in symbols. `generate.py symbols` runs the programs, and PyTorch's own
// operation on the same tensors; the test holds one against the other.
import { MOST_WRITTEN, sizeOfCode, symbolProgram, type Written, WRITTEN_KINDS } from '../../src/core/derive/symbolCode';
import type { Notation } from '../../src/core/derive/symbols';
import { type CopiedCase, copiedCases } from './copiedCases';

export const LIBRARIES = ['numpy', 'sympy'] as const;
export const WRITTEN: readonly Written[] = WRITTEN_KINDS;

export interface SymbolRow {
  readonly title: string;
  readonly library: (typeof LIBRARIES)[number];
  readonly what: Written;
  readonly text: string;
}

/** Every notation is met by some document. */
const notationOf = (at: number): Notation => ({
  names: (['indices', 'numbered', 'brackets'] as const)[at % 3],
  base: at % 2 === 0 ? 0 : 1,
  swapped: at % 4 > 1,
});

/** The last batch item and output channel, and the output in the middle. */
export const shownOfCase = ({ plan }: CopiedCase): { item: { batch: number; channel: number }; place: number[] } => ({
  item: { batch: plan.batch - 1, channel: plan.outputChannels - 1 },
  place: plan.axes.map(({ output }) => Math.floor(output / 2)),
});

export const symbolRows = (): readonly SymbolRow[] =>
  copiedCases.flatMap((each, at) =>
    WRITTEN.filter((what) => sizeOfCode({ plan: each.plan, what }) <= MOST_WRITTEN).flatMap((what) =>
      LIBRARIES.flatMap((library) => {
        const { plan, input, weight, bias } = each;
        const values = { input, weight, bias };
        const code = { plan, what, ...shownOfCase(each), bias: bias !== undefined, values };
        const text = symbolProgram(library, code, notationOf(at));
        return text === undefined ? [] : [{ title: each.title, library, what, text }];
      }),
    ),
  );

/** For `generate.py`: the programs, and the layers for PyTorch. */
export const texts = (): object => ({
  rows: symbolRows(),
  layers: copiedCases.map(({ title, plan, input, weight, bias }) => ({
    title,
    kind: plan.kind,
    paddingMode: plan.paddingMode,
    groups: plan.groups,
    axes: plan.axes,
    batched: plan.batched,
    dtype: input.dtype,
    input: { shape: input.shape, data: Array.from(input.data) },
    weight: { shape: weight.shape, data: Array.from(weight.data) },
    bias: bias && Array.from(bias.data),
  })),
});
