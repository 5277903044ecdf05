import type { Operation } from '../operation';
import type { Problem } from '../problem';
import { checkChannels } from './channels';
import { checkForm } from './form';
import { checkNumbers } from './numbers';
import { checkPaddingMode } from './paddingMode';
import { ask } from './question';
import { checkRanks } from './ranks';
import { checkOutputPadding, checkSizes } from './sizes';

export { checkDtypes } from './dtypes';
export { axisName } from './words';

/**
 * Every reason why PyTorch would refuse this operation on tensors of these shapes; empty when it would not.
 *
 * Each rule was run against PyTorch 2.15 both ways (`test/oracle/legality.test.ts`), float64: what it refuses is
 * refused, with its message as `framework`; what it takes is taken. Where its backends differ, the strict one is
 * followed, and negative padding is refused although PyTorch takes it: docs/decisions/0011.
 */
export function checkOperation(
  op: Operation,
  inputShape: readonly number[],
  weightShape: readonly number[],
  biasShape?: readonly number[],
): readonly Problem[] {
  const form = checkForm(op, inputShape, weightShape, biasShape);
  if (form.length > 0) return form;
  const ranks = checkRanks(op, inputShape, weightShape);
  if (ranks.length > 0) return ranks;
  const question = ask(op, inputShape, weightShape, biasShape);
  const numbers = checkNumbers(question);
  if (numbers.length > 0) return numbers;
  const channels = checkChannels(question);
  if (channels.some((each) => each.code === 'kernel-empty')) return channels;
  return [...channels, ...checkPaddingMode(question), ...checkOutputPadding(question), ...checkSizes(question)];
}
