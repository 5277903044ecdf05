import { MOST_PHASES } from '../../../src/core/derive/subKernels';
import type { Plan } from '../../../src/core/plan';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { timesOf } from '../artefacts/told';

/** Why the phases of a layer are not shown: how many there are. */
export function tooManyPhases({ axes }: Plan, strings: Strings): string {
  const strides = axes.map(({ stride }) => stride);
  const phases = strides.reduce((all, stride) => all * stride, 1);
  return format(strings.phasesTooMany, [timesOf(strides), phases.toLocaleString('en'), MOST_PHASES]);
}
