import type { PlaneBlock } from '../../src/core/tensor/plane';
import type { PlaneView } from './planeOf';
import { isExact } from '../state/writtenCells';

/** The values of a plane, or of a part of it, that have arrived. */
export interface PlaneValues {
  readonly block: PlaneBlock;
  /** Whether the block is of the plane that is asked for now; until then the old one stays on the page. */
  readonly current: boolean;
  /** The element's own value; nothing where it has not arrived or only a mean of several has. */
  at(row: number, column: number): number | undefined;
}

/** `channel` replaces the plane's own channel. */
export function planeValues(block: PlaneBlock, plane: PlaneView, channel?: number): PlaneValues {
  const exact = isExact(block);
  const expected = plane.leading.map((each, axis) =>
    axis === plane.channelAxis && channel !== undefined ? channel : each,
  );
  return {
    block,
    current: expected.every((each, axis) => block.leading[axis] === each),
    at(row, column) {
      const [y, x] = [row - block.row, column - block.column];
      if (!exact || y < 0 || x < 0 || y >= block.rows || x >= block.columns) return undefined;
      return block.values[y * block.columns + x];
    },
  };
}
