// Files that are shared out between threads are told as one thread tells them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { checkAll, FEW, help, type Part, type StartHelpers } from '../../../src/cli/crew';
import { Targets } from '../../../src/cli/targets';
import { command } from './support';

describe('files shared out between threads', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'crew-'));
    writeFileSync(join(folder, 'pyproject.toml'), '');
    writeFileSync(join(folder, 'widths.py'), 'WIDTH = 8\n');
    mkdirSync(join(folder, 'nets'));
    // Each has another problem than the others, which follows from what it imports.
    for (let index = 0; index < FEW + 10; index++)
      writeFileSync(
        join(folder, 'nets', `net${index}.py`),
        `import torch\nfrom torch import nn\nfrom widths import WIDTH\n\nnn.Conv2d(WIDTH + ${index}, 4, 3)(torch.zeros(1, 3, 9, 9))\n`,
      );
  });
  after(() => rmSync(folder, { recursive: true }));

  const checked = async (start?: StartHelpers): Promise<unknown> =>
    checkAll(await new Targets({ paths: ['.'] }, folder).find(), {}, folder, start);

  it('have the answers of one thread, in their order, whoever gives them', async () => {
    const alone = await checked();
    let taken = 0;
    const helped: StartHelpers = (share) => {
      // The files behind those that this thread is given are left to the one that asks.
      const files = share.files.slice(0, 6);
      Atomics.add(share.taken, 0, 6);
      const own = { ...share, files, taken: new Int32Array(new SharedArrayBuffer(4)) };
      return [help(own).then((part) => ((taken = part.length), part))];
    };
    assert.deepEqual(await checked(helped), alone);
    assert.equal(taken, 6);
    assert.match(JSON.stringify(alone), /expects 17 input channels/);
  });

  it('are read once more where a helper ends before it has told of them', async () => {
    const alone = await checked();
    const ended: StartHelpers = ({ taken }) => {
      Atomics.add(taken, 0, 8);
      return [Promise.reject<Part>(new Error('out of memory'))];
    };
    assert.deepEqual(await checked(ended), alone);
  });

  it('are told by the built command as by one thread', async () => {
    const { out, status } = await command(['check', '.', '--format', 'json'], folder);
    const built = spawnSync(
      process.execPath,
      [join(process.cwd(), 'dist/cli/main.js'), 'check', '.', '--format', 'json'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    assert.equal(built.stderr, '');
    assert.equal(built.stdout, out);
    assert.deepEqual([built.status, status], [1, 1]);
  });
});
