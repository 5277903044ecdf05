import type { Plan } from '../../src/core/plan';
import type { Model } from '../model';

const sameShape = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((size, axis) => size === other[axis]);

/**
 * The plan of the last good result while the values on show still have its shapes: only then do its cells mean anything
 * in them.
 */
export function agreedPlan({ computed, received }: Model): Plan | undefined {
  if (!computed || !received) return undefined;
  const { plan } = computed;
  const { inputShape, weightShape } = received.head;
  return sameShape(plan.inputShape, inputShape) && sameShape(plan.weightShape, weightShape) ? plan : undefined;
}
