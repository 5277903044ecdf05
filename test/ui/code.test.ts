// From a call in Python to the inspector, and back into the code.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { Inspector } from './driver/inspector';
import { CHAIN, goTo, safetensorsOf, writeNet } from './driver/python';
import { Workbench } from './driver/workbench';

describe('a call in Python', () => {
  let workbench: Workbench;
  afterEach(() => workbench.close());

  /** Inspects the call of the network, which begins after so many lines of comments. */
  async function inspect(weights?: Uint8Array, below = 0): Promise<Inspector> {
    workbench = await Workbench.open({ prepare: (folder) => writeNet(folder, weights, below) });
    await workbench.hideSideBar();
    await workbench.openFile('up.py');
    await workbench.page.locator('.editor-instance .view-line').first().waitFor();
    await goTo(workbench, 9 + below, 25);
    await workbench.page.locator('.editor-instance .view-lines').filter({ hasText: 'ConvTranspose2d' }).waitFor();
    await workbench.runCommand('Inspect Call at Cursor');
    return Inspector.in(workbench.page);
  }
  /** The line of the call as the editor shows it. */
  const line = async (): Promise<string> =>
    (await workbench.page.locator('.view-line').filter({ hasText: 'self.up =' }).first().innerText())
      .replace(/\u00a0/g, ' ')
      .trim();
  async function reads(wanted: string): Promise<void> {
    const deadline = Date.now() + 15_000;
    while ((await line()) !== wanted && Date.now() < deadline) await workbench.page.waitForTimeout(50);
    assert.equal(await line(), wanted);
  }

  it('opens with the weights of the file that the code reads', async () => {
    const inspector = await inspect(
      safetensorsOf({
        'up.weight': { shape: [1, 1, 2, 2], values: [1, 2, 3, 4] },
        'up.bias': { shape: [1], values: [10] },
      }),
    );
    await inspector.reads('weight', [
      [1, 2],
      [3, 4],
    ]);
    for (const [row, column] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ])
      await inspector.type('input', row, column, '1');
    await inspector.reads('output', [
      [11, 12, 11, 12],
      [13, 14, 13, 14],
      [11, 12, 11, 12],
      [13, 14, 13, 14],
    ]);
    await workbench.screenshot('code-weights');
  });

  it('sends the chain around it to the view of fields', async () => {
    workbench = await Workbench.open({ prepare: (folder) => writeFile(join(folder, 'chain.py'), CHAIN) });
    await workbench.hideSideBar();
    await workbench.openFile('chain.py');
    await workbench.page.locator('.editor-instance .view-line').first().waitFor();
    await goTo(workbench, 10, 25);
    await workbench.page.locator('.editor-instance .view-lines').filter({ hasText: 'ConvTranspose2d' }).waitFor();
    await workbench.runCommand('Show Field through the Chain at Cursor');
    const { frame } = await Inspector.in(workbench.page);
    await frame.locator('.field .numbers', { hasText: '100 → 50 → 12 → 48 → 96' }).waitFor();
  });

  it('says so when the file’s tensor does not fit, and opens all the same', async () => {
    const inspector = await inspect(safetensorsOf({ 'up.weight': { shape: [1, 1, 3, 1], values: [1, 2, 3] } }));
    await workbench.page
      .locator('.notification-toast')
      .filter({ hasText: 'has the shape (1, 1, 3, 1); this layer’s weight has (1, 1, 2, 2)' })
      .waitFor();
    assert.equal((await inspector.settled('weight')).flat().length, 4);
  });

  it('takes the parameters of the inspector, in VS Code’s diff editor, and one undo takes them back', async () => {
    const inspector = await inspect();
    await inspector.field('stride').fill('3');
    await inspector.isOf('output', 5);
    await inspector.frame.locator('vscode-button').filter({ hasText: 'Apply' }).click();
    await workbench.page.locator('.monaco-diff-editor .modified .view-line').filter({ hasText: 'stride=3' }).waitFor();
    await workbench.screenshot('code-preview');
    await workbench.page.locator('.notification-toast').getByRole('button', { name: 'Apply', exact: true }).click();
    await workbench.page.getByRole('tab', { name: /parameters of the inspector/ }).waitFor({ state: 'detached' });
    await workbench.page.getByRole('tab', { name: /^up\.py/ }).click();
    await reads('self.up = nn.ConvTranspose2d(1, 1, 2, stride=3)');
    await workbench.page.locator('.editor-instance .view-lines').first().click();
    await workbench.page.keyboard.press('Control+Z');
    await reads('self.up = nn.ConvTranspose2d(1, 1, 2, stride=2)');
  });

  const editing = async (column: number, ...keys: readonly string[]): Promise<void> => {
    await workbench.page.getByRole('tab', { name: /^up\.py/ }).click();
    await goTo(workbench, 9, column);
    for (const key of keys) await workbench.page.keyboard.press(key);
  };
  const toInspector = (): Promise<void> => workbench.page.locator('.tab').filter({ hasText: 'up (up.py' }).click();

  it('shows its change in the diff editor wherever it stands, and is in step when it is applied', async () => {
    // The call is far below what is in view at the top of the text.
    const inspector = await inspect(undefined, 200);
    const apply = inspector.frame.locator('vscode-button').filter({ hasText: 'Apply' });
    await inspector.frame.locator('.standing').filter({ hasText: 'in step' }).waitFor();
    await inspector.field('stride').fill('3');
    await inspector.isOf('output', 5);
    await apply.click();
    await workbench.page.locator('.monaco-diff-editor .modified .view-line').filter({ hasText: 'stride=3' }).waitFor();
    await workbench.page.locator('.notification-toast').getByRole('button', { name: 'Apply', exact: true }).click();
    await workbench.page.getByRole('tab', { name: /parameters of the inspector/ }).waitFor({ state: 'detached' });
    await toInspector();
    await inspector.frame.locator('.standing').filter({ hasText: 'in step' }).waitFor();
    assert.equal(await inspector.field('stride').inputValue(), '3');
  });

  it('does not take changes of the inspector away that were not applied: the user says which stay', async () => {
    const inspector = await inspect();
    await inspector.field('stride').fill('3');
    await inspector.isOf('output', 5);
    const asked = workbench.page.locator('.notification-toast').filter({ hasText: 'changes that were not applied' });
    await editing(55, 'Backspace', '4');
    await asked.waitFor();
    await workbench.screenshot('code-both');
    await asked.getByRole('button', { name: 'Keep Mine' }).click();
    await toInspector();
    await inspector.fieldReads('stride', '3');
    await editing(55, 'Backspace', '5');
    await asked.getByRole('button', { name: 'Take the Code’s' }).click();
    await toInspector();
    await inspector.fieldReads('stride', '5');
  });

  it('names the inspector’s tab after where it stands now', async () => {
    await inspect();
    await editing(1, 'Enter', 'Enter');
    await workbench.page.getByRole('tab', { name: 'up (up.py:11)' }).waitFor();
  });

  it('is followed by the inspector when it changes, which says so when it is gone', async () => {
    const inspector = await inspect();
    await editing(55, 'Backspace', '4');
    await reads('self.up = nn.ConvTranspose2d(1, 1, 2, stride=4)');
    await toInspector();
    await inspector.isOf('output', 6);
    assert.equal(await inspector.field('stride').inputValue(), '4');
    // Nobody has edited it, so that there is nothing to be saved.
    assert.equal(await workbench.page.locator('.tab.active.dirty').count(), 0);
    await editing(55, 'Control+Shift+K');
    await toInspector();
    await inspector.frame.getByText('The code has changed since.').first().waitFor();
    // What was on show stays.
    assert.equal(await inspector.field('stride').inputValue(), '4');
  });
});

describe('hovering a call, in a folder that nobody has trusted', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ prepare: (folder) => writeNet(folder) });
    await workbench.hideSideBar();
    await workbench.openFile('up.py');
    await workbench.page.locator('.editor-instance .view-lines').filter({ hasText: 'ConvTranspose2d' }).waitFor();
  });
  after(() => workbench.close());

  async function hover(): Promise<Locator> {
    const shown = workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'ConvTranspose2d' });
    // A hover asks once; when the window has just opened there may be nobody yet to answer.
    for (let attempt = 0; attempt < 10; attempt++) {
      await goTo(workbench, 9, 25);
      await workbench.runCommand('Show or Focus Hover');
      if (
        await shown.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        )
      )
        return shown;
    }
    throw new Error('No hover was shown.');
  }

  it('tells sizes, formula and file of the weights, and its link opens the inspector', async () => {
    await workbench.page.locator('.statusbar-item').filter({ hasText: 'Restricted Mode' }).waitFor();
    const text = (await (await hover()).innerText()).replace(/\u00a0/g, ' ');
    for (const part of [
      '(1, 1, 2, 2) → (1, 1, 4, 4)',
      '(2 − 1)·2 − 2·0 + 1·(2 − 1) + 0 + 1',
      '(1, 1, 2, 2)',
      '5 parameters',
      '16 multiply-adds',
      'up.weight',
      'up.safetensors',
      'Set input shape',
      'Copy as …',
    ])
      assert.ok(text.includes(part), `${part} is not in:\n${text}`);
    await workbench.page.locator('.monaco-hover a').filter({ hasText: 'Open in Transposed Conv Inspector' }).click();
    const inspector = await Inspector.in(workbench.page);
    await inspector.fieldReads('stride', '2');
    await workbench.page.getByRole('tab', { name: /^up\.py/ }).click();
  });

  for (const theme of ['light', 'dark', 'hc-light', 'hc-black'] as const) {
    it(`is drawn in the theme’s own colours: ${theme}`, async () => {
      await workbench.setTheme(theme);
      const shown = await hover();
      await workbench.screenshot(`hover-python-${theme}`);
      // Markdown of our own making carries no colours: what is read has the colour that the theme gives to hovers.
      const [ours, themes] = await shown.evaluate((element) => {
        const paragraph = element.querySelector('.rendered-markdown p') ?? element;
        return [getComputedStyle(paragraph).color, getComputedStyle(element).color];
      });
      assert.equal(ours, themes);
      await workbench.page.keyboard.press('Escape');
    });
  }

  it('sums up the file in the language status', async () => {
    await workbench.page
      .locator('.statusbar-item[aria-label*="Editor Language Status"], .statusbar-item[id*="languageStatus"]')
      .first()
      .hover();
    const status = workbench.page.locator('.hover-language-status').filter({ hasText: 'Convolutions' });
    await status.waitFor();
    assert.match(await status.innerText(), /Convolutions: 1, with known shapes: 1/);
    await workbench.screenshot('language-status');
  });

  it('keeps a shape that was set when the window is opened again', async () => {
    await goTo(workbench, 9, 25);
    await workbench.runCommand('Set Input Shape');
    const question = workbench.page.locator('.quick-input-widget').filter({ hasText: 'Up.forward:x' });
    await question.locator('input').fill('(1, 1, 5, 5)');
    await workbench.page.keyboard.press('Enter');
    await question.waitFor({ state: 'hidden' });
    const told = workbench.page.locator('.monaco-hover:visible').filter({ hasText: '(1, 1, 10, 10)' });
    await hover();
    await told.waitFor();
    // Workspace storage is written some time after a change.
    await workbench.page.waitForTimeout(3000);
    await workbench.reload();
    await workbench.page.locator('.editor-instance .view-lines').filter({ hasText: 'ConvTranspose2d' }).waitFor();
    await workbench.page.getByRole('tab', { name: /^up\.py/ }).click();
    await hover();
    await told.waitFor();
  });
});
