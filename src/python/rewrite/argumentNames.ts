import type { Framework, Report } from '../report';

/** The parts of an operation that a call can state. */
export type Quantity =
  | 'kernel'
  | 'stride'
  | 'padding'
  | 'dilation'
  | 'outputPadding'
  | 'groups'
  | 'paddingMode'
  | 'inputChannels'
  | 'outputChannels';

type Names = Readonly<Partial<Record<Quantity, string>>>;

const TORCH: Names = {
  kernel: 'kernel_size',
  stride: 'stride',
  padding: 'padding',
  dilation: 'dilation',
  outputPadding: 'output_padding',
  groups: 'groups',
  paddingMode: 'padding_mode',
  inputChannels: 'in_channels',
  outputChannels: 'out_channels',
};

/** Kernel and channels of a functional form are its weight's, which the call does not state. */
const TORCH_FUNCTION: Names = {
  stride: 'stride',
  padding: 'padding',
  dilation: 'dilation',
  outputPadding: 'output_padding',
  groups: 'groups',
};

const KERAS: Names = {
  kernel: 'kernel_size',
  stride: 'strides',
  padding: 'padding',
  dilation: 'dilation_rate',
  outputPadding: 'output_padding',
  groups: 'groups',
  outputChannels: 'filters',
};

const FLAX: Names = {
  kernel: 'kernel_size',
  stride: 'strides',
  dilation: 'kernel_dilation',
  outputChannels: 'features',
};

/** Under which name a call of this framework states each quantity; a missing name cannot be written there. */
export function argumentNames({ framework, callee }: Pick<Report, 'framework' | 'callee'>): Names {
  const known: Readonly<Record<Framework, Names>> = {
    torch: callee.includes('.functional.') ? TORCH_FUNCTION : TORCH,
    paddle: callee.includes('.functional.') ? TORCH_FUNCTION : TORCH,
    keras: KERAS,
    flax: FLAX,
    tensorflow: {},
    jax: {},
    onnx: {},
  };
  return known[framework];
}
