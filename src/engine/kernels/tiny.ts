import { firstInputOf, weightPlane } from '../../core/kernels/channels';
import { forEachOutput } from '../../core/kernels/meetings';
import type { Plan } from '../../core/plan';
import type { Floats } from './route';

/** Up to here plain loops in the calling thread beat everything: there is nothing to set up. */
const TINY_MULTIPLY_ADDS = 8_000;

export const isTiny = (plan: Plan): boolean =>
  plan.multiplyAdds <= TINY_MULTIPLY_ADDS && plan.outputArea <= TINY_MULTIPLY_ADDS;

/**
 * For each output of one channel, which inputs of a channel meet which taps: `from[o] .. from[o + 1]` in both lists.
 */
export interface MeetingList {
  readonly from: Int32Array;
  readonly inputs: Int32Array;
  readonly taps: Int32Array;
}

export function meetingList(plan: Plan): MeetingList {
  const from = new Int32Array(plan.outputArea + 1);
  const inputs: number[] = [];
  const taps: number[] = [];
  forEachOutput(plan, (met, cell) => {
    inputs.push(...met.partners);
    taps.push(...met.taps);
    from[cell + 1] = inputs.length;
  });
  return { from, inputs: Int32Array.from(inputs), taps: Int32Array.from(taps) };
}

/** The definition over a ready list of meetings; sums in float64. */
export function runTiny(
  plan: Plan,
  list: MeetingList,
  input: Floats,
  weight: Floats,
  bias: Floats | undefined,
  output: Floats,
): void {
  const { batch, outputChannels, inputChannels, inputPerGroup, inputArea, outputArea, kernelArea } = plan;
  const { from, inputs, taps } = list;
  let target = 0;
  for (let n = 0; n < batch; n++) {
    for (let to = 0; to < outputChannels; to++) {
      const first = firstInputOf(plan, to);
      // Worked out once: in a loop for each output they take longer than its products.
      const kernels = weightPlane(plan, first, to) * kernelArea;
      const kernelStep = (weightPlane(plan, first + 1, to) - weightPlane(plan, first, to)) * kernelArea;
      const sources = (n * inputChannels + first) * inputArea;
      const start = bias ? bias[to] : 0;
      for (let cell = 0; cell < outputArea; cell++) {
        const end = from[cell + 1];
        let sum = start;
        for (let channel = 0; channel < inputPerGroup; channel++) {
          const source = sources + channel * inputArea;
          const kernel = kernels + channel * kernelStep;
          for (let m = from[cell]; m < end; m++) sum += input[source + inputs[m]] * weight[kernel + taps[m]];
        }
        output[target++] = sum;
      }
    }
  }
}
