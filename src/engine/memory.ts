import { describeBytes } from '../core/tensor/bytes';
import { elementCount, bytesPerElement } from '../core/tensor/tensor';
import type { CsrMatrix, Dtype, Tensor } from '../core/operation';
import { matrixExtent } from '../core/kernels/matrix';
import { type Plan, resolve } from '../core/plan';
import { type Problem, ProblemError, problem } from '../core/problem';
import { checkDtypes } from '../core/rules';
import type { ComputeCall } from '../protocol/engine';

export function memoryProblem(wanted: number, limit: number): Problem {
  return problem({
    code: 'memory-limit',
    field: 'memory',
    template: 'This needs {0}, above the limit of {1}.',
    args: [describeBytes(wanted), describeBytes(limit)],
  });
}

/** Refuses before memory is taken: an attempt that fails halfway could take the thread with it. */
export function requireMemory(wanted: number, limit: number): void {
  if (!(wanted <= limit)) throw new ProblemError([memoryProblem(wanted, limit)]);
}

/** Bytes of the output, and nothing else: input and weight exist already. */
export const outputBytes = (plan: Plan, dtype: Dtype): number =>
  elementCount(plan.outputShape) * bytesPerElement(dtype);

/** Of the CSR arrays, to the byte. */
export const matrixBytes = (plan: Plan, dtype: Dtype): number => matrixExtent(plan, dtype).bytes;

/** A tensor whose data do not fill its shape would be read past its end. */
export function requireData(field: 'input' | 'weight' | 'bias', tensor: Tensor | undefined): void {
  if (!tensor) return;
  const expected = elementCount(tensor.shape);
  const floats = tensor.dtype === 'float32' ? tensor.data instanceof Float32Array : tensor.data instanceof Float64Array;
  if (floats && tensor.data.length === expected) return;
  throw new ProblemError([
    problem({
      code: `${field}-data`,
      field,
      template: 'The {0} of shape [{1}] needs {2} values of type {3}, but has {4}.',
      args: [field, tensor.shape.join(', '), expected, tensor.dtype, tensor.data?.length ?? 0],
    }),
  ]);
}

/** The kernels read one type; PyTorch too refuses to mix them. */
export function requireSameTypes(...request: Parameters<typeof checkDtypes>): void {
  const problems = checkDtypes(...request);
  if (problems.length > 0) throw new ProblemError(problems);
}

/** The plan of a call, or the rejection that says what is illegal. */
export function requirePlan(
  call: Pick<ComputeCall, 'op'> & {
    inputShape: readonly number[];
    weightShape: readonly number[];
    biasShape?: readonly number[];
  },
): Plan {
  const resolution = resolve(call.op, call.inputShape, call.weightShape, call.biasShape);
  if (!resolution.ok) throw new ProblemError(resolution.problems);
  return resolution.plan;
}

export const matrixBuffers = (matrix: CsrMatrix): ArrayBuffer[] =>
  [matrix.rowPointers, matrix.columnIndices, matrix.values].flatMap((each) =>
    each.buffer instanceof ArrayBuffer ? [each.buffer] : [],
  );
