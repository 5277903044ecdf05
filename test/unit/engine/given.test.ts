import assert from 'node:assert/strict';
import { tensorOf } from '../../../src/core/tensor/tensor';
import { free, freeingGiven } from '../../../src/engine/given';
import { createHandlers } from '../../../src/engine/handlers';
import { Transferring } from '../../../src/protocol/rpc';

/** Node 20 leaves it to the collector. */
const canFree = 'transfer' in ArrayBuffer.prototype;

describe('operands of a message', () => {
  const op = { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [1, 1] } as const;
  const operands = () => ({
    input: tensorOf('float32', [1, 1, 160, 160], new Float32Array(160 * 160).fill(2)),
    weight: tensorOf('float32', [1, 1, 3, 3], new Float32Array(9).fill(1)),
  });

  it('are given back with the answer, which stays whole', () => {
    const call = { op, ...operands(), limit: 2 ** 30 };
    const answer = freeingGiven(createHandlers()).compute(call);
    assert.ok(answer instanceof Transferring);
    const { data } = answer.result as { data: Float32Array };
    assert.equal(data.length, 160 * 160);
    assert.equal(data[161], 18);
    assert.equal(call.input.data.byteLength, canFree ? 0 : 4 * 160 * 160);
  });

  it('are given back with a refusal', () => {
    const call = { op, ...operands(), limit: 1 };
    assert.throws(() => freeingGiven(createHandlers()).compute(call), { name: 'ProblemError' });
    assert.equal(call.input.data.byteLength, canFree ? 0 : 4 * 160 * 160);
  });

  it('are left alone where they are small, or shared', () => {
    const small = new Float32Array(9);
    const shared = new Float32Array(new SharedArrayBuffer(1 << 20));
    free(small);
    free(shared);
    assert.equal(small.length, 9);
    assert.equal(shared.length, (1 << 20) / 4);
  });

  it('may be views of one buffer', () => {
    const buffer = new ArrayBuffer(1 << 20);
    const [first, second] = [new Float32Array(buffer, 0, 8), new Float64Array(buffer, 64, 8)];
    free(first);
    assert.doesNotThrow(() => {
      free(second);
    });
    assert.equal(buffer.byteLength, canFree ? 0 : 1 << 20);
  });
});
