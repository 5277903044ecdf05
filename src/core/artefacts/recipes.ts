import { brief, type Copied, given, isSymmetric, of, padList, RANDOM, tuple } from '../explain/copyParts';
import { pytorch } from '../explain/copyPytorch';
import type { Plan } from '../plan';
import { shuffleOperation, shuffleTaps } from './pixelShuffle';
import { resizeConvOf } from './resizeConv';

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** From `(C_in, C_out/g, k…)` to `(C_out, C_in/g, k…)`, in PyTorch. */
const asConvolution = ({ groups, inputPerGroup }: Plan, weight: string): string =>
  groups === 1
    ? `${weight}.transpose(0, 1)`
    : `${weight}.unflatten(0, (${groups}, ${inputPerGroup})).transpose(1, 2).flatten(0, 1)`;

const padded = (pads: readonly (readonly [begin: number, end: number])[], input: string): string =>
  pads.every(([begin, end]) => begin === 0 && end === 0)
    ? input
    : `F.pad(${input}, (${[...pads].reverse().flat().join(', ')}))`;

/** Neighbours out of channels: PyTorch's own where its one factor says it, else written out. */
function shuffling(plan: Plan, factors: readonly number[]): readonly string[] {
  const { rank, outputChannels } = plan;
  if (rank === 2 && factors[0] === factors[1]) return [`    shuffled = F.pixel_shuffle(shuffled, ${factors[0]})`];
  const leading = plan.batched ? 1 : 0;
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const order = [
    ...Array.from({ length: leading + 1 }, (_, at) => at),
    ...axes.flatMap((axis) => [leading + 1 + rank + axis, leading + 1 + axis]),
  ];
  const shape = [
    ...(plan.batched ? [plan.batch] : []),
    outputChannels,
    ...plan.axes.map(({ output }, axis) => Math.ceil(output / factors[axis]) * factors[axis]),
  ];
  return [
    `    shuffled = shuffled.unflatten(${leading}, ${tuple([outputChannels, ...factors])})`,
    `    shuffled = shuffled.permute(${order.join(', ')}).reshape(${shape.join(', ')})`,
  ];
}

/**
 * PyTorch code that makes the transposed convolution and the same layer as a convolution of stride 1 with a pixel
 * shuffle behind it, carries the weights over and back, and checks that both are equal.
 */
export function pixelShuffleCode(copied: Copied): string {
  const { plan, bias, dtype } = copied;
  const { axes, weightShape } = shuffleOperation(plan);
  const factors = axes.map(({ factor }) => factor);
  const blocks = product(factors);
  const taps = plan.axes.map((axis) => {
    const places = shuffleTaps(axis).map(({ residue, tap }) => `(${residue}, ${tap})`);
    return `[${places.join(',')}]`;
  });
  const named = [
    plan.inputChannels,
    weightShape[0],
    `kernel_size=${brief(weightShape.slice(2))}`,
    ...(plan.groups === 1 ? [] : [`groups=${plan.groups}`]),
    ...(bias ? [] : ['bias=False']),
    ...(dtype === 'float64' ? ['dtype=torch.float64'] : []),
  ];
  const pads = axes.map(({ padBegin, padEnd }) => [padBegin, padEnd] as const);
  const crop = plan.axes.map(({ output }) => `:${output}`).join(', ');
  return [
    pytorch(copied),
    '',
    '# The same layer: a convolution of stride 1, and a pixel shuffle.',
    'import itertools',
    'from torch.nn import functional as F',
    '',
    `conv = nn.Conv${plan.rank}d(${named.join(', ')})`,
    '# Of each tap, along each axis: which output of a block it makes, and which tap it becomes.',
    `taps = [${taps.join(', ')}]`,
    'with torch.no_grad():',
    `    own = ${asConvolution(plan, 'layer.weight')}`,
    '    back = torch.zeros_like(own)',
    '    conv.weight.zero_()',
    '    for place in itertools.product(*map(range, own.shape[2:])):',
    '        residue, to = 0, ()',
    `        for axis, factor in enumerate(${tuple(factors)}):`,
    '            at, tap = taps[axis][place[axis]]',
    '            residue, to = residue * factor + at, (*to, tap)',
    `        conv.weight[(slice(residue, None, ${blocks}), slice(None), *to)] = own[(slice(None), slice(None), *place)]`,
    `        back[(slice(None), slice(None), *place)] = conv.weight[(slice(residue, None, ${blocks}), slice(None), *to)]`,
    ...(bias ? [`    conv.bias.copy_(layer.bias.repeat_interleave(${blocks}))`] : []),
    `    shuffled = conv(${padded(pads, 'x')})`,
    ...shuffling(plan, factors),
    `    shuffled = shuffled[..., ${crop}]`,
    'assert torch.equal(back, own)',
    dtype === 'float64'
      ? 'torch.testing.assert_close(shuffled, y)'
      : 'torch.testing.assert_close(shuffled, y, rtol=1e-4, atol=1e-5)',
  ].join('\n');
}

/** PyTorch code of the enlargement and the convolution that take a transposed convolution's place. */
export function resizeConvCode(copied: Copied): string | undefined {
  const { plan, bias, dtype, values } = copied;
  const made = resizeConvOf(plan);
  if (!made) return undefined;
  const next = made.plan;
  const symmetric = isSymmetric(next);
  const inside = symmetric ? of(next, 'padBegin') : [];
  const named = [
    plan.inputChannels,
    plan.outputChannels,
    `kernel_size=${brief(of(plan, 'kernel'))}`,
    ...(inside.some((each) => each > 0) ? [`padding=${brief(inside)}`] : []),
    ...(of(plan, 'dilation').some((each) => each !== 1) ? [`dilation=${brief(of(plan, 'dilation'))}`] : []),
    ...(plan.groups === 1 ? [] : [`groups=${plan.groups}`]),
    ...(bias ? [] : ['bias=False']),
    ...(dtype === 'float64' ? ['dtype=torch.float64'] : []),
  ];
  const strides = of(plan, 'stride');
  const spatial = plan.axes.map((_, axis) => axis - plan.rank);
  // PyTorch's enlargement wants a batch axis.
  const enlarged = plan.batched ? 'resize(x)' : 'resize(x[None])[0]';
  const call = `y = conv(${symmetric ? enlarged : `F.pad(${enlarged}, (${padList(next)}))`})`;
  return [
    'import torch',
    'from torch import nn',
    ...(symmetric ? [] : ['from torch.nn import functional as F']),
    '',
    ...(values
      ? given(values, 'torch')
      : [
          RANDOM,
          `x = torch.randn(${plan.inputShape.join(', ')}${dtype === 'float64' ? ', dtype=torch.float64' : ''})`,
        ]),
    `resize = nn.Upsample(scale_factor=${tuple(strides)}, mode='nearest')`,
    `conv = nn.Conv${plan.rank}d(${named.join(', ')})`,
    ...(values
      ? [
          'with torch.no_grad():',
          '    # The kernel is turned; divided by the strides it keeps the mean of a constant input.',
          `    conv.weight.copy_(${asConvolution(plan, 'w')}.flip(${spatial.join(', ')}) / ${product(strides)})`,
          ...(bias ? ['    conv.bias.copy_(b)'] : []),
          `    ${call}`,
          'print(y)',
        ]
      : [call]),
    `assert tuple(y.shape) == ${tuple(next.outputShape)}`,
  ].join('\n');
}
