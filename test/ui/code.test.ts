// From a call in Python to the inspector, and back into the code.
import assert from 'node:assert/strict';
import { Inspector } from './driver/inspector';
import { goTo, safetensorsOf, writeNet } from './driver/python';
import { Workbench } from './driver/workbench';

describe('a call in Python', () => {
  let workbench: Workbench;
  afterEach(() => workbench.close());

  async function inspect(weights?: Uint8Array): Promise<Inspector> {
    workbench = await Workbench.open({ prepare: (folder) => writeNet(folder, weights) });
    await workbench.hideSideBar();
    await workbench.openFile('up.py');
    await workbench.page.locator('.editor-instance .view-lines').filter({ hasText: 'ConvTranspose2d' }).waitFor();
    await goTo(workbench, 9, 25);
    await workbench.runCommand('Inspect Call at Cursor');
    return Inspector.in(workbench.page);
  }
  /** The line of the call as the editor shows it. */
  const line = async (): Promise<string> => (await workbench.page.locator('.view-line').filter({ hasText: 'self.up =' }).first().innerText()).replace(/\u00a0/g, ' ').trim();
  async function reads(wanted: string): Promise<void> {
    const deadline = Date.now() + 15_000;
    while ((await line()) !== wanted && Date.now() < deadline) await workbench.page.waitForTimeout(50);
    assert.equal(await line(), wanted);
  }

  it('opens with the weights of the file that the code reads', async () => {
    const inspector = await inspect(safetensorsOf({ 'up.weight': { shape: [1, 1, 2, 2], values: [1, 2, 3, 4] }, 'up.bias': { shape: [1], values: [10] } }));
    await inspector.reads('weight', [[1, 2], [3, 4]]);
    for (const [row, column] of [[0, 0], [0, 1], [1, 0], [1, 1]]) await inspector.type('input', row, column, '1');
    await inspector.reads('output', [[11, 12, 11, 12], [13, 14, 13, 14], [11, 12, 11, 12], [13, 14, 13, 14]]);
    await workbench.screenshot('code-weights');
  });

  it('says so when the file’s tensor does not fit, and opens all the same', async () => {
    const inspector = await inspect(safetensorsOf({ 'up.weight': { shape: [1, 1, 3, 1], values: [1, 2, 3] } }));
    await workbench.page.locator('.notification-toast').filter({ hasText: 'has the shape (1, 1, 3, 1); this layer’s weight has (1, 1, 2, 2)' }).waitFor();
    assert.equal((await inspector.settled('weight')).flat().length, 4);
  });

  it('takes the parameters of the inspector, in VS Code’s diff editor, and one undo takes them back', async () => {
    const inspector = await inspect();
    await inspector.field('stride').fill('3');
    await inspector.frame.getByText('1 × 1 × 5 × 5').first().waitFor();
    await inspector.frame.locator('vscode-button').filter({ hasText: 'Apply to code' }).click();
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
});
