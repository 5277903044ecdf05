import type { AxisPlan } from '../axis';
import { type Problem, problem } from '../problem';
import { axisName } from '../rules';

/**
 * What `output_size`, given when a transposed layer is called, makes of its output padding; it *replaces* the one
 * stated.
 */
export type OutputSizeResult =
  | { readonly ok: true; readonly outputPadding: readonly number[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Allowed is `min … min + s − 1`, `min` having no output padding: narrower than output padding itself, which may also
 * be up to the dilation. `axes` are planned with any output padding. (torch.nn.modules.conv, `_output_padding`.)
 */
export function outputPaddingFor(axes: readonly AxisPlan[], outputSize: readonly number[]): OutputSizeResult {
  const least = axes.map((axis) => axis.output - axis.outputPadding);
  const most = axes.map((axis, index) => least[index] + axis.stride - 1);
  const wrong = outputSize.findIndex((size, index) => size < least[index] || size > most[index]);
  if (wrong < 0) return { ok: true, outputPadding: outputSize.map((size, index) => size - least[index]) };
  const list = (sizes: readonly number[]): string => `[${sizes.join(', ')}]`;
  return {
    ok: false,
    problems: [
      problem({
        code: 'output-size',
        field: 'outputPadding',
        axis: wrong,
        template: 'The {0} asked for is {1}; it must be from {2} to {3}.',
        args: [axisName(axes.length, wrong), outputSize[wrong], least[wrong], most[wrong]],
        framework:
          `requested an output size of ${list(outputSize)}, but valid sizes range from ${list(least)} to ${list(most)} ` +
          `(for an input of torch.Size(${list(axes.map((axis) => axis.input))}))`,
        repair: {
          field: 'outputPadding',
          axis: wrong,
          value: Math.min(Math.max(outputSize[wrong], least[wrong]), most[wrong]) - least[wrong],
        },
      }),
    ],
  };
}

/**
 * `padding="same"` of a convolution: `K − 1` in all, the odd element at the end. Stride 1 only; a transposed layer
 * throws when called.
 */
export const torchSame = (extent: number): readonly [begin: number, end: number] => [
  Math.floor((extent - 1) / 2),
  Math.ceil((extent - 1) / 2),
];
