import { GRID_NAMES, type GridName } from '../gridName';
import {
  across,
  around,
  type Arrangement,
  depthOf,
  down,
  FLAT_LEGEND,
  largest,
  LEAST_CELL,
  OPERATOR,
  PADDING,
  PICTURED_KERNEL,
  type Placed,
  type Room,
  ROW,
  THUMBNAILS,
  UPRIGHT,
  type Wanted,
  zoomedCell,
} from './measures';

/** One large box, and the two others small above it. */
export function inNarrow({ quantities, room, zoom, large }: Wanted): Arrangement['boxes'] {
  const beside = (name: GridName): Room => {
    const own = name === large ? quantities[name] : { ...quantities[name], depth: 0 };
    const whole = around(own, 'beside');
    const under = (own.thumbnails ? THUMBNAILS : 0) + FLAT_LEGEND;
    return { width: whole.width - UPRIGHT, height: whole.height + (name === large ? under : 0) };
  };
  const width = room.width - PADDING.side;
  const small = GRID_NAMES.filter((name) => name !== large);
  const tiny = largest(
    26,
    (cell) =>
      small.reduce((sum, name) => sum + Math.max(96, quantities[name].columns * cell + beside(name).width), 0) <=
        width - OPERATOR && small.every((name) => quantities[name].rows * cell <= Math.max(48, room.height * 0.22)),
  );
  const { weight } = quantities;
  // Beside a picture, a kernel of its cells would be a few pixels.
  const kernel =
    tiny < LEAST_CELL ? Math.max(tiny, Math.min(PICTURED_KERNEL, 88 / across(weight), 88 / down(weight))) : tiny;
  const smallCell = (name: GridName): number => (name === 'weight' ? kernel : tiny);
  const need = (name: GridName): number =>
    Math.max(96, quantities[name].columns * smallCell(name) + beside(name).width);
  const spare = Math.max(0, width - OPERATOR - small.reduce((sum, name) => sum + need(name), 0));
  const above = Math.max(...small.map((name) => beside(name).height + quantities[name].rows * smallCell(name)));
  // The stage scrolls rather than make the large one as small as the others; a strip of thumbnails is part of it.
  const left = Math.max(quantities[large].thumbnails ? 176 : 200, room.height - above - beside(large).height);
  const cell = largest(
    44,
    (each) => across(quantities[large]) * each + beside(large).width <= width && down(quantities[large]) * each <= left,
  );
  const placed = (name: GridName): Placed => {
    const size = name === large ? zoomedCell(quantities[name], cell, zoom) : smallCell(name);
    const flat = quantities[name].rows === 1;
    const room = name === large ? width : need(name) + spare / 2;
    return {
      box: Math.floor(room),
      cell: { width: size, height: flat ? Math.max(size, ROW.least) : size },
      width: Math.floor(room - beside(name).width),
      height: name === large ? left : Math.max(48, room),
      ...depthOf(quantities[name], Math.floor(room - beside(name).width), left),
      plot: flat && name === large && left - ROW.most >= 40 ? Math.min(180, left - ROW.most) : 0,
    };
  };
  return { input: placed('input'), weight: placed('weight'), output: placed('output') };
}
