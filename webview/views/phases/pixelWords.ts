import {
  adjacencyOf,
  pixelProducts,
  pixelValue,
  type PixelProduct,
  weightsOfInput,
} from '../../../src/core/derive/pixelMaps';
import { format } from '../../../src/core/problem';
import type { Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Table } from '../../film/film';
import { brief, signed, unflat } from '../../film/naming';
import { type At, cellText, coloured, inkOf, nameOf, outputText, type Spot, type Told } from './pixelTold';

interface Said {
  readonly sentence: Words;
  readonly numbers: Words;
}

const blockText = ({ sizes }: Told): string => sizes.map(() => 2).join('×');

/** `F, F1 and F2` as a list. */
const readText = (told: Told, map: number): string =>
  told.pixels.maps[map].sources.map((source) => coloured(told, source)).join(', ');

/** More products than this are in the pane *Cell* alone. */
const MOST_TERMS = 6;

function sumText(told: Told, products: readonly PixelProduct[]): string {
  const terms = products
    .slice(0, MOST_TERMS)
    .map(({ source, weight, value }) => `${signed(weight)}·${coloured(told, source, signed(value))}`);
  return [...terms, ...(products.length > MOST_TERMS ? ['…'] : [])].join(' + ');
}

export function sentencesOf(told: Told, at: At, spot: Spot): Said {
  const { strings, pixels, outputSizes, sizes } = told;
  const count = pixels.maps.length;
  switch (at.kind) {
    case 'make': {
      const { map, place, output } = spot;
      const name = coloured(told, map.number, cellText(told, map.number, place));
      const products = pixelProducts(pixels, map, place);
      const value = brief(pixelValue(pixels, map.number, place));
      const made =
        products.length === 0
          ? format(strings.numbersPixelNone, [name, outputText(told, output)])
          : format(strings.numbersPixelMake, [name, sumText(told, products), value, outputText(told, output)]);
      const isRow = at.cells.length > 1;
      const rows = sizes[0];
      return {
        sentence: wordsOf(
          map.number === 0
            ? format(strings.sayPixelFirst, [sizes.length === 1 ? '1/2' : '1/4'])
            : format(strings.sayPixelMake, [coloured(told, map.number), readText(told, map.number)]),
        ),
        numbers: wordsOf(
          isRow ? format(strings.numbersPixelRow, [at.cells[0] / at.cells.length + 1, rows, made]) : made,
        ),
      };
    }
    case 'interleave': {
      const slices = pixels.maps.map((map) =>
        format(strings.numbersPixelInterleave, [
          map.corner.map((first) => `${first}::2`).join(', '),
          coloured(told, map.number),
        ]),
      );
      return {
        sentence: wordsOf(format(strings.sayPixelInterleave, [count, blockText(told)])),
        numbers: wordsOf(`${slices.join(', ')}: ${outputSizes.join(' × ')}`),
      };
    }
    case 'ties': {
      const { tied, pairs } = adjacencyOf(pixels);
      return {
        sentence: wordsOf(format(strings.sayPixelTies, [count])),
        numbers: wordsOf(format(strings.numbersPixelTies, [tied, pairs])),
      };
    }
    default:
      return at satisfies never;
  }
}

function ofCell(told: Told, { map, place, output }: Spot): Table {
  const { strings, pixels } = told;
  const products = pixelProducts(pixels, map, place);
  return {
    title: format(strings.pixelOfCell, [cellText(told, map.number, place), outputText(told, output)]),
    head: [strings.pixelFrom, strings.pixelValue, strings.pixelWeight, strings.pixelSymbol],
    rows:
      products.length === 0
        ? [{ cells: [[run(strings.pixelNothing, 'faint')], [], [], []] }]
        : products.map(({ source, place: from, tap, weight, value }) => ({
            cells: [
              [run(cellText(told, source, from), source === 'F' ? 'input' : inkOf(pixels.maps[source]))],
              [run(brief(value))],
              [run(brief(weight), 'kernel')],
              [run(`k${map.number + 1}[${nameOf(source)}; ${tap.join(',')}]`, 'kernel')],
            ],
          })),
    note: wordsOf(
      `${coloured(told, map.number)} = [${map.sources.map((source) => coloured(told, source)).join(', ')}] ⊛ <k>k${map.number + 1}</k>`,
    ),
  };
}

/** The same cell as a sum of the input's elements alone. */
function ofInput(told: Told, { map, place }: Spot): Table {
  const { strings, pixels, sizes } = told;
  const weights = [...weightsOfInput(pixels)(map, place)].sort(([one], [other]) => one - other);
  return {
    title: format(strings.pixelOfInput, [cellText(told, map.number, place)]),
    rows: weights.map(([flat, weight]) => ({
      cells: [
        [run(cellText(told, 'F', unflat(sizes, flat)), 'input')],
        [run(brief(pixels.input.data[flat]))],
        [run(brief(weight), 'kernel')],
      ],
    })),
    note: wordsOf(strings.pixelOfInputNote),
  };
}

function ties(told: Told): Table {
  const { strings, pixels } = told;
  const { tied, pairs } = adjacencyOf(pixels);
  const here = pixels.variant === 'inputPixel' ? strings.pixelInputPart : strings.pixelPart;
  return {
    title: strings.pixelTied,
    rows: [
      { cells: [[run(strings.pixelTransposed)], [run(format(strings.pixelTiedOf, [0, pairs]))]] },
      { cells: [[run(here, 'ink', true)], [run(format(strings.pixelTiedOf, [tied, pairs]), 'ink', true)]], now: true },
    ],
    note: wordsOf(strings.pixelTiedNote),
  };
}

/** What it costs to have neighbours tied: of one plane, as all that is shown is. */
function price({ strings, pixels, subject }: Told): Table {
  const weights = pixels.maps.reduce((all, map) => all + map.weights.reduce((sum, { length }) => sum + length, 0), 0);
  const text = format(strings.pixelPriceText, [pixels.maps.length, weights, subject.plan.kernelArea]);
  return { title: strings.zeroCost, prose: true, rows: [{ cells: [wordsOf(text)] }] };
}

export function tablesOf(told: Told, spot: Spot): readonly Table[] {
  const { strings, subject } = told;
  const part: Table = { title: strings.input, prose: true, rows: [{ cells: [wordsOf(strings.pixelWindow)] }] };
  return [ofCell(told, spot), ofInput(told, spot), ties(told), price(told), ...(subject.whole ? [] : [part])];
}
