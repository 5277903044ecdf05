import { evenAxis } from '../../../src/core/artefacts/evenKernel';
import { hasFewPhases } from '../../../src/core/derive/subKernels';
import type { Subject } from '../../../src/core/derive/subject';
import type { Plan } from '../../../src/core/plan';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Film, FilmPart } from '../../film/film';
import { type At, sceneOf } from './scene';
import { tooManyPhases } from '../phases/tooMany';
import { timesOf, toldOf } from './told';
import { sentencesOf, tablesOf } from './words';

const STEPS: readonly At[] = ['count', 'constant', 'spectrum', 'cures'];

/** The checkerboard of a transposed convolution: counted, made by a constant, seen as a spectrum, and cured. */
export function artefactsFilm(subject: Subject, layer: Plan, strings: Strings): Film {
  const told = toldOf(subject, layer, strings);
  const titles: Readonly<Record<At, string>> = {
    count: strings.artefactCount,
    constant: strings.artefactConstant,
    spectrum: strings.artefactSpectrum,
    cures: strings.artefactCures,
  };
  return {
    phases: STEPS.map((at) => ({ title: titles[at], steps: [''] })),
    frame(step, room, focus) {
      const at = STEPS[step];
      return {
        scene: sceneOf(told, at, room, focus),
        ...sentencesOf(told, at, focus),
        tables: tablesOf(told, at, focus),
      };
    },
  };
}

/** As `view.sub` and links name it. */
export const ARTEFACTS = 'artefacts';

/** Taps of a kernel that are worked out at every step. */
const MOST_TAPS = 65_536;

const product = (numbers: readonly number[]): number => numbers.reduce((all, each) => all * each, 1);

const evenKernel = ({ axes }: Plan): readonly number[] => axes.map((axis) => evenAxis(axis).kernel);

/** Whether a layer's phases and kernels, its cure's among them, are few enough to be shown. */
export const isShown = (plan: Plan): boolean => hasFewPhases(plan) && product(evenKernel(plan)) <= MOST_TAPS;

/** Why it is not. */
export function tooMuchOf(plan: Plan, strings: Strings): string {
  if (!hasFewPhases(plan)) return tooManyPhases(plan, strings);
  const kernel = evenKernel(plan);
  return format(strings.artefactTooMuch, [timesOf(kernel), product(kernel), MOST_TAPS]);
}

export const artefactsPart = (strings: Strings): FilmPart => ({
  id: ARTEFACTS,
  title: strings.artefacts,
  hint: strings.artefactsHint,
  film: (subject, layer) => (isShown(layer) ? artefactsFilm(subject, layer, strings) : undefined),
  tooMuch: (layer) => tooMuchOf(layer, strings),
});
