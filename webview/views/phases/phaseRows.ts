import type { SubKernel } from '../../../src/core/derive/subKernels';
import { format } from '../../../src/core/problem';
import { drawGrid, type Figure, sizeOfGrid } from '../../drawing/gridFigure';
import type { Shape } from '../../drawing/scene';
import { run } from '../../drawing/words';
import { textWidth } from '../../film/panels';
import { blockSign, smallFigure, smallTitle, type Step, subKernelFigure, type Unplaced } from './figures';
import { inkOf, type Told } from './told';

/** Between what stands side by side, or one under the other. */
export const GAP = 20;
const SIGN = 24;
const ARROW = 48;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Cells of small outputs; and of kernels, which have room for the names of their taps where there is room at all. */
const smaller = ({ subject }: Told, cell: number): number =>
  subject.plan.rank === 2 ? Math.max(9, Math.round(cell * 0.68)) : cell;
export const named = (cell: number): number => (cell < 20 ? cell : Math.max(cell, 34));

/** The phases that a step shows. */
export function phasesOnShow({ told, at, focus }: Step, most: number): readonly SubKernel[] {
  const { phases } = told.derived;
  const followed = focus.followed('output');
  const now = at.kind === 'interleave' ? (followed ? told.derived.phaseOf(followed).number : 0) : at.phase;
  const first = Math.floor(now / most) * most;
  return phases.slice(first, first + most);
}

export const sizeAt = (figure: Pick<Unplaced, 'shape' | 'origin'>, cell: number): Size =>
  sizeOfGrid({ ...figure, cell });

const smallShape = (phase: SubKernel): readonly number[] => phase.small.shape.slice(2);

interface Measures {
  readonly sub: number;
  readonly small: number;
  readonly rows: readonly number[];
  readonly size: Size;
}

/** Whether there are more phases than these, and so many that it is worth a line. */
const isSome = ({ derived }: Told, phases: readonly SubKernel[]): boolean =>
  phases.length > 1 && derived.phases.length > phases.length;

/** The rows of phases: sign, sub-kernel, arrow, small output. */
export function measurePhases(told: Told, phases: readonly SubKernel[], cell: number): Measures {
  const subs = phases.map(({ shape }) => sizeAt({ shape }, named(cell)));
  const smalls = phases.map((phase) => sizeAt({ shape: smallShape(phase) }, smaller(told, cell)));
  const titles = phases.map((phase) => textWidth(smallTitle(told, phase), 13));
  const sub = Math.max(named(cell), ...subs.map(({ width }) => width));
  const small = Math.max(...smalls.map(({ width }) => width), ...titles);
  const rows = phases.map((_, at) => Math.max(subs[at].height, smalls[at].height) + 8);
  const caption = isSome(told, phases) ? GAP : 0;
  return {
    sub,
    small,
    rows,
    size: { width: SIGN + sub + ARROW + small, height: caption + rows.reduce((all, height) => all + height, 0) },
  };
}

interface Drawing {
  readonly shapes: Shape[];
  readonly small: Map<string, Figure>;
}

export function drawPhases(
  step: Step,
  phases: readonly SubKernel[],
  [x, y]: readonly [number, number],
  cell: number,
  kernel: Figure | undefined,
): Drawing {
  const { told } = step;
  const measured = measurePhases(told, phases, cell);
  const shapes: Shape[] = [];
  const small = new Map<string, Figure>();
  const all = told.derived.phases.length;
  let top = y;
  if (isSome(told, phases)) {
    const range = format(told.strings.phasesShown, [phases[0].number, phases[phases.length - 1].number, all]);
    shapes.push({ kind: 'text', key: 'phases', x, y: top + GAP / 2 - 2, words: [run(range, 'faint')], size: 12 });
    top += GAP;
  }
  for (const [index, phase] of phases.entries()) {
    shapes.push(...blockSign(told, phase, x, top + 22));
    if (phase.taps.length === 0) {
      const words = [run(told.strings.noTap, 'faint')];
      shapes.push({ kind: 'text', key: `none${phase.number}`, x: x + SIGN, y: top + 30, words, size: 12 });
    } else {
      const at = { x: x + SIGN, y: top, cell: named(cell) };
      const unmoved = drawGrid({ ...subKernelFigure(step, phase), ...at });
      const [, first] = unmoved.at(phase.shape.map(() => 0));
      const middle = (first + top + unmoved.height) / 2;
      const from = kernel && { kernel, at: unmoved.at };
      shapes.push(...drawGrid({ ...subKernelFigure(step, phase, from), ...at }).shapes, {
        kind: 'line',
        key: `arrow${phase.number}`,
        points: [
          [x + SIGN + unmoved.width + 6, middle],
          [x + SIGN + measured.sub + ARROW - 8, middle],
        ],
        stroke: 'faint',
        arrow: true,
      });
    }
    const figure = drawGrid({
      ...smallFigure(step, phase),
      x: x + SIGN + measured.sub + ARROW,
      y: top,
      cell: smaller(told, cell),
    });
    shapes.push(...figure.shapes);
    small.set(`small${phase.number}`, figure);
    top += measured.rows[index];
  }
  return { shapes, small };
}

/** From each small output on show to the block that takes its cells. */
export function curves(
  step: Step,
  phases: readonly SubKernel[],
  { small }: Drawing,
  output: Figure,
  x: number,
): Shape[] {
  if (step.at.kind !== 'interleave' || step.told.subject.plan.rank !== 2) return [];
  return phases.flatMap((phase): readonly Shape[] => {
    const figure = small.get(`small${phase.number}`);
    const place = step.block.find((each) => step.told.derived.phaseOf(each) === phase);
    if (!figure || !place) return [];
    const source = place.map((index, axis) => Math.floor(index / step.told.strides[axis]));
    const cell = figure.at(source);
    const [left] = figure.at(source.map((index, axis) => (axis === 1 ? smallShape(phase)[1] : index)));
    const half = (figure.at([1, 0])[1] - figure.at([0, 0])[1]) / 2;
    const [, top] = output.at(place);
    const to =
      top + ((output.at([1, 0])[1] - output.at([0, 0])[1]) * (phase.residue[1] + 1)) / (step.told.strides[1] + 1);
    return [
      {
        kind: 'line',
        key: `curve${phase.number}`,
        points: [
          [left + 3, cell[1] + half],
          [x - 4, to],
        ],
        stroke: inkOf(phase),
        arrow: true,
        curved: true,
      },
    ];
  });
}
