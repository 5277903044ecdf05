import type { Report, Use } from '../python/report';
import { solve } from '../solve/solve';
import { type Fix, numbersOf, pythonOf, setArguments } from './setArguments';

/** Ways to make a layer's output another size that are offered; the solver's best ones. */
const OFFERED = 3;

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** The wanted spatial sizes: one axis is named; an axis that is its equal now is meant to stay it. */
function wantedSizes(input: readonly number[], output: readonly number[], axis: number, wanted: number): readonly number[] {
  return output.map((size, each) => (each === axis || (size === output[axis] && input[each] === input[axis]) ? wanted : size));
}

/**
 * Paddings and output paddings with which a transposed convolution, its kernel, stride and dilation kept, gives `wanted`
 * elements on a spatial axis. The solver's, so the same that **Find Convolution for Sizes** tells.
 */
export function restoreSize(text: string, report: Report, use: Use, axis: number, wanted: number): Fix[] {
  const { rank, framework } = report;
  if (report.family !== 'convTranspose' || framework !== 'torch' || !use.operation) return [];
  const input = use.inputShape.slice(-rank).filter(isNumber);
  const output = use.outputShape.slice(-rank).filter(isNumber);
  const kernel = numbersOf(use.parameters.kernel_size, rank);
  const stride = numbersOf(use.parameters.stride, rank);
  const dilation = numbersOf(use.parameters.dilation, rank);
  const uniform = [kernel, stride, dilation].every((values) => values?.every((value) => value === values[0]));
  if (input.length !== rank || output.length !== rank || !kernel || !stride || !dilation || !uniform) return [];
  const targets = wantedSizes(input, output, axis, wanted);
  const sizes = input.map((size, each) => ({ input: size, output: targets[each] }));
  if (targets.some((size) => size < 1)) return [];
  const found = solve({ kind: 'convTranspose', framework: 'torch', sizes, fixed: { kernel: kernel[0], stride: stride[0], dilation: dilation[0] } });
  const before = numbersOf(use.parameters.padding, rank);
  // The padding that stands there is the author's: what keeps it comes first.
  const ranked = [...found].sort((a, b) => Number(b.padding === before?.[0]) - Number(a.padding === before?.[0]));
  return ranked.slice(0, OFFERED).map(({ padding, outputPadding = [] }, index) => {
    const values: Record<string, string> = {};
    if (typeof padding === 'number' && !before?.every((each) => each === padding)) values.padding = String(padding);
    if (JSON.stringify(numbersOf(use.parameters.output_padding, rank)) !== JSON.stringify(outputPadding)) values.output_padding = pythonOf(outputPadding);
    return setArguments(text, report, values, index === 0);
  });
}
