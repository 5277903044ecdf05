import assert from 'node:assert/strict';
import { builds } from '../unit/engine/support';
import { inputGradient } from '../../src/core/kernels/gradients';
import { weightGradientByCorrelation } from '../../src/core/kernels/weightCorrelation';
import type { Dtype, Tensor } from '../../src/core/operation';
import type { Plan } from '../../src/core/plan';
import { tensorOf, zeros } from '../../src/core/tensor/tensor';
import { createKernels, type Operands } from '../../src/engine/kernels';
import { Machine } from '../../src/engine/kernels/machine';
import { runPlain } from '../../src/core/kernels/plain';
import { decodeCase, readDoubles, readGolden, summaryAgrees, summaryOf } from './goldens';
import { reals } from './seeded';

type Run = (plan: Plan, operands: Operands) => void;

/** Every way in which the engine can compute; each must do so for any size. */
const ways: Readonly<Record<string, () => Run>> = {
  'relaxed SIMD': () => machineRun('relaxed'),
  SIMD128: () => machineRun('simd128'),
  'plain TypeScript':
    () =>
    (plan, { input, weight, bias, output }) => {
      runPlain(plan, input, weight, bias, output, () => undefined);
    },
  'whichever the size asks for': () => {
    const kernels = createKernels(builds());
    return (plan, operands) => {
      kernels.run(plan, operands);
    };
  },
};

function machineRun(build: 'relaxed' | 'simd128'): Run {
  const machine = new Machine(builds(), build);
  return (plan, operands) => {
    machine.run(plan, operands, {});
  };
}

/** The engine's run in the form of the reference kernels. */
const computeBy =
  (run: Run) =>
  (plan: Plan, input: Tensor, weight: Tensor, bias?: Tensor): Tensor => {
    const output = zeros(input.dtype, plan.outputShape);
    run(plan, { input: input.data, weight: weight.data, bias: bias?.data, output: output.data });
    return output;
  };

const absolute = (tensor: Tensor): Tensor => tensorOf('float64', tensor.shape, tensor.data.map(Math.abs));

/** The promise: float32 within 1e-5 of the float64 truth, scaled by Σ|x||w|; float64 as good as its own rounding. */
const tolerance: Readonly<Record<Dtype, number>> = { float32: 1e-5, float64: 1e-12 };

const families = [
  ...[1, 2, 3].flatMap((rank) =>
    (['float32', 'float64'] as const).map((dtype) => ({
      name: `breadth-${rank}d-${dtype}`,
      what: `random ${rank}-D`,
      dtype,
    })),
  ),
  ...(['float32', 'float64'] as const).map((dtype) => ({ name: `layers-${dtype}`, what: 'layer-sized', dtype })),
];

for (const { name, what, dtype } of families) {
  const { cases } = readGolden<{ cases: readonly (readonly number[])[] }>(name);
  const values = readDoubles(name);

  describe(`the engine on ${cases.length} ${what} ${dtype} configurations against PyTorch’s float64`, () => {
    const goldens = cases.map((numbers, index) => decodeCase(numbers, index * 16, dtype));
    /** Σ|x||w| of each tensor of each case; the same for every way. */
    let scales: readonly (readonly Tensor[])[] = [];
    before(() => {
      const compute = computeBy(ways['whichever the size asks for']());
      scales = goldens.map(({ plan, input, weight, bias, seed }) => {
        const [x, w, slope] = [input, weight, reals(seed + 3, plan.outputShape, dtype)].map(absolute);
        return [
          compute(plan, x, w, bias && absolute(bias)),
          inputGradient(plan, w, slope, compute),
          weightGradientByCorrelation(plan, x, slope, compute),
        ];
      });
    });

    for (const [way, create] of Object.entries(ways)) {
      // Plain TypeScript takes half a minute for the layers, and has no sizes at which it does anything else.
      if (way === 'plain TypeScript' && what === 'layer-sized') continue;
      it(`output and both gradients by ${way}`, () => {
        const compute = computeBy(create());
        goldens.forEach(({ plan, input, weight, bias, seed, title }, index) => {
          const slope = reals(seed + 3, plan.outputShape, dtype);
          const results = [
            compute(plan, input, weight, bias),
            inputGradient(plan, weight, slope, compute),
            weightGradientByCorrelation(plan, input, slope, compute),
          ];
          results.forEach((result, which) => {
            const wrong = summaryAgrees(
              result,
              seed + 4 + which,
              summaryOf(values, index, which),
              scales[index][which].data,
              tolerance[dtype],
            );
            assert.equal(wrong, undefined, `${['output', 'input gradient', 'weight gradient'][which]} of ${title}`);
          });
        });
      });
    }
  });
}
