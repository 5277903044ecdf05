import {
  cellOfOutput,
  neighboursRead,
  type PixelMap,
  type PixelSource,
  pixelValue,
  readsAny,
} from '../../../src/core/derive/pixelMaps';
import { format } from '../../../src/core/problem';
import { drawGrid, type Figure, sizeOfGrid } from '../../drawing/gridFigure';
import type { Ink, Label, Scene, Shape } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Room } from '../../film/film';
import { largestCell } from '../../film/layout';
import { textWidth } from '../../film/panels';
import { inputFigure, mapFigure, outputFigure, placeFigure, type Step } from './pixelFigures';
import { inkOf, nameOf, outputText, tintOf, type Told } from './pixelTold';

const NARROW = 520;
const GAP = 34;
/** Over the grids for what comes from F, and under them for what comes from maps. */
const ABOVE = 56;
const BELOW = 70;

const caption = (key: string, x: number, y: number, words: Label['words'], size = 11.5, mono = false): Shape => ({
  kind: 'text',
  key,
  x,
  y,
  words,
  size,
  mono,
});

/** Every pair of a map and what it reads, in the order in which the lines are drawn. */
function arcs({
  pixels,
}: Told): readonly { readonly map: PixelMap; readonly source: PixelSource; readonly weighs: boolean }[] {
  return pixels.maps.flatMap((map) => map.sources.map((source) => ({ map, source, weighs: readsAny(map, source) })));
}

interface Placed {
  readonly figure: Figure;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(figure: Figure, shape: readonly number[], cell: number): Placed {
  const [left, top] = figure.at(shape.map(() => 0));
  const [rows, columns] = [1, ...shape].slice(-2);
  return { figure, left, top, width: columns * cell, height: rows * cell };
}

/** Lines from what is read to what reads it: from F over the grids, from maps under them. */
function drawArcs(step: Step, placed: ReadonlyMap<PixelSource, Placed>): readonly Shape[] {
  const { told, at, spot } = step;
  const isNow = (map: PixelMap): boolean => at.kind !== 'make' || map === spot.map;
  const counts = { over: 0, under: 0 };
  return arcs(told).flatMap(({ map, source, weighs }): readonly Shape[] => {
    const [from, to] = [placed.get(source), placed.get(map.number)];
    if (!from || !to) return [];
    const over = source === 'F';
    const lane = over ? counts.over++ : counts.under++;
    const ink: Ink = over ? 'input' : inkOf(told.pixels.maps[source]);
    const startX = from.left + from.width / 2 + (over ? 7 * lane - 12 : 8 * (map.number - source) - 14);
    const endX = to.left + to.width / 2 + (over ? 0 : 9 * source - 9);
    // From above the titles, over which the lines go.
    const startY = over ? from.top - 34 : from.top + from.height + 4;
    const endY = over ? to.top - 18 : to.top + to.height + 5;
    const turnY = over ? from.top - 40 - 6 * lane : from.top + from.height + 11 + 7 * lane;
    return [
      {
        kind: 'line',
        key: `arc ${map.number} ${source}`,
        points: [
          [startX, startY],
          [startX, turnY],
          [endX, turnY],
          [endX, endY],
        ],
        stroke: ink,
        weight: isNow(map) ? 1.6 : 1,
        dashed: !weighs,
        arrow: true,
        opacity: isNow(map) ? undefined : 0.45,
      },
    ];
  });
}

/** The cells around one of the output, large, with arrows from the neighbours that it is made from. */
function drawZoom(
  step: Step,
  x: number,
  y: number,
  cell: number,
): { readonly shapes: readonly Shape[]; readonly width: number; readonly height: number } {
  const { told, spot } = step;
  const { pixels, outputSizes, strings } = told;
  const rank = outputSizes.length;
  const shape = rank === 1 ? [3] : [3, 3];
  const at = (place: readonly number[]): readonly number[] => place.map((each, axis) => each - 1 + spot.output[axis]);
  const isThere = (place: readonly number[]): boolean =>
    place.every((each, axis) => each >= 0 && each < outputSizes[axis]);
  const figure = drawGrid({
    key: 'zoom',
    shape,
    x,
    y,
    cell,
    ink: 'line',
    title: wordsOf(`<b>${format(strings.pixelZoom, [outputText(told, spot.output)])}</b>`),
    look(place) {
      const output = at(place);
      if (!isThere(output)) return { hatched: true };
      const { map, place: inMap } = cellOfOutput(pixels, output);
      const isMiddle = place.every((each) => each === 1);
      return {
        value: pixelValue(pixels, map.number, inMap),
        below: [run(nameOf(map.number), inkOf(map))],
        fill: tintOf(map),
        bold: isMiddle,
        ring: isMiddle ? 'ink' : undefined,
        heavy: true,
      };
    },
  });
  const middle = figure.at(shape.map(() => 1));
  const shapes: Shape[] = [...figure.shapes];
  const neighbours = new Map([...neighboursRead(pixels, spot.output)].map((place) => [place.join(), place] as const));
  for (const place of neighbours.values()) {
    const [down, across] = [0, ...place.map((each, axis) => each - spot.output[axis])].slice(-2);
    const [centreX, centreY] = [middle[0] + cell / 2, middle[1] + cell / 2];
    const { map } = cellOfOutput(pixels, place);
    shapes.push({
      kind: 'line',
      key: `tie ${place.join()}`,
      points: [
        [centreX + across * cell * 0.6, centreY + down * cell * 0.6],
        [centreX + across * cell * 0.38, centreY + down * cell * 0.38],
      ],
      stroke: inkOf(map),
      weight: 2.4,
      arrow: true,
    });
  }
  return { shapes, width: figure.width, height: figure.height };
}

type Kind = 'transposed' | 'pixel' | 'inputPixel';

/** What depends on what, as a small graph: F on the left, the maps as they lie in a block. */
function drawGraph(told: Told, kind: Kind, x: number, y: number, isHere: boolean): readonly Shape[] {
  const { strings, pixels } = told;
  const count = pixels.maps.length;
  const spots = new Map<PixelSource, readonly [number, number]>(
    pixels.maps.map((map) => [
      map.number,
      count === 2
        ? [x + 62, y + 14 + 52 * map.number]
        : [x + 52 + 44 * (map.corner.at(-1) ?? 0), y + 14 + 52 * map.corner[0]],
    ]),
  );
  spots.set('F', [x + 10, y + 40]);
  const shapes: Shape[] = [];
  for (const map of pixels.maps) {
    const sources: readonly PixelSource[] =
      kind === 'transposed' || map.number === 0
        ? ['F']
        : [...(kind === 'inputPixel' ? ['F' as const] : []), ...Array.from({ length: map.number }, (_, at) => at)];
    for (const source of sources) {
      const [from, to] = [spots.get(source), spots.get(map.number)];
      if (!from || !to) continue;
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      const [alongX, alongY] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
      shapes.push({
        kind: 'line',
        key: `${kind} edge ${source} ${map.number}`,
        points: [
          [from[0] + 11 * alongX, from[1] + 11 * alongY],
          [to[0] - 12 * alongX, to[1] - 12 * alongY],
        ],
        stroke: source === 'F' ? 'input' : inkOf(pixels.maps[source]),
        weight: 1.3,
        arrow: true,
        dashed: isHere && !readsAny(map, source),
      });
    }
  }
  for (const [source, [left, top]] of spots) {
    shapes.push(
      {
        kind: 'dot',
        key: `${kind} node ${source}`,
        x: left,
        y: top,
        radius: 10,
        stroke: source === 'F' ? 'input' : inkOf(pixels.maps[source]),
      },
      {
        kind: 'text',
        key: `${kind} name ${source}`,
        x: left,
        y: top,
        words: [run(source === 'F' ? 'F' : source + 1, source === 'F' ? 'input' : inkOf(pixels.maps[source]), true)],
        size: 11,
        anchor: 'middle',
      },
    );
  }
  const title = {
    transposed: strings.pixelDependsTransposed,
    pixel: strings.pixelPart,
    inputPixel: strings.pixelInputPart,
  }[kind];
  const note = {
    transposed: strings.pixelDependsEach,
    pixel: strings.pixelDependsPixel,
    inputPixel: strings.pixelDependsInput,
  }[kind];
  shapes.push(
    caption(`${kind} title`, x, y + 98, [run(title, isHere ? 'focus' : 'ink', true)], 12),
    caption(`${kind} note`, x, y + 114, [run(note, 'faint')], 10.5),
  );
  return shapes;
}

const GRAPH = 124;

function drawGraphs(
  { told, at }: Step,
  x: number,
  y: number,
  isNarrow: boolean,
): { readonly shapes: readonly Shape[]; readonly width: number; readonly height: number } {
  const kinds: readonly Kind[] = ['transposed', 'pixel', 'inputPixel'];
  const { strings, pixels } = told;
  const each = isNarrow ? 116 : GRAPH;
  return {
    shapes: [
      caption('graphs', x, y + 9, [run(strings.pixelDepends, 'ink', true)], 13),
      ...kinds.flatMap((kind, index) => drawGraph(told, kind, x + index * each, y + 26, kind === pixels.variant)),
      caption('dotted', x, y + 158, [run(strings.pixelDotted, 'faint')], 10.5),
    ].map((shape) => (at.kind === 'ties' || at.kind === 'interleave' ? shape : { ...shape, opacity: 0.75 })),
    width: 3 * each,
    height: 168,
  };
}

/** `[F, F1] ⊛ k2` under a map. */
function formulaOf(map: PixelMap): string {
  const read = map.sources.map(nameOf);
  return `${read.length === 1 ? read[0] : `[${read.join(',')}]`} ⊛ k${map.number + 1}`;
}

/** The maps in a row with lines between them; under it the output, what is around a cell, and what depends on what. */
export function pixelScene(step: Step, room: Room): Scene {
  const { told } = step;
  const { sizes, pixels } = told;
  const isNarrow = room.width < NARROW;
  const isSignal = sizes.length === 1;
  const origin = told.subject.inputOrigin;
  const count = pixels.maps.length + 1;
  const across = isNarrow || isSignal ? 1 : count;
  const margin = isSignal ? 0 : 18;
  const [rows, columns] = [1, ...sizes].slice(-2);
  const outputCell = (cell: number): number => (isSignal ? cell / 2 : Math.max(9, Math.round(cell * 0.62)));
  const stackOf = (cell: number): number => sizeOfGrid({ shape: sizes, cell, origin }).height;
  const cell = largestCell(room, isSignal ? 64 : 40, (size) => ({
    width: across * (columns * size + margin) + (across - 1) * GAP + (isSignal ? 150 : 0),
    height: isNarrow || isSignal ? 0 : ABOVE + stackOf(size) + BELOW + 40 + 2 * rows * outputCell(size),
  }));
  const shapes: Shape[] = [];
  const placed = new Map<PixelSource, Placed>();
  const sources: readonly PixelSource[] = ['F', ...pixels.maps.map(({ number }) => number)];
  let y = isNarrow || isSignal ? 0 : ABOVE - 20;
  sources.forEach((source, index) => {
    const unplaced = source === 'F' ? inputFigure(step) : mapFigure(step, source);
    const x = 4 + (across === 1 ? 0 : index * (columns * cell + margin + GAP));
    const figure = placeFigure(step, source, x, y, cell, unplaced);
    const box = boxOf(figure, sizes, cell);
    placed.set(source, box);
    shapes.push(...figure.shapes);
    const words = source === 'F' ? [] : wordsOf(`<f>${formulaOf(pixels.maps[source])}</f>`);
    if (across === 1) {
      if (words.length > 0) shapes.push(caption(`formula ${source}`, box.left + 120, y + 9, words, 11, true));
      y += figure.height + (isSignal ? 14 : 10);
    } else shapes.push(caption(`formula ${source}`, box.left, box.top + box.height + BELOW - 8, words, 11, true));
  });
  if (across > 1) {
    shapes.push(...drawArcs(step, placed));
    y += stackOf(cell) + BELOW + 6;
  } else y += 6;
  const from = (number: number, place: readonly number[]): readonly [number, number] =>
    placed.get(number)?.figure.at(place) ?? [0, 0];
  const small = outputCell(cell);
  const plain = drawGrid({ ...outputFigure(step), x: 4, y, cell: small });
  const output = placeFigure(step, 'out', 4, y, small, outputFigure(step, from, plain.at));
  shapes.push(...output.shapes);
  const width = Math.max(isNarrow ? 300 : 0, across * (columns * cell + margin) + (across - 1) * GAP + 8);
  const zoomCell = isNarrow ? 44 : Math.max(40, Math.min(58, Math.round(cell * 1.5)));
  const title = outputFigure(step).title;
  const right = 4 + Math.max(output.width, textWidth(title, 13)) + 40;
  const besides = !isNarrow && !isSignal;
  const zoomX = besides ? right : 4;
  const zoomY = besides ? y : y + output.height + 20;
  const zoom = drawZoom(step, zoomX, zoomY, zoomCell);
  shapes.push(...zoom.shapes);
  // Beside the zoom where there is room for the three of them, else under it.
  const isBeside = !isNarrow && zoomX + zoom.width + 44 + 3 * GRAPH <= Math.max(width, room.width);
  const graphX = isBeside ? zoomX + Math.max(zoom.width, 130) + 44 : 4;
  const graphY = isBeside ? zoomY : Math.max(zoomY + zoom.height, y + output.height) + 20;
  const graphs = drawGraphs(step, graphX, graphY, isNarrow);
  shapes.push(...graphs.shapes);
  return {
    width: Math.max(width, graphX + graphs.width, zoomX + zoom.width, output.width + 8) + 4,
    height: Math.max(y + output.height, zoomY + zoom.height, graphY + graphs.height) + 8,
    shapes,
  };
}
