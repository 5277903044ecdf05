import type { Edit } from '../../src/core/state/edits';
import { look, type Sight, type Watch } from '../../src/core/tensor/look';
import { type PlaneBlock, planeLayout, planeOffset, type TensorName } from '../../src/core/tensor/plane';
import { statisticsOf } from '../../src/core/tensor/statistics';
import { elementCount } from '../../src/core/tensor/tensor';
import type { DocumentHead, Received } from '../../src/protocol/panel';

type CellEdit = Extract<Edit, { readonly kind: 'setCells' }>;

/** More cells than this are not written into blocks here: the answer comes as fast as they could be painted twice. */
const MOST_CELLS = 4096;

export function shapeOf(head: DocumentHead, tensor: CellEdit['tensor']): readonly number[] {
  return { input: head.inputShape, weight: head.weightShape, bias: head.biasShape ?? [] }[tensor];
}

/** Whether a block has the value of each of its cells, not a mean of several cells or a step of its colours. */
export const isExact = ({ rows, columns, valueRows, valueColumns, rough }: PlaneBlock): boolean =>
  rows === valueRows && columns === valueColumns && !rough;

/** The block with those of the cells written into it that lie in it; the same block when there are none. */
function writtenBlock(block: PlaneBlock, shape: readonly number[], rank: number, edit: CellEdit): PlaneBlock {
  // A cut across the planes of a large volume waits for the answer.
  if (!isExact(block) || (block.cut ?? 0) !== 0) return block;
  const layout = planeLayout(shape, rank);
  const start = planeOffset(layout.leading, block.leading, layout.rows * layout.columns);
  let values: PlaneBlock['values'] | undefined;
  edit.indices.forEach((index, each) => {
    const y = Math.floor((index - start) / layout.columns) - block.row;
    const x = ((index - start) % layout.columns) - block.column;
    if (y < 0 || x < 0 || y >= block.rows || x >= block.columns) return;
    values ??= block.values.slice();
    values[y * block.columns + x] = edit.values[each];
  });
  return values ? { ...block, values } : block;
}

interface WholeTensor {
  readonly head: DocumentHead;
  readonly values: Sight['whole'][number]['values'];
  readonly rank: number;
  readonly watch: Watch;
}

/** A tensor that is here as a whole is looked at again, so that its statistics follow too. */
function withWhole(sight: Sight, edit: CellEdit, { head, values, rank, watch }: WholeTensor): Sight {
  const data = values.slice();
  edit.indices.forEach((index, each) => (data[index] = edit.values[each]));
  const tensor = { dtype: head.dtype, shape: shapeOf(head, edit.tensor), data };
  const own = look(new Map<TensorName, typeof tensor>([[edit.tensor, tensor]]), rank, watch, (counted) =>
    statisticsOf(counted.data),
  );
  const others = (each: { readonly tensor: TensorName }): boolean => each.tensor !== edit.tensor;
  return {
    blocks: [...sight.blocks.filter(others), ...own.blocks],
    whole: [...sight.whole.filter(others), ...own.whole],
    statistics: [...sight.statistics.filter(others), ...own.statistics],
  };
}

/**
 * The values on show with new cells written into them, wherever those cells are on show one by one. Nothing when that
 * changes nothing that is on show, or when the edit is one that the document's owner refuses.
 */
export function withCells({ head, sight }: Received, edit: CellEdit, watch: Watch): Received | undefined {
  const shape = shapeOf(head, edit.tensor);
  const count = elementCount(shape);
  if (edit.indices.some((index) => index >= count)) return undefined;
  const rank = head.weightShape.length - 2;
  const values = sight.whole.find(({ tensor }) => tensor === edit.tensor)?.values;
  if (values) return { head, sight: withWhole(sight, edit, { head, values, rank, watch }) };
  if (edit.indices.length > MOST_CELLS) return undefined;
  const blocks = sight.blocks.map((block) =>
    block.tensor === edit.tensor ? writtenBlock(block, shape, edit.tensor === 'bias' ? 1 : rank, edit) : block,
  );
  return blocks.every((block, each) => block === sight.blocks[each])
    ? undefined
    : { head, sight: { ...sight, blocks } };
}
