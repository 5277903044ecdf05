import { causeAlong, type Hole, tapsByPhase } from '../../../src/core/artefacts/counts';
import { phaseSums, rippleOf } from '../../../src/core/artefacts/constant';
import { cellName } from '../../../src/core/explain/readout';
import { emptyOutputs } from '../../../src/core/explain/overlap';
import { crossMeetings, meetingsOfOutput } from '../../../src/core/kernels/meetings';
import { greatestCommonDivisor } from '../../../src/core/kernels/phases';
import { inputSizes, kernelSizes } from '../../../src/core/kernels/positions';
import { format } from '../../../src/core/problem';
import type { Words } from '../../drawing/scene';
import { marked, run, wordsOf } from '../../drawing/words';
import type { Focus, Frame, Table } from '../../film/film';
import { brief, plus, signed, unflat } from '../../film/naming';
import { colourOf, signOfResidue } from '../phases/told';
import { type At, rowNow } from './scene';
import { padsOf, planeShape, randomLike, rippleText, timesOf, type Told } from './told';
import { tilesOf } from './tiles';

const MOST_IN_LINE = 6;
const MOST_ROWS = 12;

const kernelText = ({ layer }: Told): string => timesOf(layer.axes.map(({ kernel }) => kernel));
const strideText = ({ layer }: Told): string => timesOf(layer.axes.map(({ stride }) => stride));
const strides = ({ layer }: Told): readonly number[] => layer.axes.map(({ stride }) => stride);

/** Taps of each phase, in C order of the outputs' remainders. */
function tapsOfPhases({ layer, sums }: Told): readonly number[] {
  const along = layer.axes.map(tapsByPhase);
  return sums.map((_, phase) =>
    unflat(
      layer.axes.map(({ stride }) => stride),
      phase,
    ).reduce((all, residue, axis) => all * along[axis][residue], 1),
  );
}

const phaseName = (told: Told, phase: number): string => {
  const residue = unflat(strides(told), phase);
  const sign = signOfResidue(strides(told), residue);
  return colourOf({ number: phase }, `${sign} ${format(told.strings.phaseNumber, [phase])}`.trim());
};

/** `◰ 4, ◳ 2 …` or, of phases without a sign, `0: 4, 1: 2 …`; a long list is cut. */
function byPhase(told: Told, values: readonly (string | number)[]): string {
  const signed_ = values.slice(0, MOST_IN_LINE).map((value, phase) => {
    const sign = signOfResidue(strides(told), unflat(strides(told), phase));
    return colourOf({ number: phase }, sign === '' ? `${phase}: ${value}` : `${sign} ${value}`);
  });
  return [...signed_, ...(values.length > MOST_IN_LINE ? ['…'] : [])].join('  ');
}

function countWords(told: Told): readonly [Words, Words] {
  const { strings, layer, even } = told;
  const taps = tapsOfPhases(told);
  const levels = [...new Set(taps)].sort((one, other) => one - other);
  const args = [kernelText(told), strideText(told), levels.join(', ')];
  const holes = emptyOutputs(layer);
  // What only output padding adds beyond the last stamp is no pattern; the list beside tells of it.
  const sentence =
    levels[0] === 0
      ? wordsOf(strings.artefactSayHoles, [holes, layer.outputArea])
      : wordsOf(even ? strings.artefactSayUneven : strings.artefactSayEven, args);
  if (!even) return [sentence, wordsOf(byPhase(told, taps))];
  const evenTaps = even.axes.reduce((all, axis) => all * tapsByPhase(axis)[0], 1);
  const cure = format(strings.artefactNumbersEven, [
    timesOf(even.axes.map(({ kernel }) => kernel)),
    padsOf(even),
    timesOf(even.axes.map(({ outputPadding }) => outputPadding)),
    evenTaps,
  ]);
  return [sentence, wordsOf(`${byPhase(told, taps)};  ${cure}`)];
}

function constantWords(told: Told): readonly [Words, Words] {
  const { strings, sums, ripple } = told;
  const sentence =
    ripple.share === 0 ? wordsOf(strings.artefactSayFlat) : wordsOf(strings.artefactSayPattern, [strideText(told)]);
  const numbers = byPhase(told, sums.map(brief));
  return [sentence, wordsOf(strings.artefactNumbersSums, [numbers, rippleText(ripple, strings)])];
}

function spectrumWords(told: Told, focus: Focus): readonly [Words, Words] {
  const { strings, layer } = told;
  const { lines } = rowNow(told, focus);
  const { stride } = layer.axes[layer.rank - 1];
  const mean = brief(lines[0]);
  if (stride === 1) return [wordsOf(strings.artefactSayOneLine), wordsOf(`<f>${mean}</f>`)];
  const half = lines.slice(1, Math.floor(stride / 2) + 1);
  const highest = half.indexOf(Math.max(...half)) + 1;
  const isFlat = lines[highest] <= 1e-6 * Math.max(...lines);
  return [
    wordsOf(isFlat ? strings.artefactSayNoComb : strings.artefactSayComb),
    wordsOf(strings.artefactNumbersLine, [`${highest}/${stride}`, isFlat ? 0 : brief(lines[highest]), mean]),
  ];
}

export function sentencesOf(told: Told, at: At, focus: Focus): Pick<Frame, 'sentence' | 'numbers'> {
  const { strings } = told;
  const said = (): readonly [Words, Words] => {
    switch (at) {
      case 'count':
        return countWords(told);
      case 'constant':
        return constantWords(told);
      case 'spectrum':
        return spectrumWords(told, focus);
      case 'cures': {
        const tiles = tilesOf(told).map(({ title, ripple }) => `${title} <b>${rippleText(ripple, strings)}</b>`);
        return [wordsOf(strings.artefactSayCures), wordsOf(strings.artefactNumbersCures, [tiles.join(', ')])];
      }
      default:
        return at satisfies never;
    }
  };
  const [sentence, numbers] = said();
  return { sentence, numbers };
}

/** Which taps reach an output, over which inputs; or why none does. */
function reachedTable(told: Told, place: readonly number[]): Table {
  const { layer, region, strings, subject } = told;
  const whole = plus(place, region.origin);
  const name = cellName('out', whole);
  const along = layer.axes.map((axis, at) => meetingsOfOutput(layer, axis, whole[at]));
  const counts = along.map(({ length }) => length);
  const count = counts.reduce((all, each) => all * each, 1);
  if (count === 0) {
    const blamed = layer.axes.findIndex((_, axis) => causeAlong(layer, axis, whole[axis]) !== undefined);
    const cause = causeAlong(layer, blamed, whole[blamed]);
    const hole = told.holes.find((each) => each.axis === blamed && each.cause === cause);
    return {
      title: format(strings.artefactReachedNone, [name]),
      rows: [],
      note: hole && wordsOf(holeText(told, hole)),
    };
  }
  const met = crossMeetings(along, inputSizes(layer), kernelSizes(layer));
  const list = met.taps.slice(0, MOST_ROWS).map((tap, at) => ({
    cells: [
      wordsOf(marked('k', cellName('w', unflat(kernelSizes(layer), tap)))),
      wordsOf(marked('k', signed(subject.weight.data[tap]))),
      wordsOf(marked('i', cellName('in', unflat(inputSizes(layer), met.partners[at])))),
    ],
  }));
  const product = layer.rank > 1 ? `${counts.join(' · ')} = ${count}` : String(count);
  return {
    title: format(strings.artefactReached, [name, format(strings.artefactTapsInputs, [product])]),
    rows: list,
    note: count > MOST_ROWS ? wordsOf(strings.artefactMoreTaps, [count - MOST_ROWS]) : undefined,
  };
}

function holeText(told: Told, { axis, cause, positions }: Hole): string {
  const { strings, layer } = told;
  const { stride, dilation, kernel, output, input } = layer.axes[axis];
  switch (cause) {
    case 'common': {
      const common = greatestCommonDivisor(stride, dilation);
      return format(strings.artefactHoleCommon, [axis, positions, output, stride, dilation, common]);
    }
    case 'kernel':
      return format(strings.artefactHoleKernel, [axis, positions, output, kernel, stride]);
    case 'beyond':
      return format(strings.artefactHoleBeyond, [axis, positions, output]);
    case 'short':
      return format(strings.artefactHoleShort, [axis, positions, output, input]);
    default:
      return cause satisfies never;
  }
}

function holesTable(told: Told): readonly Table[] {
  const { strings, subject, holes } = told;
  if (holes.length === 0) return [];
  return [
    {
      title: strings.artefactHoles,
      prose: true,
      rows: holes.map((hole) => ({ cells: [wordsOf(holeText(told, hole))] })),
      note: wordsOf(subject.bias === undefined ? strings.artefactHolesZero : strings.artefactHolesBias),
    },
  ];
}

function histogramTable({ layer, strings, histogram }: Told): Table {
  return {
    title: strings.artefactHistogram,
    head: [strings.artefactTaps, strings.artefactOutputs, strings.artefactShare],
    rows: histogram
      .filter(([, outputs]) => outputs > 0)
      .slice(0, MOST_ROWS)
      .map(([taps, outputs]) => ({
        cells: [
          [run(taps, taps === 0 ? 'wrong' : 'output', true)],
          [run(outputs)],
          [run(`${brief((100 * outputs) / layer.outputArea)} %`)],
        ],
      })),
  };
}

function phasesTable(told: Told, followed: readonly number[] | undefined): Table {
  const { strings, layer, sums, ripple, even, region, subject } = told;
  const taps = tapsOfPhases(told);
  const random = randomLike(planeShape(layer));
  const randoms = phaseSums(layer, random);
  const now = followed
    ? plus(followed, region.origin).reduce((all, at, axis) => all * strides(told)[axis] + (at % strides(told)[axis]), 0)
    : undefined;
  const note =
    ripple.share === 0 ? (even ? strings.artefactFlatUneven : strings.artefactFlatNote) : strings.artefactRippleNote;
  const channel =
    layer.inputPerGroup > 1
      ? ` ${format(strings.artefactOneChannel, [subject.channels.from, layer.inputPerGroup])}`
      : '';
  return {
    title: strings.artefactPhases,
    head: [strings.artefactPhase, strings.artefactTaps, strings.artefactOwn, strings.artefactRandomHead],
    rows: [
      ...sums.slice(0, MOST_ROWS).map((sum, phase) => ({
        now: phase === now,
        cells: [
          wordsOf(phaseName(told, phase)),
          [run(taps[phase])],
          [run(brief(sum), 'output', true)],
          [run(brief(randoms[phase]))],
        ],
      })),
      {
        cells: [
          [run(strings.artefactRipple)],
          [run(rippleText(rippleOf(taps, 1), strings))],
          [run(rippleText(ripple, strings), ripple.share === 0 ? undefined : 'wrong', true)],
          [run(rippleText(rippleOf(randoms, 1), strings))],
        ],
      },
    ],
    note: wordsOf(`${note}${channel}`),
  };
}

/** What the pane *Cell* has beside a step. */
export function tablesOf(told: Told, at: At, focus: Focus): readonly Table[] {
  const { strings } = told;
  const followed = focus.followed('output');
  const prose = (title: string, text: string): Table => ({ title, rows: [], note: wordsOf(text) });
  return [
    ...(followed ? [reachedTable(told, followed)] : []),
    ...(at === 'spectrum' ? [prose(strings.artefactWhyLine, strings.artefactWhyLineText)] : []),
    ...(at === 'constant' || at === 'cures' ? [] : [histogramTable(told)]),
    phasesTable(told, followed),
    ...holesTable(told),
    prose(strings.artefactRule, strings.artefactRuleText),
  ];
}
