import { TEXT_CELL } from '../grid/viewport';
import { GRID_NAMES } from '../gridName';
import { type Arrangement, LARGEST_CELL, LOW, type Order, type Quantities, type Wanted } from './measures';
import { inLines } from './inLines';
import { inNarrow } from './inNarrow';
import { inRow } from './inRow';

/**
 * Where the grids stand in the stage. It follows from shapes and room alone, never from values: an edit that keeps the
 * shapes moves nothing.
 */
export function arrange(wanted: Wanted): Arrangement {
  const legend = wanted.order !== 'narrow' && wanted.room.height < LOW ? 'beside' : 'below';
  const boxes = boxesOf(wanted, legend);
  const smallest = Math.min(...GRID_NAMES.map((name) => boxes[name].cell.width));
  return { boxes, legend, most: Math.max(1, (wanted.zoom * LARGEST_CELL) / smallest) };
}

/**
 * Volumes stand side by side with three cuts of each, as long as their numbers can be read; where room is scarce, in
 * the order that gives them the larger cells: so, or three in a line of the one that is large and one of each other.
 */
export function orderOfVolumes(wanted: Omit<Wanted, 'order'>): Order {
  const cell = (order: Order): number => arrange({ ...wanted, order, zoom: 1 }).boxes[wanted.large].cell.width;
  const row = cell('row');
  return row < TEXT_CELL && cell('volumes') > row ? 'volumes' : 'row';
}

const inOneLine = ({ quantities, large }: Wanted): Quantities => ({
  input: { ...quantities.input, cuts: large === 'input' ? 'line' : 'first' },
  weight: { ...quantities.weight, cuts: large === 'weight' ? 'line' : 'first' },
  output: { ...quantities.output, cuts: large === 'output' ? 'line' : 'first' },
});

function boxesOf(wanted: Wanted, legend: Arrangement['legend']): Arrangement['boxes'] {
  switch (wanted.order) {
    case 'row':
      return inRow(wanted, legend);
    case 'volumes':
      return inRow({ ...wanted, quantities: inOneLine(wanted) }, legend);
    case 'lines':
      return inLines(wanted, legend);
    case 'narrow':
      return inNarrow(wanted);
    default:
      return wanted.order satisfies never;
  }
}
