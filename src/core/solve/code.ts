import type { Solution } from './request';

const DIGITS: readonly string[] = ['', '1', '2', '3'];

function perAxis(values: readonly number[]): string {
  return values.every((value) => value === values[0]) ? String(values[0]) : `(${values.join(', ')})`;
}

/**
 * The constructor call of a solution, `nn.ConvTranspose2d(64, 32, kernel_size=4, stride=2, padding=1)`. Channels are
 * Python text.
 */
export function solutionCode(
  solution: Solution,
  channels: { readonly input: string; readonly output: string },
): string {
  const { operation, kernel, stride, padding, dilation, outputPadding } = solution;
  const rank = DIGITS[operation.stride.length];
  const transposed = operation.kind === 'convTranspose';
  const extra = outputPadding?.some((value) => value > 0) ? [`output_padding=${perAxis(outputPadding)}`] : [];
  if (typeof padding === 'string') {
    const named = [
      `strides=${stride}`,
      `padding='${padding}'`,
      ...extra,
      ...(dilation > 1 ? [`dilation_rate=${dilation}`] : []),
    ];
    return `layers.Conv${rank}D${transposed ? 'Transpose' : ''}(${[channels.output, kernel, ...named].join(', ')})`;
  }
  const named = [
    `kernel_size=${kernel}`,
    ...(stride > 1 ? [`stride=${stride}`] : []),
    ...(padding > 0 ? [`padding=${padding}`] : []),
    ...extra,
    ...(dilation > 1 ? [`dilation=${dilation}`] : []),
  ];
  return `nn.Conv${transposed ? 'Transpose' : ''}${rank}d(${[channels.input, channels.output, ...named].join(', ')})`;
}
