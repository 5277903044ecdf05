// The phases of a transposed convolution, stepped and read by keyboard.
import assert from 'node:assert/strict';
import { onDocument } from './driver/onDocument';
import { strided } from './driver/strided';

describe('sub-kernels', () => {
  const on = onDocument(strided);

  it('say of a block which cells it takes, and from which inputs', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('tab', { name: 'Phases' }).click();
    const canvas = frame.locator('.film-canvas');
    await canvas.locator('svg rect').first().waitFor();
    await canvas.focus();
    for (let step = 1; step < 14; step++) await on.workbench.page.keyboard.press('ArrowRight');
    await frame.locator('.counter', { hasText: '14 / 24' }).waitFor();
    const numbers = await frame.locator('.film-words .numbers').innerText();
    assert.equal(
      numbers.replaceAll('\u00a0', ' '),
      'block 6 of 16: out[2,2] = 4, out[2,3] = 4, out[3,2] = 6, out[3,3] = 5 from in[1..2, 1..2]',
    );
    await on.workbench.screenshot('phases-sub-kernels');
  });
});
