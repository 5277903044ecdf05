import type { Dtype } from '../operation';

/** How many finite numbers other than 0 a type made infinite, and how many it made 0. */
export interface Lost {
  readonly large: number;
  readonly small: number;
}

const NONE: Lost = { large: 0, small: 0 };

/** What becomes of a number in this type: `large` is infinite there (from 3.4e38 on), `small` is 0 (below 1.4e-45). */
export function lostIn(value: number, dtype: Dtype): 'large' | 'small' | undefined {
  if (dtype === 'float64' || value === 0 || !Number.isFinite(value)) return undefined;
  const kept = Math.fround(value);
  if (!Number.isFinite(kept)) return 'large';
  return kept === 0 ? 'small' : undefined;
}

export function lostOf(values: ArrayLike<number>, dtype: Dtype): Lost {
  // What is float32 already has nothing to lose.
  if (dtype === 'float64' || values instanceof Float32Array) return NONE;
  let [large, small] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    const kept = Math.fround(value);
    if (kept === 0) {
      if (value !== 0) small++;
    } else if (kept - kept !== 0 && value - value === 0) large++;
  }
  return { large, small };
}

export const bothLost = (one: Lost, other: Lost): Lost => ({
  large: one.large + other.large,
  small: one.small + other.small,
});
