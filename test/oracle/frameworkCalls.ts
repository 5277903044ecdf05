import type { Kind, PaddingMode } from '../../src/core/operation';
import type { Sides } from '../../src/core/formulas';
import { flaxAxis, flaxTransposedAxis, jaxTransposedAxis } from '../../src/python/libraries/axes/jax';
import { kerasAxis, kerasTransposedAxis } from '../../src/python/libraries/axes/keras';
import { onnxAxis, onnxTransposedAxis } from '../../src/python/libraries/axes/onnx';
import { paddleAxis, paddleTransposedAxis } from '../../src/python/libraries/axes/paddle';
import { tensorflowTransposedAxis } from '../../src/python/libraries/axes/tensorflow';
import { type ConvAxis, sizedAxis, type Window } from '../../src/python/sizes/axis';
import type { Size } from '../../src/python/sizes/size';

/** A call with its own framework's parameter names, and what the framework answered, in its own layout. */
export interface Row {
  readonly framework: string;
  readonly call: Readonly<Record<string, unknown>>;
  readonly input: readonly number[];
  readonly weight: readonly number[];
  readonly seed: number;
  readonly shape?: readonly number[];
  readonly values?: readonly number[];
  readonly error?: string;
}

type Numbers = readonly number[];

/** How a framework's calls are read: by the rule of one axis, and as the Python that makes the call. */
interface Reading {
  readonly kind: Kind;
  readonly channelsLast: boolean;
  /** Names of stride and dilation among the call's parameters. */
  readonly names: readonly [stride: string, dilation: string];
  readonly axis: (row: Row, window: Window, index: number) => ConvAxis;
  readonly python: (row: Row) => string;
  readonly groups?: (row: Row) => number;
  readonly paddingMode?: (row: Row) => PaddingMode;
}

/** As Python writes it. */
function py(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `(${value.map((each) => `${py(each)},`).join(' ')})`;
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

const keywords = (parameters: Readonly<Record<string, unknown>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `, ${name}=${py(value)}`)
    .join('');

const entry = (row: Row, name: string, index: number): number | undefined =>
  (row.call[name] as Numbers | null | undefined)?.[index];

/** Channels that the framework's kernel says the output has, given its axes behind the spatial ones or before them. */
const last = (shape: Numbers, from = 1): number => shape[shape.length - from];
const rankOf = ({ input }: Row): number => input.length - 2;

/** A pair for every axis, one number for all, or a word. */
function sidesAt<Word extends string>(padding: unknown, index: number): Word | Sides<Size> {
  if (typeof padding === 'number') return [padding, padding];
  return typeof padding === 'string' ? (padding as Word) : (padding as readonly Sides<Size>[])[index];
}

function paddleSides(row: Row, index: number): Sides<Size> | 'same' {
  const padding = row.call.padding as 'SAME' | 'VALID' | Numbers;
  if (padding === 'SAME') return 'same';
  if (padding === 'VALID') return [0, 0];
  return padding.length > rankOf(row) ? [padding[2 * index], padding[2 * index + 1]] : [padding[index], padding[index]];
}

const onnxPadding = (row: Row, index: number): { auto: string; pads: Sides<Size> } => ({
  auto: (row.call.auto_pad as string | undefined) ?? 'NOTSET',
  pads: [entry(row, 'pads', index) ?? 0, entry(row, 'pads', index + rankOf(row)) ?? 0],
});

const KERAS = 'import keras\n';
const kerasInput = ({ input }: Row): string => `(keras.Input(${py(input.slice(1))}, batch_size=${input[0]}))\n`;
const kerasConv: Omit<Reading, 'python'> = {
  kind: 'conv',
  channelsLast: true,
  names: ['strides', 'dilation_rate'],
  axis: (row, window) => kerasAxis(window, String(row.call.padding)),
};

const FLAX = 'import jax.numpy as jnp\nimport flax.linen as nn\n';
const flaxCall = (layer: string, row: Row, features: number): string =>
  `${FLAX}nn.${layer}(${features}, ${py(row.weight.slice(0, -2))}${keywords(row.call)}, use_bias=False)(jnp.zeros(${py(row.input)}))\n`;

/** The node, and the graph in which its input and weight have shapes. */
function onnxCall(operator: string, row: Row): string {
  const given = Object.fromEntries(Object.entries(row.call).filter(([, value]) => value !== null));
  return (
    'from onnx import helper, TensorProto as T\n' +
    `x = helper.make_tensor_value_info('x', T.FLOAT, ${py(row.input)})\n` +
    `w = helper.make_tensor('w', T.FLOAT, ${py(row.weight)}, [])\n` +
    `n = helper.make_node('${operator}', ['x', 'w'], ['y']${keywords(given)})\n` +
    "helper.make_graph([n], 'g', [x], [], [w])\n"
  );
}

function paddleCall(layer: string, row: Row, channels: readonly [number, number]): string {
  const { output_size: size, ...parameters } = row.call;
  const made = `paddle.nn.Conv${rankOf(row)}D${layer}(${channels.join(', ')}, ${py(row.weight.slice(2))}${keywords(parameters)})`;
  return `import paddle\n${made}(paddle.zeros(${py(row.input)})${size ? `, output_size=${py(size)}` : ''})\n`;
}

export const READINGS: Readonly<Record<string, Reading>> = {
  'keras.ConvTranspose': {
    ...kerasConv,
    kind: 'convTranspose',
    axis: (row, window, index) =>
      kerasTransposedAxis(window, row.call.padding as 'valid' | 'same', entry(row, 'output_padding', index)),
    python: (row) =>
      `${KERAS}keras.layers.Conv${rankOf(row)}DTranspose(${last(row.weight, 2)}, ${py(row.weight.slice(0, -2))}${keywords(row.call)})${kerasInput(row)}`,
  },
  'keras.Conv': {
    ...kerasConv,
    groups: (row) => Number(row.call.groups),
    python: (row) =>
      `${KERAS}keras.layers.Conv${rankOf(row)}D(${last(row.weight)}, ${py(row.weight.slice(0, -2))}${keywords(row.call)})${kerasInput(row)}`,
  },
  'keras.DepthwiseConv': {
    ...kerasConv,
    groups: (row) => last(row.input),
    python: (row) =>
      `${KERAS}keras.layers.DepthwiseConv${rankOf(row)}D(${py(row.weight.slice(0, -2))}, depth_multiplier=${last(row.weight)}${keywords(row.call)})${kerasInput(row)}`,
  },
  'tf.nn.conv_transpose': {
    kind: 'convTranspose',
    channelsLast: true,
    names: ['strides', 'dilations'],
    axis: (row, window, index) => tensorflowTransposedAxis(window, 'SAME', entry(row, 'output_shape', index)!),
    python: (row) => {
      const { output_shape: wanted, ...rest } = row.call;
      const shape = [row.input[0], ...(wanted as Numbers), last(row.weight, 2)];
      return `import tensorflow as tf\ntf.nn.conv${rankOf(row)}d_transpose(tf.zeros(${py(row.input)}), tf.zeros(${py(row.weight)}), ${py(shape)}${keywords(rest)})\n`;
    },
  },
  'jax.lax.conv_transpose': {
    kind: 'convTranspose',
    channelsLast: true,
    names: ['strides', 'rhs_dilation'],
    axis: (row, window, index) =>
      jaxTransposedAxis(window, sidesAt(row.call.padding, index), row.call.use_consistent_padding === true),
    python: (row) => {
      const letters = 'DHW'.slice(3 - rankOf(row));
      const numbers = [`N${letters}C`, `${letters}IO`, `N${letters}C`];
      return `import jax.numpy as jnp\nfrom jax import lax\nlax.conv_transpose(jnp.zeros(${py(row.input)}), jnp.zeros(${py(row.weight)}), dimension_numbers=${py(numbers)}${keywords(row.call)})\n`;
    },
  },
  'flax.linen.ConvTranspose': {
    kind: 'convTranspose',
    channelsLast: true,
    names: ['strides', 'kernel_dilation'],
    axis: (row, window, index) => flaxTransposedAxis(window, sidesAt(row.call.padding, index)),
    python: (row) => flaxCall('ConvTranspose', row, last(row.weight, row.call.transpose_kernel === true ? 2 : 1)),
  },
  'flax.linen.Conv': {
    kind: 'conv',
    channelsLast: true,
    names: ['strides', 'kernel_dilation'],
    axis: (row, window, index) =>
      flaxAxis(window, sidesAt(row.call.padding, index), entry(row, 'input_dilation', index)),
    groups: (row) => Number(row.call.feature_group_count),
    paddingMode: (row) => (row.call.padding === 'CIRCULAR' ? 'circular' : 'zeros'),
    python: (row) => flaxCall('Conv', row, last(row.weight)),
  },
  'onnx.Conv': {
    kind: 'conv',
    channelsLast: false,
    names: ['strides', 'dilations'],
    axis: (row, window, index) => onnxAxis(window, onnxPadding(row, index)),
    groups: (row) => Number(row.call.group),
    python: (row) => onnxCall('Conv', row),
  },
  'onnx.ConvTranspose': {
    kind: 'convTranspose',
    channelsLast: false,
    names: ['strides', 'dilations'],
    axis: (row, window, index) =>
      onnxTransposedAxis(window, {
        ...onnxPadding(row, index),
        outputPadding: entry(row, 'output_padding', index) ?? 0,
        outputShape: entry(row, 'output_shape', index),
      }),
    groups: (row) => Number(row.call.group),
    python: (row) => onnxCall('ConvTranspose', row),
  },
  'paddle.nn.Conv': {
    kind: 'conv',
    channelsLast: false,
    names: ['stride', 'dilation'],
    axis: (row, window, index) => paddleAxis(window, paddleSides(row, index)),
    groups: (row) => Number(row.call.groups),
    python: (row) => paddleCall('', row, [row.input[1], row.weight[0]]),
  },
  'paddle.nn.ConvTranspose': {
    kind: 'convTranspose',
    channelsLast: false,
    names: ['stride', 'dilation'],
    axis: (row, window, index) => {
      const axis = paddleTransposedAxis(window, paddleSides(row, index), entry(row, 'output_padding', index)!);
      const wanted = entry(row, 'output_size', index);
      return wanted === undefined ? axis : sizedAxis(axis, wanted);
    },
    groups: (row) => Number(row.call.groups),
    python: (row) => paddleCall('Transpose', row, [row.input[1], row.weight[1] * Number(row.call.groups)]),
  },
};

export const inputSizes = (row: Row): Numbers =>
  READINGS[row.framework].channelsLast ? row.input.slice(1, -1) : row.input.slice(2);
export const kernelSizes = (row: Row): Numbers =>
  READINGS[row.framework].channelsLast ? row.weight.slice(0, -2) : row.weight.slice(2);

/** Every axis of a call by the rule that ships, in numbers. */
export function axesOf(row: Row): readonly ConvAxis[] {
  const { names, axis } = READINGS[row.framework];
  const kernel = kernelSizes(row);
  return inputSizes(row).map((input, index) => {
    const [stride, dilation] = names.map((name) => entry(row, name, index) ?? 1);
    return axis(row, { input, kernel: kernel[index], stride, dilation }, index);
  });
}
