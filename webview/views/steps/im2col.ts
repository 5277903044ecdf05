import { im2col } from '../../../src/core/derive/im2col';
import type { Subject } from '../../../src/core/derive/subject';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Film, FilmPart } from '../../film/film';
import { im2colFrame } from './im2colFrame';
import type { Im2colAt, Im2colTold } from './im2colWords';
import { stretch } from './stretches';

/** A convolution as one matrix product: windows unrolled to columns, the kernel as a row, the product reshaped. */
export const im2colPart = (strings: Strings): FilmPart => ({
  id: 'im2col',
  title: strings.im2colPart,
  hint: strings.im2colPartHint,
  film: (subject) => im2colFilm(subject, strings),
});

export function im2colFilm(subject: Subject, strings: Strings): Film {
  const told: Im2colTold = { subject, derived: im2col(subject), strings };
  const count = told.derived.columns.length;
  const each = (kind: 'unroll' | 'times'): readonly Im2colAt[] =>
    Array.from({ length: count }, (_, column) => ({ kind, column }));
  const ats: readonly Im2colAt[] = [...each('unroll'), { kind: 'kernel' }, ...each('times'), { kind: 'reshape' }];
  return {
    phases: [
      ...stretch(count, 'unroll', format(strings.phaseUnroll, [count]), (at) =>
        format(strings.phaseUnrollOne, [at, count]),
      ),
      { title: strings.phaseKernelRow, steps: [''] },
      ...stretch(count, 'times', format(strings.phaseTimes, [count]), (at) =>
        format(strings.phaseTimesOne, [at, count]),
      ),
      { title: strings.phaseReshape, steps: [''] },
    ],
    frame: (step, room, focus) => im2colFrame(told, ats[step], room, focus),
  };
}
