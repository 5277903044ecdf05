import type { Subject } from '../../../src/core/derive/subject';
import type { Result } from '../../../src/core/frameworks/results';
import type { Plan } from '../../../src/core/plan';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Shape } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Film, FilmPart, Focus, Frame, Room } from '../../film/film';
import { broken, type Columns, columnsOf } from './frameworksColumns';
import { drawMaps, drawNames, drawRow, drawVerdict } from './frameworksDrawing';
import { beginsOf, comparedPlace, type Line, lineOf, shortNameOf, timesOf, type Told, toldOf } from './frameworksTold';
import { fullLine, overview, sayResult, tablesOf } from './frameworksWords';

/** The same layer in every framework, grouped by what it gives. */
export function frameworksPart(strings: Strings): FilmPart {
  return {
    id: 'frameworks',
    title: strings.frameworks,
    hint: strings.frameworksHint,
    film: (subject, layer) => frameworksFilm(subject, layer, strings),
  };
}

/** One step for all results, and one for each; where the window is too small for the kernel, one that says so. */
export function frameworksFilm(subject: Subject, layer: Plan, strings: Strings): Film {
  const told = toldOf(subject, layer, strings);
  if (!told) {
    const nothing = { scene: { width: 1, height: 1, shapes: [] }, sentence: wordsOf(strings.filmNothing), numbers: [] };
    return { phases: [{ title: strings.frameworks, steps: [''] }], frame: () => nothing };
  }
  return {
    phases: [
      { title: strings.frameworksOverview, steps: [''] },
      ...told.results.map(({ calls }) => ({ title: shortNameOf(calls), steps: [''] })),
    ],
    frame: (step, room, focus) => frameOf(told, step, room, focus),
  };
}

const HEAD = 24;
const BETWEEN = 14;

function frameOf(told: Told, step: number, room: Room, focus: Focus): Frame {
  const { results } = told;
  const followed = comparedPlace(told, focus.followed('output'));
  const line = lineOf(told, followed);
  const columns = columnsOf(told, room);
  const now = step > 0 ? results[step - 1] : undefined;
  const shapes: Shape[] = [...headings(told, line, columns)];
  let y = HEAD;
  results.forEach((result, index) => {
    const key = `result ${index}`;
    const made = drawResult(told, result, line, columns, key, y, followed, result === now);
    shapes.push(...made.shapes);
    const bottom = y + made.height;
    if (result === now)
      shapes.push({
        kind: 'line',
        key: 'now',
        points: [
          [2, y],
          [2, bottom],
        ],
        stroke: 'focus',
        weight: 3,
      });
    y = bottom + BETWEEN;
    shapes.push({
      kind: 'line',
      key: `${key} under`,
      points: [
        [4, y - BETWEEN / 2],
        [columns.width, y - BETWEEN / 2],
      ],
      stroke: 'line',
      weight: 1,
    });
  });
  const rest = refusals(told, columns, y);
  shapes.push(...rest.shapes);
  return {
    scene: { width: columns.width + 4, height: y + rest.height + 8, shapes },
    ...(now ? sayResult(told, now, line) : overview(told, line)),
    tables: tablesOf(told, now, followed),
  };
}

const heading = (key: string, x: number, words: string, isOutput = false): Shape => ({
  kind: 'text',
  key: `head ${key}`,
  x,
  y: 10,
  words: [run(words, isOutput ? 'output' : 'ink', true)],
  size: 12.5,
});

/** Above the columns; in a narrow panel the results stand one under the other and say it themselves. */
function headings(told: Told, line: Line, columns: Columns): readonly Shape[] {
  const { strings, results, compared } = told;
  const [own] = results;
  const { full } = own.outcome;
  const lead = fullLine(told, line);
  const sizes = full ? timesOf(full.shape.slice(2)) : '';
  const row = full
    ? lead?.length
      ? format(strings.rowBeforeCut, [lead.join(', '), sizes])
      : format(strings.signalBeforeCut, [sizes])
    : compared.plan.rank > 1
      ? format(strings.rowPadded, [Math.min(line.row, compared.plan.axes[compared.plan.rank - 2].input - 1)])
      : strings.signalPadded;
  if (columns.narrow) return [heading('row', 10, row)];
  const maps =
    compared.plan.rank === 1
      ? []
      : [
          heading(
            'output',
            columns.output,
            line.leading.length > 0 ? format(strings.outputSlice, [line.leading.join(', ')]) : strings.output,
            true,
          ),
          heading('difference', columns.difference, strings.minusPytorch),
        ];
  return [heading('names', 10, strings.whoGives), heading('row', columns.row, row), ...maps];
}

interface Drawn {
  readonly shapes: readonly Shape[];
  readonly height: number;
}

function drawResult(
  told: Told,
  result: Result,
  line: Line,
  columns: Columns,
  key: string,
  y: number,
  followed: readonly number[] | undefined,
  isNow: boolean,
): Drawn {
  const [own] = told.results;
  // The frame comes from where the document's own is.
  const off = (beginsOf(own).at(-1) ?? 0) - (beginsOf(result).at(-1) ?? 0);
  const motion = isNow && off !== 0 ? { from: [off * columns.rowCell, 0] as const } : undefined;
  const signal = told.compared.plan.rank === 1;
  const maps = (x: readonly [number, number], at: number): Drawn =>
    drawMaps(told, result, line, columns, key, x, at, followed);
  if (!columns.narrow) {
    const names = drawNames(key, result.calls, 10, y, columns.row - 22);
    const row = drawRow(told, result, line, columns, key, columns.row, y + (signal ? 2 : 6), motion);
    const verdict = drawVerdict(told, result, key, columns.verdict, y, columns.width - columns.verdict);
    const drawn = signal ? { shapes: [], height: 0 } : maps([columns.output, columns.difference], y + 2);
    return {
      shapes: [...names.shapes, ...row.shapes, ...drawn.shapes, ...verdict.shapes],
      height: Math.max(names.height, row.height + 6, drawn.height + 4, verdict.height),
    };
  }
  const names = drawNames(key, result.calls, 10, y, columns.width - 20);
  const verdict = drawVerdict(told, result, key, 10, y + names.height + 2, columns.width - 20);
  const rowY = y + names.height + verdict.height + 6;
  const row = drawRow(told, result, line, columns, key, 10, rowY, motion);
  const mapsY = rowY + row.height + 4;
  const drawn = signal ? { shapes: [], height: 0 } : maps([10, 10 + columns.difference], mapsY);
  return {
    shapes: [...names.shapes, ...verdict.shapes, ...row.shapes, ...drawn.shapes],
    height: mapsY + drawn.height - y,
  };
}

/** Below the results: what is refused, and what is published without having been run. */
function refusals({ calls, strings }: Told, columns: Columns, top: number): Drawn {
  const shapes: Shape[] = [];
  let y = top + 10;
  const letters = Math.floor((columns.width - (columns.narrow ? 10 : columns.row)) / 6.6);
  const others = calls.filter(({ answer }) => answer.kind !== 'values');
  if (others.length > 0) {
    shapes.push({ kind: 'text', key: 'refused', x: 10, y, words: [run(strings.refuses, 'ink', true)], size: 12.5 });
    y += 20;
  }
  others.forEach((call, index) => {
    const { answer } = call;
    const said =
      answer.kind === 'refused'
        ? answer.words
        : answer.kind === 'size'
          ? format(strings.verdictSizeOnly, [timesOf(answer.sizes)])
          : strings.makesNothing;
    const names = drawNames(
      `other ${index}`,
      [call],
      10,
      y - 8,
      columns.narrow ? columns.width - 20 : columns.row - 22,
    );
    shapes.push(...names.shapes);
    const lines = broken(said, letters);
    const x = columns.narrow ? 10 : columns.row;
    const from = columns.narrow ? y + names.height - 6 : y;
    lines.forEach((text, at) => {
      const ink = answer.kind === 'refused' ? 'wrong' : 'faint';
      shapes.push({
        kind: 'text',
        key: `words ${index} ${at}`,
        x,
        y: from + at * 15,
        words: [run(text, ink)],
        size: 11.5,
      });
    });
    y = Math.max(y - 8 + names.height, from + lines.length * 15 - 4) + 12;
  });
  return { shapes, height: y - top };
}
