import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { elementCount, tensorOf } from '../tensor/tensor';
import { firstInputOf, weightPlane } from './channels';
import { meetingsOfInput } from './meetings';
import { forEachPosition, inputSizes } from './positions';

/**
 * The same operation, input by input (overlap-add): each input element, times the whole kernel, is added into the output
 * wherever a tap of it lands. For a transposed convolution these are its stamps, `stride` apart and cropped by the padding.
 * Sums are kept in float64 whatever the dtype; the result is stored in the input's.
 */
export function scatter(plan: Plan, input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const { batch, inputChannels, outputChannels, inputPerGroup, inputArea, outputArea, kernelArea } = plan;
  const sums = new Float64Array(elementCount(plan.outputShape));
  if (bias) sums.forEach((_, at) => (sums[at] = bias.data[Math.floor(at / outputArea) % outputChannels]));
  const landings = plan.axes.map((axis) => Array.from({ length: axis.input }, (_, index) => meetingsOfInput(plan, axis, index)));

  forEachPosition(inputSizes(plan), (position, cell) => {
    let outputs = [0];
    let taps = [0];
    plan.axes.forEach((axis, index) => {
      const landed = landings[index][position[index]];
      outputs = outputs.flatMap((base) => landed.map(({ output }) => base * axis.output + output));
      taps = taps.flatMap((base) => landed.map(({ tap }) => base * axis.kernel + tap));
    });
    for (let n = 0; n < batch; n++) {
      for (let to = 0; to < outputChannels; to++) {
        const first = firstInputOf(plan, to);
        const outputBase = (n * outputChannels + to) * outputArea;
        for (let from = first; from < first + inputPerGroup; from++) {
          const value = input.data[(n * inputChannels + from) * inputArea + cell];
          const weightBase = weightPlane(plan, from, to) * kernelArea;
          for (let m = 0; m < outputs.length; m++) {
            sums[outputBase + outputs[m]] += value * weight.data[weightBase + taps[m]];
          }
        }
      }
    }
  });
  return tensorOf(input.dtype, plan.outputShape, sums);
}
