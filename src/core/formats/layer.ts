import type { StoredAs } from '../frameworks/weights';
import type { Operation } from '../operation';

/** A convolution of a graph in a file: what it does, and which of the file's tensors it is done with. */
export interface LayerOf {
  /** The node's own name. */
  readonly name: string;
  readonly op: Operation;
  /** The name of its bias among the file's tensors, where it has one. */
  readonly bias?: string;
  /** How its kernel is stored; as PyTorch has it unless given. */
  readonly storedAs?: StoredAs;
  /** Of what enters it, channels first, where the file tells. */
  readonly inputShape?: readonly number[];
}
