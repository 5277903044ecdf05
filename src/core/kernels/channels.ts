import type { Plan } from '../plan';

/** First input channel of the group that makes `outputChannel`; the group's channels follow it. */
export function firstInputOf(plan: Plan, outputChannel: number): number {
  return Math.floor(outputChannel / plan.outputPerGroup) * plan.inputPerGroup;
}

/**
 * Which kernel plane joins two channels of the same group, counted in planes of `kernelArea` elements.
 * The weight's first axis holds all channels of one side, its second those of one group of the other:
 * `(C_out, C_in/g)` for a convolution, `(C_in, C_out/g)` for a transposed one.
 */
export function weightPlane(plan: Plan, inputChannel: number, outputChannel: number): number {
  return plan.kind === 'conv'
    ? outputChannel * plan.inputPerGroup + (inputChannel % plan.inputPerGroup)
    : inputChannel * plan.outputPerGroup + (outputChannel % plan.outputPerGroup);
}
