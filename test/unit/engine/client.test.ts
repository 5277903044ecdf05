import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import type { Operation } from '../../../src/core/operation';
import { ProblemError } from '../../../src/core/problem';
import { tensorOf, zeros } from '../../../src/core/tensor/tensor';
import { CancelledError } from '../../../src/engine/cancel';
import { EngineClient, ThreadDiedError } from '../../../src/engine/client';

const GIBIBYTE = 2 ** 30;
const script = join(process.cwd(), 'dist/worker.js');

const operation: Operation = {
  kind: 'convTranspose',
  stride: [1, 1],
  padding: [0, 0],
  dilation: [1, 1],
  outputPadding: [0, 0],
};
const worked = {
  op: operation,
  input: tensorOf('float64', [1, 1, 2, 2], [2, 3, 1, 3]),
  weight: tensorOf('float64', [1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]),
  limit: GIBIBYTE,
};
/** As PyTorch computes it; the references print the same. */
const expected = [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3];

/** About a second of work on one core. */
const long = {
  op: { ...operation, kind: 'conv' as const, outputPadding: undefined },
  input: zeros('float64', [1, 64, 512, 512]),
  weight: zeros('float64', [64, 64, 3, 3]),
  limit: 4 * GIBIBYTE,
};

describe('The compute thread, as its callers see it', () => {
  const deaths: Error[] = [];
  const engine = new EngineClient({ script, onDeath: (error) => deaths.push(error) });
  after(() => engine.dispose());

  it('computes the references’ example', async () => {
    assert.deepEqual([...(await engine.compute(worked)).data], expected);
  });

  it('leaves the caller’s tensors as they were', async () => {
    await engine.compute(worked);
    assert.deepEqual([...worked.input.data], [2, 3, 1, 3]);
  });

  it('rejects what is illegal with the problems', async () => {
    const illegal = { ...worked, op: { ...operation, outputPadding: [1, 0] } };
    await assert.rejects(
      engine.compute(illegal),
      (error) => error instanceof ProblemError && error.problems[0].code === 'output-padding-large',
    );
  });

  it('says how many bytes would be needed instead of trying', async () => {
    await assert.rejects(
      engine.compute({ ...worked, limit: 100 }),
      (error) => error instanceof ProblemError && /128/.test(error.message),
    );
  });

  it('rejects at once what is cancelled, and goes on answering', async () => {
    const controller = new AbortController();
    const slow = engine.compute(long, controller.signal);
    setTimeout(() => {
      controller.abort();
    }, 50);
    await assert.rejects(slow, CancelledError);
    assert.deepEqual([...(await engine.compute(worked)).data], expected);
  });

  it('rejects what was under way when the thread dies, says so, and starts another at the next call', async () => {
    const lost = engine.compute(long);
    const rejected = assert.rejects(lost, ThreadDiedError);
    await engine.kill();
    await rejected;
    assert.equal(deaths.length, 1);
    assert.deepEqual([...(await engine.compute(worked)).data], expected);
  });

  it('rejects whatever is asked after it has been shut down', async () => {
    const other = new EngineClient({ script });
    await other.dispose();
    await assert.rejects(other.compute(worked), ThreadDiedError);
  });
});
