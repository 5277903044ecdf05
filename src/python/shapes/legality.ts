import type { Operation } from '../../core/operation';
import type { Problem } from '../../core/problem';
import { checkOperation } from '../../core/rules';
import { softened } from './oneDnn';

/** Answers kept; a program has few different layers, so that what goes past this is not worth its memory. */
const MOST = 4_096;
const kept = new Map<string, readonly Problem[]>();

/**
 * In every mode but zeros PyTorch pads before it convolves, and a negative padding crops (`F.pad`). A document refuses
 * it (decision 11), but code that has it runs.
 */
function cropped(operation: Operation, input: readonly number[]): readonly [Operation, readonly number[]] {
  const { paddingMode, padding } = operation;
  const sides = padding.map((each): readonly [number, number] => (typeof each === 'number' ? [each, each] : each));
  const isCrop = sides.some(([begin, end]) => begin < 0 || end < 0);
  if (!isCrop || paddingMode === undefined || paddingMode === 'zeros') return [operation, input];
  const first = input.length - sides.length;
  return [
    { ...operation, padding: sides.map(([begin, end]): [number, number] => [Math.max(begin, 0), Math.max(end, 0)]) },
    input.map((size, axis) =>
      axis < first ? size : size + Math.min(sides[axis - first][0], 0) + Math.min(sides[axis - first][1], 0),
    ),
  ];
}

/**
 * What PyTorch refuses of an operation on tensors of these shapes. The same few layers are made and applied again and
 * again, in one reading and with every key press, and the rules were a seventh of the time of reading a file: asked
 * once, answered from memory.
 */
export function refusals(
  operation: Operation,
  input: readonly number[],
  weight: readonly number[],
  bias?: readonly number[],
): readonly Problem[] {
  const { kind, stride, dilation, padding, outputPadding, groups, paddingMode } = operation;
  // Every list has as many entries, or pairs of them, as the weight has spatial axes: joined they cannot be taken for
  // others.
  const key = `${kind} ${stride.join()} ${dilation.join()} ${padding.join()} ${outputPadding?.join() ?? ''} ${groups ?? ''} ${paddingMode ?? ''} ${input.join()} ${weight.join()} ${bias ? `[${bias.join()}]` : ''}`;
  let found = kept.get(key);
  if (!found) {
    const [meant, left] = cropped(operation, input);
    const refused = checkOperation(meant, left, weight, bias).filter((each) => each.severity === 'error');
    found = softened(refused, meant, left, weight);
    // What crops all there is was refused by the padding, in words that differ by the number of axes.
    if (left !== input) found = found.map(({ framework: _ofConvolution, ...each }) => each);
    if (kept.size >= MOST) kept.clear();
    kept.set(key, found);
  }
  return found;
}
