import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Emitter } from '../../../src/language/emitter';
import { type Choice, type Environment, Environments } from '../../../src/language/environments';
import { FakeWorkspace, ROOT, settled } from './support';

const PACKAGES = 'lib/python3.12/site-packages';
const NOBODY: Choice = { enabled: true, folders: [] };

function started(files: readonly string[], choice: Choice = NOBODY) {
  const disk = new FakeWorkspace(Object.fromEntries(files.map((name) => [name, ''])));
  const state = { choice, trusted: true };
  const changed = new Emitter<void>();
  const watched = new Map<string, () => void>();
  const environments = new Environments({
    files: disk,
    folders: () => [ROOT],
    trusted: () => state.trusted,
    choice: () => state.choice,
    onDidChange: changed.event,
    watch: (folder, installed) => {
      watched.set(folder, installed);
      return { dispose: () => void watched.delete(folder) };
    },
  });
  let changes = 0;
  environments.onDidChange(() => changes++);
  const of = async (name = 'net.py'): Promise<Environment | undefined> => {
    environments.of(`${ROOT}/${name}`);
    for (let turn = 0; turn < 20; turn++) await settled();
    return environments.of(`${ROOT}/${name}`);
  };
  return { disk, state, changed, watched, environments, of, changes: () => changes };
}

describe('the environment of a file', () => {
  it('is not waited for: it is told when it has been found', async () => {
    const { environments, of, changes } = started([`.venv/${PACKAGES}/zoo.py`]);
    assert.equal(environments.of(`${ROOT}/net.py`), undefined);
    const found = await of();
    assert.deepEqual(found, { origin: 'folder', name: '.venv', packages: [`${ROOT}/.venv/${PACKAGES}`] });
    assert.equal(changes(), 1);
  });

  it('is looked for once, and for each project of a workspace', async () => {
    const { disk, of } = started([`.venv/${PACKAGES}/zoo.py`, `part/venv/${PACKAGES}/zoo.py`, 'part/net.py']);
    await of();
    const before = disk.listed.length;
    await of();
    assert.equal(disk.listed.length, before);
    assert.equal((await of('part/net.py'))?.name, 'venv');
  });

  it('is the chosen interpreter’s before the one beside the file, and the setting’s before both', async () => {
    const files = [`.venv/${PACKAGES}/zoo.py`, `envs/unet/${PACKAGES}/zoo.py`, 'vendored/zoo.py'];
    const chosen = { ...NOBODY, interpreter: `${ROOT}/envs/unet/bin/python` };
    assert.deepEqual(await started(files, chosen).of(), {
      origin: 'interpreter',
      name: 'unet',
      packages: [`${ROOT}/envs/unet/${PACKAGES}`],
    });
    // The Python extension may name the folder of an environment in which no interpreter is installed yet.
    assert.equal((await started(files, { ...NOBODY, interpreter: `${ROOT}/envs/unet` }).of())?.name, 'unet');
    const set = await started(files, { ...chosen, folders: [`${ROOT}/vendored`, `${ROOT}/.venv`] }).of();
    assert.deepEqual(set?.packages, [`${ROOT}/vendored`, `${ROOT}/.venv/${PACKAGES}`]);
    assert.equal(set?.origin, 'setting');
  });

  it('is the one beside the file when the chosen interpreter has no packages', async () => {
    const found = await started([`.venv/${PACKAGES}/zoo.py`], {
      ...NOBODY,
      interpreter: 'file:///usr/bin/python3',
    }).of();
    assert.equal(found?.origin, 'folder');
  });

  it('may have been read while it was being made: its packages are told anew when something is made', async () => {
    const { changed, environments, of } = started([`.venv/${PACKAGES}/zoo.py`]);
    const told: string[] = [];
    environments.onDidInstall((folder) => told.push(folder));
    await of();
    assert.deepEqual(told, []);
    changed.fire();
    assert.deepEqual(told, [`${ROOT}/.venv/${PACKAGES}`]);
    changed.fire();
    assert.equal(told.length, 1, 'nothing was found since');
  });

  it('that is made later is looked for again, by whoever reads the file when that is told', async () => {
    const { changed, of, changes } = started([]);
    assert.equal(await of(), undefined);
    changed.fire();
    assert.equal(changes(), 1);
  });

  it('is none when the user has turned it off, and nothing is looked for', async () => {
    const { disk, of } = started([`.venv/${PACKAGES}/zoo.py`], { enabled: false, folders: [] });
    assert.equal(await of(), undefined);
    assert.deepEqual(disk.listed, []);
  });

  it('changes with the choice, and tells when something is installed there', async () => {
    const { state, changed, watched, environments, of, changes } = started([
      `.venv/${PACKAGES}/zoo.py`,
      `other/${PACKAGES}/zoo.py`,
    ]);
    await of();
    const installed: string[] = [];
    environments.onDidInstall((folder) => installed.push(folder));
    watched.get(`${ROOT}/.venv/${PACKAGES}`)?.();
    assert.deepEqual(installed, [`${ROOT}/.venv/${PACKAGES}`]);
    state.choice = { ...NOBODY, interpreter: `${ROOT}/other/bin/python` };
    changed.fire();
    assert.equal((await of())?.name, 'other');
    assert.equal(changes(), 3);
    environments.dispose();
    assert.equal(watched.size, 0);
  });
});
