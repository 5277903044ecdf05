// A folder that comes with an interpreter of its own: nothing of it is run, whichever way it is asked for, until its
// user says that they trust it. From then on it computes what the inspector shows, after a question.
import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { confirm, trust } from './driver/asked';
import { ownServer } from './driver/environment';
import { Inspector } from './driver/inspector';
import { Workbench } from './driver/workbench';

const python = process.env.TCI_LIVE_PYTHON;

/** Writes a line wherever it is started, and is Python. */
const interpreterFor = (folder: string): string => `#!/bin/sh
echo started >> "${join(folder, 'started.txt')}"
exec "${python}" "$@"
`;

async function prepare(folder: string): Promise<void> {
  const interpreter = join(folder, 'venv/bin/python');
  await mkdir(join(folder, 'venv/bin'), { recursive: true });
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(interpreter, interpreterFor(folder));
  await chmod(interpreter, 0o755);
  const settings = { 'testPython.chosen': 'venv/bin/python', 'python.defaultInterpreterPath': interpreter };
  await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** Of letters, some are the page's own. */
const KEYS = ['ctrl+alt', 'ctrl+alt+shift'].flatMap((held) =>
  Array.from({ length: 12 }, (_, at) => `${held}+f${at + 1}`),
);

/** As the browser has it: `Control+Alt+F3`. */
const pressed = (key: string): string =>
  key.replace('ctrl', 'Control').replaceAll(/\+(.)/g, (both) => both.toUpperCase());

/** Every command that has to do with a running program, by the keys that a user has given it. */
async function bound(): Promise<readonly { readonly key: string; readonly command: string }[]> {
  const { contributes } = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
  const commands = contributes.commands.map(({ command }) => command).filter((each) => each.includes('.live.'));
  // What other extensions read by the API is no other thing.
  return [...commands, 'testDebugger.readByApi'].map((command, at) => ({ key: KEYS[at], command }));
}

describe('a folder that is not trusted', () => {
  let workbench: Workbench;
  const keybindings = join(ownServer.data, 'data/User/keybindings.json');

  before(async function () {
    // A script that is an interpreter is one of POSIX.
    if (!python || process.platform === 'win32') this.skip();
    await writeFile(keybindings, JSON.stringify(await bound()));
    workbench = await Workbench.open({ prepare, width: 1500, height: 950 });
    await workbench.openFile('start.tconv.json');
    await Inspector.in(workbench.page);
  });

  after(async () => {
    await workbench?.close();
    await writeFile(keybindings, '[]');
  });

  const started = async (): Promise<string> => readFile(join(workbench.folder, 'started.txt'), 'utf8').catch(() => '');
  const told = () =>
    workbench.page
      .locator('.notification-toast')
      .filter({ hasText: 'In Restricted Mode nothing of a program is run.' });

  it('has nothing run by any command, nor by another extension: each says why', async () => {
    const all = await bound();
    assert.ok(all.length > 20);
    for (const { key, command } of all) {
      const { keyboard } = workbench.page;
      await workbench.runCommand('View: Focus Active Editor Group');
      await keyboard.press(pressed(key));
      await told()
        .waitFor({ timeout: 10_000 })
        .catch(() => assert.fail(`${command} says nothing`));
      await workbench.runCommand('Notifications: Clear All Notifications');
      await told().waitFor({ state: 'detached' });
      assert.equal(await workbench.page.locator('.monaco-dialog-box').count(), 0);
    }
    assert.equal(await started(), '');
  });

  it('computes with the Python that is chosen for it once it is trusted, and shows the difference', async () => {
    await trust(workbench);
    const inspector = await Inspector.in(workbench.page);
    await workbench.runCommand('Verify with the Chosen Python');
    await workbench.answer('PyTorch');
    const shown = await confirm(workbench, 'Run');
    assert.match(shown, /Start this Python, run this in it, and compare\?/);
    assert.ok(shown.includes(`${join(workbench.folder, 'venv/bin/python')}\nimport torch\n`), shown);
    assert.match(shown, /torch\.nn\.functional\.conv_transpose2d\(input, weight/);
    const pane = inspector.frame.locator('.pane[data-pane="against"]');
    await pane.getByText('PyTorch, cpu').first().waitFor({ timeout: 60_000 });
    await pane.getByText(/^(The same, to the last bit|\d+ of \d+ differ, by at most \S+ at .*)$/).waitFor();
    assert.equal(await started(), 'started\n');
  });
});
