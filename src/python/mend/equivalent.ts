import { paddingOf } from '../../core/axis';
import { kerasConv, kerasTranspose } from '../../core/frameworks/keras';
import { kerasSameTwin } from '../../core/frameworks/kerasTwin';
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

const CALLEE = /^(?:keras|tf\.keras|tensorflow\.keras)\.layers\.Conv([123])D(Transpose)?$/;

function call(
  rank: number,
  op: Operation,
  channels: readonly [string, string],
  kernel: readonly number[],
  padding: readonly number[],
  bias: boolean,
  outputPadding: readonly number[],
): string {
  const transposed = op.kind === 'convTranspose';
  const some = (name: string, values: readonly number[], usual: number): string[] =>
    values.every((value) => value === usual) ? [] : [`${name}=${pythonOf(values)}`];
  const named = [
    ...some('stride', op.stride, 1),
    ...some('padding', padding, 0),
    ...(transposed ? some('output_padding', outputPadding, 0) : []),
    ...some('dilation', op.dilation, 1),
    ...((op.groups ?? 1) > 1 ? [`groups=${op.groups}`] : []),
    ...(bias ? [] : ['bias=False']),
  ];
  return `nn.Conv${transposed ? 'Transpose' : ''}${rank}d(${[...channels, pythonOf(kernel), ...named].join(', ')})`;
}

/**
 * The PyTorch layer that computes what a Keras one does, for tensors with channels first. Where no layer alone does
 * (`same` with an odd surplus, uneven padding), the slice of its output, or the padding of its input `x`, that mends
 * it.
 */
export function equivalentOf(report: Report, use: Use | undefined): Equivalent | undefined {
  const [, digit, suffix] = CALLEE.exec(report.callee) ?? [];
  if (!digit || !use) return undefined;
  const rank = Number(digit);
  const parameters = { ...report.parameters, ...use.parameters };
  const kernel = numbersOf(parameters.kernel_size, rank);
  const strides = numbersOf(parameters.strides ?? 1, rank);
  const dilationRate = numbersOf(parameters.dilation_rate ?? 1, rank);
  const padding = parameters.padding ?? 'valid';
  const first = parameters.data_format === 'channels_first';
  const spatial = (first ? use.inputShape.slice(2) : use.inputShape.slice(1, -1)).filter(
    (size): size is number => typeof size === 'number',
  );
  const channels: readonly [string, string] = [
    String(first ? use.inputShape[1] : use.inputShape.at(-1)),
    typeof parameters.filters === 'number' ? String(parameters.filters) : 'out_channels',
  ];
  if (!kernel || !strides || !dilationRate || (padding !== 'valid' && padding !== 'same') || spatial.length !== rank)
    return undefined;
  const bias = parameters.use_bias !== false;
  if (suffix) {
    const outputPadding = numbersOf(parameters.output_padding, rank);
    const made = kerasTranspose({ padding, strides, dilationRate, outputPadding }, kernel);
    if (!made.ok) return undefined;
    const extents = kernel.map((size, axis) => dilationRate[axis] * (size - 1) + 1);
    const sides = kernel.map((_, axis) => paddingOf(made.op, axis));
    const code = (at: readonly number[], extra: readonly number[]): string =>
      call(rank, made.op, channels, kernel, at, bias, extra);
    if (sides.every(([begin, end]) => begin === end))
      return {
        exact: true,
        code: code(
          sides.map(([begin]) => begin),
          made.op.outputPadding ?? [],
        ),
      };
    const none = kernel.map(() => 0);
    const twin = padding === 'same' && !outputPadding ? kerasSameTwin(spatial, extents, strides) : undefined;
    return twin?.recipe
      ? {
          exact: false,
          code: code(
            twin.axes.map((axis) => axis.padding),
            twin.axes.map((axis) => axis.outputPadding) ?? none,
          ),
          slice: twin.recipe,
        }
      : undefined;
  }
  const made = kerasConv(
    { padding, strides, dilationRate, groups: typeof parameters.groups === 'number' ? parameters.groups : 1 },
    spatial,
    kernel,
  );
  if (!made.ok) return undefined;
  const sides = kernel.map((_, axis) => paddingOf(made.op, axis));
  const even = sides.every(([begin, end]) => begin === end);
  const code = call(
    rank,
    made.op,
    channels,
    kernel,
    even ? sides.map(([begin]) => begin) : kernel.map(() => 0),
    bias,
    [],
  );
  // `F.pad` counts from the last axis.
  return even
    ? { exact: true, code }
    : { exact: false, code, slice: `x = F.pad(x, (${[...sides].reverse().flat().join(', ')}))` };
}
