import assert from 'node:assert/strict';
import type { Statement } from '../../../../src/python/syntax/ast';
import { parse } from './tree';

/** The shapes stated of each statement, innermost too: `kind dims`, with a `>` where they hold after it. */
function notes(list: readonly Statement[]): string[] {
  return list.flatMap((each) => {
    const own = each.notes?.map(({ dims, trailing }) => `${each.kind} ${trailing ? '> ' : ''}${dims.join(' ')}`) ?? [];
    const inner =
      each.kind === 'function'
        ? each.body()
        : each.kind === 'if'
          ? [...each.branches.flatMap(({ body }) => body), ...each.otherwise]
          : [];
    return [...own, ...notes(inner)];
  });
}

describe('a shape that a comment states', () => {
  for (const [title, text, stated] of [
    ['the statement below it', '# x: (1, 2)\ny\n', ['expression 1 2']],
    ['the statement beside it', 'y = 1  # x: (1, 2)\nz\n', ['assign > 1 2']],
    ['the last line of a block beside it', 'def f():\n    return 1  # x: (1, 2)\nz\n', ['return > 1 2']],
    ['the only line of a block beside it', 'if a: y = 1  # x: (1, 2)\nz\n', ['assign > 1 2']],
    ['the first statement below a head', 'def f(x):  # x: (1, 2)\n    return 1\n', ['return 1 2']],
    ['what follows a block', 'if a:\n    b\n# x: (1, 2)\ny = 1\n', ['assign 1 2']],
    ['what follows a block in a block', 'def f():\n    if a:\n        b\n    # x: (1, 2)\n    y = 1\n', ['assign 1 2']],
    ['the other block', 'if a:\n    b\n# x: (1, 2)\nelse:\n    y = 1\n', ['assign 1 2']],
    ['nothing at the end of a block', 'if a:\n    b\n    # x: (1, 2)\ny = 1\n', []],
    ['nothing in a bracket', 'y = f(\n    # x: (1, 2)\n    1,  # x: (3, 4)\n)\n', []],
    ['a name with an x in it', '# x: (n_max, x_dim)\ny\n', ['expression n_max x_dim']],
    [
      'sizes with an x between them',
      '# x: (BxCxH)\ny\n# x: [3 x H x max_w]\nz\n',
      ['expression B C H', 'expression 3 H max_w'],
    ],
    ['the names of a volume', '# x: (b, c, x, y, z)\ny\n', ['expression b c x y z']],
    ['nothing where it tells what a row holds', '# boxes is [x1, y1, x2, y2]\ny\n# box: (x, y, w, h)\nz\n', []],
    ['nothing where it tells what is given back', 'y = f()  # (mean, std)\n# y: (score, label)\nz\n', []],
    ['nothing in a line that cannot be read', 'y = (1  # x: (1, 2)\nz\n', []],
  ] as const)
    it(`is for ${title}`, () => assert.deepEqual(notes(parse(text).parts.map(({ chunk }) => chunk.statement)), stated));

  it('makes the statement another one where it changes, however deep', () => {
    const before = parse('def f():\n    return 1  # x: (1, 2)\n');
    const after = parse('def f():\n    return 1  # x: (1, 3)\n', before);
    assert.notEqual(after.chunks[0], before.chunks[0]);
    assert.deepEqual(notes([after.chunks[0].statement]), ['return > 1 3']);
  });
});
