// A document that no file holds yet is a document of VS Code's like any other: it has a tab, a name, a mark when it is
// edited, and is asked about when it is closed.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inspector } from './driver/inspector';
import { writeNet, goTo } from './driver/python';
import { Workbench } from './driver/workbench';

describe('a document that no file holds yet', () => {
  let workbench: Workbench;
  afterEach(() => workbench.close());

  const tabs = async (): Promise<string[]> =>
    workbench.page.locator('.tab').evaluateAll((all) => all.map((tab) => tab.getAttribute('aria-label') ?? ''));
  const documents = async (): Promise<string[]> =>
    (await readdir(workbench.folder)).filter((name) => name.includes('Untitled'));
  async function begin(): Promise<Inspector> {
    workbench = await Workbench.open();
    await workbench.runCommand('New Transposed Conv Inspector');
    const inspector = await Inspector.in(workbench.page);
    await inspector.settled('output');
    return inspector;
  }

  it('has a tab of its own each time, and is clean until it is edited', async () => {
    const inspector = await begin();
    assert.equal(await workbench.page.locator('.tab.dirty').count(), 0);
    await inspector.type('input', 0, 0, '7');
    await workbench.page.locator('.tab.active.dirty').filter({ hasText: 'Untitled-1' }).waitFor();
    await workbench.page.keyboard.press('Control+Z');
    await workbench.page.locator('.tab.active:not(.dirty)').filter({ hasText: 'Untitled-1' }).waitFor();
    await workbench.runCommand('New Transposed Conv Inspector');
    await workbench.page.locator('.tab.active').filter({ hasText: 'Untitled-2' }).waitFor();
    assert.equal((await tabs()).length, 2);
  });

  it('is asked about when it is closed with what was typed', async () => {
    const inspector = await begin();
    await inspector.type('input', 0, 0, '7');
    await workbench.page.locator('.tab.active.dirty').waitFor();
    await workbench.runCommand('View: Close Editor');
    const question = workbench.page.locator('.monaco-dialog-box').filter({ hasText: 'Untitled-1' });
    await question.waitFor();
    await workbench.screenshot('untitled-close');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await inspector.reads('input', [
      [7, ...(await inspector.settled('input'))[0].slice(1)],
      ...(await inspector.settled('input')).slice(1),
    ]);
  });

  it('is saved under the name that is offered as one file, for which the one tab then stands', async () => {
    const inspector = await begin();
    await inspector.type('input', 0, 0, '7');
    await workbench.page.locator('.tab.active.dirty').waitFor();
    await workbench.page.keyboard.press('Control+S');
    const dialog = workbench.page.locator('.quick-input-widget').filter({ hasText: 'OK' });
    await dialog.waitFor();
    await workbench.screenshot('untitled-save');
    // The dialog names its folder first, and the file a moment later.
    const offered = join(workbench.folder, 'Untitled-1.tconv.json');
    const typed = dialog.locator('input').first();
    for (let tries = 0; tries < 100 && (await typed.inputValue()) !== offered; tries++)
      await workbench.page.waitForTimeout(50);
    assert.equal(await typed.inputValue(), offered);
    await dialog.getByRole('button', { name: 'OK' }).click();
    await workbench.page.locator('.tab.active:not(.dirty)').filter({ hasText: 'Untitled-1' }).waitFor();
    const saved = await Inspector.in(workbench.page);
    assert.equal((await saved.settled('input'))[0][0], 7);
    assert.deepEqual(await documents(), ['Untitled-1.tconv.json']);
    assert.equal((await tabs()).length, 1);
  });

  it('is saved under a full path that is typed', async () => {
    const inspector = await begin();
    await inspector.type('input', 0, 0, '7');
    await workbench.page.keyboard.press('Control+S');
    const dialog = workbench.page.locator('.quick-input-widget').filter({ hasText: 'OK' });
    await dialog.waitFor();
    const path = join(workbench.folder, 'seven.tconv.json');
    const typed = dialog.locator('input').first();
    // What is offered comes a moment after the dialog.
    while (!(await typed.inputValue()).includes('Untitled-1')) await workbench.page.waitForTimeout(50);
    await typed.fill(path);
    await dialog.getByRole('button', { name: 'OK' }).click();
    await workbench.page.locator('.tab.active').filter({ hasText: 'seven.tconv.json' }).waitFor();
    const { input } = JSON.parse(await readFile(path, 'utf8')) as { input: { values: number[] } };
    assert.equal(input.values[0], 7);
    assert.equal((await tabs()).length, 1);
  });

  it('from a call in code is named after it, stands after a reload, and is closed without a question', async () => {
    workbench = await Workbench.open({ prepare: (folder) => writeNet(folder) });
    await workbench.hideSideBar();
    await workbench.openFile('up.py');
    await workbench.page.locator('.editor-instance .view-lines').filter({ hasText: 'ConvTranspose2d' }).waitFor();
    await goTo(workbench, 9, 25);
    await workbench.runCommand('Inspect Call at Cursor');
    const before = await (await Inspector.in(workbench.page)).settled('input');
    const tab = workbench.page.getByRole('tab', { name: 'up (up.py:9)' });
    await tab.waitFor();
    await workbench.reload();
    await (await Inspector.in(workbench.page)).reads('input', before);
    await tab.waitFor();
    await workbench.runCommand('View: Close Editor');
    await tab.waitFor({ state: 'detached' });
  });

  it('takes a preset from the editor’s title, and is copied as code from there', async () => {
    const inspector = await begin();
    const action = (name: string): Promise<void> =>
      workbench.page.locator('.editor-actions').getByRole('button', { name }).click();
    await action('Choose Preset…');
    const list = workbench.page.locator('.quick-input-widget');
    await list.locator('input').fill('Structural holes');
    const row = list.locator('.monaco-list-row').first();
    const title = (await row.locator('.label-name').first().innerText()).replace(/\u00a0/g, ' ');
    assert.match(title, /^Structural holes$/);
    await row.click();
    await workbench.page.locator('.tab.active.dirty').waitFor();
    assert.ok((await inspector.settled('output')).flat().every(Number.isFinite));
    await action('Copy Operation as …');
    await list.locator('.monaco-list-row').filter({ hasText: 'PyTorch' }).first().click();
    await list.waitFor({ state: 'hidden' });
    const copied = await workbench.page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^import torch\n/);
    await workbench.screenshot('editor-title');
  });
});
