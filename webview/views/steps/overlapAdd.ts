import { overlapAdd } from '../../../src/core/derive/overlapAdd';
import type { Subject } from '../../../src/core/derive/subject';
import { cellName } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { wordsOf } from '../../drawing/words';
import type { Film, FilmPart } from '../../film/film';
import { plus } from '../../film/naming';
import { outputNumbers } from './outputNumbers';
import { stampFrame } from './overlapAddFrame';
import type { At, Told } from './stamping';

/** Overlap-add, step by step: each input element times the kernel, landed on the output, and added. */
export function overlapAddPart(strings: Strings): FilmPart {
  return {
    id: 'overlapAdd',
    title: strings.overlapAdd,
    hint: strings.overlapAddHint,
    film: (subject) => overlapAddFilm(subject, strings),
  };
}

const STEPS = 3;

/** The phases of a film of stamps, each of which takes three steps, and what the step of a number shows. */
export function stampPhases(told: Told): { readonly phases: Film['phases']; at(step: number): At } {
  const { derived, from, strings } = told;
  return {
    phases: derived.stamps.map(({ input }) => ({
      title: format(strings.stampOf, [from.name(input)]),
      steps: [strings.stepMultiply, strings.stepLand, strings.stepAdd],
      kind: 'stamp',
    })),
    at: (step) => ({ kind: 'stamp', stamp: Math.floor(step / STEPS), within: step % STEPS }),
  };
}

/** `p = 1`, or each axis's own where they differ. */
export function paddingName({ plan }: Subject): string {
  const pads = plan.axes.map(({ padBegin, padEnd }) => (padBegin === padEnd ? padBegin : `${padBegin}:${padEnd}`));
  return [...new Set(pads)].join('×');
}

export function overlapAddFilm(subject: Subject, strings: Strings): Film {
  const told: Told = {
    subject,
    derived: overlapAdd(subject),
    strings,
    from: { tensor: 'input', title: strings.input, name: (place) => cellName('in', plus(place, subject.inputOrigin)) },
    onto: {
      tensor: 'output',
      title: strings.output,
      name: (place) => cellName('out', plus(place, subject.outputOrigin)),
    },
    texts: {
      ...strings,
      soFar: strings.outputSoFar,
      result: (followed) => ({
        sentence: wordsOf(strings.saySum),
        numbers: outputNumbers(subject, followed, strings),
      }),
    },
  };
  const stamps = stampPhases(told);
  const stamping = STEPS * told.derived.stamps.length;
  const at = (step: number): At => {
    if (step < stamping) return stamps.at(step);
    return { kind: step === stamping ? 'crop' : 'result' };
  };
  return {
    phases: [
      ...stamps.phases,
      { title: format(strings.cropOf, [paddingName(subject)]), steps: [''] },
      { title: strings.stepResult, steps: [''] },
    ],
    frame: (step, room, focus) => stampFrame(told, at(step), room, focus),
  };
}
