import assert from 'node:assert/strict';
import { analyze, usesOf } from './read';

const told = (text: string): string[] => usesOf(analyze(text), text);

/** Each sets `k`, which becomes a kernel's size; the number is what PyTorch (2.15) and NumPy give. */
const KNOWN: readonly (readonly [what: string, kernel: number, lines: string])[] = [
  ['a running sum', 7, 'k = torch.cumsum(torch.tensor([3, 4, 9]), 0)[1]'],
  ['a running product, as a method', 12, 'k = torch.tensor([3, 4, 9]).cumprod(0)[1]'],
  ['minus twice', 5, 't = -torch.tensor([5, 6])\nk = -t[0]'],
  ['halves that round to the even neighbour', 2, 'k = torch.tensor([2.5, 3.5]).round()[0]'],
  ['a sorted tensor', 3, 'v, where = torch.tensor([8, 3, 6]).sort()\nk = v[0]'],
  ['a flipped tensor', 9, 'k = torch.tensor([8, 3, 9]).flip(0)[0]'],
  ['a rolled tensor', 6, 'k = torch.roll(torch.tensor([8, 3, 6]), 1)[0]'],
  ['a square', 9, 'k = torch.tensor([3, 5]).square()[0]'],
  ['a power', 8, 'k = (torch.tensor([2, 5]) ** 3)[0]'],
  ['a choice', 4, 't = torch.tensor([9, 4])\nk = torch.where(t > 5, torch.tensor([1, 2]), t)[1]'],
  ['a logarithm', 3, 'k = torch.log2(torch.tensor([8.0, 2.0]))[0]'],
  ['an element that is assigned', 7, 't = torch.tensor([1, 2])\nt[0] = 7\nk = t[0]'],
  ['an element that another name assigns', 7, 't = torch.tensor([1, 2])\nu = t\nu[0] = 7\nk = t[0]'],
  ['what is added in place', 6, 't = torch.tensor([1, 2])\nu = t\nt += 5\nk = u[0]'],
  ['what is copied in', 4, 't = torch.tensor([0, 0])\nt.copy_(torch.tensor([4, 1]))\nk = t[0]'],
  ['a sum', 6, 'k = torch.tensor([1, 2, 3]).sum()'],
  ['a product in NumPy', 10, 'k = (np.array([2, 5]) * 5)[0]'],
  ['whole numbers divided in NumPy', 2, 'k = (np.array([4, 5]) / 2)[0]'],
  ['an in-place method', 8, 't = torch.tensor([4, 2])\nt.mul_(2)\nk = t[0]'],
  ['what an in-place method leaves under another name', 5, 't = torch.tensor([4, 2])\nu = t\nu.add_(1)\nk = t[0]'],
  ['a slice that is assigned', 3, 't = torch.tensor([4, 2, 6])\nt[1:] = 3\nk = t[2]'],
  ['what a mask selects', 6, 't = torch.tensor([4, 2, 6])\nk = t[t > 4][0]'],
  ['an entry of a matrix that is turned', 5, 't = torch.tensor([[1, 2], [5, 3]])\nk = t.t()[0, 1]'],
  ['a list of places', 9, 't = torch.tensor([4, 9, 6])\nk = t[[1, 0]][0]'],
  ['a tensor all of one number', 3, 'k = torch.full((4,), 3)[1]'],
  ['what is clamped', 3, 'k = torch.tensor([1, 9]).clamp(2, 3)[1]'],
  ['a descending order', 8, 'k = torch.tensor([3, 8, 6]).sort(descending=True)[0][0]'],
  ['a sum along an axis', 7, 'k = torch.tensor([[1, 2], [3, 5]]).sum(0)[1]'],
  ['what NumPy sorts in place', 2, 'a = np.array([7, 2, 4])\na.sort()\nk = a[0]'],
  ['what NumPy appends', 5, 'k = np.append(np.array([7, 2]), 5)[-1]'],
  ['a tensor rolled along its axis', 8, 'k = torch.roll(torch.tensor([3, 8, 6]), -1, 0)[0]'],
  ['what is put together', 6, 'k = torch.cat([torch.arange(2), torch.tensor([6])])[-1]'],
  ['the largest of what is stacked', 5, 'k = torch.stack([torch.tensor(1), torch.tensor(5)]).max()'],
  ['a cast', 3, 'k = torch.ceil(torch.tensor(9 / 4)).to(torch.int64)'],
];

/** Each changes what `t` holds in a way that is not looked at: then it is not known, and never what it was. */
const UNKNOWN: readonly (readonly [what: string, lines: string])[] = [
  ['a view that is written to', 't = torch.tensor([[4, 2], [3, 3]])\nt[0][1:].fill_(9)\nk = t[0][1]'],
  ['what shares its memory with a view', 't = torch.tensor([4, 2])\nu = t.detach()\nu.fill_(9)\nk = t[0]'],
  ['a method that nobody knows', 't = torch.tensor([4, 2]).some_method()\nk = t[0]'],
  ['an element that may have been assigned', 't = torch.tensor([4, 2])\nif flag:\n    t[0] = 7\nk = t[0]'],
  ['one of two tensors', 't = torch.tensor([4, 2])\nif flag:\n    t = torch.tensor([5, 2])\nk = t[0]'],
  ['a shuffled tensor', 'k = torch.tensor([4, 2])[torch.randperm(2)][0]'],
];

const program = (lines: string): string =>
  `import numpy as np\nimport torch\nimport torch.nn as nn\n\n${lines}\ny = nn.Conv1d(3, 2, int(k))(torch.randn(1, 3, 32))\n`;

describe('what a tensor holds', () => {
  for (const [what, kernel, lines] of KNOWN) {
    it(`is known for ${what}`, () => {
      assert.deepEqual(told(program(lines)), [`1 3 32 -> 1 2 ${33 - kernel}`]);
    });
  }

  for (const [what, lines] of UNKNOWN) {
    it(`is not known for ${what}`, () => {
      for (const use of told(program(lines))) assert.match(use, /^1 3 32 -> 1 2 .*[a-z]/);
    });
  }

  it('does not double when an analysis is built on the one before', () => {
    const text = program('t = torch.tensor([1, 2])\nt += 5\nk = t[0]');
    const more = `${text}\n# a line more\n`;
    const again = analyze(more, { previous: analyze(text) });
    assert.deepEqual(usesOf(again, more), ['1 3 32 -> 1 2 27']);
  });
});
