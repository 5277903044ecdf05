// The checkerboard of a transposed convolution, and its cures: each clicked in the page, seen, and undone.
import assert from 'node:assert/strict';
import { ARTEFACT_STRINGS } from '../../src/protocol/artefactStrings';
import { tensorOf } from '../../src/core/tensor/tensor';
import { onDocument } from './driver/onDocument';
import { strided } from './driver/strided';

describe('artefacts', () => {
  // 1 2 1 is flat in spite of its overlap; this kernel is not.
  const on = onDocument({ ...strided, weight: tensorOf('float64', [1, 1, 3, 3], [1, 2, 1, 0, 4, 2, 1, 2, 3]) });
  const numbers = async (): Promise<string> => {
    const text = await on.inspector.frame.locator('.film-words .numbers').innerText();
    return text.replaceAll('\u00a0', ' ');
  };
  const undo = async (): Promise<void> => {
    // VS Code takes one undo after the other.
    await on.workbench.page.waitForTimeout(300);
    await on.workbench.page.keyboard.press('Control+Z');
  };
  const kernel = (): Promise<string> => on.inspector.field('kernel').inputValue();
  const kernelIs = async (wanted: string): Promise<void> => {
    const end = Date.now() + 15_000;
    while ((await kernel()) !== wanted && Date.now() < end) await on.workbench.page.waitForTimeout(50);
    assert.equal(await kernel(), wanted);
  };

  it('counts the taps, and lights the output that is pointed at', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('tab', { name: 'Phases' }).click();
    await frame.getByRole('radio', { name: 'Artefacts' }).click();
    await frame.locator('.film-words .sentence', { hasText: 'get 1, 2, 4 taps. That is the checkerboard.' }).waitFor();
    assert.equal(await numbers(), '◰ 1  ◳ 2  ◱ 2  ◲ 4;  k 4, p 1, op 0: 4 everywhere inside');
    await frame.locator('.film-canvas [data-cell="output 3,3"]').first().hover();
    await frame.locator('.film-tables h3', { hasText: 'out[3,3] is reached by 2 · 2 = 4 taps' }).waitFor();
  });

  it('says by how much the pattern of a constant ripples, and where its line stands', async () => {
    const { page } = on.workbench;
    await on.inspector.frame.locator('.film-canvas').focus();
    await page.keyboard.press('ArrowRight');
    await on.inspector.frame.locator('.numbers', { hasText: 'ripple' }).waitFor();
    // Sums of the phases: 4, 0+2, 2+2, 1+1+1+3; (6 − 2) ÷ 4.
    assert.equal(await numbers(), '◰ 4  ◳ 2  ◱ 4  ◲ 6; ripple 100 %');
    await page.keyboard.press('ArrowRight');
    await on.inspector.frame.locator('.numbers', { hasText: 'at 1/2: |W| / s = ' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await on.inspector.frame.locator('.numbers', { hasText: 'as it is 100 %' }).waitFor();
  });

  it('makes the stride divide the kernel, starts with ICNR, and takes each back', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('button', { name: 'Use k 4, p 1, op 0' }).click();
    await kernelIs('4');
    await frame.locator('.cure-offer', { hasText: ARTEFACT_STRINGS.artefactIsEven }).waitFor();
    await frame.getByRole('button', { name: ARTEFACT_STRINGS.artefactUseIcnr }).click();
    await frame.locator('.numbers', { hasText: 'as it is 0 %' }).waitFor();
    await frame.locator('.film-canvas').focus();
    await undo();
    await frame.locator('.numbers', { hasText: 'as it is 100 %' }).waitFor();
    await undo();
    await kernelIs('3');
  });

  it('becomes a resize and a convolution, and the document that it was', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('button', { name: ARTEFACT_STRINGS.artefactUseResize }).click();
    await frame.locator('.film-nothing', { hasText: 'one kernel for all' }).waitFor();
    await frame.getByRole('tab', { name: 'Phases' }).focus();
    await undo();
    await frame.locator('.film-words .numbers', { hasText: '100 %' }).waitFor();
  });

  it('becomes a pixel shuffle, and by the way back the same transposed convolution', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('button', { name: ARTEFACT_STRINGS.artefactUseShuffle }).click();
    await frame.getByRole('button', { name: 'With pixel shuffle 2: as transposed' }).click();
    await frame.locator('.film-words .numbers', { hasText: 'as it is 100 %' }).waitFor();
    await kernelIs('3');
    assert.equal(await on.inspector.field('outputPadding').inputValue(), '1');
    await frame.getByRole('tab', { name: 'Grids' }).click();
    await on.inspector.reads('weight', [
      [1, 2, 1],
      [0, 4, 2],
      [1, 2, 3],
    ]);
  });
});
