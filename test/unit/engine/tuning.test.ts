import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { computeReference } from '../../../src/core/kernels/compute';
import type { Operation } from '../../../src/core/operation';
import { type Plan, resolve } from '../../../src/core/plan';
import { elementCount, tensorOf } from '../../../src/core/tensor/tensor';
import { readBuilds } from '../../../src/engine/builds';
import { EngineClient } from '../../../src/engine/client';
import { createKernels, type Kernels, type Tuning } from '../../../src/engine/kernels';
import { sharing } from '../../../src/engine/sharing';
import { engineStarter } from '../../../src/engine/start';

const op: Operation = { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [1, 1] };

function planOf(outputs: number): Plan {
  const resolution = resolve(op, [1, 5, 13, 18], [outputs, 5, 3, 3]);
  if (!resolution.ok) throw new Error('The operation is not legal.');
  return resolution.plan;
}

/** Small whole numbers: every sum of products of them is exact. */
const whole = (shape: readonly number[], step: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: elementCount(shape) }, (_, at) => ((at * step) % 9) - 4);

/** The output of a layer of so many channels; its weights are kept under the number. */
function outputOf(kernels: Kernels, outputs: number): Float32Array {
  const plan = planOf(outputs);
  const output = new Float32Array(elementCount(plan.outputShape));
  const operands = { input: whole(plan.inputShape, 7), weight: whole(plan.weightShape, 5), output };
  kernels.run(plan, operands, { weightKey: { id: outputs, version: 1 } });
  return output;
}

function wantedOf(outputs: number): unknown {
  const plan = planOf(outputs);
  const [x, w] = [whole(plan.inputShape, 7), whole(plan.weightShape, 5)];
  const tensors = [tensorOf('float32', plan.inputShape, x), tensorOf('float32', plan.weightShape, w)] as const;
  return computeReference(plan, ...tensors, undefined).data;
}

const CHANNELS = [6, 7, 8, 10, 11, 13, 23];

describe('What is the faster way on a machine', () => {
  for (const sixRows of [true, false])
    it(`does not change an output: tiles of ${sixRows ? 'six' : 'four'} rows, ${CHANNELS.join(', ')} channels`, () => {
      const kernels = createKernels(readBuilds('dist'), undefined, { sixRows });
      for (const outputs of CHANNELS) assert.deepEqual(outputOf(kernels, outputs), wantedOf(outputs));
    });

  it('is looked for after layers that it matters for, once, and then not again', () => {
    const kernels = createKernels(readBuilds('dist'));
    assert.equal(kernels.beginTuning(), false);
    outputOf(kernels, 7);
    // Without fused multiply-adds there is no choice.
    const isOpen = kernels.build === 'relaxed';
    assert.equal(kernels.beginTuning(), isOpen);
    assert.equal(typeof kernels.tune()?.sixRows, isOpen ? 'boolean' : 'undefined');
    for (const outputs of CHANNELS) assert.deepEqual(outputOf(kernels, outputs), wantedOf(outputs));
    assert.equal(kernels.beginTuning(), false);
  });

  it('is not looked for where it is known', () => {
    const kernels = createKernels(readBuilds('dist'), undefined, { sixRows: false });
    outputOf(kernels, 7);
    assert.equal(kernels.beginTuning(), false);
  });

  it('is told to the thread when it starts, and by the thread when it has found out', async () => {
    const asked: string[] = [];
    const start = engineStarter(join(process.cwd(), 'dist', 'worker.js'), () => {
      asked.push('known');
      return { sixRows: false };
    });
    const told: Tuning[] = [];
    const client = new EngineClient({
      start: (ended) => {
        const thread = start(ended);
        const listen: typeof thread.port.listen = (receive) => {
          receive({ tuned: { sixRows: true } });
          return thread.port.listen(receive);
        };
        return { ...thread, port: { post: (...message) => thread.port.post(...message), listen } };
      },
      crossing: sharing,
      onTuned: (tuning) => told.push(tuning),
    });
    const { inputShape, weightShape } = planOf(7);
    const input = tensorOf('float32', inputShape, whole(inputShape, 7));
    const weight = tensorOf('float32', weightShape, whole(weightShape, 5));
    const output = await client.compute({ op, input, weight, limit: 2 ** 30 });
    await client.dispose();
    assert.deepEqual(output.data, wantedOf(7));
    assert.deepEqual(asked, ['known']);
    assert.deepEqual(told, [{ sixRows: true }]);
  });
});
