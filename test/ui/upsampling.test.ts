// Other ways to make the input larger, and pixel transposed convolution: compared, measured, edited, undone and saved.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { writeNpy } from '../../src/core/formats/npy';
import { tensorOf } from '../../src/core/tensor/tensor';
import { Inspector } from './driver/inspector';
import { onDocument } from './driver/onDocument';
import { strided } from './driver/strided';

describe('against other upsampling', () => {
  const on = onDocument(strided);

  it('measures every way against the input, and says that bilinear weights are bilinear', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('tab', { name: 'Compare' }).click();
    await frame.locator('.film-canvas svg text', { hasText: 'Max-unpooling' }).waitFor();
    // The input's means 0.75, 1.5, 2.25 and 0.5, repeated: the mean of the squares is 0.59375, so 10·log10(9/0.59375).
    const psnr = (10 * Math.log10(9 / 0.59375)).toFixed(2);
    await frame
      .locator('.film-tables td', { hasText: `${psnr} dB` })
      .first()
      .waitFor();
    assert.match(await on.inspector.filmNumbers(), /bilinear − transposed bilinear: 0 inside/);
    await on.workbench.screenshot('compare-upsampling');
  });

  it('makes the input itself larger when asked, and lists the pixel that is pointed at', async () => {
    const { frame } = on.inspector;
    const reference = frame.locator('.upsampling-tools vscode-dropdown').first();
    await reference.click();
    await reference.locator('vscode-option', { hasText: 'none' }).click();
    await frame.locator('.film-words .sentence', { hasText: '8 ways to make the' }).waitFor();
    const pictures = frame.locator('.film-canvas svg image[data-plane]');
    await pictures.first().hover({ position: { x: 3, y: 3 } });
    await frame.locator('.film-tables h3', { hasText: 'Pixel 0, 0' }).waitFor();
    // What is pointed at is the document's own output, in every view.
    await frame.locator('.cell-pane', { hasText: 'out[0,0]' }).waitFor();
  });
});

describe('a kernel of bilinear weights', () => {
  const on = onDocument(strided);

  it('is taken at a click, makes the layer what interpolation is inside, and is given back by one undo', async () => {
    const { frame } = on.inspector;
    const before = await on.inspector.settled('output');
    await frame.getByRole('tab', { name: 'Compare' }).click();
    await frame.getByRole('button', { name: 'Use bilinear weights' }).click();
    // 2s − s mod 2 = 4 taps: (1 − |t − 1.5| / 2) on each axis, as FCN's initialisation has them.
    const line = [0.25, 0.75, 0.75, 0.25];
    await frame.getByRole('tab', { name: 'Grids' }).click();
    await on.inspector.reads(
      'weight',
      line.map((row) => line.map((column) => row * column)),
    );
    // F.interpolate(x, scale_factor=2, mode='bilinear')[0, 0, 1:3, 1:7], which samples at (o + 1/2) / 2 − 1/2.
    const inside = [
      [0.4375, 0.3125, 0.8125, 1.9375, 2.25, 1.75],
      [1.3125, 0.9375, 0.9375, 1.3125, 1.25, 0.75],
    ];
    const after = await on.inspector.settled('output');
    assert.equal(after.length, 8);
    assert.deepEqual(
      after.slice(1, 3).map((row) => row.slice(1, 7)),
      inside,
    );
    await on.inspector.grid('output').focus();
    await on.workbench.page.waitForTimeout(200);
    await on.workbench.page.keyboard.press('Control+Z');
    await on.inspector.reads('output', before);
  });
});

describe('a reference from a file', () => {
  const on = onDocument(strided);

  it('is still the reference when the document has been closed and opened again', async () => {
    const { workbench } = on;
    const path = join(workbench.folder, 'larger.npy');
    await writeFile(
      path,
      writeNpy(
        tensorOf(
          'float64',
          [1, 1, 8, 8],
          Array.from({ length: 64 }, (_, at) => at % 5),
        ),
      ),
    );
    let { frame } = on.inspector;
    await frame.getByRole('tab', { name: 'Compare' }).click();
    const chosen = (): Locator =>
      frame.locator('.upsampling-tools vscode-option[aria-selected="true"]', { hasText: 'a file: larger.npy' });
    const choice = frame.locator('.upsampling-tools vscode-dropdown').first();
    await choice.click();
    await choice.locator('vscode-option', { hasText: 'Choose a file' }).click();
    const dialog = workbench.page.locator('.quick-input-widget').filter({ hasText: 'Open the reference' });
    const typed = dialog.locator('input').first();
    await dialog.waitFor();
    // What is offered comes a moment after the dialog, and would take the place of what was typed before.
    while ((await typed.inputValue()) !== path) {
      await workbench.page.waitForTimeout(300);
      await typed.fill(path);
      await workbench.page.waitForTimeout(300);
    }
    await typed.press('Enter');
    await workbench.answer('N × C × H × W');
    await chosen().waitFor({ state: 'attached' });
    const measured = frame.locator('.film-tables table').first();
    await measured.locator('td', { hasText: 'dB' }).first().waitFor();
    const told = await measured.innerText();
    await workbench.closeEditor();
    await workbench.openFile(on.file);
    ({ frame } = await Inspector.in(workbench.page));
    await frame.getByRole('tab', { name: 'Compare' }).click();
    await chosen().waitFor({ state: 'attached' });
    await frame.locator('.film-tables td', { hasText: 'dB' }).first().waitFor();
    assert.equal(await frame.locator('.film-tables table').first().innerText(), told);
  });

  it('is that of the file under another name, too', async () => {
    const { workbench } = on;
    const { page } = workbench;
    await workbench.runCommand('File: Save As...');
    const dialog = page.locator('.quick-input-widget').filter({ hasText: 'OK' });
    await dialog.waitFor();
    const typed = dialog.locator('input').first();
    const path = join(workbench.folder, 'again.tconv.json');
    while ((await typed.inputValue()) !== path) {
      await page.waitForTimeout(300);
      await typed.fill(path);
      await page.waitForTimeout(300);
    }
    await dialog.getByRole('button', { name: 'OK' }).click();
    await page.locator('.tab.active').filter({ hasText: 'again.tconv.json' }).waitFor();
    const { frame } = await Inspector.in(page);
    await frame.getByRole('tab', { name: 'Compare' }).click();
    await frame
      .locator('.upsampling-tools vscode-option[aria-selected="true"]', { hasText: 'a file: larger.npy' })
      .waitFor({ state: 'attached' });
    await frame.locator('.film-tables td', { hasText: 'dB' }).first().waitFor();
  });
});

describe('pixel transposed convolution', () => {
  const on = onDocument(strided);

  it('is stepped through, and says what each cell is made of', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('tab', { name: 'Phases' }).click();
    await frame.getByRole('radio', { name: 'iPixelTCL', exact: true }).click();
    const canvas = frame.locator('.film-canvas');
    await canvas.locator('svg text', { hasText: 'F4' }).first().waitFor();
    await canvas.focus();
    for (let step = 1; step < 54; step++) await on.workbench.page.keyboard.press('ArrowRight');
    await frame.locator('.counter', { hasText: '54 / 66' }).waitFor();
    assert.equal(
      await on.inspector.filmNumbers(),
      'F4[1,1] = 0.25·1 + 0.25·2 + 0.25·1.75 + 0.25·1.25 = 1.5, placed at out[3,2]',
    );
    await on.workbench.screenshot('phases-pixel');
  });

  it('takes a weight that is typed, and gives it back when it is undone', async () => {
    const { frame } = on.inspector;
    const { page } = on.workbench;
    await frame.locator('.pixel-kernels').getByRole('radio', { name: 'k4' }).click();
    const tap = frame.getByRole('textbox', { name: 'F4 for F3, tap 1,1' });
    await tap.fill('1/2');
    await tap.press('Enter');
    // F3[1,1] is the mean of 1, 1, 1.25 and 1.25: half of it is added.
    await frame.locator('.film-words .numbers', { hasText: '+ 0.5·1.125' }).waitFor();
    assert.match(await on.inspector.filmNumbers(), / = 2\.063, placed at/);
    await on.workbench.screenshot('phases-pixel-edited');
    await frame.getByRole('button', { name: /Undo/ }).click();
    await frame.locator('.film-words .numbers', { hasText: '= 1.5, placed' }).waitFor();
    await tap.fill('x');
    await tap.press('Enter');
    await frame.locator('.pixel-kernels output', { hasText: '"x" is no number' }).waitFor();
    await page.keyboard.press('Tab');
  });

  it('takes the layer’s own phases as kernels: its output is the layer’s, and no neighbours are tied', async () => {
    const { frame } = on.inspector;
    const { page } = on.workbench;
    await frame.getByRole('tab', { name: 'Grids' }).click();
    const output = await on.inspector.settled('output');
    await frame.getByRole('tab', { name: 'Phases' }).click();
    await frame.getByRole('radio', { name: 'PixelTCL', exact: true }).click();
    await frame.getByRole('radio', { name: 'iPixelTCL', exact: true }).click();
    await frame.getByRole('button', { name: 'This layer’s phases' }).click();
    await frame.locator('.film-canvas').focus();
    await page.keyboard.press('End');
    await frame.locator('.film-words .numbers', { hasText: /^0 of 112 neighbours/ }).waitFor();
    await page.keyboard.press('Home');
    for (let step = 1; step < 54; step++) await page.keyboard.press('ArrowRight');
    await frame.locator('.counter', { hasText: '54 / 66' }).waitFor();
    assert.match(await on.inspector.filmNumbers(), new RegExp(`= ${output[3][2]}, placed at out\\[3,2\\]$`));
    // What has more taps makes the same, until they are typed into.
    await frame.locator('.pixel-choices').getByRole('radio', { name: '5×5' }).click();
    await frame.getByRole('textbox', { name: 'F4 for F, tap 4,4' }).waitFor();
    assert.equal(await frame.getByRole('textbox', { name: 'F4 for F, tap 0,0' }).inputValue(), '0');
    await on.workbench.screenshot('phases-pixel-taps');
    await frame.getByRole('button', { name: 'As at first' }).click();
    await frame.locator('.pixel-choices').getByRole('radio', { name: '3×3', checked: true }).waitFor();
  });
});
