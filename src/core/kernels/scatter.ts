import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { elementCount, tensorOf } from '../tensor/tensor';
import { firstInputOf, weightPlane } from './channels';
import { forEachInput } from './meetings';

/**
 * The same operation, input by input (overlap-add): each input element, times the whole kernel, is added into the
 * output wherever a tap of it lands. For a transposed convolution these are its stamps, `stride` apart and cropped by
 * the padding. Sums are kept in float64 whatever the dtype; the result is stored in the input's.
 */
export function scatter(plan: Plan, input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const { batch, inputChannels, outputChannels, inputPerGroup, inputArea, outputArea, kernelArea } = plan;
  const sums = new Float64Array(elementCount(plan.outputShape));
  if (bias) sums.forEach((_, at) => (sums[at] = bias.data[Math.floor(at / outputArea) % outputChannels]));

  forEachInput(plan, ({ partners, taps }, cell) => {
    for (let n = 0; n < batch; n++) {
      for (let to = 0; to < outputChannels; to++) {
        const first = firstInputOf(plan, to);
        const outputBase = (n * outputChannels + to) * outputArea;
        for (let from = first; from < first + inputPerGroup; from++) {
          const value = input.data[(n * inputChannels + from) * inputArea + cell];
          const weightBase = weightPlane(plan, from, to) * kernelArea;
          for (let m = 0; m < taps.length; m++) {
            sums[outputBase + partners[m]] += value * weight.data[weightBase + taps[m]];
          }
        }
      }
    }
  });
  return tensorOf(input.dtype, plan.outputShape, sums);
}
