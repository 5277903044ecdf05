import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { gather } from './gather';

/**
 * The operation by its definition, in the calling thread: the truth that faster kernels are checked against.
 * Shapes are those of the plan; nothing is checked again.
 */
export function computeReference(plan: Plan, input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  return gather(plan, input, weight, bias);
}
