import { check, Door } from '../door';
import type { Operation } from '../operation';
import type { Problem, ProblemField } from '../problem';

/** More axes than any tensor here has; a list that is longer is a mistake, not a shape. */
const MOST_AXES = 16;

/**
 * Requests may come from outside, where a type is only a promise: what has not the stated form is refused before
 * anything is computed from it.
 */
export function checkForm(
  op: Operation,
  inputShape: unknown,
  weightShape: unknown,
  biasShape: unknown,
): readonly Problem[] {
  const form = check(() => {
    const operation = new Door(op, 'operation', 'kind');
    const part = (name: keyof Operation, field: ProblemField): Door => new Door(operation.at(name).value, name, field);
    part('kind', 'kind').oneOf('conv', 'convTranspose');
    part('stride', 'stride').numbers(MOST_AXES);
    part('dilation', 'dilation').numbers(MOST_AXES);
    for (const sides of part('padding', 'padding').items(MOST_AXES)) {
      if (typeof sides.value === 'number') continue;
      if (sides.numbers(2).length !== 2) throw sides.refuse('one number, or two for begin and end');
    }
    const added = part('outputPadding', 'outputPadding');
    if (added.value !== undefined) added.numbers(MOST_AXES);
    const groups = part('groups', 'groups');
    if (groups.value !== undefined && typeof groups.value !== 'number') throw groups.refuse('a number');
    const mode = part('paddingMode', 'paddingMode');
    if (mode.value !== undefined) mode.oneOf('zeros', 'reflect', 'replicate', 'circular');
    new Door(inputShape, 'inputShape', 'input').numbers(MOST_AXES);
    new Door(weightShape, 'weightShape', 'weight').numbers(MOST_AXES);
    if (biasShape !== undefined) new Door(biasShape, 'biasShape', 'bias').numbers(MOST_AXES);
  });
  return form.ok ? [] : form.problems;
}
