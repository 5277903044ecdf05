import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deriveSize, inputsOfOutput, paddingPair, productsAt, stampedLength } from '../../../../src/core/derive/size';
import { planAxis } from '../../../../src/core/axis';
import { forEachOutput } from '../../../../src/core/kernels/meetings';
import { resolve } from '../../../../src/core/plan';
import { anyCase, cases, planOf } from '../arbitraries';

const runs = { numRuns: 300, seed: 20261129 };
const k3 = [1, 1, 3, 3] as const;

describe('the size, term by term', () => {
  it('of the worked k 3, s 2, p 1, op 1 on 4 is 6 + 3 − 2 + 1 = 8', () => {
    const plan = planOf(
      { kind: 'convTranspose', stride: [2, 2], padding: [1, 1], dilation: [1, 1], outputPadding: [1, 1] },
      [1, 1, 4, 4],
      k3,
    );
    const { terms, result } = deriveSize(plan.kind, plan.axes[0]);
    assert.deepEqual(
      terms.map(({ symbol, numbers, adds, sum }) => [symbol, numbers, adds, sum]),
      [
        ['(i−1)·s', '3·2', 6, 6],
        ['d(k−1)+1', '1·2+1', 3, 9],
        ['2p', '2·1', -2, 7],
        ['op', '1', 1, 8],
      ],
    );
    assert.equal(result, 8);
  });

  it('of a convolution counts the room that the window has, its steps, and what is left over', () => {
    const plan = planOf({ kind: 'conv', stride: [2, 2], padding: [0, 0], dilation: [1, 1] }, [1, 1, 6, 6], k3);
    const { terms, result, rest } = deriveSize(plan.kind, plan.axes[0]);
    assert.deepEqual(
      terms.map(({ name, sum }) => [name, sum]),
      [
        ['length', 6],
        ['pads', 6],
        ['window', 3],
        ['steps', 1],
        ['first', 2],
      ],
    );
    assert.deepEqual([result, rest], [2, 1]);
  });

  it('ends at the size of the plan, each term adding to the one before', () => {
    fc.assert(
      fc.property(anyCase, ({ plan }) => {
        for (const axis of plan.axes) {
          const { terms, result, rest } = deriveSize(plan.kind, axis);
          assert.equal(result, axis.output);
          terms.forEach(({ sum, adds }, at) => assert.equal(sum, adds + (terms[at - 1]?.sum ?? 0)));
          // Without what is left over, the window reads to the end.
          if (plan.kind === 'conv')
            assert.equal(
              (axis.output - 1) * axis.stride + axis.extent + rest,
              axis.input + axis.padBegin + axis.padEnd,
            );
        }
      }),
      runs,
    );
  });
});

describe('positions of a transposed convolution', () => {
  it('have as many products as the definition finds there', () => {
    let holes = 0;
    fc.assert(
      fc.property(cases('convTranspose'), ({ plan }) => {
        fc.pre(plan.rank === 1);
        const [axis] = plan.axes;
        forEachOutput(plan, ({ taps }, output) => {
          assert.equal(productsAt(axis, output + axis.padBegin), taps.length);
          if (taps.length === 0) holes++;
        });
      }),
      runs,
    );
    assert.ok(holes > 0, 'no output was without a product');
  });

  it('beyond the last stamp have none', () => {
    fc.assert(
      fc.property(cases('convTranspose'), ({ plan }) => {
        for (const axis of plan.axes)
          for (let beyond = 0; beyond < 4; beyond++) assert.equal(productsAt(axis, stampedLength(axis) + beyond), 0);
      }),
      runs,
    );
  });
});

describe('p and p′', () => {
  it('add up to K − 1 at either end, and make the same output two ways', () => {
    fc.assert(
      fc.property(cases('convTranspose'), fc.nat(5), fc.nat(5), ({ plan }, begin, end) => {
        for (const axis of plan.axes) {
          const { padding, equivalent, output, padded } = paddingPair(axis, [begin, end]);
          for (const side of [0, 1]) assert.equal(padding[side] + equivalent[side], axis.extent - 1);
          assert.equal(padded - (axis.extent - 1), output);
          assert.equal(output, axis.output - axis.outputPadding + axis.padBegin + axis.padEnd - begin - end);
        }
      }),
      runs,
    );
  });

  it('are those of the storyboard’s k 3, s 2 on 4: 9, 7, 5 and 3 out', () => {
    const axis = planAxis({ kind: 'convTranspose', stride: [2], padding: [1], dilation: [1] }, 0, 4, 3);
    const rows = [0, 1, 2, 3].map((p) => paddingPair(axis, [p, p]));
    assert.deepEqual(
      rows.map(({ equivalent, padded, output }) => [equivalent[0], padded, output]),
      [
        [2, 11, 9],
        [1, 9, 7],
        [0, 7, 5],
        [-1, 5, 3],
      ],
    );
  });
});

it('the inputs that a convolution takes to one output are just those of a plan of that output', () => {
  fc.assert(
    fc.property(cases('conv', true), ({ plan, op }) => {
      fc.pre(plan.rank === 1);
      const [axis] = plan.axes;
      const [least, most] = inputsOfOutput(axis, axis.output);
      for (let input = Math.max(1, least - 2); input <= most + 2; input++) {
        const shape = [...plan.inputShape.slice(0, -1), input];
        const resolution = resolve(op, shape, plan.weightShape);
        const makes = resolution.ok && resolution.plan.axes[0].output === axis.output;
        assert.equal(makes, input >= least && input <= most);
      }
    }),
    runs,
  );
});
