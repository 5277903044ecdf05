import { biasGradient, inputGradient, weightGradient } from '../kernels/gradients';
import type { Tensor } from '../operation';
import { elementCount, tensorOf } from '../tensor/tensor';
import type { Subject } from './subject';

/** What is made small, or asked about: the sum of the outputs, half the sum of their squares, or one output alone. */
export const LOSSES = ['sum', 'squares', 'one'] as const;
export type Loss = (typeof LOSSES)[number];

/** Gradients of a loss on a window of a layer, each of the shape of what it is of: `(1, 1, spatial…)`, `(1)`. */
export interface Gradients {
  readonly output: Tensor;
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias: number;
}

const exact = ({ shape, data }: Tensor): Tensor => tensorOf('float64', shape, data);

/** `one` is the flat index of the output that the loss of that name is. In float64. */
export function gradientsOf(subject: Subject, loss: Loss, one: number): Gradients {
  const { plan, output } = subject;
  const slopes = Float64Array.from({ length: elementCount(output.shape) }, (_, at) => {
    switch (loss) {
      case 'sum':
        return 1;
      case 'squares':
        return output.data[at];
      case 'one':
        return at === one ? 1 : 0;
      default:
        return loss satisfies never;
    }
  });
  const slope = tensorOf('float64', output.shape, slopes);
  return {
    output: slope,
    input: inputGradient(plan, exact(subject.weight), slope),
    weight: weightGradient(plan, exact(subject.input), slope),
    bias: biasGradient(plan, slope).data[0],
  };
}
