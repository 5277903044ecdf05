import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { after, describe, it } from 'mocha';
import { environmentIn, type FileSystem, packagesOf, prefixOf, uriOf } from '../../../src/reader/sitePackages';

const disk: FileSystem = {
  read: (path) => readFile(fileURLToPath(path), 'utf8').catch(() => undefined),
  list: async (path) => {
    const names = await readdir(fileURLToPath(path)).catch(() => undefined);
    return names ? new Set(names) : 'none';
  },
};

const made: string[] = [];

/** A folder on the disk with these files, empty where nothing is said of them; its URI. */
async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'tci-env-'));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text.replaceAll('ROOT', root));
  }
  return pathToFileURL(root).toString();
}

const packages = async (root: string, prefix: string, within?: readonly string[]): Promise<readonly string[]> =>
  (await packagesOf(disk, `${root}/${prefix}`, within)).map((path) => path.replace(`${root}/`, ''));

describe('the packages of an environment', () => {
  after(() => Promise.all(made.map((root) => rm(root, { recursive: true }))));

  it('stand in the library of a virtual environment, of a Windows one, of Debian’s Python', async () => {
    const root = await folder({
      '.venv/lib/python3.12/site-packages/zoo.py': '',
      'win/Lib/site-packages/zoo.py': '',
      'usr/lib/python3/dist-packages/zoo.py': '',
      'usr/local/lib/python3.11/dist-packages/zoo.py': '',
      'usr/lib/python3.11/os.py': '',
    });
    assert.deepEqual(await packages(root, '.venv'), ['.venv/lib/python3.12/site-packages']);
    assert.deepEqual(await packages(root, 'win'), ['win/Lib/site-packages']);
    assert.deepEqual(await packages(root, 'usr'), [
      'usr/local/lib/python3.11/dist-packages',
      'usr/lib/python3/dist-packages',
    ]);
    assert.deepEqual(await packages(root, '.venv/lib/python3.12/site-packages'), [
      '.venv/lib/python3.12/site-packages',
    ]);
    assert.deepEqual(await packages(root, 'nothing'), []);
  });

  it('are those of the newest version, where a prefix has several', async () => {
    const root = await folder({
      'env/lib/python3.9/site-packages/zoo.py': '',
      'env/lib/python3.12/site-packages/zoo.py': '',
    });
    assert.equal((await packages(root, 'env'))[0], 'env/lib/python3.12/site-packages');
  });

  it('include what `.pth` files name, where it is, and never what they would run', async () => {
    const root = await folder({
      'src/mine/__init__.py': '',
      'env/lib/python3.12/site-packages/__editable__.mine-1.0.pth': 'ROOT/src\n',
      'env/lib/python3.12/site-packages/more.pth':
        '# a comment\n\n../../../../beside\nimport os; os.system("x")\nROOT/gone\n',
      'env/lib/python3.12/site-packages/finder.pth':
        'import __editable___mine_finder; __editable___mine_finder.install()\n',
      'beside/other.py': '',
    });
    assert.deepEqual(await packages(root, 'env'), ['env/lib/python3.12/site-packages', 'src', 'beside']);
  });

  it('include those of the Python it was made from, when its configuration says so', async () => {
    const files = (include: string): Readonly<Record<string, string>> => ({
      'env/lib/python3.12/site-packages/zoo.py': '',
      'base/lib/python3.12/site-packages/other.py': '',
      'env/pyvenv.cfg': `home = ROOT/base/bin\ninclude-system-site-packages = ${include}\nversion = 3.12.1\n`,
    });
    const own = 'env/lib/python3.12/site-packages';
    assert.deepEqual(await packages(await folder(files('true')), 'env'), [own, 'base/lib/python3.12/site-packages']);
    assert.deepEqual(await packages(await folder(files('false')), 'env'), [own]);
  });

  it('stay within the workspace and the environment as long as nobody has trusted the workspace', async () => {
    const outside = await folder({ 'secret/keys.py': '' });
    const root = await folder({
      'env/lib/python3.12/site-packages/more.pth': `${fileURLToPath(outside)}/secret\nROOT/src\n`,
      'src/mine.py': '',
    });
    assert.deepEqual(await packages(root, 'env', [root]), ['env/lib/python3.12/site-packages', 'src']);
    assert.equal((await packages(root, 'env')).length, 3);
  });

  it('are found from the interpreter’s path, which may be a link', async () => {
    const root = await folder({ 'env/bin/activate': '', 'env/lib/python3.12/site-packages/zoo.py': '' });
    await symlink('/usr/bin/python3', join(fileURLToPath(root), 'env/bin/python'));
    assert.equal(prefixOf(`${root}/env/bin/python`), `${root}/env`);
    assert.equal(prefixOf('file:///c%3A/envs/unet/Scripts/python.exe'), 'file:///c%3A/envs/unet');
    assert.equal(prefixOf('file:///c%3A/miniconda3/envs/unet/python.exe'), 'file:///c%3A/miniconda3/envs/unet');
  });
});

describe('the environment beside the files of a project', () => {
  for (const place of ['.venv', 'venv', '.conda', '.pixi/envs/default', '.hatch']) {
    it(`is found in ${place}`, async () => {
      const root = await folder({ [`${place}/lib/python3.13/site-packages/zoo.py`]: '', 'net.py': '' });
      assert.equal(await environmentIn(disk, [root]), `${root}/${place}`);
    });
  }

  it('is that of the nearest folder, and none where no folder is one', async () => {
    const root = await folder({
      '.venv/lib/python3.13/site-packages/zoo.py': '',
      'part/venv/lib/python3.13/site-packages/zoo.py': '',
      'other/env/settings.py': '',
    });
    assert.equal(await environmentIn(disk, [`${root}/part`, root]), `${root}/part/venv`);
    assert.equal(await environmentIn(disk, [`${root}/other`, root]), `${root}/.venv`);
    assert.equal(await environmentIn(disk, [`${root}/other`]), undefined);
  });
});

describe('a path that a file names', () => {
  it('is absolute, of a drive, or beside the file, and written as VS Code writes it', () => {
    assert.equal(uriOf('/home/a b/src', 'file:///e/site-packages'), 'file:///home/a%20b/src');
    assert.equal(uriOf('C:\\work\\src', 'file:///c%3A/e/site-packages'), 'file:///c%3A/work/src');
    assert.equal(uriOf('../src/', 'file:///e/site-packages'), 'file:///e/src');
    assert.equal(uriOf('/w/(1)', 'vscode-remote://wsl/e'), 'vscode-remote://wsl/w/%281%29');
  });
});
