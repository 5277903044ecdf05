import { print } from '../../sizes/print';
import { isKnown, product, type Size } from '../../sizes/size';
import type { Refusal } from '../problems';
import { listed } from './check';

const isOne = (sizes: readonly Size[]): boolean => sizes.every(isKnown) && product(sizes) === 1;

const oneValue = (framework: string): Refusal => ({
  code: 'one-value',
  template: 'There is one value to normalise, which has no variance.',
  args: [],
  framework,
});

/** A channel of a batch that has one value, where its mean and variance are taken of the batch. */
export function oneValuePerChannel(shape: readonly Size[]): Refusal | undefined {
  if (shape.length < 2 || !isOne([shape[0], ...shape.slice(2)])) return undefined;
  return oneValue(`Expected more than 1 value per channel when training, got input size torch.Size(${listed(shape)})`);
}

/** A channel of an item that has one value; `batched`: the shape as it is with a batch axis. */
export function oneValuePerInstance(batched: readonly Size[]): Refusal | undefined {
  if (batched.length < 3 || !isOne(batched.slice(2))) return undefined;
  return oneValue(`Expected more than 1 spatial element when training, got input size torch.Size(${listed(batched)})`);
}

/** Groups that divide the channels of a tensor, and have more than one value each. */
export function groupRefusal(groups: number, shape: readonly Size[]): Refusal | undefined {
  const [batch, channels, ...rest] = shape;
  if (groups < 1 || !isKnown(channels)) return undefined;
  if (isKnown(batch) && rest.every(isKnown)) {
    // PyTorch counts the values of a group as those of a channel of so many channels.
    const counted = [Math.floor((batch * channels) / groups), groups, ...rest];
    if (isOne([counted[0], ...rest]))
      return oneValue(`Expected more than 1 value per channel when training, got input size ${listed(counted)}`);
  }
  if (channels % groups === 0) return undefined;
  return {
    code: 'groups-divide',
    template: '{0} groups do not divide {1} = {2}.',
    args: [groups, 'C', channels],
    framework: `Expected number of channels in input to be divisible by num_groups, but got input of shape ${listed(shape)} and num_groups=${groups}`,
  };
}

/** The last axes of a tensor are those that are normalised. */
export function lastAxesRefusal(
  wanted: readonly Size[],
  shape: readonly Size[],
  separator = '*, ',
): Refusal | undefined {
  const last = shape.slice(-wanted.length);
  const differs = (each: Size, at: number): boolean => {
    const size = last[at];
    return isKnown(each) && isKnown(size) && each !== size;
  };
  if (shape.length >= wanted.length && !wanted.some(differs)) return undefined;
  return {
    code: 'channels-mismatch',
    template: 'The layer expects {0} features, the input has {1}.',
    args: [wanted.map(print).join(' × '), last.map(print).join(' × ')],
    framework: `Given normalized_shape=${listed(wanted)}, expected input with shape [${separator}${wanted.map(print).join(', ')}], but got input of size${listed(shape)}`,
  };
}

/** Statistics that are kept of other channels than there are. */
export function statisticsRefusal(kept: Size, shape: readonly Size[]): Refusal | undefined {
  const channels = shape[1];
  if (!isKnown(kept) || shape.length < 2 || !isKnown(channels) || kept === channels) return undefined;
  return {
    code: 'channels-mismatch',
    template: 'The layer expects {0} channels, the input has {1}.',
    args: [kept, channels],
    framework: `running_mean should contain ${channels} elements not ${kept}`,
  };
}
