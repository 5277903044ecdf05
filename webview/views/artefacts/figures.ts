import type { Cell } from '../../../src/core/explain/contributions';
import { flatIndex } from '../../../src/core/explain/readout';
import { countsIn } from '../../../src/core/artefacts/counts';
import { response } from '../../../src/core/artefacts/spectrum';
import { format } from '../../../src/core/problem';
import type { CellLook } from '../../drawing/gridFigure';
import type { Ink, Shape } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Focus } from '../../film/film';
import { brief, same } from '../../film/naming';
import type { Panel } from '../../film/panels';
import { type Row, timesOf, type Told } from './told';

const sizeText = (shape: readonly number[]): string => shape.join(' × ');

/** A grid of numbers at the outputs of the window; the larger, the stronger its colour. */
function numbersPanel(
  told: Told,
  focus: Focus,
  key: string,
  caption: string,
  values: readonly number[],
  note?: string,
): Panel {
  const { region } = told;
  const most = Math.max(...values.map(Math.abs), 0);
  return {
    key,
    shape: region.shape,
    origin: region.origin,
    tensor: 'output',
    ink: 'output',
    caption: wordsOf(`<b>${caption}</b>`),
    size: [run(sizeText(region.shape), 'faint')],
    note: note === undefined ? undefined : [run(note, 'faint')],
    look(place): CellLook {
      const value = values[flatIndex(region.shape, place)];
      const share = most > 0 ? Math.abs(value) / most : 0;
      return {
        value,
        dot: value === 0 ? true : undefined,
        text: value === 0 ? '' : undefined,
        fill: share > 0.75 ? 'output-strong' : share > 0.25 ? 'output-tint' : undefined,
        ink: 'output',
        ring: same(focus.followed('output'), place) || focus.isLit('output', place) ? 'output' : undefined,
        heavy: same(focus.followed('output'), place),
      };
    },
  };
}

export function countPanels(told: Told, focus: Focus): readonly Panel[] {
  const { strings, layer, region, even, counts } = told;
  const caption = (plan: typeof layer): string =>
    [
      `k ${timesOf(plan.axes.map(({ kernel }) => kernel))}`,
      `s ${timesOf(plan.axes.map(({ stride }) => stride))}`,
      ...(plan.axes.some(({ dilation }) => dilation > 1)
        ? [`d ${timesOf(plan.axes.map(({ dilation }) => dilation))}`]
        : []),
    ].join(', ');
  return [
    numbersPanel(told, focus, 'count', `${caption(layer)}: ${strings.artefactCountTitle}`, counts),
    ...(even
      ? [
          numbersPanel(
            told,
            focus,
            'even',
            format(strings.artefactEvenTitle, [timesOf(even.axes.map(({ kernel }) => kernel))]),
            countsIn(even, region),
          ),
        ]
      : []),
  ];
}

export const constantPanels = (told: Told, focus: Focus): readonly Panel[] => [
  numbersPanel(told, focus, 'constant', told.strings.artefactOwn, told.constant),
  numbersPanel(told, focus, 'ones', told.strings.artefactOnes, told.counts),
];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const label = (key: string, x: number, y: number, text: string, ink: Ink, size = 11, bold = false): Shape => ({
  kind: 'text',
  key,
  x,
  y,
  words: [run(text, ink, bold)],
  size,
  anchor: 'middle',
  mono: true,
});

/** A row as bars, from a line at 0 up and down, each with its number where it fits. */
export function barShapes(row: Row, { x, y, width, height }: Box, focus: Focus): readonly Shape[] {
  const { values, place } = row;
  const room = height - 28;
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const unit = most > least ? room / (most - least) : 0;
  const zero = y + 14 + most * unit;
  const step = Math.min(44, width / Math.max(1, values.length));
  const shapes: Shape[] = [];
  values.forEach((value, at) => {
    const output = [...place.slice(0, -1), at];
    const cell: Cell = { tensor: 'output', index: output };
    const tall = Math.max(1, Math.abs(value) * unit);
    const isPointed = same(focus.followed('output'), output);
    shapes.push({
      kind: 'rect',
      key: `bar ${at}`,
      x: x + at * step + 1,
      y: value >= 0 ? zero - tall : zero,
      width: Math.max(1, step - 2),
      height: tall,
      fill: 'output-strong',
      stroke: 'output',
      weight: isPointed ? 2.5 : 1,
      at: cell,
    });
    const text = brief(value);
    if (text.length * 6.8 <= step)
      shapes.push(
        label(`bar ${at}#`, x + (at + 0.5) * step, value >= 0 ? zero - tall - 8 : zero + tall + 8, text, 'output'),
      );
  });
  shapes.push({
    kind: 'line',
    key: 'bars 0',
    points: [
      [x, zero],
      [x + step * values.length, zero],
    ],
    stroke: 'faint',
  });
  return shapes;
}

/** Points of the curve between 0 and half a cycle a pixel. */
const CURVE = 96;

/** What the kernel of a row lets through, as a curve, and the comb's lines under it. */
export function spectrumShapes(told: Told, row: Row, { x, y, width, height }: Box): readonly Shape[] {
  const { stride, dilation } = told.layer.axes[told.layer.rank - 1];
  const through = (frequency: number): number => response(row.taps, dilation, frequency) / stride;
  const curve = Array.from({ length: CURVE + 1 }, (_, at) => through(at / (2 * CURVE)));
  const most = Math.max(...curve, ...row.lines, 1e-9);
  const base = y + height - 22;
  const unit = (height - 40) / most;
  const at = (frequency: number): number => x + 8 + 2 * frequency * (width - 60);
  const shapes: Shape[] = [
    {
      kind: 'line',
      key: 'spectrum curve',
      points: curve.map((value, index) => [at(index / (2 * CURVE)), base - value * unit] as const),
      stroke: 'kernel',
      weight: 1.5,
    },
    {
      kind: 'line',
      key: 'spectrum axis',
      points: [
        [at(0), base],
        [at(0.5), base],
      ],
      stroke: 'faint',
    },
  ];
  for (let line = 0; line <= Math.floor(stride / 2); line++) {
    const frequency = line / stride;
    const value = row.lines[line];
    const ink: Ink = line === 0 ? 'output' : 'wrong';
    const left = at(frequency);
    if (value > most * 1e-6)
      shapes.push(
        {
          kind: 'rect',
          key: `line ${line}`,
          x: left - 2.5,
          y: base - value * unit,
          width: 5,
          height: value * unit,
          fill: ink,
        },
        label(
          `line ${line}#`,
          left + 4 + brief(value).length * 3.4,
          base - value * unit - 9,
          brief(value),
          ink,
          12,
          true,
        ),
      );
    else shapes.push({ kind: 'dot', key: `line ${line}`, x: left, y: base, radius: 3, stroke: 'faint' });
    const crowded = stride > 8 && line % Math.ceil(stride / 8) !== 0;
    if (!crowded)
      shapes.push(label(`line ${line} name`, left + 4, base + 12, line === 0 ? '0' : `${line}/${stride}`, 'faint'));
  }
  return shapes;
}
