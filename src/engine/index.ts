import { biasGradient, type Compute, inputGradient } from '../core/kernels/gradients';
import { weightGradientByCorrelation } from '../core/kernels/weightCorrelation';
import type { ComputeRequest, CsrMatrix, MatrixRequest, Tensor } from '../core/operation';
import type { Plan } from '../core/plan';
import { elementCount } from '../core/tensor/tensor';
import { createKernels, freshCopy, type Helpers, type Hooks, type Kernels, type WasmBuilds } from './kernels';
import { requireData, requirePlan } from './memory';

export type { ComputeRequest, CsrMatrix, MatrixRequest, Operation, Tensor } from '../core/operation';
export { ProblemError } from '../core/problem';
export { CancelledError } from './cancel';
export { readBuilds } from './builds';
export { helperCount, helperStarter } from './helpers';
export type { Helpers, Hooks, Kernels, WasmBuilds } from './kernels';

export interface Gradients {
  /** Of the shape of the input, the weight and `(C_out)`. */
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias: Tensor;
}

/**
 * The engine on its own, in the calling thread. Every method throws `ProblemError` for what is illegal, before it
 * computes.
 */
export interface Engine {
  /** Output of shape `(N, C_out, …)`, or `(C_out, …)` for an unbatched input. */
  compute(request: ComputeRequest, hooks?: Hooks): Tensor;
  /** Of `Σ output · outputGradient`; the gradient has the output's shape. */
  gradients(request: ComputeRequest, outputGradient: Tensor, hooks?: Hooks): Gradients;
  /** C of the convolution, rows in C order of its outputs; of its transpose for a transposed one. */
  matrix(request: MatrixRequest, hooks?: Hooks): CsrMatrix;
  /** What lies below: flat values, shared memory, packed weights, products with C. */
  readonly kernels: Kernels;
  /** Ends helper threads. */
  dispose(): void;
}

export interface EngineSettings {
  /** `readBuilds(folder)` in Node; without them everything runs in plain TypeScript. */
  readonly builds?: WasmBuilds;
  /** Threads beside the caller's; none unless given. */
  readonly helpers?: Helpers;
}

export function createEngine({ builds, helpers }: EngineSettings = {}): Engine {
  const kernels = createKernels(builds, helpers);

  const run = (
    plan: Plan,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | undefined,
    hooks: Hooks | undefined,
  ): Tensor => {
    const made = kernels.allocate(input.dtype, elementCount(plan.outputShape));
    try {
      kernels.run(plan, { input: input.data, weight: weight.data, bias: bias?.data, output: made }, hooks);
      return { dtype: input.dtype, shape: plan.outputShape, data: freshCopy(made) };
    } finally {
      kernels.release(made);
    }
  };

  const planOf = ({ op, input, weight, bias }: ComputeRequest): Plan => {
    const plan = requirePlan({ op, inputShape: input.shape, weightShape: weight.shape, biasShape: bias?.shape });
    requireData('input', input);
    requireData('weight', weight);
    requireData('bias', bias);
    return plan;
  };

  return {
    kernels,
    compute(request, hooks) {
      return run(planOf(request), request.input, request.weight, request.bias, hooks);
    },
    gradients(request, outputGradient, hooks) {
      const plan = planOf(request);
      requireData('input', { ...outputGradient, shape: plan.outputShape });
      // The other operation, and a correlation: what computes the operation computes both.
      const compute: Compute = (other, input, weight) => run(other, input, weight, undefined, hooks);
      return {
        input: inputGradient(plan, request.weight, outputGradient, compute),
        weight: weightGradientByCorrelation(plan, request.input, outputGradient, compute),
        bias: biasGradient(plan, outputGradient),
      };
    },
    matrix({ op, inputShape, weight }, hooks) {
      const plan = requirePlan({ op, inputShape, weightShape: weight.shape });
      requireData('weight', weight);
      const { rows, columns, rowPointers, columnIndices, values, release } = kernels.matrix(plan, weight.data, hooks);
      const matrix: CsrMatrix = {
        rows,
        columns,
        rowPointers: freshCopy(rowPointers),
        columnIndices: freshCopy(columnIndices),
        values: freshCopy(values),
      };
      release();
      return matrix;
    },
    dispose() {
      kernels.dispose();
    },
  };
}
