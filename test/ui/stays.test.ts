// A reload, a crash of the compute thread, a save: nothing that was typed is lost.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { worked, writeDocument } from './driver/documents';
import { storageFolder } from './driver/environment';
import { Inspector } from './driver/inspector';
import { Workbench } from './driver/workbench';

const edited = [
  [0, 5, 8, 3],
  [0, 6, 7, 3],
  [5, 4, 8, 3],
  [1, 3, 1, 3],
];

/** Waits until VS Code has backed up such a document, a moment after an edit, in the extension's storage. */
async function backedUp(isWanted: (op: { padding: number[] }, values: number[]) => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    for (const name of await readdir(storageFolder, { recursive: true })) {
      // What is listed may be a folder, or gone again, since another document has been closed.
      const text = await readFile(join(storageFolder, name), 'utf8').catch(() => '');
      if (!text.includes('"transposed-conv-inspector"')) continue;
      const { op, input } = JSON.parse(text) as { op: { padding: number[] }; input: { values: number[] } };
      if (isWanted(op, input.values)) return;
    }
    await sleep(50);
  }
  throw new Error('The document was not backed up.');
}

describe('what was typed', () => {
  let workbench: Workbench | undefined;
  afterEach(() => workbench?.close());
  async function openWorked(): Promise<Inspector> {
    workbench = await Workbench.open({ prepare: (folder) => writeDocument(folder, 'worked.tconv.json', worked) });
    await workbench.hideSideBar();
    await workbench.openFile('worked.tconv.json');
    const inspector = await Inspector.in(workbench.page);
    await inspector.reads('input', [
      [2, 3],
      [1, 3],
    ]);
    return inspector;
  }

  it('into a document that no file holds is there again after the window is reloaded, and not saved', async () => {
    workbench = await Workbench.open();
    await workbench.runCommand('Open Transposed Conv Inspector');
    const before = await Inspector.in(workbench.page);
    await before.type('input', 0, 0, '7');
    await before.field('padding').fill('2');
    await before.frame.getByText('1×1×6×6').first().waitFor();
    const [input, output] = [await before.settled('input'), await before.settled('output')];
    assert.equal(input[0][0], 7);
    await backedUp((op, values) => op.padding.join() === '2,2' && values[0] === 7);
    await workbench.reload();
    const after = await Inspector.in(workbench.page, 60_000);
    await after.reads('input', input);
    await after.reads('output', output);
    assert.equal(await after.field('padding').inputValue(), '2');
    await workbench.page.locator('.tab.active.dirty').filter({ hasText: 'Untitled-1' }).waitFor();
  });

  it('survives the end of the compute thread, and the next edit is computed', async () => {
    const inspector = await openWorked();
    await workbench?.runCommand('Restart Compute Thread');
    await inspector.type('input', 0, 0, '5');
    await inspector.reads('output', edited);
  });

  it('is saved with Ctrl+S, after which the tab is clean', async () => {
    const inspector = await openWorked();
    await inspector.type('input', 0, 0, '5');
    await inspector.reads('output', edited);
    const tab = inspector.page.locator('.tab.active');
    await inspector.page.locator('.tab.active.dirty').waitFor();
    await inspector.page.keyboard.press('Control+S');
    await inspector.page.locator('.tab.active:not(.dirty)').waitFor();
    assert.equal(await tab.getAttribute('data-resource-name'), 'worked.tconv.json');
    const saved = JSON.parse(await readFile(join(workbench?.folder ?? '', 'worked.tconv.json'), 'utf8')) as {
      input: { values: number[] };
    };
    assert.deepEqual(saved.input.values, [5, 3, 1, 3]);
  });
});
