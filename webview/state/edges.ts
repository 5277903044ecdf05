import { paddingOf } from '../../src/core/axis';
import type { DocumentHead } from '../../src/protocol/panel';
import type { GridName } from '../gridName';
import { type Edges, NO_EDGES } from '../grid/rulers';

/**
 * What padding does at the edges of a grid: of a transposed convolution it crops the output, where output padding gives
 * back some of the end; of a convolution it adds to the input.
 */
export function edgesOf(name: GridName, { operation, weightShape }: DocumentHead): Edges {
  const kind = operation.kind === 'conv' ? 'padded' : 'cropped';
  if (name !== (kind === 'padded' ? 'input' : 'output')) return NO_EDGES;
  const rank = weightShape.length - 2;
  const [begin, end] = (['begin', 'end'] as const).map((side) => (axis: number): boolean => {
    if (axis < 0) return false;
    const pads = paddingOf(operation, axis);
    const back = operation.outputPadding?.[axis] ?? 0;
    return (side === 'begin' ? pads[0] : pads[1] - (kind === 'cropped' ? back : 0)) > 0;
  });
  return { kind, left: begin(rank - 1), right: end(rank - 1), top: begin(rank - 2), bottom: end(rank - 2) };
}
