import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Model } from '../../../webview/model';
import { valuesToCopy } from '../../../webview/state/valuesToCopy';
import { emptyModel, headOf, noSight } from './documents';

function modelOf(side: number, whole: Readonly<Partial<Record<'input' | 'weight' | 'bias', number>>>): Model {
  const head = headOf(1, { inputShape: [1, 1, side, side], biasShape: whole.bias ? [1] : undefined });
  const values = Object.entries(whole).map(([tensor, count]) => ({
    tensor: tensor as 'input' | 'weight' | 'bias',
    values: Float32Array.from({ length: count }, (_, at) => at / 4),
  }));
  return {
    ...emptyModel(),
    edited: { head, plan: undefined },
    received: { head, sight: { ...noSight, whole: values } },
  };
}

describe('the values that code is copied with', () => {
  it('are those on show, in their shapes', () => {
    const values = valuesToCopy(modelOf(2, { input: 4, weight: 9, bias: 1 }));
    assert.deepEqual(values?.input, {
      dtype: 'float32',
      shape: [1, 1, 2, 2],
      data: Float32Array.of(0, 0.25, 0.5, 0.75),
    });
    assert.deepEqual([values?.weight.shape, values?.bias?.shape], [[1, 1, 3, 3], [1]]);
  });

  it('are none above a thousand', () => {
    assert.ok(valuesToCopy(modelOf(31, { input: 961, weight: 9 })));
    assert.equal(valuesToCopy(modelOf(32, { input: 1024, weight: 9 })), undefined);
  });

  it('are none while those on show are of another size, or have not come', () => {
    assert.equal(valuesToCopy(modelOf(3, { input: 4, weight: 9 })), undefined);
    assert.equal(valuesToCopy(modelOf(2, { weight: 9 })), undefined);
  });
});
