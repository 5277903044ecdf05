import { keepsConstants, type SubProduct } from '../../../src/core/derive/subKernels';
import { cellName, flatIndex } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import { marked, run, wordsOf } from '../../drawing/words';
import type { Frame, Table } from '../../film/film';
import { brief, plus, rangeName, signed, unflat } from '../../film/naming';
import { type At, blockOf, colourOf, outputsOfBlock, phaseName, slicesOf, type Told } from './told';

/** A line has so many of a kind. */
const MOST_IN_LINE = 4;

const limited = (texts: readonly string[], { strings }: Told, join: string): string => {
  const more = texts.length - MOST_IN_LINE;
  return [...texts.slice(0, MOST_IN_LINE), ...(more > 0 ? [format(strings.zeroMoreProducts, [more])] : [])].join(join);
};

const valueOf = ({ subject, derived }: Told, output: readonly number[]): number =>
  derived.output.data[flatIndex(subject.plan.outputShape.slice(2), output)];

/** From the first to the last input, along each axis, that any product takes. */
function rangeOfInputs({ subject }: Told, products: readonly SubProduct[]): string | undefined {
  if (products.length === 0) return undefined;
  const along = subject.plan.axes.map((_, axis) => products.map(({ input }) => input[axis]));
  const first = along.map((indices) => Math.min(...indices));
  return rangeName(
    plus(first, subject.inputOrigin),
    along.map((indices, axis) => Math.max(...indices) - first[axis] + 1),
  );
}

function blockNumbers(told: Told, block: number): string {
  const { derived, strings } = told;
  const outputs = outputsOfBlock(told, unflat(derived.blocks, block));
  const values = outputs.map((output) =>
    colourOf(derived.phaseOf(output), `${told.nameOut(output)} = ${brief(valueOf(told, output))}`),
  );
  const range = rangeOfInputs(
    told,
    outputs.flatMap((output) => derived.productsOf(output)),
  );
  const all = derived.blocks.reduce((count, size) => count * size, 1);
  const args = [block + 1, all, limited(values, told, ', ')];
  return range === undefined ? format(strings.numbersBlockNone, args) : format(strings.numbersBlock, [...args, range]);
}

/** What a step says, in words and in numbers. */
export function sentencesOf(told: Told, at: At): Pick<Frame, 'sentence' | 'numbers'> {
  const { derived, strings, strides, subject } = told;
  if (at.kind === 'interleave')
    return {
      sentence: wordsOf(strings.sayInterleave, [strides.join('×')]),
      numbers: wordsOf(blockNumbers(told, at.block)),
    };
  const phase = derived.phases[at.phase];
  const name = colourOf(phase, phaseName(told, phase));
  const size = phase.small.shape.slice(2).join('×');
  if (phase.taps.length === 0)
    return {
      sentence: wordsOf(subject.bias === undefined ? strings.sayEmpty : strings.sayEmptyBias, [phase.number]),
      numbers: wordsOf(strings.numbersEmptyPhase, [name, slicesOf(told, phase), size]),
    };
  if (at.kind === 'cut') {
    const taps = phase.taps.map(({ tap }) => cellName('w', tap));
    return {
      sentence: wordsOf(derived.phases.length === 1 ? strings.sayCutOne : strings.sayCutKernel, [
        derived.phases.length,
      ]),
      numbers: wordsOf(strings.numbersCutPhase, [name, slicesOf(told, phase), limited(taps, told, ' ')]),
    };
  }
  return {
    sentence: wordsOf(strings.sayMakeSmall),
    numbers: wordsOf(strings.numbersMake, [name, size, phase.taps.length, phase.small.data.length * phase.taps.length]),
  };
}

function blockTable(told: Told, block: readonly number[]): Table {
  const { derived, strings } = told;
  const outputs = outputsOfBlock(told, block);
  return {
    title: format(strings.blockOf, [told.nameOut(outputs[0])]),
    rows: outputs.map((output) => {
      const phase = derived.phaseOf(output);
      const sum = derived
        .productsOf(output)
        .map(({ value, weight }) => `${marked('i', signed(value))}·${marked('k', signed(weight))}`);
      return {
        cells: [
          wordsOf(colourOf(phase, told.nameOut(output))),
          wordsOf(limited(sum, told, ' + ')),
          wordsOf(colourOf(phase, brief(valueOf(told, output)))),
        ],
      };
    }),
  };
}

function productsTable({ derived, subject, strings }: Told): Table {
  const { outputArea, kernelArea } = subject.plan;
  const { products, zeroInsertion } = derived;
  return {
    title: strings.phaseProducts,
    rows: [
      { cells: [wordsOf(strings.phaseProductsZero, [outputArea, kernelArea]), [run(zeroInsertion)]] },
      { cells: [wordsOf(strings.phaseProductsPhases), [run(products)]] },
      ...(products > 0
        ? [{ cells: [wordsOf(strings.phaseProductsRatio), [run(`${brief(zeroInsertion / products)} ×`)]] }]
        : []),
    ],
  };
}

function sumsTable(told: Told, now: number | undefined): Table {
  const { derived, strings } = told;
  const counts = [...new Set(derived.phases.map(({ taps }) => taps.length))].sort((one, other) => one - other);
  const equal = counts.length > 1 ? format(strings.phaseSumsEqualUneven, [counts.join(', ')]) : strings.phaseSumsEqual;
  return {
    title: strings.phaseSums,
    head: ['', strings.phaseTapsHead, strings.phaseSumsHead],
    rows: derived.phases.map((phase) => ({
      now: phase.number === now,
      cells: [
        wordsOf(colourOf(phase, phaseName(told, phase))),
        [run(phase.taps.length === 0 ? strings.noTap : phase.taps.length)],
        [run(brief(phase.sum), undefined, true)],
      ],
    })),
    note: wordsOf(keepsConstants(derived) ? equal : strings.phaseSumsDiffer),
  };
}

/** What the pane *Cell* has beside the step. */
export function tablesOf(told: Told, at: At, followed: readonly number[] | undefined): readonly Table[] {
  const { strings, derived } = told;
  const block = followed
    ? blockOf(told, followed)
    : at.kind === 'interleave'
      ? unflat(derived.blocks, at.block)
      : undefined;
  return [
    ...(block ? [blockTable(told, block)] : []),
    { title: strings.phaseWhyTitle, rows: [], note: wordsOf(strings.phaseWhyText) },
    productsTable(told),
    sumsTable(told, at.kind === 'interleave' ? undefined : at.phase),
  ];
}
