import type { Equivalent, Report } from '../report';

type Base = Omit<Report, 'problems' | 'equivalent'>;

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** One number per axis, from a number or a list of them. */
function perAxis(value: unknown, rank: number): readonly number[] | undefined {
  if (typeof value === 'number') return Array.from({ length: rank }, () => value);
  return Array.isArray(value) && value.length === rank && value.every((each) => typeof each === 'number') ? value : undefined;
}

const asArgument = (values: readonly number[]): string => (values.every((value) => value === values[0]) ? String(values[0]) : `(${values.join(', ')})`);

/**
 * The PyTorch layer with a Keras layer's values. A transposed one with SAME has an exact twin iff on every axis `k < s`
 * (`p = 0, op = s − k`) or `k − s` is even (`p = (k − s)/2`); otherwise the output of `p = 0` is sliced from `⌊(k − s)/2⌋`.
 * A plain one with SAME has one with stride 1, where PyTorch's `padding='same'` splits as Keras does.
 */
export function equivalentOf(report: Base): Equivalent | undefined {
  const match = /^keras\.layers\.Conv([123])D(Transpose)?$/.exec(report.callee);
  if (!match) return undefined;
  const { parameters, rank } = report;
  const kernel = perAxis(parameters.kernel_size, rank);
  const stride = perAxis(parameters.strides, rank);
  const dilation = perAxis(parameters.dilation_rate, rank);
  const out = numberOf(parameters.filters);
  const last = parameters.data_format !== 'channels_first';
  const channels = new Set(report.uses.map((use) => (last ? use.inputShape.at(-1) : use.inputShape[1])));
  const [inChannels] = channels;
  if (!kernel || !stride || !dilation || out === undefined || channels.size !== 1 || typeof inChannels !== 'number') return undefined;
  const settings = { rank, kernel, stride, dilation, head: `${inChannels}, ${out}, ${asArgument(kernel)}`, bias: parameters.use_bias === false ? ', bias=False' : '' };
  const same = String(parameters.padding).toLowerCase() === 'same';
  return match[2] ? transposed(settings, same, parameters.output_padding) : plain(settings, same, numberOf(parameters.groups) ?? 1);
}

interface Settings {
  readonly rank: number;
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly head: string;
  readonly bias: string;
}

const option = (name: string, values: readonly number[], fallback: number): string => (values.every((value) => value === fallback) ? '' : `, ${name}=${asArgument(values)}`);

function plain({ rank, stride, dilation, head, bias }: Settings, same: boolean, groups: number): Equivalent | undefined {
  if (same && stride.some((each) => each !== 1)) return undefined;
  const padding = same ? ", padding='same'" : '';
  return { exact: true, code: `nn.Conv${rank}d(${head}${option('stride', stride, 1)}${padding}${option('dilation', dilation, 1)}${groups === 1 ? '' : `, groups=${groups}`}${bias})` };
}

function transposed({ rank, kernel, stride, dilation, head, bias }: Settings, same: boolean, outputPadding: unknown): Equivalent | undefined {
  if (dilation.some((each) => each !== 1) || (outputPadding !== null && outputPadding !== undefined)) return undefined;
  const layer = (padding: readonly number[], extra: readonly number[]): string => `nn.ConvTranspose${rank}d(${head}${option('stride', stride, 1)}${option('padding', padding, 0)}${option('output_padding', extra, 0)}${bias})`;
  const zeros = kernel.map(() => 0);
  const short = kernel.map((k, axis) => Math.max(stride[axis] - k, 0));
  if (!same) return { exact: true, code: layer(zeros, short) };
  const crop = kernel.map((k, axis) => Math.max(k - stride[axis], 0));
  if (crop.every((each) => each % 2 === 0)) return { exact: true, code: layer(crop.map((each) => each / 2), short) };
  const slices = crop.map((each, axis) => {
    const from = Math.floor(each / 2);
    return `${from}:${from === 0 ? '' : `${from} + `}${stride[axis]}*${'DHW'[3 - rank + axis]}`;
  });
  return { exact: false, code: layer(zeros, short), slice: `y[..., ${slices.join(', ')}]` };
}
