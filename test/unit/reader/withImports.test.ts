import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createReader } from '../../../src/reader/handlers';
import { readWithImports } from '../../../src/reader/withImports';
import { type Followed, follow, InlineReader, ROOT } from './support';

const layer = (width: string): string => `import torch.nn as nn\n${width}\nup = nn.ConvTranspose2d(WIDTH, 3, 4)\n`;
const widthOf = ({ analysis }: Followed): unknown => analysis.reports[0]?.parameters.in_channels;

/** A chain of imports: each file takes the width from the next. */
function chain(depth: number): Record<string, string> {
  const files: Record<string, string> = { 'net.py': layer('from m1 import WIDTH') };
  for (let index = 1; index < depth; index++) files[`m${index}.py`] = `from m${index + 1} import WIDTH\n`;
  files[`m${depth}.py`] = 'WIDTH = 24\n';
  return files;
}

describe('reading a text with its imports', () => {
  it('reads it once, though the imports are eight deep: they are asked for level by level before', async () => {
    const found = await follow(chain(8), 'net.py');
    assert.equal(widthOf(found), 24);
    assert.equal(found.readings, 1);
    // A level each for the eight of them and for what the text itself imports beside.
    assert.equal(found.rounds, 8);
  });

  it('asks for no place twice, and for none when it reads again', async () => {
    const reader = new InlineReader();
    const first = await follow(chain(8), 'net.py', reader);
    assert.equal(new Set(first.asked).size, first.asked.length);
    const again = await follow({ ...chain(8), 'net.py': `${chain(8)['net.py']}# typed\n` }, 'net.py', reader);
    assert.deepEqual([again.readings, again.asked], [1, []]);
  });

  it('reads it once with a package whose __init__ hands on what its modules define', async () => {
    const found = await follow(
      {
        'net.py': layer('from pkg import WIDTH'),
        'pkg/__init__.py': 'from .sizes import *\nfrom .blocks import Block\n',
        'pkg/sizes.py': 'from .deep import WIDTH\n',
        'pkg/deep/__init__.py': 'from .base import WIDTH\n',
        'pkg/deep/base.py': 'WIDTH = 40\n',
        'pkg/blocks.py': 'class Block: pass\n',
      },
      'net.py',
    );
    assert.equal(widthOf(found), 40);
    assert.equal(found.readings, 1);
  });

  it('reads it once with relative imports, of modules beside, above and in folders', async () => {
    const found = await follow(
      {
        'pkg/models/net.py': layer('from ..sizes import BASE\nfrom . import scale\nWIDTH = BASE * scale.TWICE'),
        'pkg/sizes.py': 'from .config.base import BASE\n',
        'pkg/config/base.py': 'BASE = 8\n',
        'pkg/models/__init__.py': '',
        'pkg/models/scale.py': 'from ..config import factors\nTWICE = factors.TWO\n',
        'pkg/config/factors.py': 'TWO = 2\n',
      },
      'pkg/models/net.py',
    );
    assert.equal(widthOf(found), 16);
    assert.equal(found.readings, 1);
  });

  it('reads it once with what imports it, and what that imports', async () => {
    const files = {
      'net.py':
        'import torch.nn as nn\nclass Net(nn.Module):\n    def forward(self, x):\n        return nn.ReLU()(nn.Conv2d(3, 4, 3)(x))\n',
      'sizes.py': 'SIZE = 20\n',
    };
    const reader = new InlineReader();
    await reader.know([
      {
        path: `${ROOT}/train.py`,
        text: 'import torch\nfrom net import Net\nfrom sizes import SIZE\nNet()(torch.zeros(1, 3, SIZE, SIZE))\n',
      },
    ]);
    const { analysis, readings } = await follow(files, 'net.py', reader);
    assert.deepEqual(analysis.reports[0].uses[0].inputShape, [1, 3, 20, 20]);
    assert.equal(readings, 1);
  });

  it('reads it twice when only the analysis can tell that a module is meant', async () => {
    const found = await follow(
      { 'net.py': layer('import pkg\nWIDTH = pkg.sizes.WIDTH'), 'pkg/__init__.py': '', 'pkg/sizes.py': 'WIDTH = 32\n' },
      'net.py',
    );
    assert.equal(widthOf(found), 32);
    assert.equal(found.readings, 2);
  });

  it('ends with what is known when imports never end, and when nobody answers', async () => {
    let asked = 0;
    const reader = new InlineReader();
    const request = { path: `${ROOT}/net.py`, text: layer('WIDTH = 5\nimport m0'), inputShapes: {}, folders: [ROOT] };
    const { analysis: endless } = await readWithImports(reader, request, async (places) => {
      asked++;
      await reader.know(
        places.map((path) => ({ path, text: /m\d+\.py$/.test(path) ? `import m${asked}\n` : undefined })),
      );
      return true;
    });
    assert.equal(endless.reports.length, 1);
    const { analysis: silent } = await readWithImports(new InlineReader(), request, async () => false);
    assert.equal(silent.reports.length, 1);
  });

  it('ends with what asking for a place throws', async () => {
    const stop = new Error('The text has changed.');
    const reader = new InlineReader();
    await assert.rejects(
      readWithImports(
        reader,
        { path: `${ROOT}/net.py`, text: chain(2)['net.py'], inputShapes: {}, folders: [ROOT] },
        () => Promise.reject(stop),
      ),
      stop,
    );
    assert.equal(reader.readings, 0);
  });
});

describe('what the thread knows', () => {
  it('is forgotten with all below it, and then asked for again', async () => {
    const reader = new InlineReader();
    const files = { 'net.py': layer('from pkg.sizes import WIDTH'), 'pkg/sizes.py': 'WIDTH = 7\n' };
    assert.equal(widthOf(await follow(files, 'net.py', reader)), 7);
    await reader.forget([`${ROOT}/pkg`]);
    const again = await follow({ ...files, 'pkg/sizes.py': 'WIDTH = 9\n' }, 'net.py', reader);
    assert.equal(widthOf(again), 9);
    assert.ok(again.asked.includes(`${ROOT}/pkg/sizes.py`));
    assert.ok(!again.asked.includes(`${ROOT}/torch.py`));
  });

  it('imports nobody once it is forgotten or imports something else', () => {
    const reader = createReader();
    const importer = `${ROOT}/train.py`;
    reader.know([{ path: importer, text: 'from net import Net\n' }]);
    assert.equal(reader.isImported(`${ROOT}/net.py`), true);
    reader.know([{ path: importer, text: 'from other import Net\n' }]);
    assert.equal(reader.isImported(`${ROOT}/net.py`), false);
    assert.equal(reader.isImported(`${ROOT}/other.py`), true);
    reader.forget([importer]);
    assert.equal(reader.isImported(`${ROOT}/other.py`), false);
  });

  it('is met in the order of paths, whatever was known first', async () => {
    const net =
      'import torch.nn as nn\nclass Net(nn.Module):\n    def forward(self, x):\n        return nn.Conv2d(3, 4, 3)(x)\n';
    const importers = [4, 5].map((size) => ({
      path: `${ROOT}/train${size}.py`,
      text: `import torch\nfrom net import Net\nNet()(torch.zeros(1, 3, ${size}, ${size}))\n`,
    }));
    const told = [importers, importers.toReversed()].map((files) => {
      const reader = createReader();
      reader.know(files);
      return reader.read({ path: `${ROOT}/net.py`, text: net, inputShapes: {}, folders: [ROOT], asKnown: true });
    });
    for (const each of told)
      assert.deepEqual(
        each.told?.analysis.dependencies.map(({ path }) => path),
        importers.map(({ path }) => path),
      );
  });
});
