import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { analyzeModule, type ModuleAnalysis, type ModuleSource, type ProjectView } from '../../../../src/python';
import { python } from '../../../python';

const path = '/project/model.py';

/** The text read, read again with a line more below it, and read once more. */
function readings(text: string, project?: ProjectView): ModuleAnalysis[] {
  const first = analyzeModule({ path, text, project });
  const second = analyzeModule({ path, text: `${text}\n# more`, project, previous: first });
  return [first, second, analyzeModule({ path, text: `${text}\n# more\n`, project, previous: second })];
}

const parameter = (analysis: ModuleAnalysis, name: string): unknown => analysis.reports.at(-1)?.parameters[name];

describe('what is used again of the last reading', () => {
  // Each gives a layer of 5 channels, as Python has it.
  for (const [what, text] of [
    ['a list that another statement changes', 'sizes = [1]\nsizes.append(5)\nnn.Conv2d(sizes[1], 4, 3)\n'],
    ['a dictionary', 'sizes = {}\nsizes.update(c=5)\nnn.Conv2d(sizes["c"], 4, 3)\n'],
    ['an object', 'class O:\n    c = 3\nO.c = 5\nnn.Conv2d(O.c, 4, 3)\n'],
    [
      'a variable of the module, from a function',
      'c = 3\ndef f():\n    global c\n    c = 5\nf()\nnn.Conv2d(c, 4, 3)\n',
    ],
    ['a tensor in place', 't = torch.tensor([3])\nt.fill_(5)\nnn.Conv2d(int(t[0]), 4, 3)\n'],
  ] as const)
    it(`does not leave out what a statement changes beside its own variables: ${what}`, () => {
      const found = readings(`import torch\nimport torch.nn as nn\n${text}`).map((each) =>
        parameter(each, 'in_channels'),
      );
      assert.deepEqual(found, [5, 5, 5]);
    });

  // What is edited is named by nobody who uses the list; the layer has as many input channels as its last item says.
  const layer =
    'class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.c = nn.Conv2d(sizes[-1], 4, 3)\n';
  const applied = 'y = nn.Conv2d(3, sizes[-1], 3)(torch.randn(1, 3, 9, 9))\n';
  const head = 'import torch\nimport torch.nn as nn\nsizes = [3]\ndef fill(n):\n    sizes.append(n)\n';
  for (const [what, before, after] of [
    ['an argument of a call', 'fill(5)\n', 'fill(6)\n'],
    ['a call that is gone', 'fill(5)\n', 'pass\n'],
    ['a call that is new', 'pass\n', 'fill(5)\n'],
    ['the order of two calls', 'fill(5)\nfill(6)\n', 'fill(6)\nfill(5)\n'],
    ['another name of the list', 'other = sizes\nother.append(5)\n', 'other = sizes\nother.append(6)\n'],
    ['a loop', 'for n in range(5):\n    fill(n + 1)\n', 'for n in range(6):\n    fill(n + 1)\n'],
    [
      'a decorator',
      'def keep(n):\n    fill(n)\n    return lambda f: f\n@keep(5)\ndef f(): pass\n',
      'def keep(n):\n    fill(n)\n    return lambda f: f\n@keep(6)\ndef f(): pass\n',
    ],
    [
      'a variable of a class',
      'class O:\n    n = 0\ndef put(n):\n    sizes.append(n)\nput(5)\n',
      'class O:\n    n = 0\ndef put(n):\n    sizes.append(n + 1)\nput(5)\n',
    ],
  ] as const)
    for (const [user, told] of [
      [layer, 'in_channels'],
      [applied, 'out_channels'],
    ] as const)
      it(`is nothing that a statement reaches which has become another: ${what}, ${told}`, () => {
        const [first, second] = [head + before + user, head + after + user];
        const fresh = analyzeModule({ path, text: second });
        const again = analyzeModule({ path, text: second, previous: analyzeModule({ path, text: first }) });
        assert.notEqual(parameter(analyzeModule({ path, text: first }), told), parameter(fresh, told));
        assert.deepEqual(again.reports, fresh.reports);
      });

  it('is nothing that ran behind a statement which now stands above it', () => {
    const [first, second] = [`${head}${applied}fill(5)\n`, `${head}fill(5)\n${applied}`];
    const again = analyzeModule({ path, text: second, previous: analyzeModule({ path, text: first }) });
    assert.equal(parameter(again, 'out_channels'), 5);
  });

  it('is told with the files that a function imports when it runs', () => {
    const text = python`
      import torch.nn as nn
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              from sizes import WIDTH
              self.conv = nn.Conv2d(WIDTH, 4, 3)
    `;
    const files = (width: number): ProjectView => {
      const sizes: ModuleSource = { path: '/project/sizes.py', text: 'from widths import WIDTH\n', version: 1 };
      const widths: ModuleSource = { path: '/project/widths.py', text: `WIDTH = ${width}\n`, version: width };
      return { resolve: (_from, module) => (module === 'sizes' ? sizes : module === 'widths' ? widths : undefined) };
    };
    const all = readings(text, files(5));
    for (const each of all) {
      assert.deepEqual(each.dependencies.map((other) => other.path).sort(), [
        '/project/sizes.py',
        '/project/widths.py',
      ]);
      assert.equal(parameter(each, 'in_channels'), 5);
    }
    // So that a change of one of them is seen, however often the file was read meanwhile.
    const changed = analyzeModule({ path, text: `${text}\n# more\n`, project: files(6), previous: all[2] });
    assert.equal(parameter(changed, 'in_channels'), 6);
  });
});
