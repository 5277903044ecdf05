import type { Cell } from '../explain/contributions';
import type { Plan } from '../plan';
import type { PixelKernels } from '../state/document';
import type { TensorName } from '../tensor/plane';

/**
 * What a lesson's task looks at: the document as it stands and how it is looked at. The page has all of it, so that a
 * task is answered in the frame in which it is done.
 */
export interface Work {
  /** Missing while the parameters are illegal. */
  readonly plan: Plan | undefined;
  /** The view on the stage, its part and its step, by the names that links have for them. */
  readonly stage: string;
  readonly sub: string;
  readonly step: number;
  readonly pinned: Cell | undefined;
  /** Lines of the chain in the view of fields and its input’s size, where the reader has a chain there. */
  readonly chain: { readonly lines: readonly string[]; readonly input: number } | undefined;
  /** Kernels of the pixel transposed convolution, where the reader has changed them. */
  readonly pixelKernels: PixelKernels | undefined;
  /** The values of a tensor in C order; nothing while the page does not have them. */
  values(tensor: TensorName): ArrayLike<number> | undefined;
}

/** Two values that a person who did the task would call equal: typed decimals are rounded to float32. */
export const isNear = (one: number, other: number): boolean =>
  Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(other));
