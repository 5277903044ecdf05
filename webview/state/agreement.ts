import type { Plan } from '../../src/core/plan';
import type { Model } from '../model';

const sameShape = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((size, axis) => size === other[axis]);

/**
 * The plan of the output on show, if the input and kernel on show have its shapes. If they have others, the plan's
 * cells are not cells of theirs.
 */
export function agreedPlan({ computed, received }: Model): Plan | undefined {
  if (!computed || !received) return undefined;
  const { plan } = computed;
  const { inputShape, weightShape } = received.head;
  return sameShape(plan.inputShape, inputShape) && sameShape(plan.weightShape, weightShape) ? plan : undefined;
}
