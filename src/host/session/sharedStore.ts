import type { Dtype, Tensor } from '../../core/operation';
import type { TensorStore } from '../../core/state/document';
import { bytesPerElement, elementCount } from '../../core/tensor/tensor';
import type { EngineClient } from '../../engine/client';
import { nameOf, withWriting } from '../../engine/lately';
import type { SharedTensor } from '../../protocol/engine';

interface Identity {
  readonly id: number;
  version: number;
  lately: NonNullable<SharedTensor['lately']>;
}

/** No id is used twice in this process: the compute thread serves every session, and knows tensors by their ids. */
let lastId = 1000;

/**
 * Tensors in memory that the compute thread reads, or gets copies of where memory is not shared. Edits write into them.
 */
export class SharedStore implements TensorStore {
  private readonly identities = new WeakMap<object, Identity>();

  constructor(
    readonly limit: number,
    private readonly memory: Pick<EngineClient, 'allocate'>,
  ) {}

  allocate(dtype: Dtype, shape: readonly number[]): Tensor {
    const count = elementCount(shape);
    const buffer = this.memory.allocate(Math.max(8, count * bytesPerElement(dtype)));
    this.identities.set(buffer, { id: ++lastId, version: 1, lately: [] });
    const data = dtype === 'float32' ? new Float32Array(buffer, 0, count) : new Float64Array(buffer, 0, count);
    return { dtype, shape, data };
  }

  /** Takes over a tensor that someone else has made for it: its values become the store's without a copy. */
  takeOver({ data }: Tensor): void {
    this.identities.set(data.buffer, { id: ++lastId, version: 1, lately: [] });
  }

  owns({ data }: Tensor): boolean {
    return this.identities.has(data.buffer);
  }

  /** Says that the values were written to; which of them, where that is known. */
  touch(tensor: Tensor, cells?: Uint32Array): void {
    const identity = this.identity(tensor);
    identity.lately = cells ? withWriting(identity.lately, { before: nameOf(identity), cells }) : [];
    identity.version++;
  }

  share(tensor: Tensor): SharedTensor {
    const { buffer } = tensor.data;
    return { ...this.identity(tensor), dtype: tensor.dtype, shape: tensor.shape, buffer };
  }

  private identity(tensor: Tensor): Identity {
    const identity = this.identities.get(tensor.data.buffer);
    if (!identity) throw new TypeError('The tensor is not of this store.');
    return identity;
  }
}
