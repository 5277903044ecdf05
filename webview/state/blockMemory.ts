import type { Tensor } from '../../src/core/operation';
import type { PlaneBlock, PlaneRequest } from '../../src/core/tensor/plane';

/** Who tries a stride this way and that sees a tensor at two sizes, and at each of three channels as colour. */
const MOST = 6;

interface Remembered {
  readonly data: Tensor['data'];
  readonly asked: string;
  readonly block: PlaneBlock;
}

/**
 * Blocks that the page has made itself of tensors that an edit left alone: to make the means of 512 × 512 again took
 * some tenth of the time in which another stride is foreseen.
 */
export class BlockMemory {
  private blocks: readonly Remembered[] = [];

  /** Nothing unless it was asked of the very same values. */
  find(data: Tensor['data'], request: PlaneRequest): PlaneBlock | undefined {
    const asked = JSON.stringify(request);
    return this.blocks.find((each) => each.data === data && each.asked === asked)?.block;
  }

  keep(data: Tensor['data'], request: PlaneRequest, block: PlaneBlock): void {
    const asked = JSON.stringify(request);
    const others = this.blocks.filter((each) => each.asked !== asked);
    this.blocks = [...others, { data, asked, block }].slice(-MOST);
  }
}
