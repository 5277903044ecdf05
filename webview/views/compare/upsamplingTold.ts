import { format } from '../../../src/core/problem';
import type { Comparison, Method, MethodResult } from '../../../src/core/upsampling/comparison';
import type { Strings } from '../../../src/protocol/strings';
import type { Plan } from '../../../src/core/plan';
import type { Focus } from '../../film/film';
import { brief } from '../../film/naming';
import type { UpsamplingLook } from '../../view';
import { timesOf } from './frameworksTold';

/** What the comparison of ways to make larger knows of a document. */
export interface Told {
  readonly comparison: Comparison;
  readonly plan: Plan;
  readonly strings: Strings;
  readonly look: UpsamplingLook;
  /** Which slice of a volume is shown, and the channels of the plane. */
  readonly slice: number;
  readonly channels: readonly [from: number, to: number];
  /** What there is, in the order in which it is shown; and what there is not. */
  readonly present: readonly MethodResult[];
  readonly lacking: readonly MethodResult[];
}

export const rankOf = ({ comparison }: Told): number => comparison.large.length;

/** `bilinear`: what interpolation by straight lines is called on so many axes. */
export const kindOf = ({ strings, comparison }: Told): string =>
  [strings.upKind1, strings.upKind2, strings.upKind3][comparison.large.length - 1];

export function nameOf({ strings, comparison }: Told, method: Method | 'reference'): string {
  const rank = comparison.large.length;
  switch (method) {
    case 'reference':
      return strings.upBaseReference;
    case 'nearest':
      return strings.up_nearest;
    case 'linear':
      return [strings.up_linear1, strings.up_linear2, strings.up_linear3][rank - 1];
    case 'linearCorners':
      return [strings.up_linearCorners1, strings.up_linearCorners2, strings.up_linearCorners3][rank - 1];
    case 'cubic':
      return strings.up_cubic;
    case 'shuffle':
      return strings.up_shuffle;
    case 'unpool':
      return strings.up_unpool;
    case 'transposedLinear':
      return rank === 2 ? strings.up_transposedLinear2 : strings.up_transposedLinear;
    case 'own':
      return strings.up_own;
    default:
      return method satisfies never;
  }
}

/** Its name over a picture: which transposed convolution it is stands under it. */
export function titleOf(told: Told, method: Method): string {
  const { strings, comparison } = told;
  if (method !== 'own' && method !== 'transposedLinear') return nameOf(told, method);
  if (method === 'transposedLinear' || !comparison.own?.scaled) return strings.up_transposedShort;
  return `${strings.up_transposedShort} ${format(strings.upScaled, [brief(comparison.own.gain)])}`;
}

const alike = (values: readonly number[]): string =>
  values.every((value) => value === values[0]) ? String(values[0]) : values.join('×');

/** `k4 s2 p1`: the transposed convolution that interpolates. */
export function bilinearText({ comparison }: Told): string {
  const { factors } = comparison;
  const kernel = factors.map((factor) => 2 * factor - (factor % 2));
  const padding = factors.map((factor) => Math.ceil((factor - 1) / 2));
  return `k${alike(kernel)} s${alike(factors)} p${alike(padding)}`;
}

/** The document's own layer in the same words. */
export function ownText({ plan: { axes } }: Told): string {
  const sides = axes.map(({ padBegin, padEnd }) => (padBegin === padEnd ? String(padBegin) : `${padBegin}:${padEnd}`));
  const padding = sides.every((each) => each === sides[0]) ? sides[0] : sides.join('×');
  const parts = [
    `k${alike(axes.map(({ kernel }) => kernel))}`,
    `s${alike(axes.map(({ stride }) => stride))}`,
    `p${padding}`,
    ...(axes.some(({ dilation }) => dilation !== 1) ? [`d${alike(axes.map(({ dilation }) => dilation))}`] : []),
    ...(axes.some(({ outputPadding }) => outputPadding !== 0)
      ? [`op${alike(axes.map(({ outputPadding }) => outputPadding))}`]
      : []),
  ];
  return parts.join(' ');
}

/** What a method is, in a few letters under its name. */
export function detailOf(told: Told, method: Method): string {
  const { strings, comparison } = told;
  const { factors, against } = comparison;
  const phases = factors.reduce((all, factor) => all * factor, 1);
  const taps = factors.map(() => 3).join('×');
  switch (method) {
    case 'nearest':
      return strings.upsub_nearest;
    case 'linear':
      return 'align_corners=False';
    case 'linearCorners':
      return 'align_corners=True';
    case 'cubic':
      return 'a = −0.75';
    case 'shuffle':
      return format(against === 'none' ? strings.upsub_shuffleStart : strings.upsub_shuffleFitted, [phases, taps]);
    case 'unpool':
      return { back: strings.upsub_unpoolBack, given: strings.upsub_unpoolGiven, none: strings.upsub_unpoolFirst }[
        against
      ];
    case 'transposedLinear':
      return format(strings.upsub_linear, [kindOf(told), bilinearText(told)]);
    case 'own':
      return format(strings.upsub_own, [ownText(told)]);
    default:
      return method satisfies never;
  }
}

/** What is left is the rounding of the last digits, and no two programs round alike. */
const EXACT = 200;

/** `18.86 dB`; where nothing differs but by rounding, that it is exact. */
export const decibels = ({ strings }: Told, value: number): string =>
  value > EXACT ? strings.upExact : format(strings.upDecibel, [value.toFixed(2).replace('-', '−')]);

/** Which tensor of the document the pixels are cells of, and which cell is the first; nothing if of none. */
export function cellsOf({
  comparison: { against, own },
  plan,
}: Told): { readonly tensor: 'input' | 'output'; readonly first: readonly number[] } | undefined {
  if (against === 'back') return { tensor: 'input', first: plan.axes.map(() => 0) };
  return own && plan.kind === 'convTranspose' ? { tensor: 'output', first: own.begin } : undefined;
}

/** The pixel that is followed, if it is in the slice on show. */
export function pixelOf(told: Told, focus: Focus): readonly number[] | undefined {
  const cells = cellsOf(told);
  const place = cells && focus.followed(cells.tensor)?.map((at, axis) => at - cells.first[axis]);
  const { large } = told.comparison;
  if (!place?.every((at, axis) => at >= 0 && at < large[axis])) return undefined;
  return large.length === 3 && place[0] !== told.slice ? undefined : place;
}

export const sizeText = timesOf;
