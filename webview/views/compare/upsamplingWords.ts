import { format } from '../../../src/core/problem';
import type { MethodResult } from '../../../src/core/upsampling/comparison';
import { elementCount } from '../../../src/core/tensor/tensor';
import type { Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Table } from '../../film/film';
import { brief } from '../../film/naming';
import { valueAt } from '../../drawing/pictures';
import { bilinearText, decibels, kindOf, nameOf, ownText, rankOf, sizeText, type Told } from './upsamplingTold';

interface Said {
  readonly sentence: Words;
  readonly numbers: Words;
}

/** `2`, or `2 × 3` where the axes differ. */
export const factorText = (values: readonly number[]): string =>
  values.every((value) => value === values[0]) ? String(values[0]) : values.join(' × ');

const joined = (parts: readonly string[]): string => parts.join('; ');

/** The method that comes nearest to the reference, of those that were not fitted to it. */
export function bestOf({ present }: Told): MethodResult | undefined {
  return present.reduce<MethodResult | undefined>(
    (best, each) =>
      each.method !== 'shuffle' && each.psnr !== undefined && each.psnr > (best?.psnr ?? -Infinity) ? each : best,
    undefined,
  );
}

export function overview(told: Told): Said {
  const { comparison, strings, present } = told;
  const { factors, against, bilinear } = comparison;
  const kind = kindOf(told);
  const best = bestOf(told);
  const own = present.find(({ method }) => method === 'own');
  const parts = [
    ...(best?.psnr === undefined
      ? []
      : [format(strings.numbersUpBest, [nameOf(told, best.method), decibels(told, best.psnr)])]),
    ...(own?.psnr === undefined || own === best ? [] : [format(strings.numbersUpYours, [decibels(told, own.psnr)])]),
    format(strings.numbersUpRing, [kind, zeroish(told, bilinear.inside), brief(bilinear.border)]),
  ];
  const template = against === 'back' ? strings.sayUpBack : strings.sayUpLarger;
  const times = against === 'back' ? sizeText(factors) : factorText(factors);
  return { sentence: wordsOf(template, [times, present.length, kind]), numbers: wordsOf(joined(parts)) };
}

/** A difference that is nothing but the rounding of values of this size is said to be 0. */
export function zeroish({ comparison: { limits } }: Told, difference: number): string {
  const scale = Math.max(...limits.map(Math.abs));
  return difference <= 1e-12 * scale ? '0' : brief(difference);
}

export function sayMethod(told: Told, result: MethodResult): Said {
  const { strings, comparison } = told;
  const { method, psnr, ssim, largest } = result;
  const parts = [
    ...(psnr === undefined
      ? []
      : [format(strings.numbersUpMethod, [decibels(told, psnr), ssim === undefined ? '–' : ssim.toFixed(3)])]),
    ...(largest === undefined ? [] : [format(strings.numbersUpLargest, [zeroish(told, largest)])]),
  ];
  const numbers = wordsOf(`<b>${nameOf(told, method)}</b>: ${joined(parts)}`);
  return { sentence: wordsOf(sentenceOf(told, result)), numbers };

  function sentenceOf({ comparison: { against, factors, own } }: Told, { method: of }: MethodResult): string {
    const name = nameOf(told, of);
    switch (of) {
      case 'nearest':
        return format(strings.sayUp_nearest, [name]);
      case 'linear':
        return format(strings.sayUp_linear, [name]);
      case 'linearCorners':
        return format(strings.sayUp_linearCorners, [name, factorText(factors)]);
      case 'cubic':
        return format(strings.sayUp_cubic, [name]);
      case 'shuffle':
        return format(against === 'none' ? strings.sayUp_shuffleStart : strings.sayUp_shuffleFitted, [name]);
      case 'unpool':
        return format(
          { back: strings.sayUp_unpoolBack, given: strings.sayUp_unpoolGiven, none: strings.sayUp_unpoolFirst }[
            against
          ],
          [name],
        );
      case 'transposedLinear':
        return format(strings.sayUp_transposedLinear, [name, bilinearText(told), factorText(comparison.bilinear.ring)]);
      case 'own':
        return own?.scaled
          ? format(strings.sayUp_ownScaled, [name, ownText(told), brief(own.gain)])
          : format(strings.sayUp_own, [name, ownText(told)]);
      default:
        return of satisfies never;
    }
  }
}

/** What the scale of differences is of; and that one method goes beyond it. */
export function scaleName(told: Told): string {
  const { strings, comparison, present } = told;
  const name = format(strings.upDifference, [nameOf(told, comparison.base)]);
  const beyond = present.find(({ largest }) => largest !== undefined && largest > comparison.largest);
  return beyond ? format(strings.upBeyond, [name, nameOf(told, beyond.method), brief(beyond.largest ?? 0)]) : name;
}

/** Of the bilinear weights: how far they are off, inside and at the edges. */
export function bilinearWords(told: Told): readonly string[] {
  const { strings, comparison } = told;
  const { bilinear, large } = comparison;
  const inner = large.map((size, axis) => Math.max(0, size - 2 * bilinear.ring[axis]));
  const kind = kindOf(told);
  const isAllRing = elementCount(inner) === 0;
  return [
    isAllRing
      ? strings.upBilinearAllRing
      : format(strings.upBilinearInside, [zeroish(told, bilinear.inside), sizeText(inner), kind]),
    format(strings.upBilinearBorder, [brief(bilinear.border), factorText(bilinear.ring), kind]),
  ];
}

/** Why the document's own layer lies elsewhere. */
export function ownWords(told: Told): readonly string[] {
  const { strings, comparison, plan } = told;
  const { own, large, factors } = comparison;
  if (!own) return [];
  const moved = own.shift.flatMap((shift) =>
    shift === 0
      ? []
      : [
          format(strings.upShiftAxis, [
            brief(Math.abs(shift)),
            shift < 0 ? strings.upTowardsBegin : strings.upTowardsEnd,
          ]),
        ],
  );
  const sum = own.gain * elementCount(factors);
  const first = own.begin.map((at) => Math.max(0, -at));
  const both = own.sizes.map((size, axis) => Math.min(large[axis], size - own.begin[axis]) - first[axis]);
  return [
    moved.length > 0 ? format(strings.upShiftText, [[...new Set(moved)].join(', ')]) : strings.upShiftNone,
    ...(plan.rank > 0 && own.gain !== 1
      ? [format(strings.upGainText, [brief(own.gain), brief(sum), factors.join('·')])]
      : []),
    ...(own.sizes.join() === large.join()
      ? []
      : [format(strings.upSizesText, [sizeText(own.sizes), sizeText(large), sizeText(both)])]),
  ];
}

function notes(told: Told): readonly string[] {
  const { strings, comparison, lacking, slice, channels, plan } = told;
  const { range, against, left, large, results, smallPicture, referencePicture } = comparison;
  const shown = referencePicture ?? results.find(({ picture }) => picture)?.picture ?? smallPicture;
  const [equations, weights] = [elementCount(comparison.small), 3 ** rankOf(told)];
  const isMean = shown.valueRows < shown.rows || shown.valueColumns < shown.columns;
  const lack = lacking.map((each) => {
    const name = nameOf(told, each.method);
    switch (each.lack) {
      case 'rank':
        return format(strings.upLackRank, [name, rankOf(told)]);
      case 'conv':
        return format(strings.upLackConv, [name]);
      case 'illegal':
        return format(strings.upLackIllegal, [name, sizeText(comparison.small)]);
      default:
        return format(strings.upLackParted, [name]);
    }
  });
  return [
    ...(against !== 'none' && range !== undefined
      ? [range > 0 ? format(strings.upNoteRange, [brief(range)]) : strings.upNoteConstant]
      : []),
    ...(against !== 'none' && large.some((size) => size < 7) ? [strings.upNoteSmall] : []),
    ...(against !== 'none' && rankOf(told) < 3 ? [strings.upNoteFitted] : []),
    ...(against !== 'none' && rankOf(told) < 3 && equations <= weights
      ? [format(strings.upNoteExact, [equations, weights])]
      : []),
    strings.upNotePrecision,
    ...(left.some((each) => each > 0)
      ? [format(strings.upNoteLeft, [sizeText(left), sizeText(plan.axes.map(({ input }) => input))])]
      : []),
    ...(isMean ? [format(strings.upNoteMean, [sizeText([shown.valueRows, shown.valueColumns])])] : []),
    ...(rankOf(told) === 3 ? [format(strings.upNoteSlice, [slice, large[0]])] : []),
    ...(plan.inputChannels * plan.outputChannels > 1 ? [format(strings.upNoteChannels, channels)] : []),
    ...lack,
  ];
}

/** The pixel that is followed in all of them, the measures of all, and how they come about. */
export function tablesOf(
  told: Told,
  now: MethodResult | undefined,
  pixel: readonly number[] | undefined,
): readonly Table[] {
  const { strings, comparison, present } = told;
  const { base, referencePicture, against } = comparison;
  const tables: Table[] = [];
  if (pixel) {
    const reference = valueAt(referencePicture, pixel);
    const rows = present.map((each) => {
      const difference = valueAt(each.difference, pixel);
      return {
        cells: [
          [run(nameOf(told, each.method), each.method === 'own' ? 'output' : 'ink')],
          [run(brief(valueAt(each.picture, pixel) ?? NaN))],
          [run(difference === undefined ? '' : brief(difference))],
        ],
        now: each === now,
      };
    });
    tables.push({
      title: format(strings.upAt, [pixel.join(', ')]),
      head: [strings.upMethod, strings.upValue, format(strings.upMinus, [nameOf(told, base)])],
      rows: [
        ...(reference === undefined ? [] : [{ cells: [[run(strings.upReference)], [run(brief(reference))], []] }]),
        ...rows,
      ],
    });
  }
  if (against !== 'none' && present.some(({ psnr }) => psnr !== undefined)) {
    const best = bestOf(told);
    tables.push({
      title: strings.upMeasures,
      head: [strings.upMethod, strings.upPsnr, strings.upSsim],
      rows: present.map((each) => ({
        cells: [
          [run(nameOf(told, each.method), each.method === 'own' ? 'output' : 'ink', each === best)],
          [run(each.psnr === undefined ? '–' : decibels(told, each.psnr), 'ink', each === best)],
          [run(each.ssim === undefined ? '–' : each.ssim.toFixed(4))],
        ],
        now: each === now,
      })),
    });
  }
  const prose = (title: string, texts: readonly string[]): Table => ({
    title,
    prose: true,
    rows: texts.map((text) => ({ cells: [wordsOf(text)] })),
  });
  tables.push(
    prose(
      format(strings.upBilinearTitle, [nameOf(told, 'transposedLinear'), nameOf(told, 'linear')]),
      bilinearWords(told),
    ),
  );
  const own = ownWords(told);
  if (own.length > 0) tables.push(prose(strings.up_own, own));
  tables.push(prose(strings.upNotes, notes(told)));
  return tables;
}
