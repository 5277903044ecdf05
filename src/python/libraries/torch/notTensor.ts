import type { Value } from '../../model/value';
import type { Refusal } from '../../shapes/problems';

/**
 * A tuple or a list where PyTorch wants a tensor: what an LSTM gives, or a forward that returns two things. `words` are
 * PyTorch's for it.
 */
export function notTensor(value: Value | undefined, words: (kind: string) => string): Refusal | undefined {
  if (value?.kind !== 'tuple' && value?.kind !== 'list') return undefined;
  return {
    code: 'arguments',
    template: 'The input is a {0}; a tensor is wanted.',
    args: [value.kind],
    framework: words(value.kind),
  };
}

/** PyTorch tells of `conv1d` and its like all the forms there are, of the transposed ones what is wrong. */
export const convolutionOf =
  (kind: 'conv' | 'convTranspose', rank: number) =>
  (given: string): string =>
    kind === 'conv'
      ? `conv${rank}d() received an invalid combination of arguments`
      : `conv_transpose${rank}d(): argument 'input' (position 1) must be Tensor, not ${given}`;
