import type { Refusal } from '../../shapes/problems';
import { listed } from '../../shapes/refusals/check';
import { print } from '../../sizes/print';
import type { Size } from '../../sizes/size';

/**
 * A weight decides how many spatial axes a convolution has, whatever its name says: a stride of as many entries as the
 * name says does not go with it, and a single one meets an input of another number of axes.
 */
export function weightRefusal(
  rank: number,
  input: readonly Size[],
  weight: readonly Size[],
  stride: readonly Size[] | undefined,
): Refusal | undefined {
  const axes = weight.length - 2;
  // An input of another number of axes is refused first, in words of its own.
  if (axes === rank || (input.length !== rank + 1 && input.length !== rank + 2)) return undefined;
  const batched = input.length === rank + 2 ? input : [1, ...input];
  const words = (): string | undefined => {
    if (axes < 1) return 'weight should have at least three dimensions';
    if (rank === 1)
      return `Expected ${weight.length}-dimensional input for ${weight.length}-dimensional weight ${listed(weight)}, but got ${batched.length}-dimensional input of size ${listed(batched)} instead`;
    return (
      stride &&
      `expected stride to be a single integer value or a list of ${axes} values to match the convolution dimensions, but got stride=${listed(stride)}`
    );
  };
  return {
    code: 'weight-rank',
    template: 'The weight has shape {0}; an operation with {1} spatial axes needs {2} axes.',
    args: [`(${weight.map(print).join(', ')})`, rank, rank + 2],
    framework: words(),
  };
}

/** `output_size` is a list: PyTorch asks for its length, and a whole number has none. */
export const wholeOutputSize = (rank: number): Refusal => ({
  code: 'output-size-rank',
  template: 'The output size is a number; it needs a list of {0}.',
  args: [rank],
  framework: "object of type 'int' has no len()",
});

/** `output_size` has an entry for each spatial axis, or for each axis of the output. */
export function outputSizeRefusal(rank: number, input: readonly Size[], given: number): Refusal | undefined {
  const axes = input.length;
  if ((axes !== rank + 1 && axes !== rank + 2) || given === rank || given === axes) return undefined;
  return {
    code: 'output-size-rank',
    template: 'The output size has {0} entries; it needs {1} or {2}.',
    args: [given, rank, axes],
    framework: `ConvTranspose${rank}D: for ${axes}D input, output_size must have ${rank} or ${axes} elements (got ${given})`,
  };
}
