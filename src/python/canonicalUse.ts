import type { StoredAs } from '../core/frameworks/weights';
import type { Operation } from '../core/operation';
import type { Dim, Report, Use } from './report';

/**
 * One use of a layer in PyTorch's terms, whatever framework it is of: channels before the spatial axes, weight `(O,
 * I/g, k…)` or `(I, O/g, k…)`.
 */
export interface CanonicalUse {
  readonly op: Operation;
  readonly inputShape: readonly Dim[];
  readonly outputShape: readonly Dim[];
  readonly weightShape: readonly number[];
}

function channelsFirst(shape: readonly Dim[], rank: number, last: boolean | undefined): readonly Dim[] {
  const batch = shape.slice(0, shape.length - rank - 1);
  return last ? [...batch, shape[shape.length - 1], ...shape.slice(batch.length, -1)] : shape;
}

/**
 * Nothing where a parameter or a channel count is not a known number, and for layers that are two operations
 * (`SeparableConv2D`). The weight's shape is worked out from channels and kernel: the order of its axes differs from
 * framework to framework.
 */
export function canonicalUse({ callee, rank }: Report, use: Use): CanonicalUse | undefined {
  const { operation: op, channelsLast, axes } = use;
  if (!op || callee.includes('Separable') || (use.inputShape.length !== rank + 1 && use.inputShape.length !== rank + 2))
    return undefined;
  const inputShape = channelsFirst(use.inputShape, rank, channelsLast);
  const outputShape = channelsFirst(use.outputShape, rank, channelsLast);
  const [input, output] = [inputShape, outputShape].map((shape) => shape[shape.length - rank - 1]);
  const kernel = axes.flatMap(({ extent }, axis) =>
    typeof extent === 'number' ? [(extent - 1) / op.dilation[axis] + 1] : [],
  );
  if (typeof input !== 'number' || typeof output !== 'number' || kernel.length !== rank) return undefined;
  const groups = op.groups ?? 1;
  return {
    op,
    inputShape,
    outputShape,
    weightShape: op.kind === 'conv' ? [output, input / groups, ...kernel] : [input, output / groups, ...kernel],
  };
}

/** How the framework of a call stores its weight; of JAX's functions as they take it unless told otherwise. */
export function storedAs({
  framework,
  callee,
  family,
  parameters,
}: Pick<Report, 'framework' | 'callee' | 'family' | 'parameters'>): StoredAs {
  const transposed = family === 'convTranspose';
  switch (framework) {
    case 'keras':
    case 'tensorflow':
      return transposed ? 'keras-convtranspose' : /depthwise/i.test(callee) ? 'keras-depthwise' : 'keras-conv';
    case 'flax':
    case 'jax':
      // The kernel of the convolution whose transpose it is has neither its channels swapped nor its taps mirrored.
      if (transposed) return parameters.transpose_kernel === true ? 'keras-convtranspose' : 'jax-convtranspose';
      return framework === 'flax' ? 'keras-conv' : 'torch-conv';
    case 'torch':
    case 'paddle':
    case 'onnx':
      return transposed ? 'torch-convtranspose' : 'torch-conv';
    default: {
      const never: never = framework;
      return never;
    }
  }
}
