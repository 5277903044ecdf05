import { UNIT_AXIS } from '../../core/kernels/lattice';
import type { Plan } from '../../core/plan';

/**
 * An operation whose kernel is one element that meets every input once is the same on planes of any shape: as one axis
 * it has no ends of rows, where vectors stand partly empty.
 */
export function flattened(plan: Plan): Plan {
  const { axes, inputArea } = plan;
  const isPointwise = axes.every(
    ({ kernel, stride, padBegin, input, output }) => kernel === 1 && stride === 1 && padBegin === 0 && output === input,
  );
  if (!isPointwise) return plan;
  return { ...plan, rank: 1, axes: [{ ...UNIT_AXIS, input: inputArea, output: inputArea }] };
}
