import { GRID_NAMES, type GridName } from '../gridName';
import {
  across,
  around,
  type Arrangement,
  boxWidth,
  COMFORTABLE,
  depthOf,
  down,
  largest,
  LEAST_BOX,
  LEAST_CELL,
  OPERATOR,
  PADDING,
  PICTURED_KERNEL,
  type Placed,
  type Room,
  type Wanted,
  zoomedCell,
} from './measures';

/** Three boxes with one top edge, and one cell size unless that makes a picture of them. */
export function inRow({ quantities, room, zoom }: Wanted, legend: Arrangement['legend']): Arrangement['boxes'] {
  const beside = (name: GridName): Room => around(quantities[name], legend);
  const width = room.width - 2 * PADDING.side - 2 * OPERATOR;
  const high = (name: GridName): number => Math.max(LEAST_CELL, room.height - beside(name).height);
  const fits = (cell: number, kernel: number): boolean => {
    const cells = { input: cell, weight: kernel, output: cell };
    const wide = GRID_NAMES.reduce((sum, name) => sum + boxWidth(quantities[name], cells[name], beside(name).width), 0);
    return wide <= width && GRID_NAMES.every((name) => down(quantities[name]) * cells[name] <= high(name));
  };
  let cell = largest(COMFORTABLE, (each) => fits(each, each));
  let kernel = cell;
  if (cell < LEAST_CELL) {
    const { weight } = quantities;
    const share = Math.max(LEAST_BOX, width / 4) - beside('weight').width;
    kernel = Math.min(PICTURED_KERNEL, Math.max(1, share) / across(weight), high('weight') / down(weight));
    cell = largest(LEAST_CELL, (each) => fits(each, kernel));
    // A cell of the input is never larger than one of the kernel that slides over it.
    kernel = Math.max(kernel, cell);
  }
  const zoomed = (name: GridName): number => zoomedCell(quantities[name], name === 'weight' ? kernel : cell, zoom);
  const need = (name: GridName): number => boxWidth(quantities[name], zoomed(name), beside(name).width);
  // Zoomed in, the kernel has what it needs up to a quarter; the others share the rest as they need it.
  const total = GRID_NAMES.reduce((sum, name) => sum + need(name), 0);
  const forKernel = total <= width ? need('weight') : Math.min(need('weight'), Math.max(LEAST_BOX, width / 4));
  const rest = width - forKernel;
  const both = need('input') + need('output');
  const boxOf = (name: GridName): number => {
    if (total <= width) return need(name);
    return name === 'weight' ? forKernel : Math.max(LEAST_BOX, (rest * need(name)) / both);
  };
  const placed = (name: GridName): Placed => {
    const [wide, height] = [Math.floor(boxOf(name)) - beside(name).width, high(name)];
    return {
      box: Math.floor(boxOf(name)),
      cell: { width: zoomed(name), height: zoomed(name) },
      width: wide,
      height,
      ...depthOf(quantities[name], wide, height),
      plot: 0,
    };
  };
  return { input: placed('input'), weight: placed('weight'), output: placed('output') };
}
