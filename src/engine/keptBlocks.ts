import { type BlockChange, changedValues } from '../core/tensor/changedValues';
import type { Tensor } from '../core/operation';
import type { Steps } from '../core/tensor/packed';
import type { PlaneBlock, PlaneRequest } from '../core/tensor/plane';
import type { SharedTensor } from '../protocol/engine';
import { cellsSince, nameOf } from './lately';

/**
 * So many values of blocks that are not in sight any more are kept, as the page keeps them. Who tries a parameter this
 * way and that sees the same input at two sizes again and again.
 */
const MOST_PAST = 2 ** 20;

/** A block as the thread keeps it: exactly, with how the page has it. */
export interface KeptBlock {
  /** The tensor as it was, and what was asked of it. */
  readonly name: string;
  readonly asked: string;
  readonly block: PlaneBlock;
  /** The sight with which the page got it. */
  readonly from: number;
  /** In which the page has it; exactly without. */
  readonly steps: Steps | undefined;
}

export interface Found {
  readonly kept: KeptBlock;
  readonly change: BlockChange | undefined;
}

/** Everything of a question but the values and how they are told, so that equal questions have equal answers. */
export const askedOf = (
  { painted: _painted, brief: _brief, ...request }: PlaneRequest,
  { dtype, shape }: SharedTensor,
  rank: number,
): string => JSON.stringify([request, dtype, shape, rank]);

/** The blocks that a page has: those in sight, and earlier ones of tensors that are still as they were. */
export class KeptBlocks {
  /** The last seen last. */
  private blocks: readonly KeptBlock[] = [];

  /** A block that answers this, brought up to date; nothing where it has to be made anew. */
  find(request: PlaneRequest, shared: SharedTensor, tensor: Tensor, rank: number): Found | undefined {
    const asked = askedOf(request, shared, rank);
    const known = this.blocks.findLast((each) => each.asked === asked);
    const cells = known && cellsSince(shared, known.name);
    if (!cells) return undefined;
    const name = nameOf(shared);
    if (cells.length === 0) return { kept: { ...known, name }, change: undefined };
    const change = changedValues(tensor, rank, known.block, cells, request.sampled === true);
    change.at.forEach((place, each) => (known.block.values[place] = change.values[each]));
    return { kept: { ...known, name }, change: change.at.length > 0 ? change : undefined };
  }

  /** These are in sight now. Answers with those that are not and stay, as long as their tensors are known. */
  see(seen: readonly KeptBlock[], shared: ReadonlyMap<string, SharedTensor>): readonly KeptBlock[] {
    const current = new Set(seen.map(({ asked }) => asked));
    let count = 0;
    const past = this.blocks
      .toReversed()
      .filter(({ asked, name, block }) => {
        const tensor = shared.get(block.tensor);
        if (current.has(asked) || !tensor || !cellsSince(tensor, name)) return false;
        count += block.values.length;
        return count <= MOST_PAST;
      })
      .reverse();
    this.blocks = [...past, ...seen];
    return past;
  }

  /** The page has nothing any more. */
  forget(): void {
    this.blocks = [];
  }
}
