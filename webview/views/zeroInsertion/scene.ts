import type { Figure } from '../../drawing/gridFigure';
import type { Scene, Shape } from '../../drawing/scene';
import type { Focus, Room } from '../../film/film';
import { largestCell, leastCell } from '../../film/layout';
import { drawRow, type Panel, type PanelRow, sizeOfRows } from '../../film/panels';
import { kernelPanel, slidingPanel, windowPanels } from './kernelPanels';
import { inputPanel, outputPanel, paddedPanel, spreadPanel, type Step, stepOf } from './panels';
import { type At, followedOutput, outputAt, outputsOf, type Told } from './told';

const GAP = 18;
const LARGEST = 46;
const LARGEST_BELOW = 44;
const NARROW = 520;
/** Of the height: what the kernel and its products may take. */
const SHARE_BELOW = 0.42;

/** Which of the large grids a step shows where there is no room for all. */
function narrowGrids(step: Step, of: (key: 'in' | 'spread' | 'pad' | 'out') => Panel): readonly PanelRow[] {
  const row = (...panels: readonly Panel[]): PanelRow => ({ panels, joins: [], flat: true });
  switch (step.at.kind) {
    case 'insert':
      return [row(of('in')), row(of('spread'))];
    case 'pad':
      return [row(of('pad'))];
    case 'flip':
      return [];
    case 'window':
      return [row(of('pad'))];
    case 'result':
      return [row(of('out'))];
    default: {
      const never: never = step.at;
      return never;
    }
  }
}

/**
 * The ways in which the grids above may stand: side by side or two and two; one under the other, for a signal or a
 * volume; or only those of the step.
 */
function gridsAbove(step: Step, room: Room, cell: number): readonly (readonly PanelRow[])[] {
  const conv = step.told.which === 'conv';
  const of = (key: 'in' | 'spread' | 'pad' | 'out'): Panel =>
    ({ in: inputPanel, spread: (at: Step) => spreadPanel(at, cell), pad: paddedPanel, out: outputPanel })[key](step);
  if (room.width < NARROW) return [narrowGrids(step, of)];
  const panels = (conv ? (['in', 'pad', 'out'] as const) : (['in', 'spread', 'pad', 'out'] as const)).map(of);
  const isPlane = step.told.subject.plan.rank === 2;
  const row = (some: readonly Panel[]): PanelRow => ({ panels: some, joins: some.map(() => '→'), flat: !isPlane });
  const pairs = [row(panels.slice(0, -2)), row(panels.slice(-2))];
  return isPlane ? [[row(panels)], pairs] : [panels.map((panel) => row([panel])), pairs];
}

/** In one line over each panel, and without its size: for a narrow room. */
const unsized = (panels: readonly Panel[], join: string): PanelRow => ({
  panels: panels.map((panel) => ({ ...panel, size: [] })),
  joins: [join],
  flat: true,
});

function rowBelow(step: Step, room: Room, middle?: readonly [number, number]): readonly PanelRow[] {
  const { told, at } = step;
  const sliding = slidingPanel(step, middle);
  const [window, product, sum] = windowPanels(step);
  const narrow = room.width < NARROW;
  if (window)
    return narrow
      ? [unsized([window, sliding], '⊙'), unsized([product, sum], '→')]
      : [{ panels: [window, sliding, product, sum], joins: ['⊙', '=', '→'] }];
  if (told.which === 'conv') return narrow && at.kind === 'pad' ? [] : [{ panels: [sliding], joins: [] }];
  return narrow && at.kind !== 'flip' ? [] : [{ panels: [kernelPanel(step), sliding], joins: ['→'] }];
}

interface Drawn {
  readonly shapes: Shape[];
  readonly figures: Map<string, Figure>;
  bottom: number;
}

function drawRows(rows: readonly PanelRow[], top: number, cell: number): Drawn {
  const drawn: Drawn = { shapes: [], figures: new Map(), bottom: top };
  for (const row of rows) {
    const { shapes, figures } = drawRow(row, 4, drawn.bottom, cell);
    drawn.shapes.push(...shapes);
    for (const [key, figure] of figures) drawn.figures.set(key, figure);
    drawn.bottom += sizeOfRows([row], cell, 0).height + GAP;
  }
  return drawn;
}

/** The window over the padded grid, slice by slice: it slides from where the window before it was. */
function windowOutline(told: Told, at: At, shown: readonly number[], figure: Figure, cell: number): readonly Shape[] {
  const { derived, subject } = told;
  const corner = (output: readonly number[]): readonly number[] =>
    output.map((index, axis) => index * derived.slide[axis] + derived.paddedAt[axis]);
  const extents = subject.plan.axes.map(({ extent }) => extent);
  const depth = extents.length === 3 ? extents[0] : 1;
  const before = at.kind === 'window' && at.output > 0 ? outputAt(told, { ...at, output: at.output - 1 }) : undefined;
  const slice = (place: readonly number[], deep: number): readonly number[] =>
    place.length === 3 ? [place[0] + deep, place[1], place[2]] : place;
  return Array.from({ length: depth }, (_, deep): Shape => {
    const [x, y] = figure.at(slice(corner(shown), deep));
    const [fromX, fromY] = before ? figure.at(slice(corner(before), deep)) : [x, y];
    return {
      kind: 'rect',
      key: `window over ${deep}`,
      x,
      y,
      width: (extents.at(-1) ?? 1) * cell,
      height: (extents.at(-2) ?? 1) * cell,
      stroke: 'kernel',
      weight: 2.5,
      motion: before ? { from: [fromX - x, fromY - y] } : undefined,
    };
  });
}

/** A dashed line around what was the spread input, within the zeros around it. */
function spreadOutline({ derived }: Told, figure: Figure, cell: number): readonly Shape[] {
  const shape = derived.spread.shape.slice(2);
  const depth = shape.length === 3 ? shape[0] : 1;
  return Array.from({ length: depth }, (_, deep): Shape => {
    const place = derived.spreadAt.map((at, axis) => (shape.length === 3 && axis === 0 ? at + deep : at));
    const [x, y] = figure.at(place);
    return {
      kind: 'rect',
      key: `spread within ${deep}`,
      x,
      y,
      width: (shape.at(-1) ?? 1) * cell,
      height: (shape.at(-2) ?? 1) * cell,
      stroke: 'zero',
      weight: 1.5,
      dashed: true,
    };
  });
}

/** One step of zero insertion as a drawing. */
export function sceneOf(told: Told, at: At, room: Room, focus: Focus): Scene {
  const last = outputsOf(told).map((size) => size - 1);
  const step = stepOf(told, at, focus, followedOutput(told, focus) ?? last);
  const width = room.width - 8;
  const below = rowBelow(step, room);
  const ways = gridsAbove(step, room, 1);
  const share = ways[0].length > 0 ? SHARE_BELOW : 1;
  const least = leastCell(told.subject.plan.rank, room);
  const fitting = (rows: readonly PanelRow[], height: number, largest: number): number =>
    Math.max(
      least,
      largestCell({ width, height }, largest, (cell) => sizeOfRows(rows, cell, GAP)),
    );
  const cellBelow = fitting(below, room.height * share, LARGEST_BELOW);
  const heightBelow = sizeOfRows(below, cellBelow, GAP).height;
  const height = room.height - heightBelow - (below.length > 0 ? GAP : 0) - 8;
  const cells = ways.map((rows) => fitting(rows, height, LARGEST));
  // Where cells cannot be larger, what fits and is lower is better: it scrolls less.
  const [best] = ways
    .map((rows, index) => ({ index, cell: cells[index], size: sizeOfRows(rows, cells[index], GAP) }))
    .sort(
      (one, other) =>
        other.cell - one.cell ||
        Math.max(one.size.width, width) - Math.max(other.size.width, width) ||
        one.size.height - other.size.height,
    );
  const { cell } = best;
  const above = gridsAbove(step, room, cell)[best.index];
  const grids = drawRows(above, 0, cell);
  const placed = drawRows(below, grids.bottom, cellBelow);
  // The kernel turns about its own middle, which is known once it has its place.
  const turning = placed.figures.get('flip');
  const corner = turning?.at(told.subject.plan.axes.map(() => 0));
  const rows = told.subject.plan.weightShape.at(-2) ?? 1;
  const middle =
    turning && corner
      ? ([
          corner[0] + turning.width / 2,
          corner[1] + ((told.subject.plan.rank > 1 ? rows : 1) * cellBelow) / 2,
        ] as const)
      : undefined;
  const turned = at.kind === 'flip' ? drawRows(rowBelow(step, room, middle), grids.bottom, cellBelow) : placed;
  const padded = grids.figures.get('pad');
  const shapes = [
    ...grids.shapes,
    ...(padded ? spreadOutline(told, padded, cell) : []),
    ...(padded && step.output ? windowOutline(told, at, step.output, padded, cell) : []),
    ...turned.shapes,
  ];
  const total = sizeOfRows(above, cell, GAP);
  const under = sizeOfRows(below, cellBelow, GAP);
  return { width: Math.max(total.width, under.width) + 8, height: placed.bottom - GAP + 4, shapes };
}
