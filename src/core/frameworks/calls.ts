import type { Plan } from '../plan';
import type { FrameworkCall } from './call';
import { convCalls } from './convCalls';
import { transposedCalls } from './transposedCalls';

/**
 * A layer in every framework, in every usual way to say it, with what each answers: where it cuts or pads, or in which
 * words it refuses. The first is PyTorch's, which is the document itself. Held to what the frameworks answered
 * (test/oracle/everywhere.test.ts).
 */
export function frameworkCalls(plan: Plan): readonly FrameworkCall[] {
  return plan.kind === 'conv' ? convCalls(plan) : transposedCalls(plan);
}
