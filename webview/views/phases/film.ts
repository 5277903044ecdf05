import { hasFewPhases } from '../../../src/core/derive/subKernels';
import type { Subject } from '../../../src/core/derive/subject';
import type { Cell } from '../../../src/core/explain/contributions';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Film, FilmPart, FilmPhase } from '../../film/film';
import { unflat } from '../../film/naming';
import { sceneOf } from './scene';
import { type At, outputsOfBlock, type Told, toldOf } from './told';
import { tooManyPhases } from './tooMany';
import { sentencesOf, tablesOf } from './words';

/** More of a kind than this share one bar, and those in the middle are run through. */
const MOST_APART = 16;

interface Stretch {
  readonly phase: FilmPhase;
  readonly steps: readonly At[];
}

function stretchesOf({ derived, strings }: Told): readonly Stretch[] {
  const { phases, blocks } = derived;
  const count = blocks.reduce((all, size) => all * size, 1);
  const interleaving = Array.from({ length: count }, (_, block): At => ({ kind: 'interleave', block }));
  return [
    {
      phase: { title: strings.phaseCut, steps: phases.map(() => '') },
      steps: phases.map(({ number }) => ({ kind: 'cut', phase: number })),
    },
    ...phases.map(({ number }): Stretch => ({
      phase: { title: format(strings.phaseNumber, [number]), steps: [''], kind: 'phase' },
      steps: [{ kind: 'make', phase: number }],
    })),
    ...(count <= MOST_APART
      ? [{ phase: { title: strings.phaseInterleave, steps: interleaving.map(() => '') }, steps: interleaving }]
      : interleaving.map((step, index): Stretch => ({
          phase: { title: format(strings.phaseInterleaveAt, [index + 1, count]), steps: [''], kind: 'block' },
          steps: [step],
        }))),
  ];
}

/** What a step is about, for all other views: the first output of its block, or the first tap of its phase. */
function cellAt(told: Told, at: At): Cell | undefined {
  const { derived } = told;
  if (at.kind === 'interleave')
    return { tensor: 'output', index: outputsOfBlock(told, unflat(derived.blocks, at.block))[0] };
  const first = derived.phases[at.phase].taps.at(0);
  return at.kind === 'cut' && first ? { tensor: 'weight', index: first.tap } : undefined;
}

/** The phases of a transposed convolution: the kernel cut, small outputs made, interleaved. */
export function subKernelsFilm(subject: Subject, strings: Strings): Film {
  const told = toldOf(subject, strings);
  const stretches = stretchesOf(told);
  const steps = stretches.flatMap((stretch) => stretch.steps);
  return {
    phases: stretches.map(({ phase }) => phase),
    frame(step, room, focus) {
      const at = steps[step];
      return {
        scene: sceneOf(told, at, room, focus),
        ...sentencesOf(told, at),
        cell: cellAt(told, at),
        tables: tablesOf(told, at, focus.followed('output')),
      };
    },
  };
}

export const subKernelsPart = (strings: Strings): FilmPart => ({
  id: 'subKernels',
  title: strings.subKernels,
  hint: strings.phasesHint,
  film: (subject) => (hasFewPhases(subject.plan) ? subKernelsFilm(subject, strings) : undefined),
  tooMuch: (layer) => tooManyPhases(layer, strings),
});
