import { gather } from '../kernels/gather';
import { remap } from '../kernels/windows';
import { resolve } from '../plan';
import { flip } from '../tensor/permute';
import { cutsOf } from './recipeParts';
import { torchParts } from './recipeTransposed';
import { type Compared, differenceOf, type Result } from './results';

/**
 * By how much PyTorch's layer with its slice, as the recipe has it, differs from a result, on the values of the
 * document: worked out with that layer's own parameters. Of a transposed convolution.
 */
export function twinDifference({ plan, input, weight }: Compared, { answer, outcome }: Result): number | undefined {
  if (plan.kind === 'conv') return undefined;
  const { axes, zeros } = torchParts(cutsOf(plan, answer.axes));
  const kernel = answer.turned
    ? flip(
        weight,
        plan.axes.map((_, axis) => axis + 2),
      )
    : weight;
  const op = {
    kind: plan.kind,
    stride: plan.axes.map(({ stride }) => stride),
    dilation: answer.axes.map(({ dilation }) => dilation),
    padding: axes.map(({ padding }) => padding),
    outputPadding: axes.map(({ outputPadding }) => outputPadding),
  };
  const resolution = resolve(op, input.shape, weight.shape);
  if (!resolution.ok) return undefined;
  const layer = gather(resolution.plan, input, kernel);
  const made = remap(layer, outcome.output.shape, (index, axis) =>
    axis < 2 ? index : index - zeros[axis - 2][0] + (axes[axis - 2].slice?.from ?? 0),
  );
  return differenceOf(made, outcome.output)?.largest;
}
