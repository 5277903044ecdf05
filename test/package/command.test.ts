// What `npm pack` carries is the command alone, and that runs where nothing else is.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';

/** Packed: the reading of Python, the libraries of two protocols, and what is said in Chinese. */
const mostBytes = 700_000;

const npm = (args: readonly string[], cwd: string): string => {
  const { status, stdout, stderr } = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--no-update-notifier'], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  assert.equal(status, 0, stderr);
  return stdout;
};

describe('the packed command', () => {
  let folder = '';
  let packed: { filename: string; size: number; files: { path: string }[] };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'packed-'));
    const told = npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], process.cwd());
    [packed] = Object.values(JSON.parse(told) as (typeof packed)[] | Record<string, typeof packed>);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('holds nothing but the command, its notices and what npm adds', () => {
    assert.ok(packed.size < mostBytes, `it has ${packed.size} bytes`);
    assert.deepEqual(packed.files.map(({ path }) => path).sort(), [
      'LICENSE',
      'README.md',
      'dist/cli/THIRD_PARTY_NOTICES.txt',
      'dist/cli/main.js',
      'dist/cli/mcp.js',
      'dist/cli/reader.js',
      'dist/cli/reading.js',
      'dist/cli/server.js',
      'l10n/bundle.l10n.zh-cn.json',
      'package.json',
    ]);
  });

  it('runs where nothing but it is installed, and takes no other package along', () => {
    writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "version": "1.0.0" }');
    npm(['install', '--offline', packed.filename], folder);
    assert.deepEqual(
      readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.')),
      ['transposed-conv-inspector'],
    );
    writeFileSync(join(folder, 'net.py'), 'from torch import nn\nlayer = nn.Conv2d(3, 8, 3, stride=0)\n');
    const command = join(folder, 'node_modules/.bin/transposed-conv-inspector');
    const { status, stdout, stderr } = spawnSync(command, ['check', '.'], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    assert.equal(stderr, '');
    assert.match(stdout, /^net\.py:2:35: error: .* \[stride-range\]\n/);
    assert.equal(status, 1);
  });

  it('is what the pre-commit hook and the line for continuous integration run', () => {
    const [entry] = /(?<=entry: ).*/.exec(readFileSync('.pre-commit-hooks.yaml', 'utf8')) ?? [];
    const [name, ...args] = entry?.split(' ') ?? [];
    // As pre-commit does it: the package installed in an environment of its own, the changed files behind the entry.
    const hook = spawnSync(join(folder, 'node_modules/.bin', name), [...args, 'net.py'], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    assert.match(hook.stdout, /^net\.py:2:35: error: /);
    assert.equal(hook.status, 1);
    const [, line] = /run: npx --yes (.*)/.exec(readFileSync('docs/command.md', 'utf8')) ?? [];
    const written = line
      .replace(/\S+\.tgz/, `./${packed.filename}`)
      .replace(' src ', ' . ')
      .split(' ');
    const step = spawnSync('npx', ['--offline', '--yes', ...written], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    assert.match(step.stdout, /^::error file=net\.py,line=2,/, step.stderr);
    assert.equal(step.status, 1);
  });
});
