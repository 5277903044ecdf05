import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Operation } from '../../../src/core/operation';
import { resolve } from '../../../src/core/plan';
import { checkDtypes, checkOperation } from '../../../src/core/rules';
import { anyCase } from './arbitraries';

const transposed: Operation = {
  kind: 'convTranspose',
  stride: [2, 2],
  padding: [1, 1],
  dilation: [1, 1],
  outputPadding: [0, 0],
};
const input = [1, 2, 5, 5];
const weight = [2, 3, 3, 3];

/** An operation as it may come over a wire, where its type is only promised. */
const untyped = (parts: Record<string, unknown>): Operation => ({ ...transposed, ...parts });

describe('rules', () => {
  it('name the parameter, the axis, the framework’s words and a repair', () => {
    const [problem, ...others] = checkOperation({ ...transposed, outputPadding: [0, 2] }, input, weight);
    assert.deepEqual(others, []);
    assert.equal(problem.code, 'output-padding-large');
    assert.equal(problem.field, 'outputPadding');
    assert.equal(problem.axis, 1);
    assert.equal(
      problem.message,
      'The output padding along the width is 2; it must be smaller than the stride (2) or the dilation (1).',
    );
    assert.equal(
      problem.framework,
      'output padding must be smaller than either stride or dilation, but got output_padding_height: 0 output_padding_width: 2 ' +
        'stride_height: 2 stride_width: 2 dilation_height: 1 dilation_width: 1',
    );
    assert.deepEqual(problem.repair, { field: 'outputPadding', axis: 1, value: 1 });
  });

  it('take output padding below the dilation, though not below the stride', () => {
    assert.deepEqual(
      checkOperation({ ...transposed, stride: [1, 1], dilation: [3, 3], outputPadding: [2, 2] }, input, weight),
      [],
    );
  });

  it('name every problem at once', () => {
    const problems = checkOperation({ ...transposed, groups: 4, padding: [9, 1] }, [1, 3, 5, 5], weight, [5]);
    assert.deepEqual(
      problems.map(({ field }) => field),
      ['groups', 'weight', 'bias', 'padding'],
    );
  });

  const malformed: readonly (readonly [what: string, op: Operation, code: string])[] = [
    ['a fraction', untyped({ stride: [1.5, 1] }), 'stride-range'],
    ['NaN', untyped({ dilation: [1, Number.NaN] }), 'dilation-range'],
    ['infinity', untyped({ padding: [Infinity, 0] }), 'padding-range'],
    ['text for a number', untyped({ stride: ['2', 1] }), 'malformed'],
    ['a list of the wrong length', untyped({ stride: [2] }), 'stride-rank'],
    ['no list', untyped({ dilation: 1 }), 'malformed'],
    ['nothing', untyped({ padding: undefined }), 'malformed'],
    ['null for an axis’s padding', untyped({ padding: [null, 0] }), 'malformed'],
    ['three sides of an axis', untyped({ padding: [[1, 1, 1], 0] }), 'malformed'],
    ['an unknown operation', untyped({ kind: 'pool' }), 'malformed'],
    ['an unknown padding mode', untyped({ kind: 'conv', paddingMode: 'mirror' }), 'malformed'],
    ['a fraction of a group', untyped({ groups: 0.5 }), 'groups-range'],
  ];
  for (const [what, op, code] of malformed) {
    it(`refuse ${what} (${code})`, () => {
      const problems = checkOperation(op, input, op.kind === 'conv' ? [3, 2, 3, 3] : weight);
      assert.ok(
        problems.some((each) => each.code === code),
        JSON.stringify(problems),
      );
    });
  }

  it('refuse shapes that are none', () => {
    for (const shape of [
      [1, 2, -5, 5],
      [1, 2, 2.5, 5],
      [1, 2, Number.NaN, 5],
    ])
      assert.equal(checkOperation(transposed, shape, weight)[0].code, 'input-sizes');
    for (const shape of [[2, 3], [2, 3, 3, 3, 3, 3], []])
      assert.equal(checkOperation(transposed, input, shape)[0].code, 'weight-rank');
    assert.equal(checkOperation(transposed, [5, 5], weight)[0].code, 'input-rank');
  });

  /** One click must help: with every repair applied, and those of what then remains, the request becomes legal. */
  it('offer repairs that lead to a legal request', () => {
    const number = fc.integer({ min: -2, max: 9 });
    const pair = fc.tuple(number, number);
    fc.assert(
      fc.property(
        fc.record({ stride: pair, padding: pair, dilation: pair, outputPadding: pair }),
        fc.constantFrom('conv' as const, 'convTranspose' as const),
        (parameters, kind) => {
          let op: Operation = { kind, ...parameters };
          const weightShape = kind === 'conv' ? [3, 2, 3, 3] : weight;
          for (let round = 0; round < 4; round++) {
            for (const { repair } of checkOperation(op, input, weightShape)) {
              assert.ok(repair?.axis !== undefined && repair.field in parameters);
              const field = repair.field as keyof typeof parameters;
              op = {
                ...op,
                [field]: (op[field] as number[]).map((value, axis) => (axis === repair.axis ? repair.value : value)),
              };
            }
          }
          assert.deepEqual(checkOperation(op, input, weightShape), []);
        },
      ),
      { numRuns: 500, seed: 20261121 },
    );
  });

  it('mix no types, but for the bias of a transposed convolution', () => {
    assert.deepEqual(checkDtypes('conv', { input: 'float32', weight: 'float32', bias: 'float32' }), []);
    assert.deepEqual(checkDtypes('convTranspose', { input: 'float32', weight: 'float32', bias: 'float64' }), []);
    assert.equal(
      checkDtypes('conv', { input: 'float32', weight: 'float32', bias: 'float64' })[0].framework,
      'Input type (float) and bias type (double) should be the same',
    );
    assert.equal(
      checkDtypes('convTranspose', { input: 'float64', weight: 'float32' })[0].framework,
      'expected scalar type Double but found Float',
    );
  });
});

describe('a plan', () => {
  it('has every derived number in agreement with the others', () => {
    fc.assert(
      fc.property(anyCase, ({ plan, input: { shape, data }, weight: { data: taps } }) => {
        const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
        assert.equal(plan.batch * plan.inputChannels * plan.inputArea, data.length);
        assert.equal(plan.inputChannels * plan.outputPerGroup * plan.kernelArea, taps.length);
        assert.equal(plan.batch * plan.outputChannels * plan.outputArea, product(plan.outputShape));
        assert.deepEqual([plan.batched, plan.inputShape], [shape.length === plan.rank + 2, shape]);
        const sites = plan.kind === 'conv' ? plan.outputArea : plan.inputArea;
        assert.equal(plan.multiplyAdds, plan.batch * sites * taps.length);
      }),
      { seed: 20261121 },
    );
  });

  it('of no channels has no output channels, as in PyTorch', () => {
    const resolution = resolve({ kind: 'conv', stride: [1], padding: [0], dilation: [1] }, [2, 0, 5], [3, 0, 3], [3]);
    assert.deepEqual(resolution.ok && resolution.plan.outputShape, [2, 0, 3]);
  });
});
