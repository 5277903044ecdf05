// A document and the disk: what another program writes is shown, or asked about; it is never lost and never written
// over in silence.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { writeNpy } from '../../src/core/formats/npy';
import { zeros } from '../../src/core/tensor/tensor';
import { worked, writeDocument } from './driver/documents';
import { Inspector } from './driver/inspector';
import { Workbench } from './driver/workbench';

const NAME = 'worked.tconv.json';
const mine = [
  [7, 3],
  [1, 3],
];
const theirs = [
  [5, 3],
  [1, 3],
];

describe('a document whose file another program writes', () => {
  let workbench: Workbench;
  let inspector: Inspector;
  /** In a browser VS Code saves by itself, a second after the last key, where it is not told otherwise. */
  async function open(autoSave: 'off' | 'afterDelay' = 'off'): Promise<void> {
    workbench = await Workbench.open({
      prepare: (folder) => writeDocument(folder, NAME, worked),
      settings: { 'files.autoSave': autoSave },
    });
    await workbench.hideSideBar();
    await workbench.openFile(NAME);
    inspector = await Inspector.in(workbench.page);
    await inspector.reads('input', [
      [2, 3],
      [1, 3],
    ]);
  }
  afterEach(() => workbench.close());

  const text = (): Promise<string> => readFile(join(workbench.folder, NAME), 'utf8');
  const writeTheirs = async (): Promise<void> =>
    writeFile(join(workbench.folder, NAME), (await text()).replace('2, 3,\n', '5, 3,\n'));
  const typeMine = async (): Promise<void> => {
    await inspector.type('input', 0, 0, '7');
    await workbench.page.locator('.tab.active.dirty').waitFor();
  };
  const question = (): Locator =>
    workbench.page.locator('.notification-toast').filter({ hasText: `${NAME} has changed on the disk` });
  const answer = (choice: string): Promise<void> => question().getByRole('button', { name: choice }).click();
  const isClean = (): Promise<void> => workbench.page.locator('.tab.active:not(.dirty)').waitFor();

  it('shows what was written, and goes on being clean', async () => {
    await open();
    await writeTheirs();
    await inspector.reads('input', theirs);
    await isClean();
    await typeMine();
    await workbench.page.keyboard.press('Control+Z');
    await inspector.reads('input', theirs);
    await isClean();
  });

  it('asks about it when there are changes: both are compared, and theirs is taken', async () => {
    await open();
    await typeMine();
    await writeTheirs();
    await question().waitFor();
    await workbench.screenshot('disk-question');
    await answer('Compare');
    const diff = workbench.page.locator('.monaco-diff-editor');
    await diff.locator('.original .view-line').filter({ hasText: '5, 3,' }).waitFor();
    await diff.locator('.modified .view-line').filter({ hasText: '7, 3,' }).waitFor();
    await workbench.screenshot('disk-compare');
    await answer('Reload');
    await workbench.page.locator('.tab.active').filter({ hasText: NAME }).waitFor();
    await inspector.reads('input', theirs);
    await isClean();
  });

  it('asks about it when there are changes: mine is kept, and saved without another question', async () => {
    await open();
    await typeMine();
    await writeTheirs();
    await answer('Keep Mine');
    await question().waitFor({ state: 'detached' });
    await workbench.page.getByRole('tab', { name: NAME }).click();
    await workbench.page.keyboard.press('Control+S');
    await isClean();
    await inspector.reads('input', mine);
    assert.match(await text(), /7, 3,/);
  });

  it('asks before a save writes over it, and does not when the answer is no', async () => {
    await open();
    await typeMine();
    await writeTheirs();
    await question().waitFor();
    await question().hover();
    await question().locator('.codicon-notifications-clear').click();
    await workbench.page.keyboard.press('Control+S');
    const dialog = workbench.page.locator('.monaco-dialog-box').filter({ hasText: 'Write over it?' });
    await dialog.waitFor();
    await workbench.screenshot('disk-overwrite');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.match(await text(), /5, 3,/);
    await workbench.page.locator('.tab.active.dirty').waitFor();
    await workbench.page.keyboard.press('Control+S');
    await dialog.getByRole('button', { name: 'Overwrite' }).click();
    await isClean();
    assert.match(await text(), /7, 3,/);
  });

  it('is asked about once where VS Code saves by itself, and not written until it is answered', async () => {
    await open('afterDelay');
    await writeTheirs();
    await inspector.reads('input', theirs);
    // A change in the same moment as what is typed.
    await inspector.type('input', 0, 0, '7');
    await writeFile(join(workbench.folder, NAME), (await text()).replace('5, 3,\n', '4, 3,\n'));
    await question().waitFor();
    await workbench.page.waitForTimeout(3000);
    assert.match(await text(), /4, 3,/);
    assert.equal(await question().count(), 1);
    assert.equal(await workbench.page.locator('.monaco-dialog-box').count(), 0);
    await answer('Keep Mine');
    await question().waitFor({ state: 'detached' });
    await inspector.type('input', 0, 0, '8');
    await isClean();
    assert.match(await text(), /8, 3,/);
  });

  it('has files beside it that are watched, too', async () => {
    await open();
    const large = { ...worked, input: zeros('float64', [1, 1, 80, 80]) };
    await writeDocument(workbench.folder, 'large.tconv.json', large);
    await workbench.closeEditor();
    await workbench.openFile('large.tconv.json');
    const range = (await Inspector.in(workbench.page)).frame.locator('.tensor.input .legend');
    await range.filter({ hasText: 'max 0' }).waitFor();
    large.input.data[17] = 42;
    await writeFile(join(workbench.folder, 'large.input.npy'), writeNpy(large.input));
    await range.filter({ hasText: 'max 42' }).waitFor();
  });
});
