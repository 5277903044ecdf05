import { format } from '../../../src/core/problem';
import { run, wordsOf } from '../../drawing/words';
import type { Frame, Table } from '../../film/film';
import { brief, unflat } from '../../film/naming';
import { farthest, kernelAt, type Now, stepsOfRun, type Told } from './told';

const steepest = ({ gradient }: Now): number =>
  gradient.reduce((best, each, at) => (Math.abs(each) > Math.abs(gradient[best]) ? at : best), 0);

export function sentencesOf(told: Told, now: Now): Pick<Frame, 'sentence' | 'numbers'> {
  const { strings, run: of } = told;
  const { training, question } = of;
  if (now.step === undefined)
    return {
      sentence: wordsOf(strings.sayTrainingOptimum),
      numbers: wordsOf(strings.numbersTrainingOptimum, [brief(now.loss), training.optimum.length, training.outputs]),
    };
  const tap = steepest(now);
  const numbers = wordsOf(strings.numbersTraining, [
    now.step,
    brief(now.loss),
    brief(training.optimumLoss),
    unflat(question.kernel, tap).join(','),
    now.gradient[tap] < 0 ? strings.trainingGrows : strings.trainingShrinks,
    brief(now.gradient[tap]),
  ]);
  if (training.diverged)
    return { sentence: wordsOf(strings.sayTrainingDiverged, [brief(training.largestRate)]), numbers };
  const sentence =
    now.step === 0
      ? wordsOf(strings.sayTrainingStart, [training.optimum.length, question.seed])
      : wordsOf(strings.sayTraining);
  return { sentence, numbers };
}

export function tablesOf(told: Told, now: Now): readonly Table[] {
  const { strings, run: of } = told;
  const { training, question } = of;
  const last = stepsOfRun(told);
  const row = (name: string, value: string) => ({ cells: [wordsOf(name), [run(value)]] });
  return [
    {
      title: format(strings.trainingGradients, [now.step ?? strings.trainingOptimum]),
      head: [strings.trainingOfLoss, strings.trainingShape, strings.trainingLargest],
      rows: [
        {
          cells: [
            wordsOf(`<k>${strings.gradientsWeight}</k>`),
            [run(question.kernel.join('×'))],
            [run(brief(farthest(now.gradient, new Float64Array(now.gradient.length))))],
          ],
        },
        {
          cells: [
            wordsOf(`<o>${strings.gradientsOut}</o>`),
            [run(question.target.shape.join('×'))],
            [run(brief(now.slope))],
          ],
        },
      ],
      note: wordsOf(strings.sayGradientsWeight),
    },
    {
      title: strings.trainingWhere,
      rows: [
        row(strings.trainingAway, brief(farthest(now.kernel, training.optimum))),
        row(format(strings.trainingAwayEnd, [last]), brief(farthest(kernelAt(told, last), training.optimum))),
        row(format(strings.trainingAbove, [last]), brief(training.losses[last] - training.optimumLoss)),
      ],
      note: wordsOf(strings.trainingThread),
    },
  ];
}
