import type { Operation } from '../../core/operation';
import type { Problem } from '../../core/problem';
import { checkOperation } from '../../core/rules';

/** Answers kept; a program has few different layers, so that what goes past this is not worth its memory. */
const MOST = 4_096;
const kept = new Map<string, readonly Problem[]>();

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
    found = checkOperation(operation, input, weight, bias).filter((each) => each.severity === 'error');
    if (kept.size >= MOST) kept.clear();
    kept.set(key, found);
  }
  return found;
}
