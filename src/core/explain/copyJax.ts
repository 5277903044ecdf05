import { type Copied, RANDOM, given, tuple, pairs, letters, of } from './copyParts';

/**
 * Both operations are `conv_general_dilated`; the transposed one by its definition: dilated input, mirrored kernel,
 * swapped channels.
 */
export function jax({ plan, dtype, bias, values }: Copied): string {
  const { kind, groups, rank, paddingMode, inputPerGroup, outputPerGroup } = plan;
  const letter = letters(plan);
  const random = (key: number, shape: readonly number[]): string =>
    `jax.random.normal(jax.random.key(${key}), ${tuple(shape)}, dtype=jnp.${dtype})`;
  const head = [
    'import jax',
    'import jax.numpy as jnp',
    '',
    // Without it JAX makes float32 of everything.
    ...(dtype === 'float64' ? ["jax.config.update('jax_enable_x64', True)"] : []),
    ...(values
      ? [...given(values, 'jax'), ...(plan.batched ? [] : ['x = x[None]'])]
      : [
          RANDOM,
          `x = ${random(0, plan.batched ? plan.inputShape : [1, ...plan.inputShape])}`,
          `w = ${random(1, plan.weightShape)}`,
          ...(bias ? [`b = ${random(2, [plan.outputChannels])}`] : []),
        ]),
  ];
  const end = [
    ...(bias ? [`y = y + b.reshape(${[1, -1, ...plan.axes.map(() => 1)].join(', ')})`] : []),
    `assert y.shape == ${tuple([plan.batch, plan.outputChannels, ...of(plan, 'output')])}`,
    ...(values ? ['print(y)'] : []),
  ];
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
