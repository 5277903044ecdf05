import { type AxisPlan, planAxis } from './axis';
import type { Kind, Operation, PaddingMode } from './operation';
import type { Problem } from './problem';
import { checkOperation } from './rules';

/**
 * A validated operation with every derived number, worked out once and for good; kernels read it and check nothing.
 * There is one layout: all tensors are `(N, C, spatial…)` in C order.
 */
export interface Plan {
  readonly kind: Kind;
  readonly paddingMode: PaddingMode;
  /** Number of spatial axes: 1, 2 or 3. */
  readonly rank: number;
  /** Whether input and output carry a batch axis; without one, `batch` is 1. */
  readonly batched: boolean;
  readonly batch: number;
  readonly groups: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** `inputChannels / groups`. */
  readonly inputPerGroup: number;
  /** `outputChannels / groups`. */
  readonly outputPerGroup: number;
  readonly axes: readonly AxisPlan[];
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
  readonly outputShape: readonly number[];
  /** Elements of one channel: the product over the spatial axes. */
  readonly inputArea: number;
  readonly outputArea: number;
  readonly kernelArea: number;
  /** Multiply-adds of the dense definition, counting taps that fall into the padding. */
  readonly multiplyAdds: number;
}

export type Resolution =
  { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly problems: readonly Problem[] };

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/**
 * Checks an operation on tensors of these shapes and works out every derived number.
 * Never throws: what is illegal comes back as problems, in the order in which a reader would mend them.
 */
export function resolve(
  op: Operation,
  inputShape: readonly number[],
  weightShape: readonly number[],
  biasShape?: readonly number[],
): Resolution {
  const problems = checkOperation(op, inputShape, weightShape, biasShape);
  if (problems.some((each) => each.severity === 'error')) return { ok: false, problems };

  const rank = weightShape.length - 2;
  const batched = inputShape.length === rank + 2;
  const [batch, inputChannels, ...spatial] = batched ? inputShape : [1, ...inputShape];
  const groups = op.groups ?? 1;
  // PyTorch answers an input without channels with an output without channels, before it looks at C_out.
  const outputChannels = inputChannels === 0 ? 0 : op.kind === 'conv' ? weightShape[0] : weightShape[1] * groups;
  const axes = spatial.map((size, axis) => planAxis(op, axis, size, weightShape[axis + 2]));
  const outputs = axes.map((axis) => axis.output);
  const kernelArea = product(weightShape.slice(2));
  const inputArea = product(spatial);
  const outputArea = product(outputs);
  const sites = op.kind === 'conv' ? outputArea : inputArea;
  return {
    ok: true,
    plan: Object.freeze({
      kind: op.kind,
      paddingMode: op.paddingMode ?? 'zeros',
      rank,
      batched,
      batch,
      groups,
      inputChannels,
      outputChannels,
      inputPerGroup: inputChannels / groups,
      outputPerGroup: outputChannels / groups,
      axes,
      inputShape: [...inputShape],
      weightShape: [...weightShape],
      outputShape: [...(batched ? [batch] : []), outputChannels, ...outputs],
      inputArea,
      outputArea,
      kernelArea,
      multiplyAdds: batch * sites * kernelArea * inputChannels * (outputChannels / groups),
    }),
  };
}
