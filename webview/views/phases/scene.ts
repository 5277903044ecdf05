import { drawGrid, type Figure } from '../../drawing/gridFigure';
import type { Scene, Shape } from '../../drawing/scene';
import type { Focus, Room } from '../../film/film';
import { largestCell, leastCell } from '../../film/layout';
import { textWidth } from '../../film/panels';
import { inputFigure, kernelFigure, outputFigure, type Step, stepOf, type Unplaced } from './figures';
import { curves, drawPhases, GAP, measurePhases, named, phasesOnShow, type Size, sizeAt } from './phaseRows';
import type { At, Told } from './told';

const LARGEST = 40;
const NARROW = 520;
/** Between the small outputs and the output: room for the curves. */
const CURVES = 72;
/** As many phases stand one under the other; of more the others follow in their steps. */
const MOST = 4;

/** Side by side: input over kernel, the phases, the output. */
function sideBySide(step: Step, cell: number): Scene {
  const phases = phasesOnShow(step, MOST);
  const input = inputFigure(step);
  const kernel = kernelFigure(step);
  const plain = outputFigure(step, new Map(), undefined);
  const sizes = [sizeAt(input, cell), sizeAt(kernel, named(cell)), sizeAt(plain, cell)];
  const titles = [input, kernel, plain].map(({ title }) => textWidth(title, 13) + 4);
  const left = Math.max(sizes[0].width, sizes[1].width, titles[0] + 18, titles[1]);
  const middle = measurePhases(step.told, phases, cell).size;
  const middleX = 4 + left + GAP;
  const outputX = middleX + middle.width + CURVES;
  const inputs = drawGrid({ ...input, x: 4, y: 0, cell });
  // Both stand at the same left edge, with and without indices.
  const kernelX = inputs.at(input.shape.map(() => 0))[0];
  const kernels = drawGrid({ ...kernel, x: kernelX, y: sizes[0].height + GAP, cell: named(cell) });
  const drawing = drawPhases(step, phases, [middleX, 0], cell, kernels);
  const at = { x: outputX, y: 0, cell };
  const output = drawGrid({ ...plain, ...at });
  const moving = drawGrid({ ...outputFigure(step, drawing.small, output.at), ...at });
  return {
    width: outputX + Math.max(sizes[2].width, titles[2] + 18) + 4,
    height: Math.max(sizes[0].height + GAP + sizes[1].height, middle.height, sizes[2].height) + 4,
    shapes: [
      ...inputs.shapes,
      ...kernels.shapes,
      ...drawing.shapes,
      ...curves(step, phases, drawing, output, output.at([0, 0])[0]),
      ...moving.shapes,
    ],
  };
}

/** One under the other: a signal, a volume; in a narrow room only what the step is about. */
function stacked(step: Step, cell: number, narrow: boolean): Scene {
  const { at } = step;
  const phases = narrow && at.kind === 'interleave' ? [] : phasesOnShow(step, narrow ? 1 : MOST);
  const shapes: Shape[] = [];
  let [width, y] = [0, 0];
  const place = (figure: Unplaced, size = cell): Figure => {
    const drawn = drawGrid({ ...figure, x: 4, y, cell: size });
    shapes.push(...drawn.shapes);
    width = Math.max(width, drawn.width, textWidth(figure.title, 13) + 18);
    y += drawn.height + GAP;
    return drawn;
  };
  if (!narrow || at.kind === 'make') place(inputFigure(step));
  const kernel = !narrow || at.kind === 'cut' ? place(kernelFigure(step), named(cell)) : undefined;
  let small: ReadonlyMap<string, Figure> = new Map();
  if (phases.length > 0) {
    const measured = measurePhases(step.told, phases, cell).size;
    const drawing = drawPhases(step, phases, [4, y], cell, kernel);
    shapes.push(...drawing.shapes);
    small = drawing.small;
    width = Math.max(width, measured.width);
    y += measured.height + GAP;
  }
  if (!narrow || at.kind === 'interleave') {
    const { at: placed } = drawGrid({ ...outputFigure(step, small, undefined), x: 4, y, cell });
    place(outputFigure(step, small, placed));
  }
  return { width: width + 8, height: y, shapes };
}

/** One step of the sub-kernels as a drawing. */
export function sceneOf(told: Told, at: At, room: Room, focus: Focus): Scene {
  const step = stepOf(told, at, focus);
  const narrow = room.width < NARROW;
  const beside = (cell: number): Size => measureBeside(step, cell);
  const below = (cell: number): Size => measureStacked(step, cell, narrow);
  const fitting = (sizeOf: (cell: number) => Size): number =>
    Math.max(leastCell(told.subject.plan.rank, room), largestCell(room, LARGEST, sizeOf));
  const high = fitting(below);
  if (narrow) return stacked(step, high, true);
  const wide = fitting(beside);
  // Where cells cannot be larger, what fits and is lower is better: it scrolls less.
  const [one, other] = [beside(wide), below(high)];
  const fits = one.width <= Math.max(room.width, other.width) && one.height <= other.height;
  return wide > high || (wide === high && fits) ? sideBySide(step, wide) : stacked(step, high, false);
}

/** The sizes of both drawings with such cells, without drawing them. */
function measureBeside(step: Step, cell: number): Size {
  const { told } = step;
  const kernel = kernelFigure(step);
  const inputs = sizeAt(inputFigure(step), cell);
  const kernels = sizeAt(kernel, named(cell));
  const outputs = sizeAt(outputFigure(step, new Map(), undefined), cell);
  const { size } = measurePhases(told, phasesOnShow(step, MOST), cell);
  const left = Math.max(inputs.width, kernels.width + 18, textWidth(kernel.title, 13) + 22);
  return {
    width: left + GAP + size.width + CURVES + outputs.width + 8,
    height: Math.max(inputs.height + GAP + kernels.height, size.height, outputs.height) + 4,
  };
}

function measureStacked(step: Step, cell: number, narrow: boolean): Size {
  const { told, at } = step;
  const phases = phasesOnShow(step, narrow ? 1 : MOST);
  const shown = [
    ...(!narrow || at.kind === 'make' ? [sizeAt(inputFigure(step), cell)] : []),
    ...(!narrow || at.kind === 'cut' ? [sizeAt(kernelFigure(step), named(cell))] : []),
    ...(narrow && at.kind === 'interleave' ? [] : [measurePhases(told, phases, cell).size]),
    ...(!narrow || at.kind === 'interleave' ? [sizeAt(outputFigure(step, new Map(), undefined), cell)] : []),
  ];
  return {
    width: Math.max(...shown.map(({ width }) => width)) + 8,
    height: shown.reduce((all, { height }) => all + height + GAP, 0),
  };
}
