// The server's session with Neovim's own client. Debian's version knows no inlay hints; the host suite has those.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const EDITORS = join(process.cwd(), 'test/fixtures/editors');

interface Session {
  readonly version: string;
  readonly diagnostics: readonly { readonly line: number; readonly code: string; readonly severity: number }[];
  readonly hover: string;
  readonly lenses: readonly string[];
  readonly offered: readonly string[];
  readonly mended: string;
  readonly afterwards: number;
}

describe('the server’s session with Neovim', () => {
  let folder = '';
  let session: Session;
  before(function () {
    this.timeout(90_000);
    if (spawnSync('nvim', ['--version']).status !== 0) {
      console.log('Skipped, the session with Neovim: there is no nvim on the path.');
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'neovim-'));
    copyFileSync(join(EDITORS, 'net.py'), join(folder, 'net.py'));
    const report = join(folder, 'report.json');
    const { stderr } = spawnSync(
      'nvim',
      ['--headless', '--clean', '-n', '-c', `luafile ${join(EDITORS, 'session.lua')}`],
      {
        cwd: folder,
        encoding: 'utf8',
        timeout: 80_000,
        env: {
          ...process.env,
          ...Object.fromEntries(
            ['CONFIG', 'DATA', 'STATE', 'CACHE'].map((each) => [`XDG_${each}_HOME`, join(folder, each)]),
          ),
          TCI_NODE: process.execPath,
          TCI_SERVER: join(process.cwd(), 'dist/cli/main.js'),
          TCI_REPORT: report,
        },
      },
    );
    try {
      session = JSON.parse(readFileSync(report, 'utf8')) as Session;
    } catch {
      assert.fail(`Neovim came to no end: ${stderr}`);
    }
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('shows what is wrong, where it is', () => {
    assert.deepEqual(session.diagnostics, [{ line: 14, code: 'output-padding-large', severity: 1 }]);
  });

  it('shows the sizes of the layer under the cursor, with their formula', () => {
    assert.match(session.hover, /\(1, 32, 16, 16\).*→.*\(1, 16, 32, 32\)/);
    assert.match(session.hover, /8,208 parameters/);
    assert.doesNotMatch(session.hover, /\$\(/, 'no names of icons that only VS Code has');
  });

  it('has a lens for the model and for each layer', () => {
    assert.deepEqual(
      session.lenses.filter((each) => each.startsWith('x ')),
      ['x (1, 32, 16, 16) → (1, 16, 32, 32) · from a comment'],
    );
    assert.ok(session.lenses.includes('(1, 32, 16, 16) → (1, 16, 32, 32) · 8,208 parameters'));
  });

  it('mends the code by an action that Neovim applies, after which nothing is wrong', () => {
    assert.ok(session.offered.length >= 2, session.offered.join('\n'));
    assert.equal(session.mended, 'bad = nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=1)');
    assert.notEqual(typeof session.afterwards, 'string');
  });
});
