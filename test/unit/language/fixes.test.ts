import assert from 'node:assert/strict';
import { recordings } from '../../../src/language/fixes';
import type { Words } from '../../../src/language/words';
import { format } from '../../../src/core/problem';
import { analyzeModule, type ModuleAnalysis } from '../../../src/python';
import { python } from '../../python';

const WORDS: Words = { say: (template, ...args) => format(template, args), language: 'en' };

const read = (text: string): ModuleAnalysis => analyzeModule({ path: 'file:///w/a.py', text, lines: true });

/** The changes that are offered on the line of a text, and what each makes of all of it. */
function offered(text: string, on: string): readonly (readonly [title: string, text: string])[] {
  const at = text.indexOf(on);
  const analysis = read(text);
  return recordings({ start: at, end: at }, { source: { text }, analysis }, WORDS).map(({ title, edits: [edit] }) => [
    title,
    text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end),
  ]);
}

const shapesOf = (text: string, name: string): unknown =>
  read(text).lines?.find((each) => each.name === name)?.shapes[0];

describe('what the editor writes down of a shape', () => {
  const known = python`
    import torch
    from torch import nn

    def run():
        x = torch.zeros(1, 3, 8, 8)
        y = nn.Conv2d(3, 4, 3)(
            x,
        )
        return y
  `;

  it('is an assertion below the line, and a comment behind it, of which neither changes what is read', () => {
    const changes = offered(known, 'y = ');
    assert.deepEqual(
      changes.map(([title]) => title),
      ['Assert it: assert y.shape == (1, 4, 6, 6)', 'Write it down: # y: (1, 4, 6, 6)'],
    );
    const [asserted, commented] = changes.map(([, text]) => text);
    assert.ok(asserted.includes('    )\n    assert y.shape == (1, 4, 6, 6)\n    return y'));
    assert.ok(commented.includes('    )  # y: (1, 4, 6, 6)\n'));
    for (const text of [asserted, commented]) {
      assert.deepEqual(shapesOf(text, 'y'), [1, 4, 6, 6]);
      assert.deepEqual([...read(text).problems, ...read(text).reports.flatMap(({ problems }) => problems)], []);
    }
  });

  it('is no assertion where one stands, no comment beside another', () => {
    const [[, asserted], [, commented]] = offered(known, 'y = ');
    assert.deepEqual(
      offered(asserted, 'y = ').map(([title]) => title.slice(0, 9)),
      ['Write it '],
    );
    assert.deepEqual(
      offered(commented, 'y = ').map(([title]) => title.slice(0, 9)),
      ['Assert it'],
    );
  });

  it('takes the place of a comment that is nothing but another shape', () => {
    const wrong = known.replace('    )\n', '    )  # (1, 5, 6, 6)\n');
    const [, [, commented]] = offered(wrong, 'y = ');
    assert.ok(commented.includes('    )  # y: (1, 4, 6, 6)\n'), commented);
  });

  it('asserts of Paddle, whose shape is a list, what holds', () => {
    const text = python`
      import paddle

      x = paddle.zeros([1, 3, 8, 8])
      y = paddle.nn.Conv2D(3, 4, 3)(x)
    `;
    const [[title]] = offered(text, 'y = ');
    assert.equal(title, 'Assert it: assert tuple(y.shape) == (1, 4, 6, 6)');
  });

  it('is nothing of several shapes, of unknown ones, and of a statement that shares its line', () => {
    const text = python`
      import torch
      from torch import nn

      layer = nn.Conv2d(3, 4, 3)

      def run(a):
          b = layer(a)
          return b

      for size in (8, 9):
          c = torch.zeros(1, 3, size, size)
          d = layer(c)
      if d is not None: e = torch.zeros(2, 2)
    `;
    assert.deepEqual(
      offered(text, 'e = torch').map(([title]) => title),
      [],
    );
    assert.deepEqual(offered(text, 'b = layer'), []);
    assert.deepEqual(offered(text, 'd = layer'), []);
    assert.deepEqual(offered(text, 'layer = nn'), []);
  });
});
