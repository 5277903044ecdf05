import { sizeOfGrid } from '../../drawing/gridFigure';
import { MATRIX_NAMES, MATRIX_TITLE, widthOfWords } from '../../drawing/matrixFigure';
import type { Room } from '../../film/film';
import { largestCell } from '../../film/layout';
import { inputShape, isConv, kernelShape, type MatrixTold, outputName, outputShape } from './matrixWords';

/** More entries than this are a picture, with one row written in full. */
export const MOST_ENTRIES = 400;
const LEAST_HEIGHT = 14;
const LEAST_WIDTH = 20;
/** Letters of sums, and room for a value. */
export const SUM_SIZE = 11;
export const VALUE = 46;

/** Where everything stands when the matrix is drawn with its entries. In pixels. */
export interface MatrixLayout {
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Of the first entry. */
  readonly left: number;
  readonly top: number;
  readonly x: number;
  readonly y: number;
  /** Width of the sums before the values of y; 0: there is no room for them. */
  readonly sums: number;
  readonly outputX: number;
  readonly outputCell: number;
  /** The grids of input and kernel, if there is room for them. */
  readonly inputAt?: readonly [x: number, y: number];
  readonly kernelAt?: readonly [x: number, y: number];
  readonly smallCell: number;
  readonly width: number;
  readonly height: number;
}

const SMALL = 26;

/** The layout, or nothing where the matrix is to be a picture: too many entries, or too little room. */
export function matrixLayout(told: MatrixTold, room: Room): MatrixLayout | undefined {
  const { inputArea: columns, outputArea: rows } = told.subject.plan;
  if (rows * columns > MOST_ENTRIES || room.width < 520) return undefined;
  const top = MATRIX_TITLE + MATRIX_NAMES;
  const tall = Math.max(rows, columns);
  const cellHeight = Math.min(30, Math.floor((room.height - top - 28) / tall));
  if (cellHeight < LEAST_HEIGHT) return undefined;
  const names = Math.max(...Array.from({ length: rows }, (_, row) => outputName(told, row).length)) * 6.8 + 8;
  const origin = inputShape(told).map(() => 0);
  const small = (shape: readonly number[], cell = SMALL): { readonly width: number; readonly height: number } =>
    sizeOfGrid({ shape, cell, origin });
  const [input, kernel] = [small(inputShape(told)), small(kernelShape(told))];
  const outputCell = largestCell({ width: room.width * 0.3, height: room.height - 12 }, 40, (cell) =>
    small(outputShape(told), cell),
  );
  const outputSize = small(outputShape(told), outputCell);
  // Its title is wider than a small grid.
  const output = { ...outputSize, width: Math.max(outputSize.width, 130) };
  const underX = !isConv(told) && input.width <= 140 && top + columns * cellHeight + 24 + input.height <= room.height;
  const block = Math.max(VALUE, underX ? input.width : 0);
  const most = Math.max(...Array.from({ length: rows }, (_, row) => widthOfWords(told.symbols[row], SUM_SIZE)));
  const fixed = names + 26 + block + 30 + VALUE + 36 + output.width + 12;
  const widths = [most + 12, 0].flatMap((sums) =>
    Array.from({ length: 47 - LEAST_WIDTH }, (_, at) => ({ sums, cellWidth: 46 - at })),
  );
  const fits = widths.find(({ sums, cellWidth }) => fixed + sums + columns * cellWidth <= room.width - 8);
  if (!fits) return undefined;
  const { sums, cellWidth } = fits;
  const x = names + columns * cellWidth + 26 + (block - VALUE) / 2;
  const y = names + columns * cellWidth + 26 + block + 30;
  const outputX = y + sums + VALUE + 36;
  const below = top + rows * cellHeight + 34;
  const fitsBelow = below + Math.max(input.height, kernel.height) <= room.height;
  const beside = input.width + 30 + kernel.width <= columns * cellWidth;
  const underOutput = kernel.width <= output.width && output.height + 24 + kernel.height <= room.height;
  return {
    cellWidth,
    cellHeight,
    left: names,
    top,
    x,
    y,
    sums,
    outputX,
    outputCell,
    inputAt: underX
      ? [x + (VALUE - input.width) / 2, top + columns * cellHeight + 24]
      : fitsBelow
        ? [names, below]
        : undefined,
    kernelAt:
      !underX && fitsBelow && beside
        ? [names + input.width + 30, below]
        : underOutput
          ? [outputX, output.height + 24]
          : undefined,
    smallCell: SMALL,
    width: outputX + output.width + 8,
    height: Math.max(
      top + tall * cellHeight + 24,
      underX ? top + columns * cellHeight + 24 + input.height : fitsBelow ? below + input.height : 0,
      fitsBelow && !underX && beside ? below + kernel.height : 0,
      output.height + (underOutput ? 24 + kernel.height : 0),
    ),
  };
}
