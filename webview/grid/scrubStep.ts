import type { Statistics } from '../../src/core/tensor/statistics';

/** A power of ten that is about a hundredth of what the tensor spans, and 1 for whole numbers that are not few. */
export function scrubStep(statistics: Pick<Statistics, 'min' | 'max'> | undefined, values: readonly number[]): number {
  const reach = Math.max(...values.map(Math.abs), statistics ? statistics.max - statistics.min : 0);
  if (!Number.isFinite(reach) || reach === 0) return 0.1;
  return 10 ** Math.min(0, Math.floor(Math.log10(reach)) - 1);
}
