import { flatIndex } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import type { CellLook } from '../../drawing/gridFigure';
import { run, wordsOf } from '../../drawing/words';
import type { Focus } from '../../film/film';
import { same } from '../../film/naming';
import type { Panel } from '../../film/panels';
import { type At, outputAt, outputsOf, perAxis, type Told } from './told';
import { legendOf, padCaption, padFormula, sizesAround, slideFormula, spreadFormula } from './words';

/** What is not computed yet. */
export const TO_COME = 0.38;

const sizeText = (shape: readonly number[]): string => shape.join(' × ');
export const sized = (shape: readonly number[], formula?: string): ReturnType<typeof run>[] => [
  run(`${sizeText(shape)}${formula ? ` = ${formula}` : ''}`, 'faint'),
];

/** What all panels of one step need. */
export interface Step {
  readonly told: Told;
  readonly at: At;
  readonly focus: Focus;
  /** The output whose window is drawn, and its products. */
  readonly output: readonly number[] | undefined;
  readonly under: ReadonlySet<string>;
}

export function stepOf(told: Told, at: At, focus: Focus, shown: readonly number[] | undefined): Step {
  const output = outputAt(told, at) ?? (at.kind === 'result' ? shown : undefined);
  const products = output ? told.derived.productsOf(output) : [];
  return { told, at, focus, output, under: new Set(products.map(({ under }) => under.join())) };
}

/** The element of the input at a place of the spread grid. */
function spreadSource({ derived, subject }: Told, place: readonly number[]): readonly number[] | undefined {
  const source = place.map((at, axis) => at / derived.apart[axis]);
  const isThere = source.every((at, axis) => Number.isInteger(at) && at >= 0 && at < subject.plan.axes[axis].input);
  return isThere ? source : undefined;
}

const inputValue = ({ subject }: Told, place: readonly number[]): number =>
  subject.input.data[flatIndex(subject.plan.inputShape.slice(2), place)];

/** The elements of the input that the window on show meets. */
const metInputs = ({ told, output }: Step): ReadonlySet<string> =>
  new Set(output ? told.derived.productsOf(output).flatMap(({ input }) => (input ? [input.join()] : [])) : []);

export function inputPanel(step: Step): Panel {
  const { told, focus } = step;
  const shape = told.subject.plan.inputShape.slice(2);
  const met = metInputs(step);
  return {
    key: 'in',
    shape,
    origin: told.subject.inputOrigin,
    tensor: 'input',
    ink: 'input',
    caption: wordsOf(`<i>${told.strings.input}</i>`),
    size: sized(shape),
    look: (place, flat): CellLook => ({
      value: told.subject.input.data[flat],
      fill: met.has(place.join()) || focus.isLit('input', place) ? 'input-strong' : 'input-tint',
      ring: same(focus.followed('input'), place) ? 'input' : undefined,
      heavy: true,
    }),
  };
}

export function spreadPanel(step: Step, cell: number): Panel {
  const { told, at, focus } = step;
  const { derived, strings } = told;
  const shape = derived.spread.shape.slice(2);
  const opens = at.kind === 'insert';
  const met = metInputs(step);
  return {
    key: 'spread',
    shape,
    origin: shape.map(() => 0),
    tensor: 'input',
    placeOf: (place) => spreadSource(told, place),
    ink: 'input',
    caption: wordsOf(
      `<f>1</f>  <b>${format(strings.insertBetween, [perAxis(derived.apart.map((apart) => apart - 1))])}</b>`,
    ),
    size: sized(shape, spreadFormula(told)),
    look(place): CellLook {
      const source = spreadSource(told, place);
      if (!source) return { dot: true, motion: opens ? { appears: 'at rest' } : undefined };
      const row = source.at(-2) ?? 0;
      const column = source.at(-1) ?? 0;
      const from = [
        -(derived.apart.at(-1)! - 1) * column * cell,
        -((derived.apart.at(-2) ?? 1) - 1) * row * cell,
      ] as const;
      return {
        value: inputValue(told, source),
        fill: met.has(source.join()) || focus.isLit('input', source) ? 'input-strong' : 'input-tint',
        motion: opens ? { from } : undefined,
      };
    },
  };
}

export function paddedPanel(step: Step): Panel {
  const { told, at, focus, under } = step;
  const { derived } = told;
  const { canvas, paddedAt, spreadAt, rings } = derived;
  const isBefore = at.kind === 'insert';
  const size = derived.padded.shape.slice(2);
  const isCutNow = at.kind === 'pad' && at.what === 'cut';
  const shown = at.kind === 'pad' && at.what !== 'more' ? sizesAround(told) : size;
  return {
    key: 'pad',
    shape: canvas,
    origin: paddedAt.map((begin) => -begin),
    tensor: 'input',
    placeOf: (place) =>
      spreadSource(
        told,
        place.map((index, axis) => index - spreadAt[axis]),
      ),
    ink: 'faint',
    caption: wordsOf(`<f>2</f>  <b>${padCaption(told)}</b>`),
    size: sized(shown, padFormula(told, shown === size)),
    note: legendOf(told),
    look(place): CellLook {
      const inPadded = place.map((index, axis) => index - paddedAt[axis]);
      const isKept = inPadded.every((index, axis) => index >= 0 && index < size[axis]);
      const source = isKept
        ? derived.inputAt(inPadded)
        : spreadSource(
            told,
            place.map((index, axis) => index - spreadAt[axis]),
          );
      const isMore = isKept && inPadded.some((index, axis) => index >= size[axis] - rings[axis].more);
      const waits = isBefore || (isMore && at.kind === 'pad' && at.what !== 'more');
      const isUnder = under.has(inPadded.join());
      const strong = source && (isUnder || focus.isLit('input', source));
      return {
        value: source && inputValue(told, source),
        dot: !source,
        dotInk: isMore ? 'output' : undefined,
        fill: strong ? 'input-strong' : source ? 'input-tint' : isMore ? 'output-tint' : undefined,
        hatched: !isKept,
        opacity: waits || (!isKept && !isCutNow) ? TO_COME : undefined,
        dim: !isKept,
        motion: isCutNow && !isKept ? { appears: 'at once' } : undefined,
        ring: isUnder && told.subject.plan.axes.some(({ dilation }) => dilation > 1) ? 'kernel' : undefined,
      };
    },
  };
}

export function outputPanel(step: Step): Panel {
  const { told, at, focus } = step;
  const { derived, strings } = told;
  const shape = outputsOf(told);
  const done = at.kind === 'window' ? at.output + 1 : at.kind === 'result' ? derived.output.data.length : 0;
  const of = strings.zeroWindowsDone;
  const number = told.which === 'conv' ? '3' : '4';
  return {
    key: 'out',
    shape,
    origin: told.subject.outputOrigin,
    tensor: 'output',
    placeOf: (place) => told.owner(place),
    ink: 'output',
    caption: wordsOf(`<f>${number}</f>  <o>${format(strings.slideOne, [perAxis(derived.slide)])}</o>`),
    size: sized(shape, slideFormula(told)),
    note: [run(format(of, [done, derived.output.data.length]), 'faint')],
    look(place, flat): CellLook {
      const isNow = same(step.output, place);
      const own = told.owner(place);
      const isLit = own !== undefined && focus.isLit('output', own);
      return {
        value: derived.output.data[flat],
        fill: flat >= done ? undefined : isNow ? 'output-strong' : 'output-tint',
        opacity: flat >= done ? TO_COME : undefined,
        bold: isNow,
        ring: isNow || isLit ? 'output' : undefined,
        heavy: isNow,
        motion: isNow && at.kind === 'window' ? { appears: 'at rest' } : undefined,
      };
    },
  };
}
