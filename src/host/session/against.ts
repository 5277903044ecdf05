import type { Tensor } from '../../core/operation';
import { type Compared, comparedPlanes, type Counterpart, markedCells } from '../../core/tensor/against';
import type { PlaneRequest } from '../../core/tensor/plane';
import type { DocumentHead } from '../../protocol/panel';

interface Held {
  readonly counterpart: Counterpart;
  readonly head: NonNullable<DocumentHead['against']>;
}

/** What a document's tensor is held against, as long as it has that shape. */
export class Against {
  private held: Held | undefined;
  private serial = 0;

  /** `now` finds the document's tensor as it stands. */
  constructor(private readonly now: (name: Counterpart['tensor']) => Tensor | undefined) {}

  hold(counterpart: Counterpart | undefined): void {
    this.held = undefined;
    if (!counterpart) return;
    const { tensor, name, marks } = counterpart;
    const now = this.now(tensor);
    const marked = marks && now && isLike(now, counterpart.values) ? markedCells(counterpart, now) : [];
    this.held = { counterpart, head: { tensor, name, serial: ++this.serial, marked } };
  }

  /** What a view is told of it. An output that is not there yet may become what it is held against. */
  get head(): DocumentHead['against'] {
    if (!this.held) return undefined;
    const { counterpart, head } = this.held;
    const now = this.now(counterpart.tensor);
    return !now || isLike(now, counterpart.values) ? head : undefined;
  }

  compared(spatialRank: number, request: PlaneRequest): Compared | undefined {
    const counterpart = this.held?.counterpart;
    const now = counterpart && this.now(counterpart.tensor);
    return counterpart && now && comparedPlanes(counterpart, now, spatialRank, request);
  }
}

const isLike = ({ shape }: Tensor, other: Tensor): boolean => String(shape) === String(other.shape);
