import { type Gradients, gradientsOf, type Loss, LOSSES } from '../../../src/core/derive/gradients';
import type { Subject } from '../../../src/core/derive/subject';
import { contributionsOf, type Contribution } from '../../../src/core/explain/contributions';
import { flatIndex } from '../../../src/core/explain/readout';
import type { Strings } from '../../../src/protocol/strings';
import type { CellLook } from '../../drawing/gridFigure';
import type { Ink, Scene, Words } from '../../drawing/scene';
import { marked, run, wordsOf } from '../../drawing/words';
import type { Film, FilmPart, Focus, Frame, Room } from '../../film/film';
import { isLow, largestCell, leastCell } from '../../film/layout';
import { brief, plus, same, signed, unflat } from '../../film/naming';
import { drawRow, type Panel, type PanelRow, sizeOfRows } from '../../film/panels';

const ABOUT = ['output', 'input', 'weight', 'bias'] as const;
type About = (typeof ABOUT)[number];
type Plane = Exclude<About, 'bias'>;

/** Products that a sum is written out with. */
const MOST_TERMS = 5;
const GAP = 16;
const LARGEST = 44;
const NARROW = 560;

const INKS: Readonly<Record<Plane, Ink>> = { output: 'output', input: 'input', weight: 'kernel' };

interface Told {
  readonly subject: Subject;
  readonly strings: Strings;
  readonly loss: Loss;
  readonly about: About;
  readonly gradients: Gradients;
  /** The cell of what the step is about that is read: the one that is pointed at, or the steepest. */
  readonly place: readonly number[];
}

const shapeOf = ({ plan }: Subject, plane: Plane): readonly number[] =>
  ({ output: plan.outputShape, input: plan.inputShape, weight: plan.weightShape })[plane].slice(2);

const originOf = ({ plan, inputOrigin, outputOrigin }: Subject, plane: Plane): readonly number[] =>
  ({ output: outputOrigin, input: inputOrigin, weight: plan.axes.map(() => 0) })[plane];

const nameOf = (subject: Subject, plane: Plane, place: readonly number[]): string =>
  plus(place, originOf(subject, plane)).join(',');

/** The products that a gradient is the sum of, within the window. */
function productsOf({ subject, about, place }: Told): readonly Contribution[] {
  if (about !== 'input' && about !== 'weight') return [];
  return contributionsOf(subject.plan, { tensor: about, index: [0, 0, ...place] }, Infinity).list;
}

function sumOf(told: Told): string {
  const { subject, about, gradients } = told;
  const { plan } = subject;
  const products = productsOf(told);
  const terms = products.slice(0, MOST_TERMS).map(({ input, weight, output }) => {
    const slope = gradients.output.data[flatIndex(plan.outputShape, output)];
    const other =
      about === 'input'
        ? marked('k', signed(subject.weight.data[flatIndex(plan.weightShape, weight)]))
        : marked('i', signed(subject.input.data[flatIndex(plan.inputShape, input)]));
    return `${other}·${marked('o', signed(slope))}`;
  });
  return terms.length === 0 ? '0' : `${terms.join(' + ')}${products.length > MOST_TERMS ? ' + …' : ''}`;
}

function sentenceOf({ subject, strings, loss, about }: Told): Words {
  switch (about) {
    case 'output': {
      const which = {
        sum: strings.sayGradientsSum,
        squares: strings.sayGradientsSquares,
        one: strings.sayGradientsOne,
      };
      return wordsOf(which[loss]);
    }
    case 'input':
      return wordsOf(subject.plan.kind === 'conv' ? strings.sayGradientsInConv : strings.sayGradientsInTransposed);
    case 'weight':
      return wordsOf(strings.sayGradientsWeight);
    case 'bias':
      return wordsOf(strings.sayGradientsBias);
    default:
      return about satisfies never;
  }
}

function numbersOf(told: Told): Words {
  const { subject, strings, about, gradients, place } = told;
  if (about === 'bias') return wordsOf(strings.numbersGradientsBias, [brief(gradients.bias)]);
  const name = nameOf(subject, about, place);
  const value = brief(gradients[about].data[flatIndex(shapeOf(subject, about), place)]);
  if (about === 'output') return wordsOf(strings.numbersGradientsOut, [name, value]);
  const template = about === 'input' ? strings.numbersGradientsIn : strings.numbersGradientsWeight;
  return wordsOf(template, [name, sumOf(told), value]);
}

/** The values of a tensor, or their gradient. */
function panelOf(told: Told, plane: Plane, gradient: boolean, focus: Focus): Panel {
  const { subject, strings, about, gradients, place: read } = told;
  const shape = shapeOf(subject, plane);
  const values = gradient
    ? gradients[plane].data
    : { output: subject.output, input: subject.input, weight: subject.weight }[plane].data;
  const products = productsOf(told);
  const met = new Set(products.map((product) => product[plane].slice(2).join()));
  const isAbout = gradient && plane === about;
  // Of what a sum is made: the gradient of the output, and the other factor's values.
  const isFactor = plane === 'output' ? gradient : !gradient && plane !== about;
  const tints: Readonly<Record<Plane, readonly [Ink, Ink]>> = {
    output: ['output-tint', 'output-strong'],
    input: ['input-tint', 'input-strong'],
    weight: ['kernel-tint', 'kernel-strong'],
  };
  const names = { output: strings.output, input: strings.input, weight: strings.kernel };
  const titles = { output: strings.gradientsOut, input: strings.gradientsIn, weight: strings.gradientsWeight };
  return {
    key: `${plane} ${gradient ? 'gradient' : 'values'}`,
    shape,
    origin: originOf(subject, plane),
    tensor: plane,
    ink: INKS[plane],
    dashed: gradient && !isAbout,
    caption: [run(gradient ? titles[plane] : names[plane], INKS[plane], true)],
    size: [run(shape.join(' × '), 'faint')],
    look: (place, flat): CellLook => {
      const isRead = isAbout && same(read, place);
      const isLit = isRead || (isFactor && met.has(place.join())) || focus.isLit(plane, place);
      return {
        value: values[flat],
        dim: values[flat] === 0,
        fill: tints[plane][isLit ? 1 : 0],
        ring: isRead ? INKS[plane] : undefined,
        heavy: isRead,
      };
    },
  };
}

function rowsOf(told: Told, focus: Focus, room: Room): readonly PanelRow[] {
  const { about } = told;
  const panel = (plane: Plane, gradient: boolean): Panel => panelOf(told, plane, gradient, focus);
  const planes: readonly Plane[] = ['input', 'weight', 'output'];
  if (room.width < NARROW) {
    const plane = about === 'bias' ? 'output' : about;
    return [
      { panels: [panel(plane, false)], joins: [], flat: true },
      { panels: [panel(plane, true)], joins: [], flat: true },
    ];
  }
  // Each value beside its gradient, where there is no height for one line over the other.
  if (isLow(room))
    return [
      {
        panels: planes.flatMap((plane) => [panel(plane, false), panel(plane, true)]),
        joins: planes.flatMap(() => ['', '']),
        flat: true,
      },
    ];
  return [false, true].map((gradient) => ({
    panels: planes.map((plane) => panel(plane, gradient)),
    joins: ['', '', ''],
    flat: true,
  }));
}

function sceneOf(told: Told, room: Room, focus: Focus): Scene {
  const rows = rowsOf(told, focus, room);
  const fits = (cell: number): ReturnType<typeof sizeOfRows> => sizeOfRows(rows, cell, GAP);
  const cell = Math.max(
    leastCell(told.subject.plan.rank, room),
    largestCell({ width: room.width - 8, height: room.height - 8 }, LARGEST, fits),
  );
  const size = fits(cell);
  let top = 2;
  const shapes = rows.flatMap((row) => {
    const drawn = drawRow(row, 4, top, cell);
    top += sizeOfRows([row], cell, 0).height + GAP;
    return drawn.shapes;
  });
  return { width: size.width + 8, height: size.height + 8, shapes };
}

/** More of which operation a gradient is, where there is more to say than a line holds. */
function noteOf({ subject, strings, about }: Told): readonly string[] {
  if (about === 'input')
    return [subject.plan.kind === 'conv' ? strings.moreGradientsInConv : strings.moreGradientsInTransposed];
  return about === 'weight' ? [strings.moreGradientsWeight] : [];
}

function frameOf(told: Told, room: Room, focus: Focus): Frame {
  const { subject, strings, about, gradients, place } = told;
  const row = (name: Words, values: ArrayLike<number>, shape: readonly number[]) => {
    let most = 0;
    for (let at = 0; at < values.length; at++) most = Math.max(most, Math.abs(values[at]));
    return { cells: [name, [run(shape.join('×'))], [run(brief(most))]] };
  };
  return {
    scene: sceneOf(told, room, focus),
    sentence: sentenceOf(told),
    numbers: numbersOf(told),
    cell: about === 'bias' ? undefined : { tensor: about, index: place },
    tables: [
      {
        title: strings.gradientsPart,
        head: [strings.trainingOfLoss, strings.trainingShape, strings.trainingLargest],
        rows: [
          row(wordsOf(`<o>${strings.gradientsOut}</o>`), gradients.output.data, shapeOf(subject, 'output')),
          row(wordsOf(`<i>${strings.gradientsIn}</i>`), gradients.input.data, shapeOf(subject, 'input')),
          row(wordsOf(`<k>${strings.gradientsWeight}</k>`), gradients.weight.data, shapeOf(subject, 'weight')),
          row(wordsOf(strings.gradientsBias), [gradients.bias], [1]),
        ],
        note: wordsOf([...noteOf(told), ...(subject.whole ? [] : [strings.gradientsWindow])].join(' ')),
      },
    ],
  };
}

function gradientsFilm(subject: Subject, strings: Strings): Film {
  const known = new Map<string, Gradients>();
  const outputs = shapeOf(subject, 'output');
  const gradients = (loss: Loss, one: number): Gradients => {
    const key = `${loss} ${loss === 'one' ? one : ''}`;
    const made = known.get(key) ?? gradientsOf(subject, loss, one);
    known.set(key, made);
    return made;
  };
  const titles: Readonly<Record<Loss, string>> = {
    sum: strings.gradientsSum,
    squares: strings.gradientsSquares,
    one: strings.gradientsOne,
  };
  const steps = [strings.gradientsOut, strings.gradientsIn, strings.gradientsWeight, strings.gradientsBias];
  return {
    phases: LOSSES.map((loss) => ({ title: titles[loss], steps })),
    frame(step, room, focus) {
      const loss = LOSSES[Math.floor(step / ABOUT.length)];
      const about = ABOUT[step % ABOUT.length];
      const middle = outputs.map((size) => Math.floor(size / 2));
      const one = flatIndex(outputs, focus.followed('output') ?? middle);
      const all = gradients(loss, one);
      const values = about === 'bias' ? [] : Array.from(all[about].data);
      const steepest = values.reduce((best, each, at) => (Math.abs(each) > Math.abs(values[best]) ? at : best), 0);
      const place =
        about === 'bias'
          ? []
          : (focus.followed(about) ??
            (about === 'output' && loss === 'one' ? unflat(outputs, one) : unflat(shapeOf(subject, about), steepest)));
      return frameOf({ subject, strings, loss, about, gradients: all, place }, room, focus);
    },
  };
}

/** Gradients of three losses with respect to output, input, kernel and bias, beside the values. */
export const gradientsPart = (strings: Strings): FilmPart => ({
  id: 'gradients',
  title: strings.gradientsPart,
  hint: strings.gradientsHint,
  film: (subject) => gradientsFilm(subject, strings),
});
