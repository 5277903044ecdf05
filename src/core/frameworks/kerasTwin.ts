/** One axis of the PyTorch layer that stands for a Keras `padding="same"` layer. */
export interface TwinAxis {
  readonly padding: number;
  readonly outputPadding: number;
  /** First element to keep of the layer's output, and how many, `i·s`; missing when all are kept. */
  readonly slice?: { readonly from: number; readonly length: number };
}

export interface KerasTwin {
  /** Whether the layer alone computes the same values. */
  readonly exact: boolean;
  readonly axes: readonly TwinAxis[];
  /** `y[..., 0:8, 0:8]`, to be applied to the layer's output `y`; missing when exact. */
  readonly recipe?: string;
}

/**
 * The `nn.ConvTranspose` that computes what Keras's `ConvTranspose(padding="same")` of the same kernel does. PyTorch
 * crops both sides alike, so an exact twin exists iff `K < s` (`p = 0`, `op = s − K`) or `K − s` is even (`p =
 * (K−s)/2`). Otherwise none does: for `K = 3, s = 2` the well-known `p = 1, op = 1` has the right shape and values
 * shifted by one element. There the output without padding is sliced, from `⌊(K−s)/2⌋`. `extents` are those of the
 * dilated kernel. Verified against Keras by value.
 */
export function kerasSameTwin(
  inputs: readonly number[],
  extents: readonly number[],
  strides: readonly number[],
): KerasTwin {
  const axes = inputs.map((input, axis): TwinAxis => {
    const surplus = extents[axis] - strides[axis];
    if (surplus < 0) return { padding: 0, outputPadding: -surplus };
    if (surplus % 2 === 0) return { padding: surplus / 2, outputPadding: 0 };
    return { padding: 0, outputPadding: 0, slice: { from: Math.floor(surplus / 2), length: input * strides[axis] } };
  });
  const exact = axes.every(({ slice }) => slice === undefined);
  if (exact) return { exact, axes };
  const ranges = axes.map(({ slice }) => (slice ? `${slice.from}:${slice.from + slice.length}` : ':'));
  return { exact, axes, recipe: `y[..., ${ranges.join(', ')}]` };
}
