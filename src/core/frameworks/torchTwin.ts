import type { AxisPlan } from '../axis';

/** One axis of the PyTorch layer that stands for a transposed convolution of another framework. */
export interface TwinAxis {
  readonly padding: number;
  readonly outputPadding: number;
  /** First element to keep of the layer's output, and how many; missing when all are kept. */
  readonly slice?: { readonly from: number; readonly length: number };
}

export interface TorchTwin {
  /** Whether the layer alone computes the same values. */
  readonly exact: boolean;
  readonly axes: readonly TwinAxis[];
  /** `y[..., 0:8, 0:8]`, to be applied to the layer's output `y`; missing when exact. */
  readonly recipe?: string;
}

/**
 * The `nn.ConvTranspose` that computes what a transposed convolution does which may crop its sides unevenly. PyTorch
 * crops both alike; where that is not wanted, nothing is cropped and the output is sliced. Keras's `padding="same"` has
 * an exact twin iff `K < s` or `K − s` is even: for `K = 3, s = 2` the well-known `p = 1, op = 1` has the right shape
 * and values shifted by one element. Verified against Keras by value.
 */
export function torchTwin(
  planned: readonly Pick<AxisPlan, 'padBegin' | 'padEnd' | 'outputPadding' | 'output'>[],
): TorchTwin {
  const axes = planned.map(({ padBegin, padEnd, outputPadding, output }): TwinAxis =>
    padBegin === padEnd
      ? { padding: padBegin, outputPadding }
      : { padding: 0, outputPadding, slice: { from: padBegin, length: output } },
  );
  const exact = axes.every(({ slice }) => slice === undefined);
  if (exact) return { exact, axes };
  const ranges = axes.map(({ slice }) => (slice ? `${slice.from}:${slice.from + slice.length}` : ':'));
  return { exact, axes, recipe: `y[..., ${ranges.join(', ')}]` };
}
