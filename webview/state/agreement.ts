import type { Plan } from '../../src/core/plan';
import type { Model } from '../model';

const sameShape = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((size, axis) => size === other[axis]);

/**
 * The plan of the last good result while the values on show still have its shapes: only then do its cells mean anything
 * in them.
 */
export function agreedPlan({ shown, seen }: Model): Plan | undefined {
  if (!shown || !seen) return undefined;
  const { plan } = shown;
  return sameShape(plan.inputShape, seen.head.inputShape) && sameShape(plan.weightShape, seen.head.weightShape)
    ? plan
    : undefined;
}
