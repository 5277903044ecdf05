import assert from 'node:assert/strict';
import type { Operation } from '../../../src/core/operation';
import { ProblemError } from '../../../src/core/problem';
import { createPlans } from '../../../src/engine/plans';

const op: Operation = { kind: 'conv', stride: [1, 1], padding: [0, 0], dilation: [1, 1] };
const call = { op, inputShape: [1, 1, 5, 5], weightShape: [1, 1, 3, 3] };

describe('plans that are remembered', () => {
  it('are the same for calls that are alike, and others for others', () => {
    const planOf = createPlans();
    const plan = planOf(call);
    assert.equal(planOf(structuredClone(call)), plan);
    assert.deepEqual(planOf({ ...call, inputShape: [1, 1, 6, 5] }).outputShape, [1, 1, 4, 3]);
    assert.deepEqual(planOf({ ...call, op: { ...op, padding: [1, 1] } }).outputShape, [1, 1, 5, 5]);
    assert.equal(planOf(call), plan);
  });

  it('are never those of an illegal call', () => {
    const planOf = createPlans();
    planOf(call);
    for (const stride of [[0, 1], [Number.NaN, 1], [1n, 1] as unknown as number[]]) {
      for (let again = 0; again < 2; again++)
        assert.throws(() => planOf({ ...call, op: { ...op, stride } }), ProblemError);
    }
    assert.throws(() => planOf({ ...call, biasShape: [2] }), ProblemError);
  });

  it('make room for new ones', () => {
    const planOf = createPlans();
    const first = planOf(call);
    for (let size = 6; size < 80; size++) planOf({ ...call, inputShape: [1, 1, size, size] });
    assert.notEqual(planOf(call), first);
    assert.deepEqual(planOf(call), first);
  });
});
