import type { DocumentHead } from '../../src/protocol/panel';

/**
 * Batch items and channels as the shapes say them. With an illegal number of groups the output's channels of a
 * transposed convolution are counted as if there were one group.
 */
export function channelsOf({ operation, inputShape, weightShape }: DocumentHead): {
  readonly batch: number;
  readonly input: number;
  readonly output: number;
} {
  const rank = weightShape.length - 2;
  const groups = operation.groups ?? 1;
  const legal = Number.isSafeInteger(groups) && groups >= 1;
  return {
    batch: inputShape.length === rank + 2 ? inputShape[0] : 1,
    input: inputShape[inputShape.length - rank - 1],
    output: operation.kind === 'conv' ? weightShape[0] : weightShape[1] * (legal ? groups : 1),
  };
}
