// A notebook's kernel, as a person meets it: a cell's output is opened, and followed while cells run only after a
// question that says what is connected to.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inspector } from './driver/inspector';
import { Workbench } from './driver/workbench';

const CELLS = ['import numpy as np\nvalue = np.arange(4.0).reshape(2, 2) + 5\nvalue'];

async function prepare(folder: string): Promise<void> {
  const cells = CELLS.map((source) => ({
    cell_type: 'code',
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  }));
  const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  await writeFile(join(folder, 'watched.ipynb'), JSON.stringify(notebook));
}

describe('a value of a notebook', () => {
  let workbench: Workbench;

  before(async function () {
    if (!process.env.TCI_LIVE_PYTHON) return this.skip();
    workbench = await Workbench.open({ prepare, width: 1500, height: 950 });
  });

  after(() => workbench?.close());

  /** Answers what is asked before something is done; says what stood there. */
  async function confirm(button: string): Promise<string> {
    const box = workbench.page.locator('.monaco-dialog-box');
    await box.waitFor();
    const text = await box.innerText();
    await box.getByRole('button', { name: button }).click();
    await box.waitFor({ state: 'hidden' });
    return text;
  }

  it('is opened from the output of its cell, and followed while cells run after a question', async () => {
    const { page } = workbench;
    await workbench.openFile('watched.ipynb');
    await page.locator('.notebook-editor .cell').first().waitFor();
    await workbench.runCommand('Notebook: Select Notebook Kernel');
    await workbench.answer('Stand-in');
    await workbench.runCommand('Notebook: Run All');
    // Nothing of a folder that is not trusted is run, by VS Code or by us.
    await confirm('Trust');
    await page.locator('.notebook-editor').getByText('[1]').first().waitFor({ timeout: 60_000 });
    await workbench.runCommand('Inspect the Cell’s Output');
    const inspector = await Inspector.in(page);
    await inspector.reads('input', [
      [5, 6],
      [7, 8],
    ]);
    await workbench.runCommand('View: Show Run and Debug');
    const line = page.locator('.pane .monaco-list-row').filter({ hasText: '(2, 2)' }).first();
    await line.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Follow While Cells Run, or Not Any More' }).click();
    assert.match(await confirm('Connect'), /Ask this kernel while it runs cells\?[^]*127\.0\.0\.1/);
    await line.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Stop Following' }).waitFor();
  });
});
