import type { Kind, Operation } from '../operation';

/** Which framework's arguments a solution must be sayable in. Keras knows `valid` and `same` instead of numbers. */
export type SolveFramework = 'torch' | 'keras';

/** Parameters that all axes share. */
export interface AxisParameters {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
}

/** What is sought: one set of parameters that takes every axis from its input size to its output size. */
export interface SolveRequest {
  readonly kind: Kind;
  /** One entry per spatial axis, in elements. */
  readonly sizes: readonly { readonly input: number; readonly output: number }[];
  readonly framework: SolveFramework;
  readonly limits?: SolveLimits;
  /** Parameters that must have this value, such as those that the code already states. */
  readonly fixed?: Partial<AxisParameters>;
  /** The transposed convolution must be the adjoint of the convolution with these parameters. */
  readonly inverseOf?: AxisParameters;
}

export interface SolveLimits {
  /** Largest kernel; 9 when not stated. */
  readonly kernel?: number;
  /** Largest stride; 8 when not stated. */
  readonly stride?: number;
  /** Largest dilation; 1 when not stated, since few want another. */
  readonly dilation?: number;
  /** Only kernels whose taps reach every output equally often: no checkerboard. */
  readonly even?: boolean;
}

/** Why a solution stands where it stands; `template` and `args` are for translation, as in `Problem`. */
export interface Reason {
  readonly code:
    | 'scales'
    | 'customary'
    | 'even'
    | 'uneven'
    | 'holes'
    | 'skips'
    | 'output-padding'
    | 'outside'
    | 'dilated'
    | 'adjoint';
  readonly good: boolean;
  readonly template: string;
  readonly args: readonly (string | number)[];
}

/** The size equations fulfilled; nothing is said yet of how good it is. */
export interface Candidate {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** A number for PyTorch, a name for Keras. */
  readonly padding: number | 'valid' | 'same';
  /** The framework's argument, one entry per axis; missing where Keras is left to choose, and for a convolution. */
  readonly outputPadding?: readonly number[];
  /** The same in the canonical terms, legal there. */
  readonly operation: Operation;
}

export interface Solution extends Candidate {
  readonly reasons: readonly Reason[];
  /** Higher is better; comparable only within one answer. */
  readonly score: number;
}
