import type { Field } from '../model/tensor';
import { isKnown, type Size } from '../sizes/size';

/** What a layer makes of an input of one shape. */
export interface Outcome {
  readonly shape: readonly Size[];
  /** The receptive field, and the one before the layer from which it was worked out. */
  field?: readonly [before: readonly Field[] | undefined, after: readonly Field[]];
}

/** A layer is seldom applied to more shapes. */
const MOST = 16;

/** The outcomes so far of a layer that is the same wherever it is made, see `Bound.once`. */
export class Outcomes<T extends Outcome> {
  private readonly kept: T[] = [];

  /** What has been worked out for this shape. */
  known(shape: readonly Size[]): T | undefined {
    for (const each of this.kept) if (sameNumbers(each.shape, shape)) return each;
    return undefined;
  }

  of(shape: readonly Size[], make: () => T): T {
    const known = this.known(shape);
    if (known) return known;
    const outcome = make();
    if (shape.every(isKnown)) {
      if (this.kept.length >= MOST) this.kept.length = 0;
      this.kept.push(outcome);
    }
    return outcome;
  }
}

function sameNumbers(a: readonly Size[], b: readonly Size[]): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** The receptive field after the layer; the one before is mostly the same object again. */
export function fieldAfter(
  outcome: Outcome,
  before: readonly Field[] | undefined,
  workOut: () => readonly Field[],
): readonly Field[] {
  const { field } = outcome;
  if (field && field[0] === before) return field[1];
  const after = workOut();
  outcome.field = [before, after];
  return after;
}
