import { fieldCode, type Problem, problem } from '../../../core/problem';
import type { Bound } from '../../model/library';
import type { Refusal } from '../../shapes/problems';
import { isKnown } from '../../sizes/size';
import { settingsNotWhole, weightNotWhole } from './whole';

const withoutGroups = (groups: number, framework: string): Problem =>
  problem({
    code: 'groups-range',
    field: 'groups',
    template: 'groups is {0}; it must be a whole number of at least 1.',
    args: [groups],
    framework,
    repair: { field: 'groups', value: 1 },
  });

const MODES = ['zeros', 'reflect', 'replicate', 'circular'];

/**
 * What the constructors of PyTorch's `_ConvNd` refuse themselves, with their words (torch/nn/modules/conv.py, 2.15).
 */
export function torchConstructorProblems(
  bound: Bound,
  kind: 'conv' | 'convTranspose',
  rank: number,
): readonly Problem[] {
  const groups = bound.int('groups');
  const [inChannels, outChannels] = [bound.int('in_channels'), bound.int('out_channels')];
  if (groups !== undefined && groups <= 0) {
    return [withoutGroups(groups, 'groups must be a positive integer')];
  }
  const indivisible = (channels: number | undefined, name: string): Problem | undefined =>
    groups !== undefined && channels !== undefined && channels % groups !== 0
      ? problem({
          code: 'groups-divide',
          field: 'groups',
          template: '{0} groups do not divide {1} = {2}.',
          args: [groups, name, channels],
          framework: `${name} must be divisible by groups`,
          repair: { field: 'groups', value: largestCommon(groups, inChannels, outChannels) },
        })
      : undefined;
  const divides = indivisible(inChannels, 'in_channels') ?? indivisible(outChannels, 'out_channels');
  if (divides) return [divides];
  const mode = bound.text('padding_mode');
  if (mode !== undefined && !MODES.includes(mode)) {
    return [
      problem({
        code: 'padding-mode',
        field: 'paddingMode',
        template: 'The padding mode is {0}; it must be zeros, reflect, replicate or circular.',
        args: [mode],
        framework: `padding_mode must be one of {'zeros', 'reflect', 'replicate', 'circular'}, but got padding_mode='${mode}'`,
      }),
    ];
  }
  if (kind === 'convTranspose' && mode !== undefined && mode !== 'zeros') {
    return [
      problem({
        code: 'padding-mode',
        field: 'paddingMode',
        template: 'A transposed convolution has no padding mode but zeros.',
        framework: `Only "zeros" padding mode is supported for ConvTranspose${rank}d`,
      }),
    ];
  }
  const channels = [['in_channels', 'groups'], ['out_channels']];
  const sizes = kind === 'conv' ? channels.toReversed() : [['in_channels'], ['out_channels', 'groups']];
  const floats = weightNotWhole(bound, [...sizes, ['kernel_size']]);
  if (floats.length > 0) return floats;
  const lengths = lengthProblems(bound, rank);
  if (lengths.length > 0) return lengths;
  const settings = settingsNotWhole(bound, kind === 'conv' ? `conv${rank}d` : `conv_transpose${rank}d`, true);
  return settings.length > 0 ? settings : paddingProblems(bound, kind, rank);
}

const PER_AXIS = ['kernel_size', 'stride', 'padding', 'output_padding', 'dilation'] as const;
const FIELDS: Readonly<Record<(typeof PER_AXIS)[number], Problem['field']>> = {
  kernel_size: 'weight',
  stride: 'stride',
  padding: 'padding',
  output_padding: 'outputPadding',
  dilation: 'dilation',
};

/** A list as PyTorch prints it, when all of it is known. */
function printed(bound: Bound, name: string, rank: number): string | undefined {
  const sizes = bound.sizes(name, bound.items(name)?.length ?? rank);
  return sizes?.every(isKnown) ? `[${sizes.join(', ')}]` : undefined;
}

/**
 * Lists of the wrong length. A constructor takes any; the call then fails, whatever its input. One entry serves for all
 * axes, except of the kernel, whose list makes the weight.
 */
export function lengthProblems(bound: Bound, rank: number): readonly Problem[] {
  for (const name of PER_AXIS) {
    const value = bound.get(name);
    const items = value?.kind === 'list' || value?.kind === 'tuple' ? bound.items(name) : undefined;
    if (!items || items.length === rank || (items.length === 1 && name !== 'kernel_size')) continue;
    const ofKernel = name === 'kernel_size';
    const given = printed(bound, ofKernel ? 'stride' : name, rank);
    const stated = ofKernel ? 'stride' : name;
    const wanted = ofKernel ? items.length : rank;
    return [
      problem({
        code: `${fieldCode(FIELDS[name])}-rank`,
        field: FIELDS[name],
        template: '{0} has {1} entries; the layer has {2} spatial axes.',
        args: [name, items.length, rank],
        framework:
          // In one dimension the input is refused before, with its size.
          given === undefined || (ofKernel && rank === 1)
            ? undefined
            : `expected ${stated} to be a single integer value or a list of ${wanted} values to match the convolution dimensions, but got ${stated}=${given}`,
      }),
    ];
  }
  return [];
}

/** A transposed convolution is made with any text for its padding, and raises when it is called. */
const TEXT_OF_TRANSPOSED = {
  code: 'padding-text',
  template: 'A transposed convolution takes numbers for padding; it fails when it is called.',
};

export const textRefusal = (rank: number): Refusal => ({
  ...TEXT_OF_TRANSPOSED,
  args: [],
  framework: `conv_transpose${rank}d(): argument 'padding' (position 5) must be tuple of ints, but found element of type str at pos 0`,
});

/** What the functionals refuse themselves. */
export function functionalProblems(bound: Bound, kind: 'conv' | 'convTranspose', rank: number): readonly Problem[] {
  const name = kind === 'conv' ? `conv${rank}d` : `conv_transpose${rank}d`;
  const text = bound.text('padding');
  if (kind === 'convTranspose' && text !== undefined)
    return [
      problem({
        ...TEXT_OF_TRANSPOSED,
        field: 'padding',
        args: [],
        framework: `${name}(): argument 'padding' must be tuple of ints, not str`,
      }),
    ];
  const lengths = lengthProblems(bound, rank);
  if (lengths.length > 0) return lengths;
  const floats = settingsNotWhole(bound, name, false);
  if (floats.length > 0) return floats;
  const groups = bound.int('groups');
  if (groups !== undefined && groups <= 0) return [withoutGroups(groups, 'non-positive groups is not supported')];
  const unread = text !== undefined && text !== 'same' && text !== 'valid';
  return paddingProblems(bound, kind, rank).map((each) =>
    unread ? { ...each, framework: `Invalid padding string: '${text}'` } : each,
  );
}

function paddingProblems(bound: Bound, kind: 'conv' | 'convTranspose', rank: number): readonly Problem[] {
  const text = bound.text('padding');
  if (text === undefined) return [];
  if (kind === 'convTranspose') {
    return [
      problem({
        ...TEXT_OF_TRANSPOSED,
        severity: 'warning',
        field: 'padding',
        args: [],
      }),
    ];
  }
  if (text !== 'same' && text !== 'valid') {
    return [
      problem({
        code: 'padding-text',
        field: 'padding',
        template: 'padding is {0}; it must be same, valid or numbers.',
        args: [text],
        framework: `Invalid padding string '${text}', should be one of {'valid', 'same'}`,
      }),
    ];
  }
  const stride = bound.sizes('stride', rank);
  if (text === 'same' && stride?.some((each) => isKnown(each) && each !== 1)) {
    return [
      problem({
        code: 'padding-text',
        field: 'padding',
        template: "padding='same' exists for stride 1 only.",
        framework: "padding='same' is not supported for strided convolutions",
      }),
    ];
  }
  return [];
}

function largestCommon(groups: number, ...channels: readonly (number | undefined)[]): number {
  for (let candidate = groups; candidate > 1; candidate--)
    if (channels.every((each) => each === undefined || each % candidate === 0)) return candidate;
  return 1;
}
