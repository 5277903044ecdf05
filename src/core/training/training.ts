import { forEachOutput } from '../kernels/meetings';
import type { Operation } from '../operation';
import type { Plan } from '../plan';
import { randomSource } from '../state/random';
import { elementCount } from '../tensor/tensor';
import type { Grid } from '../upsampling/grid';
import { LeastSquares } from '../upsampling/leastSquares';
import { planOn } from '../upsampling/transposed';
import { createOptimizer, type Optimizer } from './optimizers';

/** What is to be learned: the kernel of one plane's layer, so that its output is near to a target. */
export interface TrainingQuestion {
  readonly op: Operation;
  readonly input: Grid;
  /** Sizes of the kernel. */
  readonly kernel: readonly number[];
  /** Of the output's sizes; NaN where an output has no target, which then does not count. */
  readonly target: Grid;
  readonly optimizer: Optimizer;
  readonly rate: number;
  readonly seed: number;
  readonly steps: number;
}

/**
 * A run of training. The loss is the mean squared error over the outputs that have a target. It is a bowl over the
 * weights, `L(w) = L* + (w − w*)ᵀ·H/2·(w − w*)`, since the operation is linear in its kernel: so one pass over the
 * outputs tells all that the steps need, and the place where the run ends is known.
 */
export interface Training {
  /** The kernel at the start and after each step: `(steps + 1)·taps` values. Fewer steps where it diverged. */
  readonly kernels: Float64Array;
  readonly losses: Float64Array;
  readonly diverged: boolean;
  /** The least-squares solution `w*`, the shortest where there are several, and its loss. */
  readonly optimum: Float64Array;
  readonly optimumLoss: number;
  /** `H = ∂²L/∂w²`, `taps × taps`. The gradient at `w` is `H·(w − w*)`. */
  readonly curvature: Float64Array;
  /** The largest rate at which plain descent comes to rest: 2 over the largest curvature. */
  readonly largestRate: number;
  /** Outputs that have a target. */
  readonly outputs: number;
}

/** Outputs between two looks at whether the run was given up. */
const BETWEEN = 1024;

/** Each output that counts: its row of inputs by taps, and its target. The row is one and the same array. */
function forEachRow(
  plan: Plan,
  { input, target }: TrainingQuestion,
  visit: (row: Float64Array, target: number) => void,
): void {
  const row = new Float64Array(plan.kernelArea);
  forEachOutput(plan, ({ partners, taps }, cell) => {
    const wanted = target.data[cell];
    if (Number.isNaN(wanted)) return;
    row.fill(0);
    // Where padding repeats an element, a tap of it counts for each time.
    for (let at = 0; at < taps.length; at++) row[taps[at]] += input.data[partners[at]];
    visit(row, wanted);
  });
}

function productWith(matrix: Float64Array, vector: Float64Array, into: Float64Array): void {
  const count = vector.length;
  for (let at = 0; at < count; at++) {
    let sum = 0;
    for (let each = 0; each < count; each++) sum += matrix[at * count + each] * vector[each];
    into[at] = sum;
  }
}

/** The largest eigenvalue of a symmetric matrix without negative ones, by repeated multiplication. */
function largestOf(matrix: Float64Array, count: number): number {
  let vector = Float64Array.from({ length: count }, (_, at) => 1 + at / count);
  let next = new Float64Array(count);
  let size = 0;
  for (let round = 0; round < 1000; round++) {
    productWith(matrix, vector, next);
    const length = Math.hypot(...next);
    if (length === 0) return 0;
    const isSteady = Math.abs(length - size) <= 1e-13 * length;
    size = length;
    for (let at = 0; at < count; at++) next[at] /= length;
    [vector, next] = [next, vector];
    if (isSteady) break;
  }
  return size;
}

/** The kernel that a run begins with: uniform within ±1/√taps, as PyTorch begins a layer of one channel. */
export function firstKernel(taps: number, seed: number): Float64Array {
  const { uniform } = randomSource(seed);
  return Float64Array.from({ length: taps }, () => (2 * uniform() - 1) / Math.sqrt(taps));
}

/** The gradient of the loss at a kernel. */
export function gradientAt({ curvature, optimum }: Training, kernel: ArrayLike<number>): Float64Array {
  const gradient = new Float64Array(optimum.length);
  productWith(
    curvature,
    Float64Array.from(optimum, (best, at) => kernel[at] - best),
    gradient,
  );
  return gradient;
}

/** Throws a ProblemError where the layer is illegal on such an input. `between` is called now and then. */
export function train(question: TrainingQuestion, between: () => void = () => undefined): Training {
  const { op, input, kernel, optimizer, rate, seed, steps } = question;
  const taps = elementCount(kernel);
  const plan = planOn(input.shape, { op, kernel: { shape: kernel, data: new Float64Array(taps) } });
  const solver = new LeastSquares(taps, 1);
  const curvature = new Float64Array(taps * taps);
  let outputs = 0;
  forEachRow(plan, question, (row, target) => {
    if (outputs++ % BETWEEN === 0) between();
    for (let at = 0; at < taps; at++)
      if (row[at] !== 0) for (let each = 0; each < taps; each++) curvature[at * taps + each] += row[at] * row[each];
    solver.add(row.slice(), Float64Array.of(target));
  });
  for (let at = 0; at < curvature.length; at++) curvature[at] *= 2 / Math.max(1, outputs);
  const optimum = solver.solve()[0];
  let squares = 0;
  forEachRow(plan, question, (row, target) => {
    let sum = 0;
    for (let at = 0; at < taps; at++) sum += row[at] * optimum[at];
    squares += (sum - target) ** 2;
  });
  const optimumLoss = squares / Math.max(1, outputs);

  const kernels = new Float64Array((steps + 1) * taps);
  const losses = new Float64Array(steps + 1);
  const weights = firstKernel(taps, seed);
  const away = new Float64Array(taps);
  const gradient = new Float64Array(taps);
  const go = createOptimizer(optimizer, rate, taps);
  let done = 0;
  for (let step = 0; step <= steps; step++) {
    for (let at = 0; at < taps; at++) away[at] = weights[at] - optimum[at];
    productWith(curvature, away, gradient);
    const loss = optimumLoss + away.reduce((sum, each, at) => sum + each * gradient[at], 0) / 2;
    if (!Number.isFinite(loss)) break;
    kernels.set(weights, step * taps);
    losses[step] = loss;
    done = step;
    go(weights, gradient);
  }
  return {
    kernels: kernels.slice(0, (done + 1) * taps),
    losses: losses.slice(0, done + 1),
    diverged: done < steps || losses[done] > losses[0],
    optimum,
    optimumLoss,
    curvature,
    largestRate: 2 / largestOf(curvature, taps),
    outputs,
  };
}
