import { overlapOf } from '../../src/core/explain/overlap';
import type { Plan } from '../../src/core/plan';
import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';

/**
 * Overlap is counted for each residue of the output's position by the stride, as long as there are no more than this:
 * two axes of stride a million have 10¹².
 */
const MOST_RESIDUES = 4096;

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
  const residues = plan.axes.reduce((all, { stride }) => all * stride, 1);
  if (residues > MOST_RESIDUES) return undefined;
  const { grid, even, holes } = overlapOf(plan);
  const name = strings.overlap;
  if (holes > 0)
    return {
      name,
      text: format(strings.overlapHoles, [`${Math.round(holes * 1000) / 10} %`]),
      warn: true,
      brief: true,
    };
  if (even) return { name, text: format(strings.overlapEven, [grid[0]]), warn: false, brief: true };
  return { name, text: format(strings.overlapUneven, [Math.min(...grid), Math.max(...grid)]), warn: true, brief: true };
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
