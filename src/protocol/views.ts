/** Which of the document's tensors a view, an edit or a cell belongs to. */
export type TensorName = 'input' | 'weight' | 'bias' | 'output';

/**
 * A plane of a tensor, at the resolution at which it is shown. All axes but the last two are fixed by `leading`
 * (a 1-D tensor's plane has one row). The reply has at most `maxRows × maxColumns` values; if the window has more
 * cells than that, each value is the mean of its cells, with non-finite values standing out.
 */
export interface PlaneRequest {
  /** Chosen by the asker, returned with the block. */
  readonly key: string;
  readonly tensor: TensorName;
  readonly leading: readonly number[];
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly maxRows: number;
  readonly maxColumns: number;
}

export interface PlaneBlock {
  readonly key: string;
  readonly tensor: TensorName;
  readonly leading: readonly number[];
  /** The window that was asked for, cut to the plane. */
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** How many values there are each way; equal to rows and columns when nothing was reduced. */
  readonly valueRows: number;
  readonly valueColumns: number;
  /** Exact-size, C order. */
  readonly values: Float32Array | Float64Array;
}

/** Of one tensor, or of one plane of it; the histogram spans `[min, max]` of the finite values in equal bins. */
export interface Statistics {
  readonly tensor: TensorName;
  readonly count: number;
  readonly finite: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly histogram: Uint32Array;
}
