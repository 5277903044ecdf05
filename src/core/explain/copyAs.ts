import { kerasCrop, kernelExtent, NUMBERS, transposedOutput } from '../formulas';
import type { Dtype } from '../operation';
import type { Plan } from '../plan';
import { derive } from '../shape';

export const LANGUAGES = ['pytorch', 'keras', 'jax', 'numpy', 'latex'] as const;

/** What the operation can be copied as. */
export type Language = (typeof LANGUAGES)[number];

export interface Copied {
  readonly plan: Plan;
  readonly dtype: Dtype;
  readonly bias: boolean;
}

const alike = (values: readonly number[]): boolean => values.every((each) => each === values[0]);
const tuple = (values: readonly number[]): string =>
  values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
/** One number where it says all axes, as people write it. */
const brief = (values: readonly number[]): string => (alike(values) ? String(values[0]) : tuple(values));
const pairs = (plan: Plan): string =>
  `[${plan.axes.map(({ padBegin, padEnd }) => `(${padBegin}, ${padEnd})`).join(', ')}]`;
const letters = (plan: Plan): string => 'DHW'.slice(-plan.rank);
const of = (
  plan: Plan,
  key: 'kernel' | 'stride' | 'padBegin' | 'padEnd' | 'dilation' | 'outputPadding' | 'output',
): readonly number[] => plan.axes.map((axis) => axis[key]);
const isSymmetric = (plan: Plan): boolean => plan.axes.every(({ padBegin, padEnd }) => padBegin === padEnd);
/** For `F.pad`, which names the last axis first. */
const padList = (plan: Plan): string =>
  [...plan.axes]
    .reverse()
    .flatMap(({ padBegin, padEnd }) => [padBegin, padEnd])
    .join(', ');

/**
 * The operation as text for one framework: a complete, runnable piece that defines `y` from `x` and, where the
 * framework takes them, the weight `w` in the inspector's own layout and the bias `b`. What a framework cannot say by
 * its parameters is padded or sliced around the call.
 */
export function copyAs(language: Language, copied: Copied): string {
  switch (language) {
    case 'pytorch':
      return pytorch(copied);
    case 'keras':
      return keras(copied);
    case 'jax':
      return jax(copied);
    case 'numpy':
      return numpy(copied);
    case 'latex':
      return latex(copied);
    default:
      return language satisfies never;
  }
}

function pytorch({ plan, dtype, bias }: Copied): string {
  const { kind, inputChannels, outputChannels, groups, rank, paddingMode } = plan;
  const transposed = kind === 'convTranspose';
  const symmetric = isSymmetric(plan);
  const inside = symmetric ? of(plan, 'padBegin') : of(plan, 'padBegin').map(() => 0);
  const named = [
    `kernel_size=${brief(of(plan, 'kernel'))}`,
    ...(of(plan, 'stride').some((s) => s !== 1) ? [`stride=${brief(of(plan, 'stride'))}`] : []),
    ...(inside.some((p) => p !== 0) ? [`padding=${brief(inside)}`] : []),
    ...(of(plan, 'outputPadding').some((p) => p !== 0) ? [`output_padding=${brief(of(plan, 'outputPadding'))}`] : []),
    ...(of(plan, 'dilation').some((d) => d !== 1) ? [`dilation=${brief(of(plan, 'dilation'))}`] : []),
    ...(groups !== 1 ? [`groups=${groups}`] : []),
    ...(bias ? [] : ['bias=False']),
    ...(paddingMode === 'zeros' || !symmetric ? [] : [`padding_mode='${paddingMode}'`]),
    ...(dtype === 'float64' ? ['dtype=torch.float64'] : []),
  ];
  const mode = paddingMode === 'zeros' ? 'constant' : paddingMode;
  const crop = plan.axes.map(({ padBegin, padEnd, output }) =>
    padBegin === 0 && padEnd === 0 ? ':' : `${padBegin}:${padBegin + output}`,
  );
  return [
    'import torch',
    'from torch import nn',
    ...(symmetric || transposed ? [] : ['from torch.nn import functional as F']),
    '',
    `layer = nn.Conv${transposed ? 'Transpose' : ''}${rank}d(${[inputChannels, outputChannels, ...named].join(', ')})`,
    `x = torch.randn(${plan.inputShape.join(', ')}${dtype === 'float64' ? ', dtype=torch.float64' : ''})`,
    ...(symmetric
      ? ['y = layer(x)']
      : transposed
        ? [`y = layer(x)[..., ${crop.join(', ')}]`]
        : [`y = layer(F.pad(x, (${padList(plan)}), mode='${mode}'))`]),
    `assert tuple(y.shape) == ${tuple(plan.outputShape)}`,
  ].join('\n');
}

/** Keras pads convolutions around the call, and slices a transposed layer's `valid` output, which is never cropped. */
function keras({ plan, dtype, bias }: Copied): string {
  const { kind, outputChannels, groups, rank, paddingMode } = plan;
  const transposed = kind === 'convTranspose';
  if (
    transposed &&
    (groups !== 1 || (of(plan, 'stride').some((s) => s > 1) && of(plan, 'dilation').some((d) => d > 1)))
  ) {
    return groups !== 1
      ? '# Keras has no grouped transposed convolution.'
      : '# Keras takes a stride above 1 or a dilation above 1, not both.';
  }
  if (paddingMode !== 'zeros' && paddingMode !== 'reflect') return `# Keras cannot pad by ${paddingMode}.`;
  const named = [
    `strides=${brief(of(plan, 'stride'))}`,
    ...(of(plan, 'dilation').some((d) => d !== 1) ? [`dilation_rate=${brief(of(plan, 'dilation'))}`] : []),
    ...(groups !== 1 ? [`groups=${groups}`] : []),
    ...(bias ? [] : ['use_bias=False']),
    ...(dtype === 'float64' ? ["dtype='float64'"] : []),
  ];
  const kernel = rank === 1 ? String(plan.axes[0].kernel) : brief(of(plan, 'kernel'));
  const mode = paddingMode === 'zeros' ? 'constant' : paddingMode;
  const padding = `[(0, 0), ${plan.axes.map(({ padBegin, padEnd }) => `(${padBegin}, ${padEnd})`).join(', ')}, (0, 0)]`;
  const padded = plan.axes.some(({ padBegin, padEnd }) => padBegin !== 0 || padEnd !== 0);
  const [batch, channels, ...spatial] = plan.batched ? plan.inputShape : [1, ...plan.inputShape];
  const input = tuple([batch, ...spatial, channels]);
  // Its `valid` output has more than is wanted, or less, where output padding reaches further.
  const short = plan.axes.map((axis) => {
    const valid = transposedOutput(NUMBERS, { ...axis, ...kerasCrop(NUMBERS, 'valid', axis.extent, axis.stride) });
    return Math.max(0, axis.padBegin + axis.output - valid);
  });
  const slice = plan.axes.map(({ padBegin, output }) => `${padBegin}:${padBegin + output}`).join(', ');
  const call = transposed
    ? [
        'y = layer(x)',
        ...(short.some((missing) => missing > 0)
          ? [
              `y = keras.ops.pad(y, [(0, 0), ${short.map((missing) => `(0, ${missing})`).join(', ')}, (0, 0)])  # output padding that no stamp reaches`,
            ]
          : []),
        `y = y[:, ${slice}, :]`,
      ]
    : [padded ? `y = layer(keras.ops.pad(x, ${padding}, mode='${mode}'))` : 'y = layer(x)'];
  return [
    'import keras',
    '',
    `layer = keras.layers.Conv${rank}D${transposed ? 'Transpose' : ''}(${[outputChannels, kernel, ...named].join(', ')}, padding='valid')`,
    `x = keras.random.normal(${input}${dtype === 'float64' ? ", dtype='float64'" : ''})  # channels last`,
    ...call,
    `assert tuple(y.shape) == ${tuple([plan.batch, ...of(plan, 'output'), outputChannels])}`,
  ].join('\n');
}

/**
 * Both operations are `conv_general_dilated`; the transposed one by its definition: dilated input, mirrored kernel,
 * swapped channels.
 */
function jax({ plan, dtype, bias }: Copied): string {
  const { kind, groups, rank, paddingMode, inputPerGroup, outputPerGroup, outputChannels } = plan;
  const letter = letters(plan);
  const head = [
    'import jax',
    'import jax.numpy as jnp',
    // Without it JAX makes float32 of what is asked for as float64, and says so in a warning at most.
    ...(dtype === 'float64' ? ['', "jax.config.update('jax_enable_x64', True)"] : []),
    '',
    `x = jax.random.normal(jax.random.key(0), ${tuple(plan.batched ? plan.inputShape : [1, ...plan.inputShape])}, dtype=jnp.${dtype})`,
    `w = jax.random.normal(jax.random.key(1), ${tuple(plan.weightShape)}, dtype=jnp.${dtype})`,
    ...(bias ? [`b = jax.random.normal(jax.random.key(2), (${outputChannels},), dtype=jnp.${dtype})`] : []),
  ];
  const end = bias ? [`y = y + b.reshape(${[-1, ...plan.axes.map(() => 1)].join(', ')})`] : [];
  const numbers = `dimension_numbers=('NC${letter}', 'OI${letter}', 'NC${letter}')${groups === 1 ? '' : `, feature_group_count=${groups}`}`;
  const dilation = `rhs_dilation=${tuple(of(plan, 'dilation'))}`;
  if (kind === 'conv') {
    const modes = { reflect: 'reflect', replicate: 'edge', circular: 'wrap' } as const;
    const pad =
      paddingMode === 'zeros'
        ? []
        : [`x = jnp.pad(x, [(0, 0), (0, 0), ${pairs(plan).slice(1)}, mode='${modes[paddingMode]}')`];
    const padding = paddingMode === 'zeros' ? pairs(plan) : `[${plan.axes.map(() => '(0, 0)').join(', ')}]`;
    return [
      ...head,
      ...pad,
      `y = jax.lax.conv_general_dilated(x, w, ${tuple(of(plan, 'stride'))}, ${padding}, ${dilation}, ${numbers})`,
      ...end,
    ].join('\n');
  }
  const around = plan.axes
    .map(
      ({ extent, padBegin, padEnd, outputPadding }) =>
        `(${extent - 1 - padBegin}, ${extent - 1 - padEnd + outputPadding})`,
    )
    .join(', ');
  const kernel = of(plan, 'kernel');
  const swap =
    groups === 1
      ? 'w.swapaxes(0, 1)'
      : `w.reshape(${[groups, inputPerGroup, outputPerGroup, ...kernel].join(', ')}).swapaxes(1, 2).reshape(${[groups * outputPerGroup, inputPerGroup, ...kernel].join(', ')})`;
  const flip = Array.from({ length: rank }, (_, axis) => axis + 2).join(', ');
  return [
    ...head,
    `k = jnp.flip(${swap}, (${flip}${rank === 1 ? ',' : ''}))`,
    `y = jax.lax.conv_general_dilated(x, k, ${tuple(plan.axes.map(() => 1))}, [${around}], lhs_dilation=${tuple(of(plan, 'stride'))}, ${dilation}, ${numbers})`,
    ...end,
  ].join('\n');
}

/** The definition as loops over the kernel, each step on whole planes. */
function numpy({ plan, dtype, bias }: Copied): string {
  const { kind, rank, groups, batch, inputPerGroup, outputPerGroup, paddingMode } = plan;
  const transposed = kind === 'convTranspose';
  const modes = { zeros: 'constant', reflect: 'reflect', replicate: 'edge', circular: 'wrap' } as const;
  const taps = tuple(of(plan, 'kernel'));
  const names = Array.from({ length: rank }, (_, axis) => `t${axis}`);
  const range = (axis: number, count: number): string => {
    const { stride, dilation } = plan.axes[axis];
    const first = `${names[axis]}*${dilation}`;
    return `${first}:${first}+${kernelExtent(NUMBERS, count, stride)}:${stride}`;
  };
  const input = [batch, groups, inputPerGroup, ...of(plan, 'kernel').map((_, axis) => plan.axes[axis].input)];
  const fill = `x = np.random.randn(${plan.inputShape.join(', ')}).astype(np.${dtype})`;
  const weight = `w = np.random.randn(${plan.weightShape.join(', ')}).astype(np.${dtype}).reshape(${[groups, -1, plan.weightShape[1], ...of(plan, 'kernel')].join(', ')})`;
  const loop = `for ${names.join(', ')}${rank === 1 ? ',' : ''} in np.ndindex(${taps.replace(/^\(|,?\)$/g, '')}):`;
  const tap = `w[..., ${names.join(', ')}]`;
  const end = bias
    ? [`y += np.zeros((${plan.outputChannels}, ${plan.axes.map(() => 1).join(', ')}), np.${dtype})  # the bias`]
    : [];
  if (transposed) {
    const uncropped = { padBegin: 0, padEnd: 0, outputPadding: 0 };
    const full = plan.axes.map((axis) =>
      Math.max(transposedOutput(NUMBERS, { ...axis, ...uncropped }), axis.padBegin + axis.output),
    );
    const crop = plan.axes.map(({ padBegin, output }) => `${padBegin}:${padBegin + output}`).join(', ');
    return [
      'import numpy as np',
      '',
      fill,
      weight,
      `y = np.zeros((${[batch, groups, outputPerGroup, ...full].join(', ')}), np.${dtype})`,
      loop,
      `    y[..., ${plan.axes.map((axis, at) => range(at, axis.input)).join(', ')}] += np.einsum('ngi...,gio->ngo...', x.reshape(${input.join(', ')}), ${tap})`,
      `y = y[..., ${crop}].reshape(${plan.outputShape.join(', ')})`,
      ...end,
    ].join('\n');
  }
  return [
    'import numpy as np',
    '',
    fill,
    weight,
    `x = np.pad(x.reshape(${input.join(', ')}), [(0, 0), (0, 0), (0, 0), ${pairs(plan).slice(1)}, mode='${modes[paddingMode]}')`,
    `y = np.zeros((${[batch, groups, outputPerGroup, ...of(plan, 'output')].join(', ')}), np.${dtype})`,
    loop,
    `    y += np.einsum('ngi...,goi->ngo...', x[..., ${plan.axes.map((axis, at) => range(at, axis.output)).join(', ')}], ${tap})`,
    `y = y.reshape(${plan.outputShape.join(', ')})`,
    ...end,
  ].join('\n');
}

const TEX: Readonly<Record<string, string>> = {
  '·': ' \\cdot ',
  '−': '-',
  '⌊': '\\left\\lfloor ',
  '⌋': ' \\right\\rfloor',
  '⌈': '\\left\\lceil ',
  '⌉': ' \\right\\rceil',
  '₀': '_0',
  '₁': '_1',
};
const tex = (text: string): string => text.replace(/[·−⌊⌋⌈⌉₀₁]/g, (sign) => TEX[sign]);

/** A size formula with its numbers, for a document. */
export const latexFormula = (formula: string, substituted: string, result: number | string): string =>
  `o = ${tex(formula)} = ${tex(substituted)} = ${result}`;

function latex({ plan }: Copied): string {
  const lines = derive(plan).map(({ formula, substituted, result }) => latexFormula(formula, substituted, result));
  return [...new Set(lines)].join(' \\\\\n');
}
