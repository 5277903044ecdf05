import { GRID_NAMES } from '../gridName';
import { type Arrangement, LARGEST_CELL, LOW, type Wanted } from './measures';
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

function boxesOf(wanted: Wanted, legend: Arrangement['legend']): Arrangement['boxes'] {
  switch (wanted.order) {
    case 'row':
      return inRow(wanted, legend);
    case 'lines':
      return inLines(wanted, legend);
    case 'narrow':
      return inNarrow(wanted, legend);
    default:
      return wanted.order satisfies never;
  }
}
