import type { Product } from '../../../src/core/derive/zeroInsertion';
import { flatIndex } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import type { Words } from '../../drawing/scene';
import { marked, run, wordsOf } from '../../drawing/words';
import type { Frame, Table } from '../../film/film';
import { brief, rangeName, signed } from '../../film/naming';
import { type At, isCut, moreText, outputAt, outputsOf, perAxis, ringText, sides, type Told } from './told';

/** A sum in one line has so many products. */
const MOST_PRODUCTS = 4;

const times = (shape: readonly number[]): string => shape.join('×');
const gridShape = ({ shape }: { readonly shape: readonly number[] }): readonly number[] => shape.slice(2);

/** The formula of each axis; one if all are the same. */
const formulas = (texts: readonly string[]): string => [...new Set(texts)].join(', ');

export const spreadFormula = ({ subject, derived }: Told): string =>
  formulas(subject.plan.axes.map(({ input }, axis) => `(${input}−1)·${derived.apart[axis]} + 1`));

/** Sizes of the grid while zeros go around it: without what output padding adds. */
export const sizesAround = ({ derived }: Told): readonly number[] =>
  gridShape(derived.padded).map((size, axis) => size - derived.rings[axis].more);

export function padFormula({ derived }: Told, withMore: boolean): string {
  return formulas(
    derived.rings.map(({ begin, end, more }, axis) => {
      const term = (value: number): string => (value < 0 ? ` − ${-value}` : ` + ${value}`);
      const around = begin === end ? `${begin < 0 ? ' − ' : ' + '}2·${Math.abs(begin)}` : term(begin) + term(end);
      return `${derived.spread.shape[axis + 2]}${around}${withMore && more > 0 ? ` + ${more}` : ''}`;
    }),
  );
}

export function slideFormula({ subject, derived }: Told): string {
  return formulas(
    subject.plan.axes.map(({ extent }, axis) => {
      const room = `${derived.padded.shape[axis + 2]} − ${extent}`;
      return derived.slide[axis] > 1 ? `⌊(${room})/${derived.slide[axis]}⌋ + 1` : `${room} + 1`;
    }),
  );
}

const productText = ({ value, weight }: Product): string =>
  `${marked('i', signed(value))}·${marked('k', signed(weight))}`;

/** What a window says: its products that meet the input, and how many meet a zero that was put in. */
function windowNumbers(told: Told, output: readonly number[]): Words {
  const { derived, subject, strings } = told;
  const products = derived.productsOf(output);
  const real = products.filter(({ input }) => input !== undefined);
  const more = real.length - MOST_PRODUCTS;
  const sum = [
    ...real.slice(0, MOST_PRODUCTS).map(productText),
    ...(more > 0 ? [format(strings.zeroMoreProducts, [more])] : []),
  ].join(' + ');
  const extents = subject.plan.axes.map(({ extent }) => extent);
  return wordsOf(strings.numbersZeroWindow, [
    rangeName(
      output.map((at, axis) => at * derived.slide[axis]),
      extents,
    ),
    sum || '0',
    brief(derived.output.data[flatIndex(outputsOf(told), output)]),
    told.nameOut(output),
    products.length - real.length,
    products.length,
  ]);
}

function resultNumbers(told: Told, followed: readonly number[] | undefined): Words {
  const { derived, subject, strings } = told;
  const { bias, channelsAdded, output, complete } = subject;
  const flat = followed && flatIndex(outputsOf(told), followed);
  if (followed && flat !== undefined && told.which !== 'beyond') {
    const here = brief(derived.output.data[flat]);
    if (!complete[flat]) return wordsOf(strings.numbersIncomplete, [told.nameOut(followed), here]);
    if (channelsAdded > 1 || bias !== undefined) {
      const others = channelsAdded > 1 ? ` + ${format(strings.otherChannels, [channelsAdded - 1])}` : '';
      const added = bias === undefined ? '' : ` + b ${signed(bias)}`;
      return wordsOf(
        `<o>${told.nameOut(followed)}</o> = ${here}${others}${added} = <o>${brief(output.data[flat])}</o>`,
      );
    }
  }
  return wordsOf(strings.numbersCost, [
    subject.plan.outputArea,
    subject.plan.kernelArea,
    derived.products,
    derived.products - derived.real,
  ]);
}

function padWords(told: Told, what: 'around' | 'cut' | 'more' | 'none'): Pick<Frame, 'sentence' | 'numbers'> {
  const { derived, strings, which } = told;
  const conv = which === 'conv';
  const spread = times(gridShape(derived.spread));
  const around = times(sizesAround(told));
  if (what === 'more')
    return {
      sentence: wordsOf(strings.sayMore, [moreText(told)]),
      numbers: wordsOf(strings.numbersSizes, [around, times(gridShape(derived.padded)), padFormula(told, true)]),
    };
  const sentence = {
    around: conv ? strings.sayRingConv : strings.sayRing,
    cut: strings.sayCut,
    none: conv ? strings.sayNoRingConv : strings.sayNoRing,
  }[what];
  return {
    sentence: wordsOf(sentence),
    numbers: wordsOf(strings.numbersSizes, [spread, around, padFormula(told, false)]),
  };
}

/** What a step says, in words and in numbers. */
export function sentencesOf(
  told: Told,
  at: At,
  followed: readonly number[] | undefined,
): Pick<Frame, 'sentence' | 'numbers'> {
  const { subject, derived, strings, which } = told;
  const { axes } = subject.plan;
  const conv = which === 'conv';
  switch (at.kind) {
    case 'insert': {
      const gaps = derived.apart.map((apart) => apart - 1);
      const none = gaps.every((gap) => gap === 0) ? strings.sayInsertNone : strings.sayInsert;
      const plain = axes.some(({ stride }) => stride > 1) ? strings.sayConvMore : strings.sayConvOne;
      return {
        sentence: wordsOf(conv ? plain : none, [perAxis(gaps)]),
        numbers: wordsOf(strings.numbersSizes, [
          times(subject.plan.inputShape.slice(2)),
          times(gridShape(derived.spread)),
          spreadFormula(told),
        ]),
      };
    }
    case 'pad':
      return padWords(told, at.what);
    case 'flip': {
      const last = axes.map(({ kernel }) => kernel - 1);
      const first = last.map(() => 0);
      return {
        sentence: wordsOf(strings.sayFlip),
        numbers: wordsOf(strings.numbersZeroFlip, [
          told.nameTap(last),
          brief(derived.kernel.data[0]),
          told.nameTap(first),
          brief(derived.kernel.data[derived.kernel.data.length - 1]),
        ]),
      };
    }
    case 'window':
      return {
        sentence: wordsOf(conv ? strings.sayZeroWindowConv : strings.sayZeroWindow),
        numbers: windowNumbers(told, outputAt(told, at) ?? []),
      };
    case 'result':
      return {
        sentence: wordsOf(conv ? strings.sayWindowsAllConv : strings.sayWindowsAll),
        numbers: resultNumbers(told, followed),
      };
    default: {
      const never: never = at;
      return never;
    }
  }
}

function productTable(told: Told, output: readonly number[]): Table {
  const { derived, subject, strings } = told;
  const real = derived.productsOf(output).filter(({ input }) => input !== undefined);
  const from = output.map((at, axis) => at * derived.slide[axis]);
  return {
    title: format(strings.zeroProductsOf, [told.nameOut(output)]),
    head: ['#', strings.input, strings.tap, strings.adds],
    rows: real.map(({ input, value, tap, weight, product, under }, index) => ({
      cells: [
        [
          run(index + 1),
          run(` ${under.map((at, axis) => (at - from[axis]) / subject.plan.axes[axis].dilation).join()}`, 'faint'),
        ],
        wordsOf(`<i>${told.nameIn(input ?? [])} ${brief(value)}</i>`),
        wordsOf(`<k>${told.nameTap(tap)} ${brief(weight)}</k>`),
        [run(brief(product))],
      ],
    })),
    note: wordsOf(strings.numbersZeroSum, [
      told.nameOut(output),
      brief(derived.output.data[flatIndex(outputsOf(told), output)]),
    ]),
  };
}

function recipeTable(told: Told, at: At): Table {
  const { derived, subject, strings } = told;
  const now = { insert: 0, pad: 1, flip: 2, window: 3, result: -1 }[at.kind];
  const { axes } = subject.plan;
  const dilated = axes.some(({ dilation }) => dilation > 1)
    ? ` ${format(strings.recipeDilated, [perAxis(axes.map(({ dilation }) => dilation))])}`
    : '';
  return {
    title: strings.zeroRecipe,
    prose: true,
    rows: [
      wordsOf(strings.recipeInsert, [perAxis(derived.apart.map((apart) => apart - 1))]),
      wordsOf(strings.recipePad, [perAxis(derived.rings.map(({ begin, end }) => sides(begin, end))), moreText(told)]),
      wordsOf(axes.length === 2 ? strings.recipeFlip : strings.recipeFlipAxes),
      wordsOf(strings.recipeSlide + dilated),
    ].map((words, index) => ({ now: index === now, cells: [[run(index + 1, undefined, true)], words] })),
    note: subject.whole ? undefined : wordsOf(strings.zeroOfWindow),
  };
}

function costTable(told: Told): Table {
  const { derived, subject, strings } = told;
  const { products, real } = derived;
  const finite = subject.weight.data.every(Number.isFinite);
  const { outputArea, kernelArea } = subject.plan;
  return {
    title: strings.zeroCost,
    rows: [
      { cells: [wordsOf(strings.costProducts, [outputArea, kernelArea]), [run(products)]] },
      { cells: [wordsOf(strings.costReal), [run(real, 'input', true)]] },
      { cells: [wordsOf(strings.costZero), [run(products - real)]] },
    ],
    note: wordsOf(finite || products === real ? strings.costPhases : strings.costNotFinite),
  };
}

/** What the pane *Cell* has beside the step. */
export function tablesOf(told: Told, at: At, followed: readonly number[] | undefined): readonly Table[] {
  const output = followed ?? outputAt(told, at);
  return [
    ...(output ? [productTable(told, output)] : []),
    ...(told.which === 'conv' ? [] : [recipeTable(told, at), costTable(told)]),
  ];
}

const DOT = '○';

/** What is said of the padded grid under it; dots are shown and not named by their colour, which differs by theme. */
export function legendOf(told: Told): Words {
  const { strings, derived } = told;
  const parts = [
    format(strings.zeroLegend, [DOT]),
    ...(derived.rings.some(({ more }) => more > 0) ? [format(strings.zeroLegendMore, [marked('o', DOT)])] : []),
    ...(isCut(told) ? [strings.zeroLegendCut] : []),
  ];
  return wordsOf(`<f>${parts.join(' · ')}</f>`);
}

export const padCaption = (told: Told): string =>
  format(told.which === 'conv' ? told.strings.padByConv : told.strings.padBy, [ringText(told)]);
