import assert from 'node:assert/strict';
import fc from 'fast-check';
import { copyValues, freshCopy } from '../../../src/engine/kernels/copy';

type Values = Float32Array | Float64Array;
const make = (type: 'float32' | 'float64', shared: boolean, before: number, count: number): Values => {
  const size = type === 'float32' ? 4 : 8;
  const bytes = (before + count + 3) * size;
  const buffer = shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  return type === 'float32'
    ? new Float32Array(buffer, before * size, count)
    : new Float64Array(buffer, before * size, count);
};
const type = fc.constantFrom('float32' as const, 'float64' as const);
/** On either side of 4096 bytes in both types, where copies begin to be of bytes. */
const count = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 510, max: 514 }),
  fc.integer({ min: 1022, max: 1026 }),
  fc.constant(5000),
);

describe('copies of values', () => {
  it('are those of typed arrays, whatever the types, the memory and the place in it', () => {
    fc.assert(
      fc.property(
        type,
        type,
        fc.boolean(),
        fc.boolean(),
        fc.nat(3),
        count,
        (one, other, sharedFrom, sharedTo, before, length) => {
          const from = make(one, sharedFrom, before, length);
          for (let i = 0; i < length; i++) from[i] = i % 7 === 0 ? Number.NaN : i / 3;
          const to = make(other, sharedTo, before, length);
          copyValues(from, to);
          const expected = make(other, false, 0, length);
          expected.set(from);
          assert.deepEqual([...to], [...expected]);
          const whole = other === 'float32' ? new Float32Array(to.buffer) : new Float64Array(to.buffer);
          assert.ok(
            [...whole.subarray(0, before), ...whole.subarray(before + length)].every((value) => value === 0),
            'a place beside them was written',
          );
        },
      ),
    );
  });

  it('that are fresh stand alone in a buffer of their own, and can be handed over', () => {
    fc.assert(
      fc.property(type, fc.boolean(), count, (one, shared, length) => {
        const from = make(one, shared, 1, length);
        from.fill(2.5);
        const copy = freshCopy(from);
        from.fill(-1);
        assert.equal(copy.constructor, from.constructor);
        assert.equal(copy.buffer.byteLength, copy.byteLength);
        const received = structuredClone(copy, { transfer: [copy.buffer] });
        assert.equal(copy.length, 0, 'it was cloned');
        assert.ok(received.length === length && received.every((value) => value === 2.5));
      }),
    );
  });
});
