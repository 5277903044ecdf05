// What the editor's title bar offers, beside what the page does.
import assert from 'node:assert/strict';
import { onDocument } from './driver/onDocument';

describe('the title bar', () => {
  const on = onDocument();
  const press = async (name: RegExp): Promise<void> =>
    on.workbench.page.locator('.editor-actions').getByRole('button', { name }).first().click();
  const clipboard = (): Promise<string> => on.workbench.page.evaluate(() => navigator.clipboard.readText());

  it('copies code that carries the values of the document', async () => {
    const { page } = on.workbench;
    await on.inspector.settled('output');
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await press(/Copy Operation as/);
    await on.workbench.answer('PyTorch');
    const deadline = Date.now() + 10_000;
    while ((await clipboard()) === '' && Date.now() < deadline) await page.waitForTimeout(50);
    const code = (await clipboard()).replace(/\s+/g, '');
    assert.match(code, /ConvTranspose2d|conv_transpose2d/);
    for (const values of ['[[2.,3.],[1.,3.]]', '[[0.,1.,1.],[0.,1.,0.],[1.,0.,1.]]'])
      assert.ok(code.includes(values) || code.includes(values.replace(/\./g, '.0')), code);
    assert.doesNotMatch(code, /rand/);
  });

  it('has a menu of how the document is looked at, which the page fills', async () => {
    const { page } = on.workbench;
    await press(/View…/);
    const rows = page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: 'Grids' }).filter({ hasText: 'on' }).first().waitFor();
    await on.workbench.answer('Learn');
    const learn = on.inspector.frame.locator('[data-pane="learn"] .pane-title');
    await learn.and(on.inspector.frame.locator('[aria-expanded="true"]')).waitFor();
    await press(/View…/);
    await on.workbench.answer('Zoom in');
    await on.inspector.frame.getByRole('button', { name: /Fit/ }).and(on.inspector.frame.locator(':enabled')).waitFor();
    await press(/View…/);
    await on.workbench.answer('Learn');
    await learn.and(on.inspector.frame.locator('[aria-expanded="false"]')).waitFor();
  });
});
