import { type Copied, RANDOM, given, tuple, brief, of, isSymmetric, padList } from './copyParts';

export function pytorch({ plan, dtype, bias, values }: Copied): string {
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
  const layer = `layer = nn.Conv${transposed ? 'Transpose' : ''}${rank}d(${[inputChannels, outputChannels, ...named].join(', ')})`;
  const call = symmetric
    ? 'y = layer(x)'
    : transposed
      ? `y = layer(x)[..., ${crop.join(', ')}]`
      : `y = layer(F.pad(x, (${padList(plan)}), mode='${mode}'))`;
  return [
    'import torch',
    'from torch import nn',
    ...(symmetric || transposed ? [] : ['from torch.nn import functional as F']),
    '',
    ...(values
      ? [
          ...given(values, 'torch'),
          layer,
          'with torch.no_grad():',
          '    layer.weight.copy_(w)',
          ...(bias ? ['    layer.bias.copy_(b)'] : []),
          `    ${call}`,
          'print(y)',
        ]
      : [
          RANDOM,
          layer,
          `x = torch.randn(${plan.inputShape.join(', ')}${dtype === 'float64' ? ', dtype=torch.float64' : ''})`,
          call,
        ]),
    `assert tuple(y.shape) == ${tuple(plan.outputShape)}`,
  ].join('\n');
}
