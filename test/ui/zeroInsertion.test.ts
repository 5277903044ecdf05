// Zero insertion, stepped and read by keyboard, on a layer with stride 2.
import assert from 'node:assert/strict';
import { onDocument } from './driver/onDocument';
import { strided } from './driver/strided';

describe('zero insertion', () => {
  const on = onDocument(strided);
  const text = async (selector: string): Promise<string> =>
    (await on.inspector.frame.locator(selector).innerText()).replaceAll('\u00a0', ' ');

  it('says every grid with its size, and which products of a window meet a zero', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('tab', { name: 'Zero insertion' }).click();
    const canvas = frame.locator('.film-canvas');
    await canvas.locator('svg rect').first().waitFor();
    await canvas.focus();
    assert.equal(await text('.film-words .numbers'), '4×4 becomes 7×7: (4−1)·2 + 1');
    await on.workbench.screenshot('zero-insertion-1');
    for (let step = 1; step < 32; step++) await on.workbench.page.keyboard.press('ArrowRight');
    await frame.locator('.counter', { hasText: '32 / 69' }).waitFor();
    assert.equal(
      await text('.film-words .numbers'),
      'window at [3..5, 3..5]: 1·1 + 1·1 + 2·1 + 1·1 = 5 is out[3,3]; 5 of 9 products meet a zero',
    );
    await on.workbench.screenshot('zero-insertion');
  });

  it('shows the same layer with a padding beyond K−1, which cuts', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('radio', { name: 'p′ < 0' }).click();
    await frame.locator('.film-canvas').focus();
    await on.workbench.page.keyboard.press('ArrowRight');
    await frame.locator('.counter', { hasText: '2 / 21' }).waitFor();
    assert.equal(await text('.film-words .numbers'), '7×7 becomes 5×5: 7 − 2·1');
    await on.workbench.screenshot('zero-insertion-beyond');
  });
});
