import { gathering } from '../../../src/core/derive/gathering';
import type { Subject } from '../../../src/core/derive/subject';
import type { Strings } from '../../../src/protocol/strings';
import type { Film, FilmPart } from '../../film/film';
import { gatherFrame } from './gatherFrame';
import { type GatherAt, gatheredName, type GatherTold } from './gatherWords';

/** A transposed convolution output by output: each fetches its products from the inputs under its taps. */
export const gatherPart = (strings: Strings): FilmPart => ({
  id: 'gather',
  title: strings.gatherPart,
  hint: strings.gatherPartHint,
  film: (subject) => gatherFilm(subject, strings),
});

/** A convolution output by output: a window over the padded input, times the kernel, summed. */
export const slidingWindowPart = (strings: Strings): FilmPart => ({
  id: 'slidingWindow',
  title: strings.slidingPart,
  hint: strings.slidingPartHint,
  film: (subject) => gatherFilm(subject, strings),
});

const STEPS = 3;

/** Of either operation: which elements lie under which taps is all that they differ in. */
export function gatherFilm(subject: Subject, strings: Strings): Film {
  const told: GatherTold = { subject, outputs: gathering(subject), strings };
  const first = subject.plan.kind === 'conv' ? strings.stepRead : strings.stepReach;
  const at = (step: number): GatherAt =>
    step < STEPS * told.outputs.length
      ? { kind: 'output', output: Math.floor(step / STEPS), within: step % STEPS }
      : { kind: 'result' };
  return {
    phases: [
      ...told.outputs.map((each) => ({
        title: gatheredName(told, each),
        steps: [first, strings.stepProducts, strings.stepSum],
        kind: 'output',
      })),
      { title: strings.stepResult, steps: [''] },
    ],
    frame: (step, room, focus) => gatherFrame(told, at(step), room, focus),
  };
}
