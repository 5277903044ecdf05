// The engine by its one import, without an extension around it. The README's example is the first test.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { inputGradient, weightGradient } from '../../../src/core/kernels/gradients';
import { resolve } from '../../../src/core/plan';
import { CancelledError, type ComputeRequest, createEngine, ProblemError, readBuilds } from '../../../src/engine';

/** The README's TypeScript example without its imports and types, as a function of what it imports. */
function example(): string {
  const text = readFileSync('src/engine/README.md', 'utf8');
  const [, code] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
  assert(code, 'the README has an example');
  return code.replace(/^import .*$/gm, '');
}

const request: ComputeRequest = {
  op: { kind: 'convTranspose', stride: [2, 1], dilation: [1, 2], padding: [1, 2], outputPadding: [1, 0], groups: 2 },
  input: {
    dtype: 'float64',
    shape: [2, 4, 7, 9],
    data: Float64Array.from({ length: 504 }, (_, index) => Math.sin(index)),
  },
  weight: {
    dtype: 'float64',
    shape: [4, 3, 3, 2],
    data: Float64Array.from({ length: 72 }, (_, index) => Math.cos(index)),
  },
};

describe('the engine alone', () => {
  const engine = createEngine({ builds: readBuilds('dist') });

  it('runs the example of its README', () => {
    const printed: unknown[] = [];
    const run = compileFunction(example(), ['createEngine', 'readBuilds', 'console']) as (...given: unknown[]) => void;
    run(createEngine, readBuilds, { log: (...values: unknown[]) => printed.push(...values) });
    assert.deepEqual(printed, [[1, 1, 4, 4], Float32Array.of(0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3)]);
  });

  it('gradients are those of the definition', () => {
    const output = engine.compute(request);
    const slope = { ...output, data: output.data.map((value) => value / 3 + 1) };
    const resolution = resolve(request.op, request.input.shape, request.weight.shape);
    assert(resolution.ok);
    const gradients = engine.gradients(request, slope);
    const near = (got: ArrayLike<number>, wanted: ArrayLike<number>): void => {
      assert.equal(got.length, wanted.length);
      for (let i = 0; i < wanted.length; i++)
        assert(Math.abs(got[i] - wanted[i]) < 1e-9, `${i}: ${got[i]}, not ${wanted[i]}`);
    };
    near(gradients.input.data, inputGradient(resolution.plan, request.weight, slope).data);
    near(gradients.weight.data, weightGradient(resolution.plan, request.input, slope).data);
    assert.deepEqual(gradients.bias.shape, [6]);
  });

  it('refuses what is illegal, and stops when asked to', () => {
    assert.throws(() => engine.compute({ ...request, op: { ...request.op, stride: [0, 1] } }), ProblemError);
    assert.throws(
      () => engine.compute({ ...request, input: { ...request.input, data: new Float64Array(3) } }),
      ProblemError,
    );
    const large = { dtype: 'float32' as const, shape: [1, 32, 64, 64], data: new Float32Array(32 * 4096) };
    const weight = { dtype: 'float32' as const, shape: [32, 32, 3, 3], data: new Float32Array(9216) };
    assert.throws(
      () =>
        engine.compute(
          { op: { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [1, 1] }, input: large, weight },
          { cancelled: () => true },
        ),
      CancelledError,
    );
  });

  it('computes in the input’s type: a bias of the other one is converted', () => {
    const resolution = resolve(
      { kind: 'convTranspose', stride: [2], dilation: [1], padding: [0] },
      [1, 16, 40],
      [16, 16, 4],
    );
    assert(resolution.ok);
    const operands = { input: new Float32Array(640).fill(1), weight: new Float32Array(1024).fill(1) };
    const halves = Array.from({ length: 16 }, (_, index) => index / 2);
    const [wide, narrow] = [Float64Array.from(halves), Float32Array.from(halves)].map((bias) => {
      const output = new Float32Array(16 * resolution.plan.outputArea);
      engine.kernels.run(resolution.plan, { ...operands, bias, output });
      return output;
    });
    assert.deepEqual(wide, narrow);
    assert.equal(narrow[resolution.plan.outputArea], 16.5);
  });

  it('gives memory back when most of it is unused, and works on', () => {
    const { kernels } = createEngine({ builds: readBuilds('dist') });
    const resolution = resolve(
      { kind: 'convTranspose', stride: [8, 8], dilation: [1, 1], padding: [0, 0] },
      [1, 1, 512, 512],
      [1, 1, 9, 9],
    );
    assert(resolution.ok);
    const { plan } = resolution;
    const output = kernels.allocate('float32', plan.outputArea);
    const input = new Float32Array(512 * 512).fill(1);
    const weight = new Float32Array(81).fill(1);
    kernels.run(plan, { input, weight, output });
    const middle = output[plan.axes[1].output * 100 + 100];
    const grown = output.buffer.byteLength;
    kernels.release(output);
    kernels.trim();
    const again = kernels.allocate('float32', 16);
    assert(again.buffer.byteLength < grown / 8, `${again.buffer.byteLength} bytes of ${grown}`);
    const second = kernels.allocate('float32', plan.outputArea);
    kernels.run(plan, { input, weight, output: second });
    assert.equal(second[plan.axes[1].output * 100 + 100], middle);
  }).timeout(30_000);
});
