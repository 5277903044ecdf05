import type { GridName } from '../gridName';
import {
  around,
  type Arrangement,
  boxWidth,
  COMFORTABLE,
  GAP,
  largest,
  LEAST_BOX,
  LEAST_CELL,
  NO_ROOM,
  OPERATOR,
  PADDING,
  PICTURED_KERNEL,
  type Placed,
  ROW,
  type Wanted,
  zoomedCell,
} from './measures';

/** A 1-D operation: input and kernel on the first line, the output on the second, each a row with its plot. */
export function inLines({ quantities, room, zoom }: Wanted, legend: Arrangement['legend']): Arrangement['boxes'] {
  const beside = (name: GridName): number => around(quantities[name], legend).width;
  const width = room.width - 2 * PADDING.side;
  const first = width - 2 * OPERATOR;
  const fits = (cell: number, kernel: number): boolean =>
    boxWidth(quantities.input, cell, beside('input')) + boxWidth(quantities.weight, kernel, beside('weight')) <=
      first && boxWidth(quantities.output, cell, beside('output')) <= width;
  let cell = largest(COMFORTABLE, (each) => fits(each, each));
  let kernel = cell;
  if (cell < LEAST_CELL) {
    const share = Math.max(LEAST_BOX, first / 4) - beside('weight');
    kernel = Math.min(PICTURED_KERNEL, share / quantities.weight.columns);
    cell = largest(LEAST_CELL, (each) => fits(each, kernel));
    kernel = Math.max(kernel, cell);
  }
  const row = Math.min(ROW.most, Math.max(ROW.least, cell));
  const lines = around(quantities.input, legend).height + around(quantities.output, legend).height + GAP + 2 * row;
  const left = Math.max(0, room.height - lines);
  const plot = (share: number, most: number): number => {
    const high = Math.min(most, Math.floor(left * share));
    return high >= 40 ? high : 0;
  };
  const wide = (name: GridName): number => {
    if (name === 'output') return width;
    const need = boxWidth(quantities.weight, kernel * zoom, beside('weight'));
    const forInput = boxWidth(quantities.input, cell * zoom, beside('input'));
    const forKernel = need + forInput <= first ? need : Math.min(need, Math.max(LEAST_BOX, first / 4));
    return name === 'weight' ? forKernel : Math.min(forInput, first - forKernel);
  };
  const placed = (name: GridName): Placed => ({
    box: Math.floor(wide(name)),
    cell: { width: zoomedCell(quantities[name], name === 'weight' ? kernel : cell, zoom), height: row },
    width: Math.floor(wide(name)) - beside(name),
    height: row,
    depth: NO_ROOM,
    plot: name === 'output' ? plot(0.6, 220) : plot(0.4, 140),
  });
  return { input: placed('input'), weight: placed('weight'), output: placed('output') };
}
