import { linesOf } from '../../../src/core/artefacts/spectrum';
import { cellName } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import { drawGrid, sizeOfGrid } from '../../drawing/gridFigure';
import type { Scene, Shape } from '../../drawing/scene';
import { run } from '../../drawing/words';
import type { Focus, Room } from '../../film/film';
import { largestCell, leastCell } from '../../film/layout';
import { brief, plus } from '../../film/naming';
import { drawRow, type Panel, type PanelRow, type Size, sizeOfRows, textWidth } from '../../film/panels';
import { type Box, barShapes, constantPanels, countPanels, spectrumShapes } from './figures';
import { loudestRow, type Row, rowAt, rippleText, type Told } from './told';
import { type Tile, tilesOf } from './tiles';

export type At = 'count' | 'constant' | 'spectrum' | 'cures';

const LARGEST = 40;
/** Of a tile, which is looked at and not read. */
const LARGEST_TILE = 24;
const NARROW = 560;
const GAP = 18;
const TOP = 4;

/** Panels side by side where they fit with cells as large as one under the other, else so. */
function panelScene(told: Told, panels: readonly Panel[], room: Room): Scene {
  const beside: readonly PanelRow[] = [{ panels, joins: [] }];
  const below: readonly PanelRow[] = panels.map((panel) => ({
    panels: [panel],
    joins: [],
    // In one line where there is room for both.
    flat: textWidth([...panel.caption, run('  '), ...panel.size], 13) <= room.width - 24,
  }));
  const least = leastCell(told.layer.rank, room);
  const sizeOf = (rows: readonly PanelRow[], cell: number): Size => {
    const { width, height } = sizeOfRows(rows, cell, GAP);
    return { width: width + 8, height: height + TOP + 4 };
  };
  const cellOf = (rows: readonly PanelRow[]): number =>
    Math.max(
      least,
      largestCell(room, LARGEST, (cell) => sizeOf(rows, cell)),
    );
  const [wide, high] = [cellOf(beside), cellOf(below)];
  const rows = told.layer.rank > 1 && room.width >= NARROW && wide >= high ? beside : below;
  const cell = rows === beside ? wide : high;
  const shapes: Shape[] = [];
  let y = TOP;
  for (const row of rows) {
    shapes.push(...drawRow(row, 4, y, cell).shapes);
    y += sizeOfRows([row], cell, GAP).height + GAP;
  }
  return { ...sizeOf(rows, cell), shapes };
}

const heading = (key: string, x: number, y: number, text: string): Shape => ({
  kind: 'text',
  key,
  x,
  y,
  words: [run(text, 'faint')],
  size: 12,
});

/** Heights of the lines along all axes, as a table: how much of the pattern goes up and down along both. */
function lineGrid(
  told: Told,
  x: number,
  y: number,
  room: number,
): { readonly shapes: readonly Shape[]; width: number } {
  const { layer, sums, strings } = told;
  const strides = layer.axes.map(({ stride }) => stride);
  if (layer.rank !== 2 || strides.some((stride) => stride > 8) || sums.length < 2) return { shapes: [], width: 0 };
  const lines = linesOf(strides, sums);
  const cell = Math.max(14, Math.min(46, Math.floor(room / Math.max(...strides))));
  const grid = drawGrid({
    key: 'lines',
    shape: strides,
    x,
    y: y + 4,
    cell,
    title: [],
    ink: 'faint',
    look: (_, flat) => {
      const isZero = lines[flat] <= 1e-6 * Math.max(...lines);
      return {
        text: isZero ? '' : brief(lines[flat]),
        dot: isZero,
        ink: flat === 0 ? 'output' : 'wrong',
        bold: !isZero,
      };
    },
  });
  const title = strings.artefactLines;
  const names = strides.flatMap((stride, axis): readonly Shape[] =>
    Array.from({ length: stride }, (_, at): Shape => {
      const [left, top] = grid.at(axis === 0 ? [at, 0] : [0, at]);
      return {
        kind: 'text',
        key: `lines ${axis} ${at}`,
        x: axis === 0 ? left + strides[1] * cell + 6 : left + cell / 2,
        y: axis === 0 ? top + cell / 2 : top + strides[0] * cell + 10,
        words: [run(at === 0 ? '0' : `${at}/${stride}`, 'faint')],
        size: 11,
        anchor: axis === 0 ? 'start' : 'middle',
        mono: true,
      };
    }),
  );
  return {
    shapes: [heading('lines title', x, y + 10, title), ...grid.shapes, ...names],
    width: Math.max(strides[1] * cell + 36, textWidth([run(title)], 12)),
  };
}

export function rowNow(told: Told, focus: Focus): Row {
  const followed = focus.followed('output');
  return followed ? rowAt(told, followed) : loudestRow(told);
}

function spectrumScene(told: Told, room: Room, focus: Focus): Scene {
  const { strings, layer, region } = told;
  const row = rowNow(told, focus);
  const narrow = room.width < NARROW;
  const half = Math.max(110, Math.min(220, (room.height - 2 * GAP - 30) / 2));
  const grid = narrow ? { shapes: [], width: 0 } : lineGrid(told, 8, half + GAP + 14, half - 50);
  const left = 8 + (grid.width > 0 ? grid.width + 36 : 0);
  const width = Math.max(180, Math.min(620, room.width - 24 - (narrow ? 0 : left)));
  const name = cellName('', plus(row.place, region.origin)).slice(1, -1).split(',').slice(0, -1);
  const title = layer.rank === 1 ? strings.artefactRowOne : format(strings.artefactRow, [[...name, ':'].join(',')]);
  const bars: Box = { x: 8, y: 20, width: Math.max(180, Math.min(860, room.width - 24)), height: half - 10 };
  const spectrum: Box = { x: left, y: half + GAP + 18, width, height: half - 10 };
  return {
    width: Math.max(bars.x + bars.width, spectrum.x + spectrum.width),
    height: spectrum.y + spectrum.height + 6,
    shapes: [
      heading('bars title', 8, 10, title),
      ...barShapes(row, bars, focus),
      ...grid.shapes,
      heading('spectrum title', left, half + GAP + 10, strings.artefactSpectrumTitle),
      ...spectrumShapes(told, row, spectrum),
    ],
  };
}

function tileShapes(told: Told, tile: Tile, x: number, y: number, cell: number): readonly Shape[] {
  const { region, strings } = told;
  const scale = 2 * Math.abs(tile.mean) || Math.max(...tile.values.map(Math.abs)) || 1;
  const grid = drawGrid({
    key: `tile ${tile.key}`,
    shape: region.shape,
    x,
    y: y - 20,
    cell,
    title: [],
    ink: 'output',
    tensor: 'output',
    look: () => ({ text: '' }),
  });
  const size = sizeOfGrid({ shape: region.shape, cell });
  const fills = tile.values.map((value, at): Shape => {
    const sizes = region.shape;
    const place = sizes.map((_, axis) => {
      const after = sizes.slice(axis + 1).reduce((all, each) => all * each, 1);
      return Math.floor(at / after) % sizes[axis];
    });
    const [left, top] = grid.at(place);
    return {
      kind: 'rect',
      key: `tile ${tile.key} fill ${at}`,
      x: left,
      y: top,
      width: cell,
      height: cell,
      fill: 'output',
      opacity: Math.min(1, Math.max(0.02, Math.abs(value) / scale)),
    };
  });
  const bottom = y + size.height - 20;
  const { share } = tile.ripple;
  const words = (key: string, line: number, text: string, ink: 'ink' | 'faint' | 'wrong', height = 12): Shape => ({
    kind: 'text',
    key: `tile ${tile.key} ${key}`,
    x,
    y: bottom + line,
    words: [run(text, ink, ink !== 'faint')],
    size: height,
  });
  return [
    ...fills,
    ...grid.shapes,
    words('title', 14, tile.title, 'ink'),
    words('note', 30, tile.note, 'faint', 11),
    words('ripple', 52, rippleText(tile.ripple, strings), share === 0 ? 'ink' : 'wrong', 17),
    words('word', 70, strings.artefactRipple, 'faint', 11),
  ];
}

/** As many tiles in a row as there is room for. */
function curesScene(told: Told, room: Room): Scene {
  const tiles = tilesOf(told);
  const { region, strings } = told;
  const texts = Math.max(
    ...tiles.flatMap(({ title, note }) => [textWidth([run(title, 'ink', true)], 12), textWidth([run(note)], 11)]),
  );
  const sizeOf = (cell: number): { readonly columns: number; readonly width: number; readonly height: number } => {
    const grid = sizeOfGrid({ shape: region.shape, cell });
    const width = Math.max(grid.width, texts) + 24;
    const columns = Math.max(1, Math.min(tiles.length, Math.floor((room.width - 8) / width)));
    return { columns, width, height: grid.height - 20 + 92 };
  };
  let cell = LARGEST_TILE;
  while (cell > 3) {
    const { columns, width, height } = sizeOf(cell);
    if (columns * width <= room.width && Math.ceil(tiles.length / columns) * height + 24 <= room.height) break;
    cell--;
  }
  const { columns, width, height } = sizeOf(cell);
  const rows = Math.ceil(tiles.length / columns);
  return {
    width: columns * width + 8,
    height: rows * height + 28,
    shapes: [
      ...tiles.flatMap((tile, at) =>
        tileShapes(told, tile, 6 + (at % columns) * width, 6 + Math.floor(at / columns) * height, cell),
      ),
      heading('foot', 6, rows * height + 14, strings.artefactFoot),
    ],
  };
}

export function sceneOf(told: Told, at: At, room: Room, focus: Focus): Scene {
  switch (at) {
    case 'count':
      return panelScene(told, countPanels(told, focus), room);
    case 'constant':
      return panelScene(told, constantPanels(told, focus), room);
    case 'spectrum':
      return spectrumScene(told, room, focus);
    case 'cures':
      return curesScene(told, room);
    default:
      return at satisfies never;
  }
}
