import { kerasCrop, NUMBERS, transposedOutput } from '../formulas';
import { type Copied, RANDOM, given, tuple, brief, of } from './copyParts';

/** Keras pads convolutions around the call, and slices a transposed layer's `valid` output, which is never cropped. */
export function keras({ plan, dtype, bias, values }: Copied): string {
  const { kind, outputChannels, groups, rank, paddingMode } = plan;
  const transposed = kind === 'convTranspose';
  if (transposed && groups !== 1) return '# Keras has no grouped transposed convolution.';
  if (of(plan, 'stride').some((s) => s > 1) && of(plan, 'dilation').some((d) => d > 1))
    return '# Keras takes a stride above 1 or a dilation above 1, not both.';
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
  const layer = `layer = keras.layers.Conv${rank}D${transposed ? 'Transpose' : ''}(${[outputChannels, kernel, ...named].join(', ')}, padding='valid')`;
  const channelsLast = plan.batched ? 'np.moveaxis(x, 1, -1)' : 'np.moveaxis(x, 0, -1)[None]';
  return [
    'import keras',
    ...(values ? ['import numpy as np'] : []),
    '',
    ...(values
      ? [
          ...given(values, 'numpy'),
          `x = ${channelsLast}  # channels last`,
          layer,
          'layer.build(x.shape)',
          `layer.set_weights([np.moveaxis(w, (0, 1), (-1, -2))${bias ? ', b' : ''}])`,
        ]
      : [
          RANDOM,
          layer,
          `x = keras.random.normal(${input}${dtype === 'float64' ? ", dtype='float64'" : ''})  # channels last`,
        ]),
    ...call,
    `assert tuple(y.shape) == ${tuple([plan.batch, ...of(plan, 'output'), outputChannels])}`,
    ...(values ? ['print(keras.ops.moveaxis(y, -1, 1))'] : []),
  ].join('\n');
}
