/** The two operations, in PyTorch's convention; every other framework is translated into it. */
export type Kind = 'conv' | 'convTranspose';

export type PaddingMode = 'zeros' | 'reflect' | 'replicate' | 'circular';

/**
 * The parameters of a convolution or transposed convolution, as anyone may state them: nothing here is checked yet.
 * Every list has one entry per spatial axis (1, 2 or 3 of them).
 */
export interface Operation {
  readonly kind: Kind;
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  /** Transposed convolution only: elements added at the end side of each axis. */
  readonly outputPadding?: readonly number[];
  /**
   * One number for both sides of an axis, or `[begin, end]`. For a transposed convolution padding *crops the output*.
   */
  readonly padding: readonly number[] | readonly (readonly [begin: number, end: number])[];
  readonly groups?: number;
  readonly paddingMode?: PaddingMode;
}

export type Dtype = 'float32' | 'float64';

/** A dense tensor in C order. `data.length` is the product of `shape`. */
export interface Tensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/**
 * Input `(N, C_in, …)` or `(C_in, …)`; weight `(C_out, C_in/g, k…)` for conv, `(C_in, C_out/g, k…)` for convTranspose;
 * bias `(C_out)`.
 */
export interface ComputeRequest {
  readonly op: Operation;
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias?: Tensor;
}

export interface MatrixRequest {
  readonly op: Operation;
  readonly inputShape: readonly number[];
  readonly weight: Tensor;
}

/**
 * The matrix C of the *convolution* as compressed sparse rows: entries of row `r` are at
 * `rowPointers[r] .. rowPointers[r + 1]`, columns ascending. A transposed convolution computes with its transpose,
 * so there the rows of C are that operation's inputs.
 */
export interface CsrMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly rowPointers: Uint32Array | Float64Array;
  readonly columnIndices: Uint32Array;
  readonly values: Float32Array | Float64Array;
}
