import { sizeOfGrid } from '../../drawing/gridFigure';
import { MATRIX_NAMES, MATRIX_TITLE } from '../../drawing/matrixFigure';
import type { Room } from '../../film/film';
import { largestCell } from '../../film/layout';
import { type Im2colAt, type Im2colTold, outputOf } from './im2colWords';
import { paddedOf } from './paddedInput';

/**
 * The scheme of Falk: the row stands before the products, the columns over them. What is wider than the room is shown a
 * page of columns at a time.
 */
export interface Im2colLayout {
  readonly inputCell: number;
  /** Of the matrix of columns. */
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly rows: number;
  readonly first: number;
  readonly columns: number;
  /** Of the line of products, under the matrix, and of the kernel's row before it; narrow panels have no row. */
  readonly lineY: number;
  readonly rowX: number | undefined;
  readonly rowCell: number;
  readonly taps: number;
  /** None: the output has no room beside, and takes the matrix's place when all is done. */
  readonly outputAt: readonly [x: number, y: number] | undefined;
  readonly outputCell: number;
  readonly width: number;
  readonly height: number;
}

const LEAST_HEIGHT = 14;
const LEAST_WIDTH = 28;
const NAMES = 46;

export function im2colLayout(told: Im2colTold, at: Im2colAt, room: Room): Im2colLayout {
  const { kernelArea: taps, outputArea } = told.subject.plan;
  const padded = paddedOf(told.subject).shape;
  const origin = padded.map(() => 0);
  const size = (shape: readonly number[], cell: number): { readonly width: number; readonly height: number } =>
    sizeOfGrid({ shape, cell, origin });
  const narrow = room.width < 520;
  const head = MATRIX_TITLE + MATRIX_NAMES;
  const cellFor = (height: number): number =>
    largestCell({ width: room.width * (narrow ? 1 : 0.36) - 12, height }, 44, (cell) => size(padded, cell));
  // In a narrow panel the input stands over the matrix, else beside it and over the kernel's row.
  const narrowCell = cellFor(room.height * 0.4);
  const top = head + (narrow ? size(padded, narrowCell).height + 16 : 0);
  const tall = room.height - top - 62;
  const cellHeight = Math.max(LEAST_HEIGHT, Math.min(36, Math.floor(tall / taps)));
  const rows = Math.min(taps, Math.max(3, Math.floor(tall / cellHeight)));
  const besideCell = cellFor(Math.max(top + rows * cellHeight, 120));
  const inputCell = narrow ? narrowCell : besideCell;
  const input = size(padded, inputCell);
  const rowRoom = Math.max(input.width, room.width * 0.36);
  const rowCell = Math.max(22, Math.min(40, Math.floor(rowRoom / taps)));
  const inRow = Math.min(taps, Math.floor(rowRoom / rowCell));
  const left = narrow ? NAMES : 4 + Math.max(input.width, inRow * rowCell) + 20 + NAMES;
  const rest = room.width - left - 12;
  const outputCell = largestCell({ width: Math.min(rest, 200), height: room.height - 12 }, 34, (cell) =>
    size(outputOf(told), cell),
  );
  const output = size(outputOf(told), outputCell);
  const outputWidth = Math.max(output.width, 110) + 30;
  const isBeside = !narrow && outputArea * LEAST_WIDTH + outputWidth <= rest;
  const forColumns = isBeside ? rest - outputWidth : rest;
  const cellWidth = Math.max(LEAST_WIDTH, Math.min(52, Math.floor(forColumns / outputArea)));
  const page = Math.max(1, Math.min(outputArea, Math.floor(forColumns / cellWidth)));
  const now = at.kind === 'unroll' || at.kind === 'times' ? at.column : at.kind === 'reshape' ? outputArea - 1 : 0;
  const first = Math.floor(now / page) * page;
  const columns = Math.min(page, outputArea - first);
  const underMatrix = top + rows * cellHeight + (rows < taps ? 18 : 0) + 28;
  const lineY = narrow ? underMatrix : Math.max(underMatrix, input.height + 28);
  const outputAt = isBeside ? ([left + page * cellWidth + 30, 0] as const) : undefined;
  return {
    inputCell,
    left,
    top,
    cellWidth,
    cellHeight,
    rows,
    first,
    columns,
    lineY,
    rowX: narrow ? undefined : 4,
    rowCell,
    taps: inRow,
    outputAt,
    outputCell,
    width: outputAt ? outputAt[0] + outputWidth - 24 : Math.max(left + page * cellWidth, left + output.width) + 8,
    height: Math.max(lineY + cellHeight + 8, input.height, output.height + (outputAt ? 0 : top)),
  };
}
