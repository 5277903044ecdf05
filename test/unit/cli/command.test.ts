import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Ajv from 'ajv-draft-04';
import { after, before, describe, it } from 'mocha';
import { command, FIXTURES } from './support';

const runs = JSON.parse(readFileSync(join(FIXTURES, 'runs.json'), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;

describe('the command', () => {
  for (const [name, args] of Object.entries(runs)) {
    it(`prints what is committed for ${args.join(' ')}`, async () => {
      const { out, error, status } = await command(args);
      const expected = readFileSync(join(FIXTURES, 'expected', `${name}.txt`), 'utf8');
      assert.equal(`${out}${error}exit ${status}\n`, expected);
    });
  }

  it('writes SARIF that its schema takes, and that breaking it would not', async () => {
    const schema = JSON.parse(
      gunzipSync(readFileSync(join(FIXTURES, 'sarif-2.1.0-rtm.5.json.gz'))).toString(),
    ) as object;
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
    const { out } = await command(runs['check-sarif']);
    const log = JSON.parse(out) as { runs: { results: { level: string }[] }[] };
    assert.ok(validate(log), JSON.stringify(validate.errors));
    assert.ok(log.runs[0].results.length >= 5);
    log.runs[0].results[0].level = 'loud';
    assert.ok(!validate(log));
  });

  for (const [args, said] of [
    [[], /^Reads the shapes/],
    [['check'], /^Say which files or folders to check\.\n$/],
    [['check', 'nowhere'], /^There is no file or folder nowhere\.\n$/],
    [['check', '.', '--format', 'pdf'], /^There is no format pdf\. There are: text, json, sarif, github, junit\.\n$/],
    [['check', '.', '--level', 'loud'], /^--level must be error, warning, information or hint\.\n$/],
    [['check', '.', '--nonsense'], /^There is no option --nonsense; --help says which there are\.\n$/],
    [['check', '.', '--json'], /^check takes no --json; it has --format json\.\n$/],
    [['check', '.', '--why', '--format', 'json'], /^--why tells something else, .* and takes no --format\.\n$/],
    [['explain', 'train.py:1', '--watch'], /^explain takes no --watch; --help says what it takes\.\n$/],
    [['sizes', '.', '--packages', 'nowhere'], /^There is no folder nowhere whose packages could be read\.\n$/],
    [['explain', 'notes.ipynb:2'], /^Say in which cell, as check does: notes\.ipynb:cell 2:2\.\n$/],
    [['check', 'pyproject.toml'], /^pyproject\.toml is neither Python nor a notebook\.\n$/],
    [['check', '.', '--baseline', 'none.json'], /^There is no baseline .*none\.json; --write-baseline/],
    [['explain', 'train.py'], /^Say a place as FILE:LINE/],
    [['explain', 'train.py:999'], /^train\.py has no such line\.\n$/],
    [['explain', 'train.py:1'], /^No layer is made or applied on train\.py:1\.\n$/],
    [['run', 'train.py'], /^There is no command run; --help says which there are\.\n$/],
  ] as const) {
    it(`refuses ${['transposed-conv-inspector', ...args].join(' ')} in a sentence`, async () => {
      const { out, error, status } = await command(args);
      assert.equal(status, 2);
      assert.equal(out, '');
      assert.match(error, said);
    });
  }
});

describe('the command in a project of its own', () => {
  let folder = '';
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  before(() => (folder = mkdtempSync(join(tmpdir(), 'command-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('is silent of what the baseline holds, wherever that has moved, and of nothing else', async () => {
    write('net.py', 'from torch import nn\nlayer = nn.Conv2d(3, 8, 3, stride=0)\n');
    assert.equal((await command(['check', '.', '--write-baseline', 'known.json'], folder)).status, 0);
    assert.equal((await command(['check', '.'], folder)).status, 1);
    const silent = await command(['check', '.', '--baseline', 'known.json'], folder);
    assert.deepEqual([silent.status, silent.out], [0, 'No problems in 1 file.\n']);
    write('net.py', 'from torch import nn\n\n\nlayer = nn.Conv2d(3, 8, 3, stride=0)\nnn.Conv2d(3, 8, 3, dilation=0)\n');
    const { out, status } = await command(['check', '.', '--baseline', 'known.json'], folder);
    assert.equal(status, 1);
    assert.match(out, /^net\.py:5:29: error: .*\[dilation-range\]\n/);
    assert.match(out, /\n1 error, 0 warnings in 1 file\.\n$/);
    // A second line of the same text is another problem.
    write('net.py', `from torch import nn\n${'layer = nn.Conv2d(3, 8, 3, stride=0)\n'.repeat(2)}`);
    assert.match((await command(['check', '.', '--baseline', 'known.json'], folder)).out, /^net\.py:3:/);
    write('known.json', '{"version": 1, "files": {"net.py": {"x": "y"}}}');
    assert.match((await command(['check', '.', '--baseline', 'known.json'], folder)).error, /is no baseline/);
    rmSync(join(folder, 'known.json'));
  });

  // At 257 PyTorch 2.15 raises: “Expected size 257 but got size 256 for tensor number 1 in the list.”
  it('says which sizes a model takes, where its branches meet only at some', async () => {
    const net = (up: string): string => `import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 8, 3, padding=1)
        self.up = nn.ConvTranspose2d(8, 8, 2, stride=2)
        self.out = nn.Conv2d(16, 3, 1)

    def forward(self, x):
        a = self.down(x)
        b = self.up(F.max_pool2d(a, 2))
        return self.out(torch.cat([a, ${up}], 1))
`;
    write('skip.py', net('b'));
    assert.match(
      (await command(['sizes', 'skip.py'], folder)).out,
      /\n {4}H: multiples of 2 come back; others are refused, 257 for one\.\n {4}W: multiples of 2 come back/,
    );
    write('skip.py', net('F.interpolate(b, size=a.shape[2:])'));
    assert.match((await command(['sizes', 'skip.py'], folder)).out, /\n {4}H: every size comes back\.\n/);
    rmSync(join(folder, 'skip.py'));
  });

  // PyTorch 2.15 makes 9, 17 and 25 of the same, and refuses 13: a sum of 4 × 4 and 3 × 3.
  it('follows imports from where it runs and from above a package, and says what sizes it does not know', async () => {
    mkdirSync(join(folder, 'model'));
    write(
      'model/parts.py',
      'from torch import nn\n\ndef stem():\n    return nn.Conv2d(3, 3, 3, stride=4, padding=1)\n',
    );
    write(
      'model/net.py',
      `import torch
from torch import nn
import torch.nn.functional as F
import model.parts as parts

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = parts.stem()
        self.head = nn.Conv2d(3, 3, 1)

    def forward(self, x):
        assert (x.shape[2] - 1) % 4 == 0 and (x.shape[3] - 1) % 4 == 0
        h, w = x.shape[2:]
        x = self.stem(x)
        x = x + F.interpolate(x[:, :, ::2, ::2], size=((h - 1) // 8 * 2 + 1, (w - 1) // 8 * 2 + 1))
        return F.interpolate(self.head(x), size=(h, w))

Net()(torch.zeros(1, 3, 17, 17))
`,
    );
    const [above, there] = [await command(['sizes', '.'], folder), await command(['sizes', 'model'], folder)];
    assert.match(above.out, /Net: \(N, 3, H, W\) → \(N, 3, H, W\)\n {4}H: sizes 8·k \+ 1 come back/);
    assert.equal(there.out, above.out);
    const within = (): Promise<{ out: string }> => command(['sizes', '.'], join(folder, 'model'));
    assert.match(
      (await within()).out,
      /\n {4}As far as it is known: nothing is known of x in line 15\. 9:21 model\.parts\.stem is of the package model/,
    );
    write('model/__init__.py', '');
    assert.equal((await within()).out.replaceAll('net.py', 'model/net.py'), above.out);
    rmSync(join(folder, 'model'), { recursive: true });
  });

  it('says so where there is nothing whose shape it could tell', async () => {
    write('plain.py', 'print(1)\n');
    const { out, status } = await command(['check', 'plain.py', '--why'], folder);
    assert.deepEqual([out, status], ['No tensor or layer was found.\n', 0]);
    rmSync(join(folder, 'plain.py'));
  });

  it('says of a model that its reading was given up', async () => {
    const doubling = Array.from({ length: 30 }, (_, at) => `def f${at}(x):\n    f${at + 1}(x)\n    f${at + 1}(x)\n`);
    write(
      'long.py',
      `import torch
from torch import nn

${doubling.join('\n')}
def f30(x):
    pass

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(3, 3, 2, stride=2)

    def forward(self, x):
        if x.shape[2] == 257:
            f0(x)
        return self.up(x)

Net()(torch.zeros(1, 3, 16, 16))
`,
    );
    const { out } = await command(['sizes', 'long.py'], folder);
    assert.match(
      out,
      /Net: \(N, 3, H, W\) → \?\n {4}As far as it is known: a part of it takes too many steps to be read in full\.\n/,
    );
    rmSync(join(folder, 'long.py'));
  });

  it('goes on past a notebook that is none, and says so by its exit status', async () => {
    write('net.py', 'from torch import nn\nlayer = nn.Conv2d(3, 8, 3)\n');
    write('notes.ipynb', 'no JSON');
    const { out, status } = await command(['check', '.'], folder);
    assert.equal(status, 2);
    assert.equal(out, 'notes.ipynb: It is no notebook: what it holds is not JSON.\nNo problems in 2 files.\n');
    rmSync(join(folder, 'notes.ipynb'));
  });

  for (const [settings, said] of [
    ['shapes = 3', 'shapes must be a table.'],
    ['severity = { loud = "off" }', 'there is no problem with the code loud.'],
    ['severity = { holes = "loud" }', 'severity.holes must be one of error, warning, information, hint, off.'],
    ['exclude = "a"', 'exclude must be a list of paths.'],
    ['colour = 1', 'has no setting colour. There are: shapes, severity, exclude, packages.'],
    ['shapes = { "net.py" = { "Net.forward:x" = [1, -3] } }', 'must be a list of whole numbers and names'],
    ['shapes = ', 'line 2: it is not TOML.'],
  ] as const) {
    it(`refuses ${settings} in pyproject.toml`, async () => {
      write('pyproject.toml', `[tool.transposed-conv-inspector]\n${settings}\n`);
      const { error, status } = await command(['check', '.'], folder);
      assert.equal(status, 2);
      assert.ok(error.includes(said), error);
      rmSync(join(folder, 'pyproject.toml'));
    });
  }
});
