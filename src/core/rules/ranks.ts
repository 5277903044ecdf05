import type { Operation } from '../operation';
import { fieldCode, type Problem, type ProblemField, problem } from '../problem';
import { list, parameterName } from './words';

const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;

/**
 * The number of axes that weight, input and parameters speak of must agree before anything can be compared per axis.
 */
export function checkRanks(op: Operation, inputShape: readonly number[], weightShape: readonly number[]): Problem[] {
  const rank = weightShape.length - 2;
  if (rank < 1 || rank > 3) {
    const template = 'The weight has shape {0}; it needs two channel axes and 1 to 3 spatial axes.';
    return [problem({ code: 'weight-rank', field: 'weight', template, args: [list(weightShape)] })];
  }
  const shapes: readonly [ProblemField, readonly number[]][] = [
    ['input', inputShape],
    ['weight', weightShape],
  ];
  for (const [field, shape] of shapes) {
    if (shape.every(isSize)) continue;
    const template = 'A shape must consist of whole numbers of at least 0, but is {0}.';
    return [problem({ code: `${field}-sizes`, field, template, args: [list(shape)] })];
  }
  if (inputShape.length !== rank + 1 && inputShape.length !== rank + 2) return [inputRank(op, inputShape, rank)];
  return checkEntries(op, rank);
}

function inputRank(op: Operation, inputShape: readonly number[], rank: number): Problem {
  // Padding of another mode than zeros is an operation of its own in PyTorch, which is the first to meet the input.
  const padsApart = op.kind === 'conv' && (op.paddingMode ?? 'zeros') !== 'zeros';
  const name = `${op.kind === 'conv' ? 'conv' : 'conv_transpose'}${rank}d`;
  return problem({
    code: 'input-rank',
    field: 'input',
    template: 'The input has shape {0}; with this weight it needs {1} axes, or {2} without a batch axis.',
    args: [list(inputShape), rank + 2, rank + 1],
    framework: padsApart
      ? `Padding size ${2 * rank} is not supported for ${inputShape.length}D input tensor.`
      : `Expected ${rank + 1}D (unbatched) or ${rank + 2}D (batched) input to ${name}, but got input of size: ${list(inputShape)}`,
  });
}

/** PyTorch would repeat a single entry for every axis; here it is the caller who says so, by stating it for each. */
function checkEntries(op: Operation, rank: number): Problem[] {
  const perAxis: readonly [ProblemField, string, readonly unknown[] | undefined][] = [
    ['stride', 'stride', op.stride],
    ['dilation', 'dilation', op.dilation],
    ['padding', 'padding', op.padding],
    ['outputPadding', 'output_padding', op.outputPadding],
  ];
  return perAxis.flatMap(([field, name, entries]) => {
    if (entries === undefined || entries.length === rank) return [];
    return problem({
      code: `${fieldCode(field)}-rank`,
      field,
      template: 'The {0} has {1} entries; the weight has {2} spatial axes.',
      args: [parameterName(field), entries.length, rank],
      framework: `expected ${name} to be a single integer value or a list of ${rank} values to match the convolution dimensions, but got ${name}=[${entries.join(', ')}]`,
    });
  });
}
