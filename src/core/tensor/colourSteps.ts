import type { Statistics } from './statistics';

/** Colours of a map: enough for the eye. */
export const STEPS = 256;

/**
 * The range of the values, or the range around zero that contains them. It is never empty, because equal values need a
 * colour too.
 */
export function naturalLimits(
  { min, max }: Pick<Statistics, 'min' | 'max'>,
  diverging: boolean,
): readonly [low: number, high: number] {
  if (diverging) {
    const reach = Math.max(Math.abs(min), Math.abs(max)) || 1;
    return [-reach, reach];
  }
  return max > min ? [min, max] : [min - 0.5, max + 0.5];
}

/** Between these limits, the step of the map for a value; what lies outside has an end's. NaN has the middle's. */
export function stepOf({ low, high }: { readonly low: number; readonly high: number }, value: number): number {
  if (Number.isNaN(value)) return STEPS / 2;
  if (value <= low) return 0;
  if (value >= high) return STEPS - 1;
  // Halves first: the difference of two large limits of opposite sign may be infinite.
  const share = (value / 2 - low / 2) / (high / 2 - low / 2);
  return Math.min(STEPS - 1, Math.floor(share * STEPS));
}
