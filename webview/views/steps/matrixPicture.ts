import type { MatrixElement } from '../../../src/core/derive/matrixForm';
import { format } from '../../../src/core/problem';
import { drawGrid, type CellLook, sizeOfGrid } from '../../drawing/gridFigure';
import type { Areas, Ink, Scene, Shape } from '../../drawing/scene';
import { wordsOf } from '../../drawing/words';
import type { Focus, Room } from '../../film/film';
import { largestCell } from '../../film/layout';
import { same } from '../../film/naming';
import {
  inputPlace,
  inputShape,
  isConv,
  type MatrixAt,
  matrixName,
  type MatrixTold,
  outputPlaceOf,
  outputShape,
} from './matrixWords';
import { FULL_HEIGHT, rowInFull } from './matrixRow';

const TITLE = 22;
const GAP = 28;
/** Width and height of an entry in the picture. */
interface Pixel {
  readonly width: number;
  readonly height: number;
}

/** A tall matrix is drawn wider than it is, and a wide one taller, but not beyond what still reads as its diagonals. */
function pixelsOf({ rows, columns }: Turned, room: Room): Pixel {
  const most = 6;
  const [width, height] = [Math.min(20, room.width / columns), Math.min(20, room.height / rows)];
  return { width: Math.min(width, height * most), height: Math.min(height, width * most) };
}

interface Turned {
  readonly rows: number;
  readonly columns: number;
  /** Whether the elements stand as in C though the operation is its transpose. */
  readonly asC: boolean;
}

/** The matrix as a picture of where its taps stand, and one row of it written in full. */
export function drawPicture(told: MatrixTold, at: MatrixAt, room: Room, focus: Focus): Scene {
  const { form, subject, strings } = told;
  const { inputArea, outputArea } = subject.plan;
  const building = at.kind === 'build';
  const asC = building && !isConv(told);
  const turned: Turned = asC
    ? { rows: inputArea, columns: outputArea, asC }
    : { rows: outputArea, columns: inputArea, asC };
  const narrow = room.width < 520;
  const gridsWidth = narrow ? room.width - 16 : Math.min(320, room.width * 0.36);
  const half = (room.height - FULL_HEIGHT - GAP) / (narrow ? 3 : 2);
  const cellOf = (shape: readonly number[]): number =>
    largestCell({ width: gridsWidth, height: half - 8 }, 34, (cell) =>
      sizeOfGrid({ shape, cell, origin: shape.map(() => 0) }),
    );
  const [inputCell, outputCell] = [cellOf(inputShape(told)), cellOf(outputShape(told))];
  const pictureRoom = {
    width: narrow ? room.width - 16 : room.width - gridsWidth - GAP - 16,
    height: Math.max(60, narrow ? half - TITLE : room.height - FULL_HEIGHT - TITLE - 12),
  };
  const pixel = pixelsOf(turned, pictureRoom);
  const title = building ? 'C' : matrixName(told);
  const size = building
    ? format(strings.stepsMatrixSizeOfC, [turned.rows, turned.columns])
    : format(strings.stepsMatrixSize, [turned.rows, turned.columns]);
  const shapes: Shape[] = [
    { kind: 'text', key: 'm-title', x: 4, y: 10, words: wordsOf(`<k>${title}</k>  <f>${size}</f>`), size: 13 },
    ...picture(told, at, turned, pixel, focus),
  ];
  const pictureHeight = TITLE + turned.rows * pixel.height;
  const now = at.kind === 'row' ? at.row : building ? at.site : undefined;
  const line = now === undefined ? [] : building ? form.sites[now] : form.rows[now];
  const lineY = pictureHeight + 14;
  const full =
    now === undefined ? undefined : rowInFull(told, at, line, lineY, narrow ? room.width : pictureRoom.width);
  shapes.push(...(full?.shapes ?? []));
  const gridX = narrow ? 4 : 4 + Math.max(turned.columns * pixel.width, pictureRoom.width) + GAP;
  const done = at.kind === 'row' ? at.row + 1 : at.kind === 'reshape' ? outputArea : 0;
  const reads = new Set(line.map(({ input }) => input));
  const writes = new Set(line.map(({ output }) => output));
  const input = drawGrid({
    key: 'in',
    shape: inputShape(told),
    x: gridX,
    y: narrow ? lineY + (full ? FULL_HEIGHT : 0) : 0,
    cell: inputCell,
    origin: subject.inputOrigin,
    tensor: 'input',
    ink: 'input',
    title: wordsOf(`<i>${strings.input}</i>  <f>${format(strings.columnOf, [inputArea])}</f>`),
    look: (place, flat): CellLook => ({
      value: form.x[flat],
      fill: reads.has(flat) ? 'input-strong' : 'input-tint',
      ring: same(focus.followed('input'), place) ? 'input' : undefined,
    }),
  });
  const outputY = (narrow ? lineY + (full ? FULL_HEIGHT : 0) : 0) + input.height + 16;
  const output = drawGrid({
    key: 'out',
    shape: outputShape(told),
    x: gridX,
    y: outputY,
    cell: outputCell,
    origin: subject.outputOrigin,
    tensor: 'output',
    ink: 'output',
    title: wordsOf(`<o>${strings.output}</o>  <f>${outputShape(told).join(' × ')}</f>`),
    look: (place, flat): CellLook => {
      const isNow = building ? writes.has(flat) : at.kind === 'row' && flat === at.row;
      return {
        value: flat < done ? form.y[flat] : undefined,
        fill: isNow ? (building ? 'kernel-strong' : 'output-strong') : flat < done ? 'output-tint' : undefined,
        opacity: flat < done || isNow ? undefined : 0.38,
        ring: same(focus.followed('output'), place) || (isNow && !building) ? 'output' : undefined,
        heavy: isNow,
      };
    },
  });
  shapes.push(...input.shapes, ...output.shapes);
  return {
    width:
      Math.max(gridX + Math.max(input.width, output.width), 4 + turned.columns * pixel.width, full?.width ?? 0) + 8,
    height: Math.max(outputY + output.height, lineY + (full ? FULL_HEIGHT : 0)) + 4,
    shapes,
  };
}

/** Bars for whole rows that can be pointed at, the taps, and what is followed. */
function picture(told: MatrixTold, at: MatrixAt, turned: Turned, pixel: Pixel, focus: Focus): readonly Shape[] {
  const { form, subject } = told;
  const { rows, columns, asC } = turned;
  const [x, y] = [4, TITLE];
  const rowOf = (element: MatrixElement): number => (asC ? element.input : element.output);
  const columnOf = (element: MatrixElement): number => (asC ? element.output : element.input);
  const now = at.kind === 'row' ? at.row : at.kind === 'build' ? at.site : undefined;
  const followedTap = focus.followed('weight');
  const kernel = subject.plan.weightShape.slice(2);
  const isFollowedTap = ({ taps }: MatrixElement): boolean =>
    followedTap !== undefined && taps.includes(followedTap.reduce((all, index, axis) => all * kernel[axis] + index, 0));
  const elements = form.rows.flat().filter((each) => at.kind !== 'build' || rowOf(each) <= at.site);
  const isStrong = (element: MatrixElement): boolean => rowOf(element) === now || isFollowedTap(element);
  const areas = (key: string, fill: Ink, of: readonly MatrixElement[]): Areas => ({
    kind: 'areas',
    key,
    fill,
    boxes: of.map((each) => [
      x + columnOf(each) * pixel.width,
      y + rowOf(each) * pixel.height,
      pixel.width,
      pixel.height,
    ]),
    opacity: at.kind === 'flatten' ? 0.38 : undefined,
  });
  const bar = (
    key: string,
    row: number | undefined,
    column: number | undefined,
    stroke: Ink,
    weight: number,
  ): Shape => ({
    kind: 'rect',
    key,
    x: column === undefined ? x : x + column * pixel.width,
    y: row === undefined ? y : y + row * pixel.height,
    width: column === undefined ? columns * pixel.width : pixel.width,
    height: row === undefined ? rows * pixel.height : pixel.height,
    stroke,
    weight,
  });
  const followed = (tensor: 'input' | 'output', count: number): number | undefined =>
    Array.from({ length: count }, (_, flat) => flat).find((flat) =>
      same(focus.followed(tensor), tensor === 'input' ? inputPlace(told, flat) : outputPlaceOf(told, flat)),
    );
  const [followedInput, followedOutput] = [
    followed('input', form.columns.length),
    followed('output', form.rows.length),
  ];
  const rowTensor = asC ? 'input' : 'output';
  const pointable = Array.from({ length: rows }, (_, row): Shape => ({
    ...(bar(`m-row${row}`, row, undefined, 'line', 0) as Extract<Shape, { kind: 'rect' }>),
    stroke: undefined,
    at: { tensor: rowTensor, index: asC ? inputPlace(told, row) : outputPlaceOf(told, row) },
  }));
  const line = (flat: number | undefined, isRow: boolean, key: string, ink: Ink): readonly Shape[] =>
    flat === undefined ? [] : [bar(key, isRow ? flat : undefined, isRow ? undefined : flat, ink, 1)];
  return [
    ...pointable,
    areas(
      'm-taps',
      'kernel',
      elements.filter((each) => !isStrong(each)),
    ),
    areas('m-now', 'output', elements.filter(isStrong)),
    bar('m-frame', undefined, undefined, 'kernel', 1.5),
    ...line(followedInput, asC, 'm-input', 'input'),
    ...line(followedOutput, !asC, 'm-output', 'output'),
    ...(now === undefined ? [] : [bar('m-bar', now, undefined, asC ? 'input' : 'output', 2)]),
  ];
}
