import assert from 'node:assert/strict';
import { ProblemError } from '../../../src/core/problem';
import { matrixFile, type MatrixFormat } from '../../../src/core/matrix/export';
import { convolutionMatrix } from '../../../src/core/kernels/matrix';
import type { Operation } from '../../../src/core/operation';
import { CancelledError, createCancelFlag, raise } from '../../../src/engine/cancel';
import { createHandlers } from '../../../src/engine/handlers';
import { Transferring } from '../../../src/protocol/rpc';
import { planOf, wholeNumbers } from '../core/arbitraries';

const op: Operation = { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: [1, 1] };
const weight = wholeNumbers([2, 3, 3, 3], 4);
const call = { op, inputShape: [2, 5, 5], weight };

describe('the matrix file of the compute thread', () => {
  for (const format of ['matrix-market', 'scipy-npz'] satisfies MatrixFormat[]) {
    it(`is, as ${format}, what the reference matrix makes`, () => {
      const answer = createHandlers().matrixFile({ ...call, format, limit: 1e6 });
      assert.ok(answer instanceof Transferring);
      const expected = Buffer.concat([
        ...matrixFile(
          format,
          planOf(op, [2, 5, 5], [2, 3, 3, 3]),
          convolutionMatrix(planOf(op, [2, 5, 5], [2, 3, 3, 3]), weight),
        ),
      ]);
      assert.deepEqual(Buffer.from(answer.result), expected);
    });
  }

  it('is refused before memory is taken, with the bytes that it would take', () => {
    assert.throws(
      () => createHandlers().matrixFile({ ...call, format: 'matrix-market', limit: 1000 }),
      (error) => error instanceof ProblemError && error.problems[0].code === 'memory-limit',
    );
  });

  it('is given up when cancelled', () => {
    const cancel = createCancelFlag();
    raise(cancel);
    assert.throws(
      () => createHandlers().matrixFile({ ...call, format: 'matrix-market', limit: 1e6, cancel }),
      CancelledError,
    );
  });
});
