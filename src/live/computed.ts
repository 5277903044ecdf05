import type { ComputeRequest, Tensor } from '../core/operation';
import { resolve } from '../core/plan';
import { ProblemError } from '../core/problem';
import { type Computation, MOST_BYTES, type Sent } from './expression';
import { sentOf } from './put';
import type { LiveReader, LiveTensor, Program, ReadOptions } from './reader';
import { refusal } from './sentences';

const sent = ({ shape, data }: Tensor): Sent => ({ shape, ...sentOf(data) });

/** A convolution as the program's side takes it. Throws a ProblemError where it is illegal, or too large to be sent. */
export function computationOf({ op, input, weight, bias }: ComputeRequest): Computation {
  const resolution = resolve(op, input.shape, weight.shape);
  if (!resolution.ok) throw new ProblemError(resolution.problems);
  const tensors = [input, weight, ...(bias ? [bias] : [])];
  if (tensors.reduce((bytes, { data }) => bytes + data.byteLength, 0) > MOST_BYTES) throw refusal('too-large');
  const { kind, axes, groups, paddingMode } = resolution.plan;
  return {
    kind,
    stride: axes.map(({ stride }) => stride),
    dilation: axes.map(({ dilation }) => dilation),
    padding: axes.map(({ padBegin, padEnd }) => [padBegin, padEnd]),
    outputPadding: axes.map(({ outputPadding }) => outputPadding),
    groups,
    mode: paddingMode === 'zeros' ? 'zeros' : paddingMode,
    tensors: { input: sent(input), weight: sent(weight), ...(bias && { bias: sent(bias) }) },
  };
}

/** What the program's own PyTorch makes of a convolution. Only ever on a command that says so. */
export const computedThere = (
  reader: LiveReader,
  program: Program,
  computation: Computation,
  options: ReadOptions = {},
): Promise<LiveTensor> => reader.once(program, 'None', { do: 'compute', ...computation }, options);

const list = (values: readonly number[]): string => `(${values.join(', ')}${values.length === 1 ? ',' : ''})`;

/** What is run for it, as one would write it in Python. */
export function computationText({
  kind,
  stride,
  dilation,
  padding,
  outputPadding,
  groups,
  mode,
  tensors,
}: Computation): string {
  const rank = stride.length;
  const even = padding.every(([begin, end]) => begin === end);
  const isPadded = kind === 'conv' && (!even || mode !== 'zeros');
  const pads = padding.toReversed().flat();
  const sides = isPadded || !even ? padding.map(() => 0) : padding.map(([begin]) => begin);
  const parameters = [
    'input',
    'weight',
    tensors.bias ? 'bias' : 'None',
    `stride=${list(stride)}`,
    `padding=${list(sides)}`,
    ...(kind === 'conv' ? [] : [`output_padding=${list(outputPadding)}`]),
    `groups=${groups}`,
    `dilation=${list(dilation)}`,
  ];
  const call = `torch.nn.functional.${kind === 'conv' ? 'conv' : 'conv_transpose'}${rank}d(${parameters.join(', ')})`;
  const padded = `input = torch.nn.functional.pad(input, ${list(pads)}, mode="${mode === 'zeros' ? 'constant' : mode}")`;
  const cut = `[..., ${padding.map(([begin, end]) => `${begin || ''}:${end === 0 ? '' : -end}`).join(', ')}]`;
  return `${isPadded ? `${padded}\n` : ''}${call}${kind === 'convTranspose' && !even ? cut : ''}`;
}
