// The same layer in other frameworks: who cuts which end, and the code from one into another.
import assert from 'node:assert/strict';
import { onDocument } from './driver/onDocument';

describe('against other frameworks', () => {
  const on = onDocument();
  const text = async (selector: string): Promise<string> =>
    (await on.inspector.frame.locator(selector).innerText()).replaceAll('\u00a0', ' ');

  it('a layer is shown by what each gives, with the exact recipe of the one that is stepped to', async () => {
    const { frame } = on.inspector;
    const { page } = on.workbench;
    for (const [name, value] of [
      ['stride', '2'],
      ['padding', '1'],
      ['outputPadding', '1'],
    ] as const) {
      await on.inspector.field(name).fill(value);
      await page.keyboard.press('Enter');
    }
    await frame.getByRole('tab', { name: 'Compare' }).click();
    await frame.getByRole('radio', { name: 'Frameworks' }).click();
    const canvas = frame.locator('.film-canvas');
    await canvas.locator('svg text', { hasText: 'transpose_kernel=True' }).first().waitFor();
    assert.match(
      await text('.film-words .sentence'),
      /^2 × 2 inputs stamp 5 × 5 positions, and the layer keeps 4 × 4\./,
    );
    await canvas.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await frame.locator('.frameworks-rows h3', { hasText: 'Keras padding="same" into' }).waitFor();
    assert.match(await text('.frameworks-rows .recipe'), /y = y\[\.\.\., 0:4, 0:4\]$/);
    assert.match(await text('.frameworks-rows'), /largest difference is 0\./);
    await on.workbench.screenshot('compare-frameworks');
  });
});
