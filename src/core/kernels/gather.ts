import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { zeros } from '../tensor/tensor';
import { firstInputOf, weightPlane } from './channels';
import { crossMeetings, forEachOutput, meetingsOfOutput } from './meetings';
import { inputSizes, kernelSizes } from './positions';

/**
 * The definition, output by output: each is the bias plus the sum of every input times the tap under which it lies.
 * Sums are kept in float64 whatever the dtype; the result is stored in the input's.
 */
export function gather(plan: Plan, input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const { batch, inputChannels, outputChannels, inputPerGroup, inputArea, outputArea, kernelArea } = plan;
  const output = zeros(input.dtype, plan.outputShape);

  forEachOutput(plan, ({ partners, taps }, cell) => {
    for (let n = 0; n < batch; n++) {
      for (let to = 0; to < outputChannels; to++) {
        const first = firstInputOf(plan, to);
        let sum = bias ? bias.data[to] : 0;
        for (let from = first; from < first + inputPerGroup; from++) {
          const inputBase = (n * inputChannels + from) * inputArea;
          const weightBase = weightPlane(plan, from, to) * kernelArea;
          for (let m = 0; m < taps.length; m++) {
            sum += input.data[inputBase + partners[m]] * weight.data[weightBase + taps[m]];
          }
        }
        output.data[(n * outputChannels + to) * outputArea + cell] = sum;
      }
    }
  });
  return output;
}

/** Some outputs by the same definition, in the order of their flat indices; as float64, before they are stored. */
export function gatherAt(
  plan: Plan,
  input: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  indices: ArrayLike<number>,
): Float64Array {
  const { outputChannels, inputChannels, inputPerGroup, inputArea, outputArea, kernelArea, axes } = plan;
  const [inputs, kernels] = [inputSizes(plan), kernelSizes(plan)];
  return Float64Array.from(indices, (index) => {
    const channel = Math.floor(index / outputArea);
    const [n, to] = [Math.floor(channel / outputChannels), channel % outputChannels];
    let rest = index % outputArea;
    const along = axes
      .toReversed()
      .map((axis) => {
        const at = rest % axis.output;
        rest = Math.floor(rest / axis.output);
        return meetingsOfOutput(plan, axis, at);
      })
      .reverse();
    const { partners, taps } = crossMeetings(along, inputs, kernels);
    const first = firstInputOf(plan, to);
    let sum = bias ? bias.data[to] : 0;
    for (let from = first; from < first + inputPerGroup; from++) {
      const inputBase = (n * inputChannels + from) * inputArea;
      const weightBase = weightPlane(plan, from, to) * kernelArea;
      for (let m = 0; m < taps.length; m++)
        sum += input.data[inputBase + partners[m]] * weight.data[weightBase + taps[m]];
    }
    return sum;
  });
}
