import { format } from '../../../src/core/problem';
import type { MethodResult } from '../../../src/core/upsampling/comparison';
import type { Picture } from '../../../src/core/upsampling/picture';
import type { Ink, Pixels, Scene, Shape, Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Room } from '../../film/film';
import { brief } from '../../film/naming';
import { broken, label } from './frameworksColumns';
import { type Box, boxOfCell, type Colours, drawPicture, drawScale } from '../../drawing/pictures';
import { cellsOf, decibels, detailOf, nameOf, rankOf, sizeText, titleOf, type Told } from './upsamplingTold';
import { bestOf, bilinearWords, ownWords, scaleName } from './upsamplingWords';

/** A tile: two lines, a picture, its measures, and how it differs. */
interface Tile {
  readonly key: string;
  readonly title: Words;
  readonly detail: string;
  readonly picture: Picture;
  readonly frame: Ink;
  readonly measures: Words;
  readonly lower?: { readonly picture: Picture; readonly colours: Colours; readonly frame: Ink };
  /** Whether its pixels are those that all tiles share. */
  readonly shared: boolean;
  readonly sharedLower: boolean;
}

const GAP = 10;
const HEAD = 36;
const BETWEEN = 24;
const FOOT = 18;
/** Narrower, the name of a method has no room; and with few columns, their numbers have none. */
const LEAST = 108;
const LEAST_OF_FEW = 176;
const FEW = 8;
const MOST = 200;

interface Grid {
  readonly columns: number;
  readonly width: number;
  readonly picture: { readonly width: number; readonly height: number };
}

/** As few rows of tiles as leave each wide enough, and pictures of whole pixels where there are few. */
function gridOf({ comparison }: Told, tiles: number, room: Room): Grid {
  const [rows, columns] = [1, ...comparison.large].slice(-2);
  const least = columns <= FEW ? Math.min(LEAST_OF_FEW, room.width - 8) : LEAST;
  const available = Math.max(room.width - 8, LEAST);
  let lines = 1;
  const across = (): number => Math.ceil(tiles / lines);
  const widthOf = (): number => Math.floor((available - GAP * (across() - 1)) / across());
  while (widthOf() < least && across() > 1) lines++;
  const width = Math.max(LEAST, Math.min(MOST, widthOf()));
  // A high picture may be as high as it is wide, and a half more.
  const scale = Math.min(width / columns, (1.5 * width) / rows);
  const cell = scale >= 2 ? Math.floor(scale) : scale;
  return {
    columns: across(),
    width,
    picture: { width: Math.max(1, cell * columns), height: Math.max(1, cell * rows) },
  };
}

function tilesOf(told: Told): readonly Tile[] {
  const { comparison, strings, look, present } = told;
  const { against, small, large, limits, smallPicture, referencePicture, largest } = comparison;
  const values: Colours = { kind: 'values', low: limits[0], high: limits[1] };
  const differences: Colours = { kind: 'differences', low: -(largest || 1), high: largest || 1 };
  const first: Tile = referencePicture
    ? {
        key: 'reference',
        title: [run(strings.upReference, 'ink', true)],
        detail:
          against === 'back'
            ? format(strings.upReferenceBack, [sizeText(large)])
            : format(strings.upReferenceFile, [sizeText(large), look.file]),
        picture: referencePicture,
        frame: against === 'back' ? 'input' : 'line',
        measures: [
          against === 'back'
            ? run(format(strings.upMeansShort, [sizeText(small)]), 'input')
            : run(`${strings.upSmall}: ${sizeText(small)}`, 'input'),
        ],
        lower: { picture: smallPicture, colours: values, frame: 'input' },
        shared: true,
        sharedLower: false,
      }
    : {
        key: 'reference',
        title: [run(strings.upSmall, 'input', true)],
        detail: sizeText(small),
        picture: smallPicture,
        frame: 'input',
        measures: [],
        shared: false,
        sharedLower: false,
      };
  const best = bestOf(told);
  const tile = (result: MethodResult, picture: Picture): Tile => {
    const { method, psnr, ssim, difference } = result;
    const own = method === 'own' || method === 'transposedLinear';
    return {
      key: method,
      title: [run(titleOf(told, method), own ? 'output' : 'ink', true)],
      detail: detailOf(told, method),
      picture,
      frame: own ? 'output' : 'line',
      measures:
        psnr === undefined
          ? []
          : [
              run(decibels(told, psnr), 'ink', result === best),
              run(ssim === undefined ? '' : `  ${ssim.toFixed(3)}`, 'faint'),
            ],
      lower: difference && { picture: difference, colours: differences, frame: 'line' },
      shared: true,
      sharedLower: true,
    };
  };
  return [first, ...present.flatMap((result) => (result.picture ? [tile(result, result.picture)] : []))];
}

/** Pictures of a plane, or of a slice of a volume, side by side with what differs under each. */
export function tilesScene(
  told: Told,
  now: MethodResult | undefined,
  pixel: readonly number[] | undefined,
  room: Room,
): Scene {
  const { comparison, slice } = told;
  const { limits, large } = comparison;
  const tiles = tilesOf(told);
  const grid = gridOf(told, tiles.length, room);
  const { width, height } = grid.picture;
  const tileHeight = HEAD + height + BETWEEN + height + FOOT;
  const values: Colours = { kind: 'values', low: limits[0], high: limits[1] };
  const cells = cellsOf(told);
  const plane: Pixels['plane'] = cells && {
    tensor: cells.tensor,
    leading: large.length > 2 ? [slice + cells.first[0]] : [],
    first: cells.first.slice(-2),
    cells: large.slice(-2),
  };
  const shapes: Shape[] = [];
  tiles.forEach((tile, at) => {
    const x = 4 + (at % grid.columns) * (grid.width + GAP);
    const y = 2 + Math.floor(at / grid.columns) * tileHeight;
    const { key } = tile;
    const upper: Box = { x, y: y + HEAD, width, height };
    const lower: Box = { x, y: y + HEAD + height + BETWEEN, width, height };
    const letters = Math.floor(grid.width / 5.6);
    const detail = tile.detail.length > letters ? `${tile.detail.slice(0, letters - 1)}…` : tile.detail;
    shapes.push(
      label(`${key} title`, x, y + 9, tile.title, { size: 12 }),
      label(`${key} detail`, x, y + 25, [run(detail, 'faint')], { size: 10.5 }),
      ...drawPicture(key, tile.picture, values, upper, tile.shared ? plane : undefined, tile.frame),
      label(`${key} measures`, x, y + HEAD + height + BETWEEN / 2, tile.measures, { size: 11.5 }),
    );
    if (tile.lower)
      shapes.push(
        ...drawPicture(
          `${key} lower`,
          tile.lower.picture,
          tile.lower.colours,
          lower,
          tile.sharedLower ? plane : undefined,
          tile.lower.frame,
        ),
      );
    if (now && key === now.method)
      shapes.push({
        kind: 'rect',
        key: 'now',
        x: x - 3,
        y: y - 1,
        width: Math.max(width, 60) + 6,
        height: tileHeight - FOOT + 4,
        stroke: 'focus',
        weight: 2,
      });
    if (!pixel) return;
    const boxes = [tile.shared ? upper : undefined, tile.lower && tile.sharedLower ? lower : undefined];
    boxes.forEach((box, part) => {
      if (!box) return;
      const mark = boxOfCell(tile.picture, box, pixel);
      // Two lines, one on each ground: one of them is seen on any colour.
      shapes.push(
        { kind: 'rect', key: `${key} mark ${part}`, ...mark, stroke: 'on-light', weight: 3 },
        { kind: 'rect', key: `${key} marked ${part}`, ...mark, stroke: 'on-dark', weight: 1 },
      );
    });
  });
  const lines = Math.ceil(tiles.length / grid.columns);
  const all = grid.columns * (grid.width + GAP) - GAP + 8;
  const foot = drawFoot(told, grid, 2 + lines * tileHeight, Math.max(all, 320));
  return { width: Math.max(all, 320), height: foot.height, shapes: [...shapes, ...foot.shapes] };
}

const LINE = 17;

/** The scale of differences; and what is said of bilinear weights and of the own layer, beside a map. */
function drawFoot(
  told: Told,
  grid: Grid,
  top: number,
  width: number,
): { readonly shapes: readonly Shape[]; readonly height: number } {
  const { comparison, strings } = told;
  const { largest, bilinear, large } = comparison;
  const shapes: Shape[] = [];
  const name = scaleName(told);
  shapes.push(
    label('scale name', 4, top + 8, [run(name, 'faint')], { size: 11.5 }),
    label('scale low', 4, top + 26, [run(`−${brief(largest)}`)], { size: 10.5, mono: true }),
    drawScale('scale', largest, { x: 66, y: top + 20, width: 120, height: 12 }),
    label('scale high', 192, top + 26, [run(`+${brief(largest)}`)], { size: 10.5, mono: true }),
  );
  const y = top + 48;
  shapes.push({
    kind: 'line',
    key: 'foot',
    points: [
      [4, y - 6],
      [width - 4, y - 6],
    ],
    stroke: 'line',
    weight: 1,
  });
  const box: Box = { x: 4, y: y + 4, ...grid.picture };
  shapes.push(
    ...drawPicture(
      'bilinear',
      bilinear.picture,
      { kind: 'differences', low: -(largest || 1), high: largest || 1 },
      box,
      undefined,
    ),
  );
  const [ringRows, ringColumns] = [0, ...bilinear.ring].slice(-2);
  const [rows, columns] = [1, ...large].slice(-2);
  const [down, across] = [box.height / rows, box.width / columns];
  if (rows > 2 * ringRows && columns > 2 * ringColumns)
    shapes.push({
      kind: 'rect',
      key: 'bilinear ring',
      x: box.x + ringColumns * across,
      y: box.y + ringRows * down,
      width: box.width - 2 * ringColumns * across,
      height: box.height - 2 * ringRows * down,
      stroke: 'output',
      weight: 1.5,
      dashed: true,
    });
  const columnsOfText: readonly (readonly [string, readonly string[]])[] = [
    [format(strings.upBilinearTitle, [nameOf(told, 'transposedLinear'), nameOf(told, 'linear')]), bilinearWords(told)],
    ...(comparison.own ? [[strings.up_own, ownWords(told)] as const] : []),
  ];
  const left = box.x + box.width + 16;
  const isWide = width - left > 460 && columnsOfText.length > 1;
  const textWidth = isWide ? (width - left - 24) / 2 : Math.max(150, width - left - 4);
  let bottom = y + box.height + 8;
  let textY = y + 12;
  columnsOfText.forEach(([title, texts], column) => {
    const x = isWide ? left + column * (textWidth + 24) : left;
    let at = isWide ? y + 12 : textY;
    shapes.push(label(`foot ${column}`, x, at, [run(title, 'ink', true)], { size: 12.5 }));
    at += LINE + 2;
    texts.forEach((text, line) => {
      broken(text.replace(/<\/?\w+>/g, ''), Math.floor(textWidth / 6.3)).forEach((part, piece) => {
        shapes.push(label(`foot ${column} ${line} ${piece}`, x, at, wordsOf(part), { size: 12 }));
        at += LINE;
      });
    });
    textY = at + 10;
    bottom = Math.max(bottom, at);
  });
  return { shapes, height: bottom + 6 };
}

export const isSignal = (told: Told): boolean => rankOf(told) === 1;
