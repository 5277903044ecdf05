import { planAxis } from '../../core/axis';
import { torchTwin } from '../../core/frameworks/torchTwin';
import type { Operation } from '../../core/operation';
import type { Report, Use } from '../report';
import { numbersOf, pythonOf } from './setArguments';

/** A PyTorch layer for a Keras one. */
export interface Equivalent {
  /** Whether the layer alone computes the same values. */
  readonly exact: boolean;
  /** `nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1)`. */
  readonly code: string;
  /**
   * What makes it exact where it is not: of the layer's output, `y[..., 0:32, 0:32]`, or its input, `x = F.pad(x, (0,
   * 1, 0, 1))`.
   */
  readonly slice?: string;
}

const CALLEE = /^(?:keras|tf\.keras|tensorflow\.keras)\.layers\.Conv([123])D(?:Transpose)?$/;

function call(
  rank: number,
  op: Operation,
  channels: readonly [string, string],
  kernel: readonly number[],
  bias: boolean,
  { padding, outputPadding }: { readonly padding: readonly number[]; readonly outputPadding?: readonly number[] },
): string {
  const some = (name: string, values: readonly number[] | undefined, usual: number): string[] =>
    !values || values.every((value) => value === usual) ? [] : [`${name}=${pythonOf(values)}`];
  const named = [
    ...some('stride', op.stride, 1),
    ...some('padding', padding, 0),
    ...some('output_padding', outputPadding, 0),
    ...some('dilation', op.dilation, 1),
    ...((op.groups ?? 1) > 1 ? [`groups=${op.groups}`] : []),
    ...(bias ? [] : ['bias=False']),
  ];
  const name = `nn.Conv${op.kind === 'convTranspose' ? 'Transpose' : ''}${rank}d`;
  return `${name}(${[...channels, pythonOf(kernel), ...named].join(', ')})`;
}

/**
 * The PyTorch layer that computes what a Keras one does, for tensors with channels first. Where no layer alone does
 * (`same` with an odd surplus, uneven padding), the slice of its output, or the padding of its input `x`, that mends
 * it.
 */
export function equivalentOf(report: Report, use: Use | undefined): Equivalent | undefined {
  const [, digit] = CALLEE.exec(report.callee) ?? [];
  const op = use?.operation;
  if (!digit || !use || !op) return undefined;
  const rank = Number(digit);
  const parameters = { ...report.parameters, ...use.parameters };
  const kernel = numbersOf(parameters.kernel_size, rank);
  const first = parameters.data_format === 'channels_first';
  const spatial = (first ? use.inputShape.slice(2) : use.inputShape.slice(1, -1)).filter(
    (size): size is number => typeof size === 'number',
  );
  if (!kernel || spatial.length !== rank) return undefined;
  const channels: readonly [string, string] = [
    String(first ? use.inputShape[1] : use.inputShape.at(-1)),
    typeof parameters.filters === 'number' ? String(parameters.filters) : 'out_channels',
  ];
  const bias = parameters.use_bias !== false;
  const axes = kernel.map((size, axis) => planAxis(op, axis, spatial[axis], size));
  if (op.kind === 'convTranspose') {
    const twin = torchTwin(axes);
    const [padding, outputPadding] = [
      twin.axes.map((axis) => axis.padding),
      twin.axes.map((axis) => axis.outputPadding),
    ];
    const code = call(rank, op, channels, kernel, bias, { padding, outputPadding });
    return twin.recipe === undefined ? { exact: true, code } : { exact: false, code, slice: twin.recipe };
  }
  const even = axes.every(({ padBegin, padEnd }) => padBegin === padEnd);
  const code = call(rank, op, channels, kernel, bias, { padding: axes.map(({ padBegin }) => (even ? padBegin : 0)) });
  if (even) return { exact: true, code };
  // `F.pad` counts from the last axis.
  const pads = [...axes].reverse().flatMap(({ padBegin, padEnd }) => [padBegin, padEnd]);
  return { exact: false, code, slice: `x = F.pad(x, (${pads.join(', ')}))` };
}
