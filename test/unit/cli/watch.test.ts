import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { run } from '../../../src/cli/run';

describe('check --watch', () => {
  let folder = '';
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  before(() => (folder = mkdtempSync(join(tmpdir(), 'watch-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('checks again what a change concerns: the file, what it imports, and the settings', async () => {
    const layer = (stride: number | string): string => `from torch import nn\nnn.Conv2d(3, 8, 3, stride=${stride})\n`;
    write('pyproject.toml', '');
    write('width.py', 'STRIDE = 0\n');
    write('net.py', `from width import STRIDE\n${layer('STRIDE')}`);
    write('other.py', layer(1));
    const said: string[] = [];
    let heard = (): void => undefined;
    const terminal = {
      folder,
      out: (text: string): void => {
        said.push(text);
        heard();
      },
      error: (text: string): void => {
        said.push(text);
        heard();
      },
      coloured: false,
    };
    /** What is said once it ends like this. */
    const until = async (end: RegExp): Promise<string> => {
      while (!end.test(said.at(-1) ?? '')) await new Promise<void>((resolve) => (heard = resolve));
      return said.splice(0).join('');
    };
    const ended = new AbortController();
    const watching = run(['check', '.', '--watch'], terminal, '0.1.0', ended.signal);
    assert.match(await until(/Ctrl\+C/), /^net\.py:3:.*\[stride-range\]\n[^]*1 error, 0 warnings in 3 files\./);
    write('width.py', 'STRIDE = 2\n');
    assert.equal(await until(/No problems/), 'No problems in 3 files.\n');
    write('other.py', layer(0));
    assert.match(await until(/1 error/), /^other\.py:2:/);
    write('pyproject.toml', '[tool.transposed-conv-inspector]\nexclude = ["other.py"]\n');
    assert.equal(await until(/No problems/), 'No problems in 2 files.\n');
    ended.abort();
    assert.equal(await watching, 0);
  });
});
