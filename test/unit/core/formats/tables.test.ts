// Tables and printed arrays as people have them: what NumPy's genfromtxt, pandas or R's reader make of the same text.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ProblemError } from '../../../../src/core/problem';
import { LIMIT, readTensors } from './fixtures';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, name = 'table.csv') =>
  readTensors(bytes(text), name, LIMIT).map((entry) => ({ name: entry.name, ...entry.load() }));

const two = [1, 2, 3, 4];
const cases: readonly (readonly [what: string, text: string, shape: readonly number[], values: readonly number[]])[] = [
  ['a tab in a comment', '# a\tb\n1,2\n3,4\n', [2, 2], two],
  ['tuples line by line', '(1, 2)\n(3, 4)\n', [2, 2], two],
  ['tensors one after another', 'tensor([1., 2.], dtype=torch.float64)\ntensor([3., 4.])\n', [2, 2], two],
  ['named arrays one after another', '[1, 2]\nb = [3, 4]\n', [2, 2], two],
  ["NumPy 2's scalars", '[np.float32(1.0), np.float64(2.0), np.True_]', [3], [1, 2, 1]],
  ["pandas' index and names", ',0,1\n0,1.5,-2.25\n1,4.0,3e-07\n', [2, 2], [1.5, -2.25, 4, 3e-7]],
  ["R's row names", '"","V1","V2"\n"1",1,2\n"2",3,4\n', [2, 2], two],
  ["R's table, whose header has no corner", 'V1 V2\na 1 2\nb 3 4\n', [2, 2], two],
  ["savetxt's header", '# x, y\n1 2\n3 4\n', [2, 2], two],
  ['delimiters at the ends', '1,2,\n3,4,\n', [2, 2], two],
  ["Excel's sep=", 'sep=;\n1;2\n3;4\n', [2, 2], two],
  ['underscores in the first row', '1_000,2_000\n3,4\n', [2, 2], [1000, 2000, 3, 4]],
  ['hexadecimal in the first row', '0x10,0x1F\n1,2\n', [2, 2], [16, 31, 1, 2]],
  ['NA in the first row', 'NA,NA\n1,2\n', [2, 2], [NaN, NaN, 1, 2]],
  ['a blank cell', '1,2,3\n4,,6\n', [2, 3], [1, 2, 3, 4, NaN, 6]],
  ['a header of names', 'height,width\n1,2\n3,4\n', [2, 2], two],
];

describe('tables and printed arrays', () => {
  for (const [what, text, shape, values] of cases) {
    it(`are read with ${what}`, () => {
      const [tensor, ...others] = read(text);
      assert.equal(others.length, 0);
      assert.deepEqual([tensor.shape, Array.from(tensor.data)], [shape, values]);
    });
  }

  it('of several shapes are all listed', () => {
    assert.deepEqual(
      read('tensor([1., 2.])\ntensor([[3.]])\n', 'printed.txt').map(({ name, shape }) => [name, shape]),
      [
        ['0', [2]],
        ['1', [1, 1]],
      ],
    );
  });

  for (const [what, text] of [
    ['per cent', '10%,20%\n1,2\n'],
    ['ordinals', '1st,2nd\n1,2\n'],
  ]) {
    it(`with ${what} in the first row are refused, and not read without it`, () => {
      assert.throws(
        () => read(text),
        (error) => error instanceof ProblemError && error.problems[0].code === 'file-number',
      );
    });
  }
});
