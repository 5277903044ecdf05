// Values as PyTorch 2.15 gives them for the same tensors.
import assert from 'node:assert/strict';
import type { Operation } from '../../src/core/operation';
import { activatedApi, operation, tensor, within } from './support';

const ramp = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);
const crossKernel = [0, 1, 1, 0, 1, 0, 1, 0, 1];

interface Case {
  title: string;
  op: Operation;
  input: [shape: number[], values: number[]];
  weight: [shape: number[], values: number[]];
  output: [shape: number[], values: number[]];
}

const cases: Case[] = [
  {
    title: 'transposed 2×2 by 3×3, s=1 p=0',
    op: operation('convTranspose', {}),
    input: [
      [1, 1, 2, 2],
      [2, 3, 1, 3],
    ],
    weight: [[1, 1, 3, 3], crossKernel],
    output: [
      [1, 1, 4, 4],
      [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3],
    ],
  },
  {
    title: 'a single 1 under k=1..9, s=2 p=1 op=1: output padding holds real values',
    op: operation('convTranspose', { stride: 2, padding: 1, outputPadding: 1 }),
    input: [[1, 1, 1, 1], [1]],
    weight: [[1, 1, 3, 3], ramp(9)],
    output: [
      [1, 1, 2, 2],
      [5, 6, 8, 9],
    ],
  },
  {
    title: 'output padding 2 at s=1 d=3: legal, because it is smaller than the dilation',
    op: operation('convTranspose', { dilation: 3, outputPadding: 2 }),
    input: [[1, 1, 1, 1], [1]],
    weight: [[1, 1, 2, 2], ramp(4)],
    output: [
      [1, 1, 6, 6],
      [1, 0, 0, 2, 0, 0, ...Array<number>(12).fill(0), 3, 0, 0, 4, 0, 0, ...Array<number>(12).fill(0)],
    ],
  },
  {
    title: 'unbatched conv 4×4 by 3×3 on the reference feature map',
    op: operation('conv', {}),
    input: [
      [1, 4, 4],
      [1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0],
    ],
    weight: [[1, 1, 3, 3], crossKernel],
    output: [
      [1, 2, 2],
      [2, 3, 1, 3],
    ],
  },
];

describe('compute', () => {
  for (const { title, op, input, weight, output } of cases) {
    for (const dtype of ['float32', 'float64'] as const) {
      it(`${title}, ${dtype}`, async () => {
        const api = await activatedApi();
        const result = await within(
          20_000,
          api.compute({ op, input: tensor(...input, dtype), weight: tensor(...weight, dtype) }),
        );
        assert.equal(result.dtype, dtype);
        assert.deepEqual(result.shape, output[0]);
        // Small whole numbers: exact in either precision and in any order of summation.
        assert.deepEqual(Array.from(result.data), output[1]);
      });
    }
  }

  it('leaves the caller its tensors', async () => {
    const api = await activatedApi();
    const input = tensor([1, 1, 2, 2], [2, 3, 1, 3]);
    await api.compute({ op: operation('convTranspose', {}), input, weight: tensor([1, 1, 3, 3], crossKernel) });
    assert.deepEqual(Array.from(input.data), [2, 3, 1, 3]);
  });

  it('answers sixty calls made at once, each with its own result', async () => {
    const api = await activatedApi();
    const op = operation('convTranspose', { stride: 2 });
    const calls = Array.from({ length: 60 }, (_, scale) =>
      api.compute({ op, input: tensor([1, 1, 1, 1], [scale]), weight: tensor([1, 1, 2, 2], [1, 2, 3, 4]) }),
    );
    const results = await within(30_000, Promise.all(calls));
    results.forEach((result, scale) =>
      assert.deepEqual(Array.from(result.data), [scale, 2 * scale, 3 * scale, 4 * scale]),
    );
  });
});
