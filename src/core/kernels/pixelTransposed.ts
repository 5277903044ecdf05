import { halves, NUMBERS } from '../formulas';
import type { Tensor } from '../operation';
import { resolve } from '../plan';
import { ProblemError } from '../problem';
import { zeros } from '../tensor/tensor';
import { gather } from './gather';
import { forEachPosition, stridesOf } from './positions';

/**
 * `pixel` leaves the input out of every concatenation but the first convolution's; `inputPixel` (iPixelTCL) keeps it in
 * all.
 */
export type PixelVariant = 'pixel' | 'inputPixel';

/**
 * Where each part goes at double size, in the order in which the parts are made: the even corner, the odd one, the
 * mixed ones.
 */
export const PLACES: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1: [[0], [1]],
  2: [
    [0, 0],
    [1, 1],
    [0, 1],
    [1, 0],
  ],
};

/**
 * Pixel transposed convolution (Gao et al., "Pixel Transposed Convolutional Networks", 2017), 1-D or 2-D, at stride 2:
 * parts `F1 = F∗k1`, `F2 = [F, F1]∗k2`, `F3 = [F, F1, F2]∗k3` … , each of stride 1 and the input's size, interleaved.
 * The ordinary transposed convolution is the same figure with each part made from `F` alone (see `phases`).
 *
 * `input` is `(N, C, …)`; kernel `n` is `(C_out, channels it reads, k…)`. Throws a ProblemError if one does not fit.
 */
export function pixelTransposed(input: Tensor, kernels: readonly Tensor[], variant: PixelVariant): Tensor {
  return interleaved(pixelParts(input, kernels, variant));
}

/** The parts alone, in the order in which they are made. */
export function pixelParts(input: Tensor, kernels: readonly Tensor[], variant: PixelVariant): readonly Tensor[] {
  const parts: Tensor[] = [];
  for (const [at, kernel] of kernels.entries()) {
    const read = at === 0 ? [input] : [...(variant === 'inputPixel' ? [input] : []), ...parts];
    parts.push(sameConvolution(concatenate(read), kernel));
  }
  return parts;
}

/** Parts written into every second place of an output of double size. */
export function interleaved(parts: readonly Tensor[]): Tensor {
  const [batch, channels, ...sizes] = parts[0].shape;
  const output = zeros(parts[0].dtype, [batch, channels, ...sizes.map((size) => 2 * size)]);
  parts.forEach((part, at) => place(part, output, PLACES[sizes.length][at]));
  return output;
}

/** Stride 1, keeping the size: `k − 1` zeros, the odd one at the end. */
function sameConvolution(input: Tensor, kernel: Tensor): Tensor {
  const sizes = kernel.shape.slice(2);
  const ones = sizes.map(() => 1);
  const padding = sizes.map((size) => halves(NUMBERS, size - 1));
  const resolution = resolve({ kind: 'conv', stride: ones, dilation: ones, padding }, input.shape, kernel.shape);
  if (!resolution.ok) throw new ProblemError(resolution.problems);
  return gather(resolution.plan, input, kernel);
}

/** Along the channel axis. All have the first's batch and sizes. */
function concatenate(tensors: readonly Tensor[]): Tensor {
  const [batch, , ...sizes] = tensors[0].shape;
  const joined = zeros(tensors[0].dtype, [batch, tensors.reduce((all, { shape }) => all + shape[1], 0), ...sizes]);
  const share = (tensor: Tensor): number => tensor.data.length / batch;
  let offset = 0;
  for (let n = 0; n < batch; n++) {
    for (const tensor of tensors) {
      joined.data.set(tensor.data.subarray(n * share(tensor), (n + 1) * share(tensor)), offset);
      offset += share(tensor);
    }
  }
  return joined;
}

function place(part: Tensor, output: Tensor, corner: readonly number[]): void {
  const strides = stridesOf(output.shape);
  forEachPosition(part.shape, (position, flat) => {
    const offset = position.reduce(
      (sum, index, at) => sum + (at < 2 ? index : 2 * index + corner[at - 2]) * strides[at],
      0,
    );
    output.data[offset] = part.data[flat];
  });
}
