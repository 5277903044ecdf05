// Minimal filtering against the definitions: tiles of two outputs that end anywhere, and the values that it must leave
// to the direct product.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { computeReference } from '../../../src/core/kernels/compute';
import type { Tensor } from '../../../src/core/operation';
import type { Plan } from '../../../src/core/plan';
import { zeros } from '../../../src/core/tensor/tensor';
import { CancelledError } from '../../../src/engine/cancel';
import { denseShape } from '../../../src/engine/kernels/dense';
import { Machine } from '../../../src/engine/kernels/machine';
import { winogradShape } from '../../../src/engine/kernels/winograd';
import {
  check,
  checkOn,
  type Configuration,
  isLegal,
  machineRun,
  pad,
  planOf,
  type Run,
  size,
  values,
} from './agreement';
import { builds } from './support';

const RUNS = 40;

/** Whether the route is the one that is chosen, for either height of the product's tiles. */
const isChosen = (plan: Plan): boolean =>
  [true, false].every(
    (sixes) => winogradShape(plan, 'float32', sixes, denseShape(plan, 'float32', sixes)) !== undefined,
  );

/** Around whole tiles of 4 and of 6 rows. */
const channels = fc.constantFrom(16, 17, 18, 20, 24, 25);
const paddingMode = fc.constantFrom(
  'zeros' as const,
  'zeros' as const,
  'reflect' as const,
  'replicate' as const,
  'circular' as const,
);
const sides = { rows: size(3, 19), columns: size(5, 37) };

const families: Readonly<Record<string, fc.Arbitrary<Configuration>>> = {
  '3 × 3 and 2 × 2 convolutions, dilated': fc
    .record({
      kind: fc.constantFrom('conv' as const, 'convTranspose' as const),
      batch: size(1, 2),
      groups: size(1, 2),
      from: channels,
      to: channels,
      ...sides,
      taps: size(2, 3),
      dilation: fc.tuple(size(1, 3), size(1, 3)),
      pads: fc.tuple(pad(5), pad(5)),
      paddingMode,
    })
    .map(({ kind, batch, groups, from, to, rows, columns, taps, dilation, pads, paddingMode }) => ({
      op: {
        kind,
        stride: [1, 1],
        dilation,
        padding: pads,
        groups,
        ...(kind === 'conv' ? { paddingMode } : { outputPadding: [0, 0] }),
      },
      inputShape: [batch, groups * from, rows, columns],
      weightShape: kind === 'conv' ? [groups * to, from, taps, taps] : [groups * from, to, taps, taps],
    })),
  'transposed, the kernel twice or three times the stride': fc
    .record({
      batch: size(1, 2),
      groups: size(1, 2),
      from: channels,
      to: channels,
      ...sides,
      stride: fc.tuple(size(1, 3), size(1, 3)),
      taps: size(2, 3),
      pads: fc.tuple(pad(7), pad(7)),
      excess: fc.tuple(size(0, 2), size(0, 2)),
    })
    .map(({ batch, groups, from, to, rows, columns, stride, taps, pads, excess }) => ({
      op: {
        kind: 'convTranspose',
        stride,
        dilation: [1, 1],
        padding: pads,
        groups,
        outputPadding: stride.map((step, axis) => excess[axis] % step),
      },
      inputShape: [batch, groups * from, rows, columns],
      weightShape: [groups * from, to, ...stride.map((step) => taps * step)],
    })),
  'strided, the kernel twice or three times the stride': fc
    .record({
      batch: size(1, 2),
      from: channels,
      to: channels,
      rows: size(8, 30),
      columns: size(12, 50),
      stride: fc.tuple(size(1, 3), size(2, 3)),
      taps: size(2, 3),
      pads: fc.tuple(pad(4), pad(4)),
      paddingMode,
    })
    .map(({ batch, from, to, rows, columns, stride, taps, pads, paddingMode }) => ({
      op: { kind: 'conv', stride, dilation: [1, 1], padding: pads, paddingMode },
      inputShape: [batch, from, rows, columns],
      weightShape: [to, from, ...stride.map((step) => taps * step)],
    })),
  'three axes': fc
    .record({
      kind: fc.constantFrom('conv' as const, 'convTranspose' as const),
      from: channels,
      to: channels,
      planes: size(1, 4),
      rows: size(3, 9),
      columns: size(6, 20),
      depth: fc.tuple(size(1, 4), size(1, 3), size(1, 2)),
      pads: fc.tuple(pad(2), pad(2), pad(2)),
    })
    .map(({ kind, from, to, planes, rows, columns, depth: [taps, stride, dilation], pads }) => ({
      op: { kind, stride: [stride, 1, 1], dilation: [dilation, 1, 1], padding: pads },
      inputShape: [1, from, planes, rows, columns],
      weightShape: kind === 'conv' ? [to, from, taps, 3, 3] : [from, to, taps, 3, 3],
    })),
};

const layer: Configuration = {
  op: { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [1, 1] },
  inputShape: [1, 24, 18, 30],
  weightShape: [20, 24, 3, 3],
};
const upsampling: Configuration = {
  op: { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: [1, 1] },
  inputShape: [1, 24, 10, 16],
  weightShape: [24, 20, 4, 4],
};

/** Whole numbers in [−9, 9]. */
const integers = (shape: readonly number[], seed: number): Tensor => {
  const tensor = values('float32', shape, seed);
  tensor.data.forEach((value, index) => (tensor.data[index] = Math.round(9 * value)));
  return tensor;
};

for (const build of ['relaxed', 'simd128'] as const) {
  describe(`minimal filtering, ${build}`, () => {
    let run: Run;
    before(() => {
      run = machineRun(build);
    });

    for (const [name, arbitrary] of Object.entries(families)) {
      it(`${name}: agrees with the definition wherever it is chosen`, () => {
        const chosen = arbitrary.filter((configuration) => isLegal(configuration) && isChosen(planOf(configuration)));
        fc.assert(
          fc.property(chosen, fc.boolean(), (configuration, withBias) => {
            check(run, configuration, 'float32', withBias);
          }),
          { numRuns: RUNS },
        );
      }).timeout(120_000);
    }

    for (const [name, configuration] of Object.entries({ layer, upsampling })) {
      const plan = planOf(configuration);
      const input = values('float32', plan.inputShape, 1);
      const weight = values('float32', plan.weightShape, 2);

      it(`${name}: whole numbers come out exact`, () => {
        assert(isChosen(plan));
        const [x, w] = [integers(plan.inputShape, 1), integers(plan.weightShape, 2)];
        const output = zeros('float32', plan.outputShape);
        run(plan, { input: x.data, weight: w.data, output: output.data });
        assert.deepEqual(output.data, computeReference(plan, x, w).data);
      });

      it(`${name}: what is not finite reaches the outputs that read it, and no others`, () => {
        // Without padding, because a NaN in the kernel would meet the zeros of a padding, which the definition does not
        // read.
        const bare = planOf({
          ...configuration,
          op: { ...configuration.op, padding: name === 'layer' ? [0, 0] : [3, 3] },
        });
        for (const value of [Number.NaN, Infinity, -Infinity]) {
          for (const at of [0, 401, input.data.length - 1]) {
            const spoilt = { ...input, data: input.data.slice() };
            spoilt.data[at] = value;
            checkOn(run, plan, spoilt, weight);
          }
          const spoilt = { ...weight, data: weight.data.slice() };
          spoilt.data[100] = value;
          checkOn(run, bare, input, spoilt);
        }
      });

      it(`${name}: what overflows on the way alone does not overflow`, () => {
        const huge = { ...input, data: input.data.map((value) => 3.4e38 * value) };
        checkOn(run, plan, huge, { ...weight, data: weight.data.map((value) => 1e-3 * value) });
      });

      it(`${name}: large values beside small ones do not round them`, () => {
        const uneven = { ...input, data: input.data.map((value, index) => (index % 7 === 0 ? 1e6 * value : value)) };
        checkOn(run, plan, uneven, weight);
      });
    }

    it('a kernel that moves a channel moves it bit for bit', () => {
      const plan = planOf({ ...layer, weightShape: [24, 24, 3, 3] });
      const weight = zeros('float32', plan.weightShape);
      for (let channel = 0; channel < 24; channel++) weight.data[(channel * 24 + channel) * 9 + 4] = 1;
      const input = values('float32', plan.inputShape, 1);
      input.data.forEach((value, index) => (input.data[index] = value ** 9));
      const output = zeros('float32', plan.outputShape);
      run(plan, { input: input.data, weight: weight.data, output: output.data });
      assert.deepEqual(output.data, input.data);
    });

    it('is cancelled between tasks, and right afterwards', () => {
      const machine = new Machine(builds(), build);
      const plan = planOf(layer);
      const operands = {
        input: values('float32', plan.inputShape, 1).data,
        weight: values('float32', plan.weightShape, 2).data,
      };
      const output = new Float32Array(20 * plan.outputArea);
      let asked = 0;
      machine.run(plan, { ...operands, output }, { cancelled: () => ++asked < 0 });
      assert(asked > 24, `asked ${asked} times`);
      for (let after = 0; after < asked; after += 5) {
        let left = after;
        assert.throws(() => {
          machine.run(plan, { ...operands, output: new Float32Array(output.length) }, { cancelled: () => left-- <= 0 });
        }, CancelledError);
      }
      const again = new Float32Array(output.length);
      machine.run(plan, { ...operands, output: again }, {});
      assert.deepEqual(again, output);
    });
  });
}
