import { overlapOf } from '../../src/core/explain/overlap';
import type { Plan } from '../../src/core/plan';
import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';

/** Overlap is counted along each axis; a signal longer than this would take too much of a frame. */
const LONGEST_COUNTED = 200_000;

const times = (sizes: readonly number[]): string => sizes.join(' × ');

export interface Fact {
  readonly name: string;
  readonly text: string;
  /** Whether it deserves attention. */
  readonly warn: boolean;
  /** Whether it stands in the strip too. */
  readonly brief: boolean;
}

function overlapFact(plan: Plan, strings: Strings): Fact | undefined {
  if (plan.kind === 'conv') return undefined;
  if (plan.axes.some(({ output }) => output > LONGEST_COUNTED)) return undefined;
  const { all, inside, holes } = overlapOf(plan);
  const fact = (template: string, args: readonly (number | string)[], warn: boolean): Fact => ({
    name: strings.overlap,
    text: format(template, args),
    warn,
    brief: true,
  });
  if (holes > 0) return fact(strings.overlapHoles, [`${Math.round(holes * 1000) / 10} %`], true);
  if (all.least === all.most) return fact(strings.overlapEverywhere, [all.most], false);
  if (!inside) return fact(strings.overlapBorders, [all.least, all.most], false);
  if (inside.least === inside.most) return fact(strings.overlapEven, [inside.most], false);
  return fact(strings.overlapUneven, [inside.least, inside.most], true);
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Counts beyond this are told by their size: `9.83·10¹¹`. */
const LONG = 1e9;

function largeCount(value: number, locale: string | undefined): string {
  if (value < LONG) return value.toLocaleString(locale);
  const [digits, power] = value.toExponential(2).split('e+');
  const shown = Number(digits);
  const ten = `10${[...power].map((digit) => RAISED[Number(digit)]).join('')}`;
  return shown === 1 ? ten : `${shown.toLocaleString(locale)}·${ten}`;
}

/**
 * How many weights sharing them saves: with a kernel of its own at each place, and with each output joined to each
 * input, as a fully connected layer has it.
 */
function sharingFacts(
  plan: Plan,
  strings: Strings,
  locale: string | undefined,
): readonly (readonly [string, string])[] {
  const weights = plan.weightShape.reduce((all, size) => all * size, 1);
  const places = plan.kind === 'conv' ? plan.outputArea : plan.inputArea;
  const all = plan.inputChannels * plan.inputArea * plan.outputChannels * plan.outputArea;
  const count = (value: number): string => largeCount(value, locale);
  return [
    [strings.sharedWeights, format(strings.sharedWeightsText, [count(weights), count(places)])],
    [strings.ownWeights, count(weights * places)],
    [strings.fullyConnected, count(all)],
  ];
}

/** What follows from the parameters besides the size, in the order in which it is shown. */
export function factsOf(plan: Plan, bias: boolean, strings: Strings, locale?: string): readonly Fact[] {
  const count = (value: number): string => value.toLocaleString(locale);
  const plain = (name: string, text: string, brief = false): Fact => ({ name, text, warn: false, brief });
  const parameters = plan.weightShape.reduce((all, size) => all * size, 1) + (bias ? plan.outputChannels : 0);
  const field = times(plan.axes.map(({ extent }) => extent));
  const overlap = overlapFact(plan, strings);
  return [
    plain(strings.weightShape, times(plan.weightShape)),
    plain(strings.parameterCount, count(parameters), true),
    plain(strings.multiplyAdds, count(plan.multiplyAdds), true),
    plain(plan.kind === 'conv' ? strings.receptiveField : strings.projectiveField, field),
    ...(overlap ? [overlap] : []),
    ...sharingFacts(plan, strings, locale).map(([name, text]) => plain(name, text)),
  ];
}
