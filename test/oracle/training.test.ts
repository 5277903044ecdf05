// Learning a kernel: PyTorch's optimizers step by step, its least-squares solution, and its autograd.
import assert from 'node:assert/strict';
import { gradientsOf, type Loss, LOSSES } from '../../src/core/derive/gradients';
import { subjectOf } from '../../src/core/derive/subject';
import { windowOf } from '../../src/core/derive/window';
import { flatIndex } from '../../src/core/explain/readout';
import { gather } from '../../src/core/kernels/gather';
import type { Kind, Operation } from '../../src/core/operation';
import { type Plan, resolve } from '../../src/core/plan';
import { elementCount } from '../../src/core/tensor/tensor';
import type { Optimizer } from '../../src/core/training/optimizers';
import { gradientAt, train, type Training } from '../../src/core/training/training';
import { readGolden } from './goldens';
import { reals } from './seeded';

interface Case {
  readonly seed: number;
  readonly kind: Kind;
  readonly input: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly number[];
  readonly outputPadding: readonly number[];
  readonly runs: readonly {
    readonly optimizer: Optimizer;
    readonly rate: number;
    readonly kernels: readonly (readonly number[])[];
    readonly losses: readonly number[];
  }[];
  readonly optimum: { readonly weights: readonly number[]; readonly loss: number };
  readonly gradients: Readonly<Record<Loss, readonly (readonly number[])[]>>;
}

const { cases, steps, kept } = readGolden<{
  readonly cases: readonly Case[];
  readonly steps: number;
  readonly kept: readonly number[];
}>('training');

function operationOf({ kind, stride, dilation, padding, outputPadding }: Case): Operation {
  return { kind, stride, dilation, padding, ...(kind === 'convTranspose' ? { outputPadding } : {}) };
}

function planOf(of: Case): Plan {
  const resolution = resolve(operationOf(of), [1, 1, ...of.input], [1, 1, ...of.kernel]);
  assert.ok(resolution.ok);
  return resolution.plan;
}

function trained(of: Case, optimizer: Optimizer, rate: number, count = steps): Training {
  const shape = planOf(of).outputShape.slice(2);
  return train({
    op: operationOf(of),
    input: { shape: of.input, data: Float64Array.from(reals(of.seed, of.input, 'float64').data) },
    kernel: of.kernel,
    target: { shape, data: Float64Array.from(reals(of.seed + 1, shape, 'float64').data) },
    optimizer,
    rate,
    seed: of.seed,
    steps: count,
  });
}

function near(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number, what: string): void {
  assert.equal(found.length, wanted.length, what);
  const most = Math.max(1, ...Array.from(wanted, Math.abs));
  for (let at = 0; at < wanted.length; at++)
    assert.ok(Math.abs(found[at] - wanted[at]) <= tolerance * most, `${what} [${at}]: ${found[at]}, not ${wanted[at]}`);
}

describe('learning a kernel, as PyTorch learns it', () => {
  for (const optimizer of ['descent', 'momentum', 'adam'] as const)
    it(`${optimizer}: the kernel and its loss, step by step`, () => {
      for (const of of cases) {
        const wanted = of.runs.find((each) => each.optimizer === optimizer);
        assert.ok(wanted);
        const { kernels, losses } = trained(of, optimizer, wanted.rate);
        const taps = elementCount(of.kernel);
        kept.forEach((step, at) => {
          // A weight that no input meets has a gradient of 0 but for rounding, which Adam makes as large as any.
          near(kernels.slice(step * taps, (step + 1) * taps), wanted.kernels[at], 1e-7, `${of.seed} step ${step}`);
          near([losses[step]], [wanted.losses[at]], 1e-9, `${of.seed} loss of step ${step}`);
        });
      }
    });

  it('the place where it ends: the least-squares solution', () => {
    for (const of of cases) {
      const { optimum, optimumLoss } = trained(of, 'descent', 0.01, 0);
      near(optimum, of.optimum.weights, 1e-8, `${of.seed} optimum`);
      near([optimumLoss], [of.optimum.loss], 1e-10, `${of.seed} loss of the optimum`);
    }
  });

  it('descends to it below the largest rate, and leaves it above', () => {
    let descended = 0;
    for (const of of cases.slice(0, 40)) {
      const { largestRate } = trained(of, 'descent', 0.01, 0);
      if (!Number.isFinite(largestRate)) continue;
      const below = trained(of, 'descent', 0.95 * largestRate, 3000);
      const { losses, optimumLoss } = below;
      assert.ok(!below.diverged, `${of.seed}`);
      assert.ok(losses[losses.length - 1] - optimumLoss < 0.1 * (losses[0] - optimumLoss) + 1e-12, `${of.seed}`);
      const above = trained(of, 'descent', 1.2 * largestRate, 3000);
      assert.ok(above.diverged, `${of.seed}: above the largest rate it should grow`);
      descended++;
    }
    assert.ok(descended > 30);
  });

  it('has no gradient at the optimum', () => {
    for (const of of cases) {
      const training = trained(of, 'descent', 0.01, 0);
      near(gradientAt(training, training.optimum), new Float64Array(training.optimum.length), 1e-15, `${of.seed}`);
    }
  });
});

describe('gradients of a loss, as autograd has them', () => {
  for (const loss of LOSSES)
    it(`${loss}: of input, kernel and bias`, () => {
      for (const of of cases) {
        const plan = planOf(of);
        const input = reals(of.seed, plan.inputShape, 'float64');
        const weight = reals(of.seed + 2, plan.weightShape, 'float64');
        const output = gather(plan, input, weight).data.map((value) => value + 0.25);
        const window = windowOf(plan, { batch: 0, from: 0, to: 0 }, undefined, Infinity);
        assert.ok(window?.whole);
        const values = { input: input.data, weight: weight.data, output, bias: Float64Array.of(0.25) };
        const shapes = { input: plan.inputShape, weight: plan.weightShape, output: plan.outputShape, bias: [1] };
        const subject = subjectOf(
          plan,
          window,
          'float64',
          (tensor, index) => values[tensor][flatIndex(shapes[tensor], index)],
          true,
        );
        const found = gradientsOf(subject, loss, Math.floor(output.length / 2));
        const [ofInput, ofWeight, ofBias] = of.gradients[loss];
        near(found.input.data, ofInput, 1e-12, `${of.seed} input`);
        near(found.weight.data, ofWeight, 1e-12, `${of.seed} kernel`);
        near([found.bias], ofBias, 1e-12, `${of.seed} bias`);
      }
    });
});
