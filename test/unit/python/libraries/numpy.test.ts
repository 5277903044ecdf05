import assert from 'node:assert/strict';
import { python } from '../../../python';
import { analyze, TORCH, usesOf } from '../analysis/read';

// What NumPy 2.4 gives, as a whole number.
const results: readonly (readonly [expression: string, value: number])[] = [
  ['np.atleast_1d(5)[0]', 5],
  ['len(np.atleast_1d((5, 3)))', 2],
  ['(np.atleast_1d(5) - 1)[0] / 2', 2],
  ['np.min(np.array([4, 2, 3]))', 2],
  ['np.max([4, 2, 3], axis=0)', 4],
  ['np.sum([1, 2, 3])', 6],
  ['np.sum([True, True])', 2],
  ['np.cumsum([1, 2, 3])[2]', 6],
  ['np.cumsum([True, True])[1]', 2],
  ['np.cumprod([2, 3])[-1]', 6],
  ['np.add([1, 2], 3)[1]', 5],
  ['np.subtract(7, 3)', 4],
  ['np.multiply([2, 3], [4, 5])[1]', 15],
  ['np.divide([9, 4], 2)[1]', 2],
  ['np.floor_divide(9, 2)', 4],
  ['np.mod(-1, 4)', 3],
  ['np.power(2, 3)', 8],
  ['np.maximum(2, [1, 5])[1]', 5],
  ['np.minimum(2, 5)', 2],
  ['np.absolute([-3])[0]', 3],
  ['np.negative(-3)', 3],
  ['np.square([3])[0]', 9],
  ['np.rint([2.5, 3.5])[0]', 2],
  ['np.trunc(2.7)', 2],
  ['np.arange(5)[3]', 3],
  ['len(np.arange(1, 10, 3))', 3],
  ['np.arange(4)[::-1][0]', 3],
  ['2 ** np.arange(3)[2]', 4],
  ['3 if np.all([1, 2]) else 5', 3],
  ['3 if np.any([0, 0]) else 5', 5],
];

describe('numbers that NumPy computes', () => {
  for (const [expression, value] of results)
    it(`${expression} is ${value}`, () => {
      const text = `${TORCH}import numpy as np\nnn.Conv2d(1, 1, 1, padding=int(${expression}))(torch.zeros(1, 1, 1, 1))\n`;
      const size = 1 + 2 * value;
      assert.deepEqual(usesOf(analyze(text), text), [`1 1 1 1 -> 1 1 ${size} ${size}`]);
    });

  for (const expression of ['np.max(x)', 'np.sum([1, 2], dtype=object)', 'np.arange(0.5)', 'np.maximum(x, 1)'])
    it(`${expression} is not known`, () => {
      const text = `${TORCH}import numpy as np\nx = np.zeros(3)\nnn.Conv2d(1, 1, 1, padding=int(${expression}))(torch.zeros(1, 1, 1, 1))\n`;
      assert.match(usesOf(analyze(text), text)[0], /^1 1 1 1 -> 1 1 2\*n \+ 1/);
    });

  it('make a padding that keeps the size', () => {
    // PyTorch 2.15 gives (1, 8, 64, 64) of both.
    const text = `${TORCH}${python`
      import numpy as np
      def same(kernel, dilation=1):
          k = np.atleast_1d(kernel)
          d = np.atleast_1d(dilation)
          p = (k - 1) / 2 * d
          if np.min(p) < 0:
              raise AssertionError('negative')
          p = tuple(int(v) for v in p)
          return p if len(p) > 1 else p[0]
      nn.Conv2d(1, 8, 5, padding=same(5))(torch.randn(1, 1, 64, 64))
      nn.Conv2d(1, 8, (5, 3), padding=same((5, 3)))(torch.randn(1, 1, 64, 64))
    `}`;
    assert.deepEqual(usesOf(analyze(text), text), ['1 1 64 64 -> 1 8 64 64', '1 1 64 64 -> 1 8 64 64']);
  });
});
