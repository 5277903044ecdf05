import { type Backward, backward } from '../../../src/core/derive/backward';
import { overlapAdd } from '../../../src/core/derive/overlapAdd';
import type { Subject } from '../../../src/core/derive/subject';
import { cellName, flatIndex } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { wordsOf } from '../../drawing/words';
import type { Film, FilmPart } from '../../film/film';
import { brief, plus } from '../../film/naming';
import { foldFrame } from './backwardFold';
import { paddingName, stampPhases } from './overlapAdd';
import { stampFrame } from './overlapAddFrame';
import type { At, Told } from './stamping';

/** The backward pass of a convolution: the gradient of the output, stamped back by the same kernel. */
export const backwardPart = (strings: Strings): FilmPart => ({
  id: 'backward',
  title: strings.backwardPart,
  hint: strings.backwardPartHint,
  film: (subject) => backwardFilm(subject, strings),
});

/** What the way back is told of: a transposed convolution of which the document's output is stamped on its input. */
function toldOf(subject: Subject, back: Backward, strings: Strings): Told {
  const { transposed, folds, gradient } = back;
  const { plan } = subject;
  const nameOut = (place: readonly number[]): string => cellName('∂out', plus(place, subject.outputOrigin));
  const nameIn = (place: readonly number[]): string => cellName('∂in', plus(place, transposed.outputOrigin));
  return {
    subject: transposed,
    derived: overlapAdd(transposed),
    strings,
    from: { tensor: 'output', title: strings.gradientOfOutput, name: nameOut },
    onto: {
      tensor: 'input',
      title: folds ? strings.gradientOfPadded : strings.gradientOfInput,
      name: nameIn,
      within: folds && {
        begin: plan.axes.map(({ padBegin }) => padBegin),
        sizes: plan.axes.map(({ input }) => input),
      },
    },
    texts: {
      sayStamp: strings.sayStampBack,
      numbersStamp: strings.numbersStampBack,
      numbersAdd: strings.numbersAddBack,
      sayCrop: strings.sayCropBack,
      numbersCrop: strings.numbersCropBack,
      soFar: strings.gradientSoFar,
      start: () => ({
        sentence: wordsOf(strings.sayLoss),
        numbers: wordsOf(strings.numbersLoss, [subject.outputOrigin.join(','), brief(subject.output.data[0])]),
      }),
      result: (followed) => {
        const place = followed ?? plan.axes.map(() => 0);
        const flat = flatIndex(transposed.plan.outputShape.slice(2), place);
        const text = transposed.complete[flat] ? strings.numbersBackward : strings.numbersBackwardSoFar;
        return {
          sentence: wordsOf(strings.sayBackward),
          numbers: wordsOf(text, [nameIn(place), brief(gradient.data[flat])]),
        };
      },
    },
  };
}

export function backwardFilm(subject: Subject, strings: Strings): Film {
  const back = backward(subject);
  const told = toldOf(subject, back, strings);
  const stamps = stampPhases(told);
  const stamping = stamps.phases.reduce((all, { steps }) => all + steps.length, 0);
  const at = (step: number): At => {
    if (step === 0) return { kind: 'start' };
    if (step <= stamping) return stamps.at(step - 1);
    return { kind: step === stamping + 1 ? 'crop' : 'result' };
  };
  const { folds } = back;
  return {
    phases: [
      { title: strings.phaseLoss, steps: [''] },
      ...stamps.phases,
      { title: folds ? strings.phaseFold : format(strings.cropOf, [paddingName(subject)]), steps: [''] },
      { title: strings.stepResult, steps: [''] },
    ],
    frame: (step, room, focus) => {
      const now = at(step);
      const isAfter = now.kind === 'crop' || now.kind === 'result';
      return folds && isAfter
        ? foldFrame({ subject, back, folds, strings }, now.kind === 'result', room, focus)
        : stampFrame(told, now, room, focus);
    },
  };
}
