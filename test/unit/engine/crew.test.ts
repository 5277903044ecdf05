// Threads share one memory and one counter of tasks; whatever they do must be what one thread does.
import assert from 'node:assert/strict';
import { join, resolve as absolute } from 'node:path';
import { resolve } from '../../../src/core/plan';
import { CancelledError } from '../../../src/engine/cancel';
import { helperStarter } from '../../../src/engine/helpers';
import { createKernels, type Kernels } from '../../../src/engine/kernels';
import { builds } from './support';

const resolution = resolve(
  { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: [1, 1] },
  [2, 64, 24, 24],
  [64, 48, 4, 4],
);
assert(resolution.ok);
const { plan } = resolution;
const filled = (count: number): Float32Array => Float32Array.from({ length: count }, (_, index) => Math.sin(index));
const input = filled(plan.batch * plan.inputChannels * plan.inputArea);
const weight = filled(64 * 48 * 16);
const outputs = plan.batch * plan.outputChannels * plan.outputArea;

describe('threads over one memory', () => {
  let alone: Kernels;
  let crew: Kernels;
  before(() => {
    alone = createKernels(builds());
    crew = createKernels(builds(), { count: 2, start: helperStarter(join(absolute('dist'), 'helper.js')) });
  });
  after(() => {
    crew.dispose();
  });

  it('three threads give bit for bit what one gives, again and again', () => {
    const expected = new Float32Array(outputs);
    alone.run(plan, { input, weight, output: expected });
    const output = new Float32Array(outputs);
    for (let round = 0; round < 40; round++) {
      output.fill(Number.NaN);
      crew.run(plan, { input, weight, output });
      assert.deepEqual(output, expected);
    }
  });

  it('so they do in tiles of fewer multiplications, values that are no number included', () => {
    const tiled = resolve(
      { kind: 'conv', stride: [1, 1], dilation: [2, 1], padding: [2, 1] },
      [2, 64, 30, 42],
      [50, 64, 3, 3],
    );
    assert(tiled.ok);
    const operands = { input: filled(2 * 64 * 30 * 42), weight: filled(50 * 64 * 9) };
    for (const round of [0, 1, 2, 3]) {
      if (round === 2) operands.input[70_000] = Number.NaN;
      const expected: Float32Array = new Float32Array(2 * 50 * tiled.plan.outputArea);
      alone.run(tiled.plan, { ...operands, output: expected });
      const output = new Float32Array(expected.length);
      crew.run(tiled.plan, { ...operands, output });
      assert.deepEqual(output, expected);
      assert.equal(
        output.some((value) => Number.isNaN(value)),
        round >= 2,
      );
    }
  });

  it('work that is cancelled stops between blocks, and the next call is right', () => {
    for (const stopAfter of [0, 1, 2]) {
      let asked = 0;
      const cancelled = (): boolean => asked++ >= stopAfter;
      assert.throws(() => {
        crew.run(plan, { input, weight, output: new Float32Array(outputs) }, { cancelled });
      }, CancelledError);
    }
    const expected = new Float32Array(outputs);
    alone.run(plan, { input, weight, output: expected });
    const output = new Float32Array(outputs);
    crew.run(plan, { input, weight, output });
    assert.deepEqual(output, expected);
  });

  it('a matrix made by threads is the one that one thread makes', () => {
    const conv = resolve(
      { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [1, 1] },
      [1, 1, 200, 200],
      [1, 1, 3, 3],
    );
    assert(conv.ok);
    const made = crew.matrix(conv.plan, filled(9));
    const expected = alone.matrix(conv.plan, filled(9));
    for (const part of ['rowPointers', 'columnIndices', 'values'] as const)
      assert.deepEqual(made[part].slice(), expected[part].slice(), part);
    made.release();
    expected.release();
  });
});
