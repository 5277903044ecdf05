import type { Statistics } from '../../src/core/tensor/statistics';

/**
 * A power of ten, at most 1: between a tenth and a hundredth of the range of the tensor's values, or of the value
 * itself where that is larger.
 */
export function scrubStep(statistics: Pick<Statistics, 'min' | 'max'> | undefined, values: readonly number[]): number {
  const reach = Math.max(...values.map(Math.abs), statistics ? statistics.max - statistics.min : 0);
  if (!Number.isFinite(reach) || reach === 0) return 0.1;
  return 10 ** Math.min(0, Math.floor(Math.log10(reach)) - 1);
}
