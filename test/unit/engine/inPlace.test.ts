import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Operation } from '../../../src/core/operation';
import { denseShape } from '../../../src/engine/kernels/dense';
import { flattened } from '../../../src/engine/kernels/flat';
import { planOf } from './agreement';

const operation = (kind: Operation['kind'], stride: number, padding: number): Operation => ({
  kind,
  stride: [stride, stride],
  dilation: [1, 1],
  padding: [padding, padding],
});

describe('The field of the dense product', () => {
  for (const [title, op, inputShape, weightShape, isInPlace] of [
    ['96 channels of 56², k1', operation('conv', 1, 0), [1, 96, 56, 56], [24, 96, 1, 1], true],
    ['32 channels of 28², k2 s2, transposed', operation('convTranspose', 2, 0), [1, 32, 28, 28], [32, 64, 2, 2], true],
    ['32 channels of 64², k1, of which two are made', operation('conv', 1, 0), [1, 32, 64, 64], [2, 32, 1, 1], true],
    [
      '32 channels of 64², k1: all on one set of a cache',
      operation('conv', 1, 0),
      [1, 32, 64, 64],
      [24, 32, 1, 1],
      false,
    ],
    ['padding', operation('conv', 1, 1), [1, 96, 28, 28], [24, 96, 3, 3], false],
    ['a stride, whose columns are parted', operation('conv', 2, 0), [1, 96, 29, 29], [24, 96, 3, 3], false],
  ] as const)
    it(`is ${isInPlace ? 'the input itself' : 'written'}: ${title}`, () => {
      const plan = planOf({ op, inputShape: [...inputShape], weightShape: [...weightShape] });
      const shape = denseShape(plan, 'float32', true);
      assert.equal(shape.isInPlace, isInPlace);
      assert.equal(shape.fieldBytes === 0, isInPlace);
    });

  it('has no ends of rows where the kernel is one element: 7² are 13 vectors instead of 14', () => {
    const plan = planOf({ op: operation('conv', 1, 0), inputShape: [1, 8, 7, 7], weightShape: [8, 8, 1, 1] });
    assert.equal(denseShape(plan, 'float32', true).rowVectors * 7, 14);
    assert.equal(denseShape(flattened(plan), 'float32', true).rowVectors, 13);
  });
});
