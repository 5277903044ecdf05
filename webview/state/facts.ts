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
  ];
}
