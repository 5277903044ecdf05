import { kernelExtent, NUMBERS, transposedOutput } from '../formulas';
import { type Copied, RANDOM, given, tuple, pairs, of } from './copyParts';

/** The definition as loops over the kernel, each step on whole planes. */
export function numpy({ plan, dtype, bias, values }: Copied): string {
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
  const random = (shape: readonly number[]): string => `np.random.randn(${shape.join(', ')}).astype(np.${dtype})`;
  const head = [
    'import numpy as np',
    '',
    ...(values
      ? given(values, 'numpy')
      : [
          RANDOM,
          `x = ${random(plan.inputShape)}`,
          `w = ${random(plan.weightShape)}`,
          ...(bias ? [`b = ${random([plan.outputChannels])}`] : []),
        ]),
    `w = w.reshape(${[groups, -1, plan.weightShape[1], ...of(plan, 'kernel')].join(', ')})`,
  ];
  const loop = `for ${names.join(', ')}${rank === 1 ? ',' : ''} in np.ndindex(${taps.replace(/^\(|,?\)$/g, '')}):`;
  const tap = `w[..., ${names.join(', ')}]`;
  const end = [
    ...(bias ? [`y += b.reshape(${[-1, ...plan.axes.map(() => 1)].join(', ')})`] : []),
    `assert y.shape == ${tuple(plan.outputShape)}`,
    ...(values ? ['print(y)'] : []),
  ];
  if (transposed) {
    const uncropped = { padBegin: 0, padEnd: 0, outputPadding: 0 };
    const full = plan.axes.map((axis) =>
      Math.max(transposedOutput(NUMBERS, { ...axis, ...uncropped }), axis.padBegin + axis.output),
    );
    const crop = plan.axes.map(({ padBegin, output }) => `${padBegin}:${padBegin + output}`).join(', ');
    return [
      ...head,
      `y = np.zeros((${[batch, groups, outputPerGroup, ...full].join(', ')}), np.${dtype})`,
      loop,
      `    y[..., ${plan.axes.map((axis, at) => range(at, axis.input)).join(', ')}] += np.einsum('ngi...,gio->ngo...', x.reshape(${input.join(', ')}), ${tap})`,
      `y = y[..., ${crop}].reshape(${plan.outputShape.join(', ')})`,
      ...end,
    ].join('\n');
  }
  return [
    ...head,
    `x = np.pad(x.reshape(${input.join(', ')}), [(0, 0), (0, 0), (0, 0), ${pairs(plan).slice(1)}, mode='${modes[paddingMode]}')`,
    `y = np.zeros((${[batch, groups, outputPerGroup, ...of(plan, 'output')].join(', ')}), np.${dtype})`,
    loop,
    `    y += np.einsum('ngi...,goi->ngo...', x[..., ${plan.axes.map((axis, at) => range(at, axis.output)).join(', ')}], ${tap})`,
    `y = y.reshape(${plan.outputShape.join(', ')})`,
    ...end,
  ].join('\n');
}
