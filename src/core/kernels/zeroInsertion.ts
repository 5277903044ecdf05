import { kernelExtent, NUMBERS } from '../formulas';
import type { Tensor } from '../operation';
import { type Plan, resolve } from '../plan';
import { ProblemError } from '../problem';
import { zeros } from '../tensor/tensor';
import { gather } from './gather';
import { remap } from './windows';

/**
 * A transposed convolution as an ordinary one of stride 1: insert `s−1` zeros between the input's elements, pad by
 * `K−1−p` (crop where that is negative; the output padding is more of it at the end), flip the kernel along every
 * spatial axis. (Dumoulin & Visin, "A guide to convolution arithmetic", 2016, relationship 14.)
 */
export function zeroInsertion(plan: Plan, input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const stretched = padStretched(plan, insertZeros(plan, input));
  const flipped = flipKernel(plan, weight);
  const everyAxis = (value: number): number[] => plan.axes.map(() => value);
  const resolution = resolve(
    {
      kind: 'conv',
      stride: everyAxis(1),
      padding: everyAxis(0),
      dilation: plan.axes.map((axis) => axis.dilation),
      groups: plan.groups,
    },
    stretched.shape,
    flipped.shape,
    bias?.shape,
  );
  if (!resolution.ok) throw new ProblemError(resolution.problems);
  return gather(resolution.plan, stretched, flipped, bias);
}

const leadingShape = (plan: Plan): readonly number[] => plan.inputShape.slice(0, -plan.rank);

/** Every spatial axis from `i` to `(i−1)s + 1` elements. */
export function insertZeros(plan: Plan, input: Tensor): Tensor {
  const leading = leadingShape(plan);
  const shape = [...leading, ...plan.axes.map((axis) => kernelExtent(NUMBERS, axis.input, axis.stride))];
  return remap(input, shape, (index, at) =>
    at < leading.length ? index : index / plan.axes[at - leading.length].stride,
  );
}

/** Every spatial axis to `o + K − 1` elements: just what a dense stride-1 convolution needs for `o` outputs. */
export function padStretched(plan: Plan, stretched: Tensor): Tensor {
  const leading = leadingShape(plan);
  const shape = [...leading, ...plan.axes.map((axis) => axis.output + axis.extent - 1)];
  return remap(stretched, shape, (index, at) => {
    if (at < leading.length) return index;
    const { extent, padBegin } = plan.axes[at - leading.length];
    return index - (extent - 1 - padBegin);
  });
}

/**
 * From `(C_in, C_out/g, k…)` to a convolution's `(C_out, C_in/g, k…)`, every tap mirrored through the kernel's centre.
 */
export function flipKernel(plan: Plan, weight: Tensor): Tensor {
  const { inputPerGroup, outputPerGroup, outputChannels, kernelArea } = plan;
  const flipped = zeros(weight.dtype, [outputChannels, inputPerGroup, ...plan.weightShape.slice(2)]);
  for (let to = 0; to < outputChannels; to++) {
    const group = Math.floor(to / outputPerGroup);
    for (let from = 0; from < inputPerGroup; from++) {
      const target = (to * inputPerGroup + from) * kernelArea;
      const source = ((group * inputPerGroup + from) * outputPerGroup + (to % outputPerGroup)) * kernelArea;
      // Reversing the flat order of a C-order block reverses every one of its axes.
      for (let tap = 0; tap < kernelArea; tap++)
        flipped.data[target + tap] = weight.data[source + kernelArea - 1 - tap];
    }
  }
  return flipped;
}
