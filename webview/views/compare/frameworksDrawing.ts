import type { Result } from '../../../src/core/frameworks/results';
import { kernelExtent, NUMBERS } from '../../../src/core/formulas';
import { forEachPosition } from '../../../src/core/kernels/positions';
import { format } from '../../../src/core/problem';
import { drawGrid } from '../../drawing/gridFigure';
import type { Motion, Shape } from '../../drawing/scene';
import { run } from '../../drawing/words';
import { brief, same } from '../../film/naming';
import { type Columns, LETTER, ABOVE, label, wrapped, broken } from './frameworksColumns';
import { fullLine, verdictLines } from './frameworksWords';
import {
  beginsOf,
  brieflyOf,
  endsOf,
  type Line,
  placeInPlane,
  sizesOf,
  subjectPlace,
  type Told,
  timesOf,
  valuesAlong,
} from './frameworksTold';

/** Who gives a result: each framework once, with what is said in it. */
export function drawNames(
  key: string,
  calls: Result['calls'],
  x: number,
  y: number,
  width: number,
): {
  readonly shapes: readonly Shape[];
  readonly height: number;
} {
  const shapes: Shape[] = [];
  let at = y + 8;
  let before: string | undefined;
  calls.forEach(({ framework, said }, index) => {
    if (framework !== before) {
      if (before !== undefined) at += 4;
      shapes.push(label(`${key} who ${index}`, x, at, [run(framework, 'ink', true)], { size: 13 }));
      at += 15;
    }
    before = framework;
    wrapped(said, Math.floor(width / LETTER)).forEach((line, part) => {
      shapes.push(label(`${key} said ${index} ${part}`, x, at, [run(line, 'faint')], { size: 10.5, mono: true }));
      at += 13;
    });
  });
  return { shapes, height: at - y };
}

/** How far the windows of a convolution reach along the last axis, from the first padded element on. */
function readOf({ compared }: Told, { answer }: Result): number {
  const { dilation, output } = answer.axes[answer.axes.length - 1];
  const { kernel, stride } = compared.plan.axes[answer.axes.length - 1];
  return (output - 1) * stride + kernelExtent(NUMBERS, kernel, dilation);
}

/** The row before the cut with the frame over what is kept; of a convolution the input's row with its padding. */
export function drawRow(
  told: Told,
  result: Result,
  line: Line,
  columns: Columns,
  key: string,
  x: number,
  y: number,
  motion?: Motion,
): {
  readonly shapes: readonly Shape[];
  readonly height: number;
} {
  const { strings, compared } = told;
  const cell = columns.rowCell;
  const height = Math.min(cell, 28);
  const last = compared.plan.rank - 1;
  const { begin, end, output } = result.answer.axes[last];
  const lead = fullLine(told, line);
  const { full } = result.outcome;
  const values = full
    ? ((lead && valuesAlong(full, lead)) ?? [])
    : (valuesAlong(compared.input, [
        ...line.leading.map((at, axis) => Math.min(at, compared.plan.axes[axis].input - 1)),
        ...(last > 0 ? [Math.min(line.row, compared.plan.axes[last - 1].input - 1)] : []),
      ]) ?? []);
  const shapes: Shape[] = [];
  const first = full ? Math.min(0, begin) : -begin;
  const count = full ? Math.max(values.length, begin + output) - first : values.length + begin + end;
  const used = full ? output : readOf(told, result);
  const isKept = (at: number): boolean => (full ? at >= begin && at < begin + output : at >= 0 && at < values.length);
  const isUnread = (at: number): boolean => !full && at + begin >= used;
  for (let index = 0; index < count; index++) {
    const at = first + index;
    const value = values[at];
    const inside = isKept(at);
    const place = full ? [...(lead ?? []).map((each, axis) => each - beginsOf(result)[axis]), at - begin] : undefined;
    const owner = place && inside ? subjectPlace(told, place) : undefined;
    shapes.push({
      kind: 'rect',
      key: `${key} cell ${at}`,
      x: x + index * cell,
      y,
      width: cell,
      height,
      fill: inside && !isUnread(at) ? (full ? 'output-tint' : 'input-tint') : undefined,
      stroke: 'line',
      hatched: full ? !inside : isUnread(at),
      at: owner ? { tensor: 'output', index: owner } : undefined,
    });
    const middle = { x: x + (index + 0.5) * cell, y: y + height / 2 };
    if (value === undefined)
      shapes.push({ kind: 'dot', key: `${key} zero ${at}`, ...middle, radius: 2.5, stroke: 'zero' });
    else if (brief(value).length * 7 <= cell - 2)
      shapes.push(
        label(
          `${key} number ${at}`,
          middle.x,
          middle.y,
          [run(brief(value), inside ? (full ? 'output' : 'input') : 'faint', inside)],
          {
            size: cell >= 22 ? 13 : 10,
            mono: true,
            anchor: 'middle',
          },
        ),
      );
  }
  shapes.push({
    kind: 'rect',
    key: `${key} frame`,
    x: x + ((full ? begin : 0) - first) * cell,
    y,
    width: (full ? output : values.length) * cell,
    height,
    stroke: full ? 'output' : 'input',
    weight: 2.5,
    motion,
  });
  const words = (at: number, text: string, ink: 'wrong' | 'faint'): void => {
    shapes.push(
      label(`${key} ${text} ${at}`, x + at * cell, y + height + 10, [run(text, ink, ink === 'wrong')], {
        size: 10.5,
        anchor: 'middle',
      }),
    );
  };
  const isCut = full ? strings.isCut : strings.isPadded;
  if (full ? begin > 0 : begin > 0) words(begin / 2, isCut, full ? 'wrong' : 'faint');
  if (end > 0) words(count - end / 2, isCut, full ? 'wrong' : 'faint');
  shapes.push(
    label(
      `${key} sides`,
      x + (count / 2) * cell,
      y + height + 10 + (begin > 0 || end > 0 ? 13 : 0),
      [run(format(strings.cutSides, [brieflyOf(beginsOf(result)), brieflyOf(endsOf(result))]), 'faint')],
      { size: 10.5, anchor: 'middle', mono: true },
    ),
  );
  return { shapes, height: height + 34 };
}

/** Two maps: the output, and by how much it differs from the document's. Volumes show one slice. */
export function drawMaps(
  told: Told,
  result: Result,
  line: Line,
  columns: Columns,
  key: string,
  [outputX, differenceX]: readonly [number, number],
  y: number,
  followed: readonly number[] | undefined,
): { readonly shapes: readonly Shape[]; readonly height: number } {
  const { cell } = columns;
  const sizes = sizesOf(result);
  const own = sizesOf(told.results[0]);
  const shape = sizes.slice(-2);
  const { output } = result.outcome;
  const flatOf = (place: readonly number[]): number => place.reduce((flat, at, axis) => flat * sizes[axis] + at, 0);
  const inside = line.leading.every((at, axis) => at < sizes[axis]);
  const shapes: Shape[] = [];
  const placeOf = (place: readonly number[]): readonly number[] => [...line.leading, ...place];
  const ring = (place: readonly number[]): 'output' | undefined =>
    same(followed, placeOf(place)) ? 'output' : undefined;
  if (!inside) return { shapes, height: 0 };
  const grid = drawGrid({
    key: `${key} out`,
    shape,
    x: outputX,
    y: y - ABOVE,
    cell,
    title: [],
    ink: 'output',
    tensor: 'output',
    placeOf: (place) => subjectPlace(told, placeOf(place)),
    look: (place) => {
      const value = output.data[flatOf(placeOf(place))];
      return { value, fill: value === 0 ? undefined : 'output-tint', dim: value === 0, ring: ring(place), heavy: true };
    },
  });
  shapes.push(...grid.shapes);
  const { difference } = result;
  const isOwn = result === told.results[0];
  const rows = shape.length === 1 ? 1 : shape[0];
  if (!isOwn && !difference) {
    // Outputs of two sizes: the document's as an empty frame around or within it.
    const frame = (name: string, of: readonly number[], dashed: boolean): Shape => ({
      kind: 'rect',
      key: `${key} ${name}`,
      x: differenceX,
      y,
      width: (of.at(-1) ?? 1) * cell,
      height: (of.length === 1 ? 1 : (of.at(-2) ?? 1)) * cell,
      stroke: dashed ? 'faint' : 'output',
      dashed,
    });
    shapes.push(frame('size', sizes, false), frame('own size', own, true));
    shapes.push(
      label(
        `${key} sizes`,
        differenceX + ((sizes.at(-1) ?? 1) * cell) / 2,
        y + (rows * cell) / 2,
        [run(timesOf(sizes), 'faint')],
        {
          anchor: 'middle',
          mono: true,
          size: 11,
        },
      ),
    );
    return { shapes, height: Math.max(rows, own.length === 1 ? 1 : (own.at(-2) ?? 1)) * cell };
  }
  forEachPosition(shape, (position, flat) => {
    const value = difference?.values.data[flatOf(placeInPlane(sizes, line, flat))] ?? 0;
    const [row, column] = shape.length === 1 ? [0, position[0]] : position;
    if (value !== 0)
      shapes.push({
        kind: 'rect',
        key: `${key} d ${row} ${column}`,
        x: differenceX + column * cell,
        y: y + row * cell,
        width: cell,
        height: cell,
        fill: value < 0 ? 'loss' : 'gain',
        opacity: 0.18,
      });
  });
  shapes.push(
    ...drawGrid({
      key: `${key} minus`,
      shape,
      x: differenceX,
      y: y - ABOVE,
      cell,
      title: [],
      ink: 'faint',
      tensor: 'output',
      placeOf: (place) => subjectPlace(told, placeOf(place)),
      look: (place) => {
        const value = difference?.values.data[flatOf(placeOf(place))] ?? 0;
        if (value === 0) return { dot: true, ring: ring(place), heavy: true };
        return { text: `${value > 0 ? '+' : ''}${brief(value)}`, ring: ring(place), heavy: true };
      },
    }).shapes,
  );
  return { shapes, height: rows * cell };
}

/** What the result is called beside the document's, and how many values differ. */
export function drawVerdict(
  told: Told,
  result: Result,
  key: string,
  x: number,
  y: number,
  width: number,
): {
  readonly shapes: readonly Shape[];
  readonly height: number;
} {
  const { title, notes } = verdictLines(told, result);
  const isOwn = result === told.results[0];
  const lines: { readonly text: string; readonly isTitle: boolean }[] = [
    ...broken(title, Math.floor(width / 7)).map((text) => ({ text, isTitle: true })),
    ...notes.flatMap((note) => broken(note, Math.floor(width / 6.4)).map((text) => ({ text, isTitle: false }))),
  ];
  const shapes = lines.map(({ text, isTitle }, at) =>
    label(
      `${key} verdict ${at}`,
      x,
      y + 8 + at * 17,
      [run(text, isTitle ? (isOwn ? 'ink' : 'wrong') : 'faint', isTitle)],
      {
        size: isTitle ? 12.5 : 11.5,
      },
    ),
  );
  return { shapes, height: lines.length * 17 };
}
