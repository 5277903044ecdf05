import { format } from '../../../src/core/problem';
import type { Picture } from '../../../src/core/upsampling/picture';
import { type Box, type Colours, drawPicture } from '../../drawing/pictures';
import type { Label, Line, Scene, Shape, Words } from '../../drawing/scene';
import { run } from '../../drawing/words';
import type { Room } from '../../film/film';
import { brief } from '../../film/naming';
import { decibelsOf, farthest, milestones, type Now, pictureAt, pictureOfKernel, stepsOfRun, type Told } from './told';

const MARGIN = 8;
const GAP = 20;
const LINE = 18;
/** Below this width the pictures stand under the curve. */
const WIDE = 720;
const AXIS = 56;
const CURVE = 168;
/** A kernel is read from this size of a cell on. */
const CELL = { least: 22, most: 34 } as const;

const text = (key: string, x: number, y: number, words: Words, more: Partial<Label> = {}): Shape => ({
  kind: 'text',
  key,
  x,
  y,
  words,
  size: 12,
  ...more,
});

const line = (key: string, points: Line['points'], more: Partial<Line> = {}): Line => ({
  kind: 'line',
  key,
  points,
  stroke: 'line',
  weight: 1,
  ...more,
});

/** Decades that a curve spans, at least one. */
function scaleOf({ run: { training } }: Told): readonly [low: number, high: number] {
  let [low, high] = [Infinity, 0];
  for (const loss of [...training.losses, training.optimumLoss]) {
    if (loss > 0 && loss < low) low = loss;
    if (loss > high) high = loss;
  }
  // What is learned to the last bit would stretch the scale over all decades that there are.
  // What grows without end is seen to leave; its last decades would hide where it began.
  const top = high > 0 ? Math.min(high, 1e4 * training.losses[0]) : 1;
  return [Math.max(low, top * 1e-8), top];
}

/** The loss over the steps, on a logarithmic scale. */
function lossCurve(told: Told, now: Now, box: Box): readonly Shape[] {
  const { strings, run: of } = told;
  const { losses, optimumLoss, outputs } = of.training;
  const [low, high] = scaleOf(told);
  const [bottom, top] = [Math.log10(low), Math.max(Math.log10(high), Math.log10(low) + 0.5)];
  const plot: Box = {
    x: box.x + AXIS,
    y: box.y + LINE + 4,
    width: box.width - AXIS,
    height: box.height - 2 * LINE - 8,
  };
  const last = Math.max(1, stepsOfRun(told));
  const xOf = (step: number): number => plot.x + (step / last) * plot.width;
  const yOf = (loss: number): number => {
    const share = Math.min(1, (Math.log10(Math.max(loss, low)) - bottom) / (top - bottom));
    return plot.y + (1 - share) * plot.height;
  };
  const shapes: Shape[] = [
    text('loss title', box.x, box.y + 7, [
      run(strings.trainingLoss, 'ink', true),
      run(`  ${format(strings.trainingLossOf, [outputs])}`, 'faint'),
    ]),
  ];
  for (let decade = Math.ceil(bottom); decade <= top; decade++) {
    const y = yOf(10 ** decade);
    shapes.push(
      line(`decade ${decade}`, [
        [plot.x, y],
        [plot.x + plot.width, y],
      ]),
      text(`decade name ${decade}`, plot.x - 6, y, [run(brief(10 ** decade), 'faint')], {
        size: 10.5,
        anchor: 'end',
        mono: true,
      }),
    );
  }
  const points = Array.from(losses, (loss, step): readonly [number, number] => [xOf(step), yOf(loss)]);
  const here = now.step ?? last;
  shapes.push(
    // A line has two ends: at the start nothing has been gone, at the end nothing is to come.
    ...(here < last ? [line('loss to come', points.slice(here), { stroke: 'faint', dashed: true })] : []),
    ...(here > 0 ? [line('loss', points.slice(0, here + 1), { stroke: 'kernel', weight: 2 })] : []),
    line(
      'optimum',
      [
        [plot.x, yOf(optimumLoss)],
        [plot.x + plot.width, yOf(optimumLoss)],
      ],
      { stroke: 'ink', dashed: true },
    ),
    text(
      'optimum name',
      // Under the axis: the curve comes as near to the line as there is nothing between them.
      plot.x + plot.width / 2,
      plot.y + plot.height + 12,
      [run(format(strings.trainingOptimumLine, [brief(optimumLoss)]), 'ink', now.step === undefined)],
      { size: 11, anchor: 'middle' },
    ),
    text('first', plot.x, plot.y + plot.height + 12, [run('0', 'faint')], { size: 10.5, mono: true }),
    text('last', plot.x + plot.width, plot.y + plot.height + 12, [run(last, 'faint')], {
      size: 10.5,
      anchor: 'end',
      mono: true,
    }),
  );
  if (now.step !== undefined) {
    const [x, y] = points[now.step];
    shapes.push(
      { kind: 'dot', key: 'now', x, y, radius: 4.5, stroke: 'kernel' },
      text(
        'now name',
        Math.min(x + 8, plot.x + plot.width - 150),
        Math.max(plot.y + 6, Math.min(y - 12, yOf(optimumLoss) - 24)),
        [run(`${format(strings.trainingStep, [now.step])}: ${brief(now.loss)}`, 'kernel', true)],
        { size: 12 },
      ),
    );
  }
  return shapes;
}

/** Output, target and difference, side by side. */
function pictures(told: Told, now: Now, box: Box): { readonly shapes: readonly Shape[]; readonly height: number } {
  const { strings, target } = told;
  const { valueRows, valueColumns } = target;
  const [low, high] = told.limits;
  const reach = now.difference.values.reduce((most, each) => Math.max(most, Math.abs(each) || 0), 0) || 1;
  const shared: Colours = { kind: 'values', low, high };
  const width = (box.width - 2 * GAP) / 3;
  const height = Math.min(CURVE - 2 * LINE - 4, valueRows === 1 ? 28 : (width * valueRows) / valueColumns);
  const across = Math.min(width, valueRows === 1 ? width : (height * valueColumns) / valueRows);
  const shown: readonly (readonly [key: string, title: string, picture: Picture, colours: Colours])[] = [
    ['output', strings.trainingOutput, now.output, shared],
    ['target', strings.trainingReference, target, shared],
    ['difference', strings.trainingDifference, now.difference, { kind: 'differences', low: -reach, high: reach }],
  ];
  const shapes = shown.flatMap(([key, title, picture, colours], at) => {
    const x = box.x + at * (width + GAP);
    const ink = key === 'output' ? 'output' : 'ink';
    return [
      text(`${key} title`, x, box.y + 7, [run(title, ink, true)]),
      ...drawPicture(
        key,
        picture,
        colours,
        { x, y: box.y + LINE + 4, width: across, height },
        undefined,
        key === 'output' ? 'output' : 'line',
      ),
    ];
  });
  const below = box.y + LINE + 4 + height + 14;
  const decibels = [now.loss, told.run.training.optimumLoss].map((loss) => decibelsOf(told, loss));
  if (decibels.every(Number.isFinite))
    shapes.push(
      text(
        'decibels',
        box.x,
        below,
        [
          run(
            format(
              strings.trainingDecibels,
              decibels.map((each) => each.toFixed(2)),
            ),
            'faint',
          ),
        ],
        { size: 11.5 },
      ),
    );
  shapes.push(
    text('reach', box.x + 2 * (width + GAP) + across, below, [run(`±${brief(reach)}`, 'faint')], {
      size: 10.5,
      anchor: 'end',
      mono: true,
    }),
  );
  return { shapes, height: below + 10 - box.y };
}

/** The kernel on its way, at the optimum, and the gradient of now. */
function kernels(told: Told, now: Now, box: Box): { readonly shapes: readonly Shape[]; readonly height: number } {
  const { strings, run: of } = told;
  const { question, training } = of;
  const [rows, columns] = [1, ...question.kernel].slice(-2);
  const steps = milestones(told);
  const shown = [
    ...steps.map((step) => ({
      key: `kernel ${step}`,
      title: format(step === now.step ? strings.trainingNow : strings.trainingStep, [step]),
      picture: pictureAt(told, step),
      loss: training.losses[step],
      isNow: step === now.step,
      isGradient: false,
    })),
    ...(now.step === undefined || steps.includes(now.step)
      ? []
      : [
          {
            key: 'kernel now',
            title: format(strings.trainingNow, [now.step]),
            picture: pictureAt(told, now.step),
            loss: now.loss,
            isNow: true,
            isGradient: false,
          },
        ]),
    {
      key: 'optimum kernel',
      title: strings.trainingOptimum,
      picture: pictureAt(told, 'optimum'),
      loss: training.optimumLoss,
      isNow: now.step === undefined,
      isGradient: false,
    },
    {
      key: 'gradient',
      title: strings.trainingGradient,
      picture: pictureOfKernel(told, now.gradient),
      loss: undefined,
      isNow: false,
      isGradient: true,
    },
  ];
  const nothing = new Float64Array(training.optimum.length);
  const reach = Math.max(
    ...shown.filter(({ isGradient }) => !isGradient).map(({ picture }) => farthest(picture.values, nothing)),
  );
  const steep = farthest(now.gradient, nothing) || 1;
  const most = Math.floor((box.width - (shown.length - 1) * GAP) / shown.length / columns);
  // Where all do not fit beside each other they stand on as many lines as they need.
  const cell = Math.max(CELL.least, Math.min(CELL.most, most));
  const width = Math.max(cell * columns, 74);
  const perLine = Math.max(1, Math.floor((box.width + GAP) / (width + GAP)));
  const high = Math.max(cell, 24) * rows + 2 * LINE + 14;
  const shapes = shown.flatMap(({ key, title, picture, loss, isNow, isGradient }, at): Shape[] => {
    const x = box.x + (at % perLine) * (width + GAP);
    const y = box.y + Math.floor(at / perLine) * high;
    const limit = isGradient ? steep : reach || 1;
    return [
      text(`${key} title`, x, y + 7, [run(title, isNow ? 'kernel' : 'ink', isNow)], { size: 11.5 }),
      ...drawPicture(
        key,
        picture,
        { kind: 'differences', low: -limit, high: limit },
        { x, y: y + LINE, width: cell * columns, height: Math.max(cell, 24) * rows },
        undefined,
        isNow ? 'kernel' : 'line',
      ),
      text(
        `${key} loss`,
        x,
        y + LINE + Math.max(cell, 24) * rows + 10,
        [run(loss === undefined ? strings.trainingGradientNote : brief(loss), isNow ? 'kernel' : 'faint', isNow)],
        { size: 10.5, mono: loss !== undefined },
      ),
    ];
  });
  return { shapes, height: Math.ceil(shown.length / perLine) * high };
}

/** The curve, the pictures, and the kernels under them. */
export function trainingScene(told: Told, now: Now, room: Room): Scene {
  const width = Math.max(320, room.width - MARGIN);
  const isWide = width >= WIDE;
  const half = isWide ? Math.floor((width - 2 * GAP) * 0.48) : width - MARGIN;
  const curve: Box = { x: MARGIN, y: 4, width: half, height: CURVE };
  const beside: Box = isWide
    ? { x: MARGIN + half + 2 * GAP, y: 4, width: width - half - 2 * GAP - 2 * MARGIN, height: CURVE }
    : { x: MARGIN, y: 4 + CURVE + 8, width: half, height: CURVE };
  const seen = pictures(told, now, beside);
  const top = Math.max(4 + CURVE, beside.y + seen.height) + 12;
  const learned = kernels(told, now, { x: MARGIN, y: top, width: width - 2 * MARGIN, height: 0 });
  return {
    width,
    height: top + learned.height,
    shapes: [...lossCurve(told, now, curve), ...seen.shapes, ...learned.shapes],
  };
}
