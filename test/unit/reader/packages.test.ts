import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ModuleAnalysis } from '../../../src/python';
import type { ReadRequest } from '../../../src/reader/api';
import { packageOf, placesOf } from '../../../src/reader/places';
import { readWithImports, tellInstalled } from '../../../src/reader/withImports';
import { python } from '../../python';
import { InlineReader, ROOT } from './support';

const PACKAGES = 'file:///env/lib/python3.12/site-packages';

/** What a file on screen gives at first, and when everything that it imports has been told. */
async function read(
  own: string,
  installed: Readonly<Record<string, string>>,
  workspace: Readonly<Record<string, string>> = {},
): Promise<{
  readonly first: ModuleAnalysis;
  readonly then: ModuleAnalysis;
  readonly told: readonly string[];
  readonly rounds: number;
}> {
  const reader = new InlineReader();
  const files = new Map<string, string>([
    ...Object.entries(installed).map(([name, text]) => [`${PACKAGES}/${name}`, text] as const),
    ...Object.entries(workspace).map(([name, text]) => [`${ROOT}/${name}`, text] as const),
  ]);
  const told: string[] = [];
  let rounds = 0;
  const tell = async (places: readonly string[]): Promise<boolean> => {
    rounds++;
    const found = places.map((path) => ({ path, text: files.get(path) }));
    told.push(...found.flatMap(({ path, text }) => (text === undefined ? [] : [path])));
    await reader.know(found);
    return found.some(({ text }) => text !== undefined);
  };
  const request: ReadRequest = {
    path: `${ROOT}/net.py`,
    text: own,
    inputShapes: {},
    folders: [ROOT],
    packages: [PACKAGES],
  };
  const { analysis: first, later } = await readWithImports(reader, request, tell);
  rounds = 0;
  await tellInstalled(reader, request, later, tell);
  const { analysis: then, later: more } = await readWithImports(reader, request, tell);
  assert.deepEqual(more, []);
  return { first, then, told: told.map((path) => path.replace(`${PACKAGES}/`, '')), rounds };
}

const outputs = ({ reports }: ModuleAnalysis): unknown =>
  reports.flatMap(({ uses }) => uses.map((use) => use.outputShape));

const NET = {
  'zoo/__init__.py': 'from .nets import Net, Other\n',
  'zoo/nets/__init__.py': 'from .net import Net\nfrom .other import Other\n',
  'zoo/nets/net.py': python`
    import torch.nn as nn

    from zoo.blocks import WIDTH


    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(3, WIDTH, 3, stride=2)

        def forward(self, x):
            return self.conv(x)
  `,
  'zoo/blocks.py': 'WIDTH = 24\n',
  'zoo/nets/other.py': 'from .tables import TABLE\n\n\nclass Other:\n    table = TABLE\n',
  'zoo/nets/tables.py': 'TABLE = [index for index in range(1000)]\n',
};

const OWN = python`
  import torch
  from torch import nn
  from zoo import Net

  plain = nn.Conv2d(3, 5, 3)(torch.zeros(2, 3, 33, 33))
  up = nn.ConvTranspose2d(24, 8, 2, stride=2)(Net()(torch.zeros(2, 3, 33, 33)))
`;

describe('installed packages', () => {
  it('give the shapes of their models, once they are known; the user’s own lines are told before', async () => {
    const { first, then } = await read(OWN, NET);
    assert.deepEqual(outputs(first), [
      [2, 5, 31, 31],
      ['N_t', 8, '2*H_t', '2*W_t'],
    ]);
    assert.deepEqual(outputs(then), [
      [2, 5, 31, 31],
      [2, 8, 32, 32],
    ]);
  });

  it('are read as far as a name leads, and no further', async () => {
    const { told } = await read(OWN, NET);
    assert.deepEqual([...told].sort(), ['zoo/__init__.py', 'zoo/blocks.py', 'zoo/nets/__init__.py', 'zoo/nets/net.py']);
  });

  it('are found through what a package imports whole, by an attribute and under another name', async () => {
    const files = {
      'zoo/__init__.py': 'from . import models\n',
      'zoo/models/__init__.py': 'from .small import *\nfrom .large import *\n',
      'zoo/models/small.py': NET['zoo/nets/net.py'].replace('class Net', 'class Small'),
      'zoo/models/large.py': NET['zoo/nets/net.py'].replace('3, stride=2', '5').replace('class Net', 'class Large'),
      'zoo/blocks.py': 'WIDTH = 24\n',
    };
    const own = python`
      import torch
      import zoo as z
      from torch import nn

      up = nn.ConvTranspose2d(24, 8, 2, stride=2)(z.models.Large()(torch.zeros(2, 3, 33, 33)))
    `;
    const { then } = await read(own, files);
    assert.deepEqual(outputs(then), [[2, 8, 58, 58]]);
  });

  it('are asked for a model by the name under which a decorator registers it', async () => {
    const files = {
      'zoo/__init__.py': 'from .models import create\n',
      'zoo/models/__init__.py': 'from .registry import create\nfrom .small import *\nfrom .large import *\n',
      'zoo/models/registry.py': python`
        MODELS = {}


        def register(function):
            MODELS[function.__name__] = function
            return function


        def create(name):
            if name not in MODELS:
                raise ValueError(name)
            return MODELS[name]()
      `,
      ...Object.fromEntries(
        ['small', 'large'].map((name, index) => [
          `zoo/models/${name}.py`,
          python`
            from torch import nn

            from .registry import register


            @register
            def ${name}_net():
                return nn.Conv2d(3, ${24 + index}, 3)
          `,
        ]),
      ),
    };
    const own = python`
      import torch
      import zoo
      from torch import nn

      model = zoo.create("large_net")
      up = nn.ConvTranspose2d(25, 8, 2, stride=2)(model(torch.zeros(2, 3, 33, 33)))
    `;
    const { then } = await read(own, files);
    assert.deepEqual(outputs(then), [[2, 8, 62, 62]]);
  });

  it('that load their parts late are found by the list that they keep for type checkers', async () => {
    const files = {
      ...NET,
      'zoo/__init__.py': python`
        import sys
        from typing import TYPE_CHECKING

        from .lazy import LazyModule, slow

        if TYPE_CHECKING or slow():
            try:
                pass
            except ImportError:
                from .dummies import *
            else:
                from .nets import Net
        else:
            sys.modules[__name__] = LazyModule(__name__)
      `,
      'zoo/lazy.py': 'import os\n\n\ndef slow():\n    return os.environ.get("SLOW")\n\n\nclass LazyModule:\n    pass\n',
    };
    const { then } = await read(OWN, files);
    assert.deepEqual(outputs(then), [
      [2, 5, 31, 31],
      [2, 8, 32, 32],
    ]);
  });

  it('need few rounds: as many as files lead to each other', async () => {
    const { rounds } = await read(OWN, NET);
    assert.ok(rounds <= 5, String(rounds));
  });

  it('are not read from where there are rules for them', async () => {
    const { told, then } = await read(OWN, { ...NET, 'torch/__init__.py': 'zeros = None\nnn = None\n' });
    assert.ok(!told.includes('torch/__init__.py'));
    assert.deepEqual(outputs(then), [
      [2, 5, 31, 31],
      [2, 8, 32, 32],
    ]);
  });

  it('come behind a file of the workspace of the same name', async () => {
    const { then } = await read(OWN, NET, {
      'zoo.py': NET['zoo/nets/net.py']
        .replace('from zoo.blocks import WIDTH', 'WIDTH = 24')
        .replace('stride=2', 'stride=1'),
    });
    assert.deepEqual(outputs(then), [
      [2, 5, 31, 31],
      [2, 8, 62, 62],
    ]);
  });

  it('are no example of what the user writes, though they import a module of that name', async () => {
    const own = python`
      from torch import nn
      import zoo


      class Net(nn.Module):
          def __init__(self, width):
              super().__init__()
              self.conv = nn.Conv2d(width, 8, 3)

          def forward(self, x):
              return self.conv(x)


      zoo.use()
    `;
    const { then } = await read(own, {
      'zoo/__init__.py': 'from net import Net\n\n\ndef use():\n    pass\n\n\nNet(7)\n',
    });
    assert.equal(
      then.reports[0].parameters.in_channels && JSON.stringify(then.reports[0].parameters.in_channels),
      '{"symbol":"width"}',
    );
  });

  it('say nothing of their own errors in the file that imports them', async () => {
    const files = {
      'zoo/__init__.py':
        'from torch import nn\n\nBAD = nn.Conv2d(3, 8, 3, stride=0)\n\n\ndef make():\n    return nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=2)\n',
    };
    const own = 'import zoo\nfrom torch import nn\n\nbad = zoo.BAD\nnet = zoo.make()\nown = nn.Conv2d(3, 4, 3)\n';
    const { then } = await read(own, files);
    assert.deepEqual([then.problems, then.reports.flatMap(({ problems }) => problems)], [[], []]);
    assert.equal(then.reports.length, 1);
  });

  it('of forty files of tables behind one import leave the file its own steps', async () => {
    const table = (index: number): string =>
      `ROWS_${index} = {}\nfor row in range(200):\n    for column in range(200):\n        ROWS_${index}[(row, column)] = row * column + ${index}\n`;
    const names = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const files = {
      ...Object.fromEntries(names.map((name, index) => [`tables/${name}.py`, table(index)])),
      'tables/__init__.py': names.map((name, index) => `from .${name} import ROWS_${index}\n`).join(''),
    };
    const own = python`
      import torch
      import torch.nn as nn
      from tables import ${names.map((_, index) => `ROWS_${index}`).join(', ')}

      known = [${names.map((_, index) => `len(ROWS_${index})`).join(', ')}]
      plain = nn.Conv2d(3, 5, 3)(torch.zeros(2, 3, 33, 33))
    `;
    const { then } = await read(own, files);
    assert.deepEqual(outputs(then), [[2, 5, 31, 31]]);
    const { then: inWorkspace } = await read(own, {}, files);
    assert.deepEqual(outputs(inWorkspace), [[2, 5, 31, 31]]);
  });
});

describe('the places of installed packages', () => {
  const roots = { folders: [ROOT], packages: [PACKAGES] };

  it('come last for what the user imports, and are the only ones for what is installed', () => {
    const own = placesOf(`${ROOT}/a/net.py`, 'zoo.nets', 0, roots);
    assert.deepEqual(own.slice(-2), [`${PACKAGES}/zoo/nets.py`, `${PACKAGES}/zoo/nets/__init__.py`]);
    assert.equal(own[0], `${ROOT}/a/zoo/nets.py`);
    assert.deepEqual(placesOf(`${PACKAGES}/zoo/nets/net.py`, 'other', 0, roots), [
      `${PACKAGES}/other.py`,
      `${PACKAGES}/other/__init__.py`,
    ]);
  });

  it('go up by the dots of an import, though the environment stands in the workspace', () => {
    const packages = `${ROOT}/.venv/lib/python3.12/site-packages`;
    const found = placesOf(`${packages}/zoo/nets/net.py`, 'blocks', 2, { folders: [ROOT], packages: [packages] });
    assert.deepEqual(found, [`${packages}/zoo/blocks.py`, `${packages}/zoo/blocks/__init__.py`]);
  });

  it('belong to the package whose folder or file is the first below', () => {
    assert.equal(packageOf(`${PACKAGES}/zoo/nets/net.py`, [PACKAGES]), `${PACKAGES}/zoo`);
    assert.equal(packageOf(`${PACKAGES}/six.py`, [PACKAGES]), `${PACKAGES}/six.py`);
    assert.equal(packageOf(`${ROOT}/net.py`, [PACKAGES]), undefined);
  });
});
