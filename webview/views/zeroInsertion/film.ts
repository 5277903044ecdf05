import type { Subject } from '../../../src/core/derive/subject';
import { format } from '../../../src/core/problem';
import { elementCount } from '../../../src/core/tensor/tensor';
import type { Strings } from '../../../src/protocol/strings';
import { wordsOf } from '../../drawing/words';
import type { Film, FilmPart, FilmPhase } from '../../film/film';
import { sceneOf } from './scene';
import { type At, type Case, followedOutput, isCut, outputAt, outputsOf, perAxis, type Told, toldOf } from './told';
import { sentencesOf, tablesOf } from './words';

/** More windows than this share one bar, and those in the middle are run through. */
const MOST_APART = 16;

interface Stretch {
  readonly phase: FilmPhase;
  readonly steps: readonly At[];
}

function padding(told: Told, strings: Strings): Stretch {
  const { rings } = told.derived;
  const around = rings.some(({ begin, end }) => begin > 0 || end > 0);
  const more = rings.some((ring) => ring.more > 0);
  const named: (readonly ['around' | 'cut' | 'more', string])[] = [
    ...(around ? ([['around', strings.stepRing]] as const) : []),
    ...(isCut(told) ? ([['cut', strings.stepCut]] as const) : []),
    ...(more ? ([['more', strings.stepMore]] as const) : []),
  ];
  return {
    phase: { title: strings.phasePad, steps: named.length > 1 ? named.map(([, name]) => name) : [''] },
    steps: named.length > 0 ? named.map(([what]) => ({ kind: 'pad', what })) : [{ kind: 'pad', what: 'none' }],
  };
}

function sliding(told: Told, strings: Strings): readonly Stretch[] {
  const count = elementCount(outputsOf(told));
  const windows = Array.from({ length: count }, (_, output): At => ({ kind: 'window', output }));
  if (count <= MOST_APART)
    return [{ phase: { title: strings.phaseSlide, steps: windows.map(() => '') }, steps: windows }];
  return windows.map((window, index) => ({
    phase: { title: format(strings.phaseSlideAt, [index + 1, count]), steps: [''], kind: 'window' },
    steps: [window],
  }));
}

function stretchesOf(told: Told, strings: Strings): readonly Stretch[] {
  const conv = told.which === 'conv';
  const one = (title: string, kind: 'insert' | 'flip' | 'result'): Stretch => ({
    phase: { title, steps: [''] },
    steps: [{ kind }],
  });
  const stride = perAxis(told.subject.plan.axes.map((axis) => axis.stride));
  return [
    one(conv ? format(strings.phaseWhy, [stride]) : strings.phaseInsert, 'insert'),
    padding(told, strings),
    ...(conv ? [] : [one(strings.phaseFlip, 'flip')]),
    ...sliding(told, strings),
    one(strings.stepResult, 'result'),
  ];
}

/** That no padding beyond the kernel leaves an output: worked out on the axis that would lose most. */
function withoutBeyond(subject: Subject, strings: Strings): Film {
  const { axes } = subject.plan;
  const formulas = axes.map(({ input, stride, extent, outputPadding }) => {
    const left = (input - 1) * stride - extent + outputPadding;
    return `(${input}−1)·${stride} − 2·${extent} + ${extent} + ${outputPadding} = ${left}`.replace(/-(\d+)$/, '−$1');
  });
  return {
    phases: [{ title: strings.zeroBeyond, steps: [''] }],
    frame: () => ({
      scene: { width: 0, height: 0, shapes: [] },
      sentence: wordsOf(strings.sayNoBeyond),
      numbers: wordsOf(strings.numbersNoBeyond, [[...new Set(formulas)].join(', ')]),
    }),
  };
}

/** Zero insertion, step by step: insert, pad, flip, slide. */
export function zeroInsertionFilm(which: Case, subject: Subject, strings: Strings): Film {
  const told = toldOf(which, subject, strings);
  if (!told) return withoutBeyond(subject, strings);
  const stretches = stretchesOf(told, strings);
  const steps = stretches.flatMap((stretch) => stretch.steps);
  return {
    phases: stretches.map(({ phase }) => phase),
    frame(step, room, focus) {
      const at = steps[step];
      const followed = followedOutput(told, focus);
      const output = outputAt(told, at);
      const owner = output && told.owner(output);
      return {
        scene: sceneOf(told, at, room, focus),
        ...sentencesOf(told, at, followed),
        cell: owner && { tensor: 'output', index: owner },
        tables: tablesOf(told, at, followed),
      };
    },
  };
}

export const zeroInsertionParts = (
  strings: Strings,
): Readonly<Record<'conv' | 'convTranspose', readonly FilmPart[]>> => {
  const part = (id: string, which: Case, title: string, hint: string): FilmPart => ({
    id,
    title,
    hint,
    film: (subject) => zeroInsertionFilm(which, subject, strings),
  });
  return {
    convTranspose: [
      part('own', 'own', strings.zeroOwn, strings.zeroOwnHint),
      part('beyond', 'beyond', strings.zeroBeyond, strings.zeroBeyondHint),
    ],
    conv: [part('conv', 'conv', strings.conv, strings.zeroConvHint)],
  };
};
