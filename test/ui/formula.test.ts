// The formula as a drawing and as symbols, in a real VS Code: stepped by keyboard, read, and changed by a click.
import assert from 'node:assert/strict';
import { tensorOf } from '../../src/core/tensor/tensor';
import { onDocument } from './driver/onDocument';
import { savedAs } from './driver/saving';

describe('the formula', () => {
  const on = onDocument({
    op: { kind: 'convTranspose', stride: [2, 2], padding: [1, 1], dilation: [1, 1], outputPadding: [1, 1], groups: 1 },
    input: tensorOf(
      'float64',
      [1, 1, 4, 4],
      Array.from({ length: 16 }, (_, at) => at % 5),
    ),
    weight: tensorOf('float64', [1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]),
  });
  const text = async (selector: string): Promise<string> =>
    (await on.inspector.frame.locator(selector).innerText()).replaceAll('\u00a0', ' ');

  it('of the size is stepped through by the arrow keys, and makes another size by a click', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('tab', { name: 'Formula' }).click();
    const canvas = frame.locator('.size-canvas');
    await canvas.locator('svg rect').first().waitFor();
    await on.workbench.screenshot('formula-size');
    await canvas.focus();
    for (let step = 1; step < 5; step++) await on.workbench.page.keyboard.press('ArrowRight');
    await frame.locator('.size-tools .counter', { hasText: '5 / 5' }).waitFor();
    assert.equal(await text('.formula-view .numbers'), 'o = 3·2 + 1·2+1 − 2·1 + 1 = 6 + 3 − 2 + 1 = 8');
    await frame.locator('.size-ways button', { hasText: 'p 0, op 0' }).click();
    await frame.locator('.formula-view .numbers', { hasText: '= 9' }).waitFor();
    await on.workbench.screenshot('formula-size-changed');
  });

  it('of the output is in symbols that follow the cell pointed at, and are named and counted as chosen', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('radio', { name: 'Symbols' }).click();
    await frame.locator('.math-cell math').waitFor();
    await frame
      .locator('.math-output mtd[data-cell]')
      .first()
      .click({ position: { x: 3, y: 3 } });
    await frame.getByRole('radio', { name: 'from 1' }).click();
    await frame.getByRole('radio', { name: 'in, out and w, as elsewhere in the inspector' }).click();
    await frame.locator('.math-cell', { hasText: 'out[1,1]=w[1,1]·in[1,1]' }).waitFor();
    await on.workbench.screenshot('formula-symbols');
  });

  it('is saved as pictures: symbols, the formula of the size, and the matrix beside it', async () => {
    const { frame } = on.inspector;
    const save = async (menu: string, item: string, file: string): Promise<Buffer> => {
      await frame.getByRole('button', { name: menu }).click();
      await frame.getByRole('button', { name: item }).click();
      return savedAs(on.workbench, file);
    };
    const symbols = (await save('Save as picture: The whole output', 'Save as SVG…', 'symbols.svg')).toString();
    // Output 1,1 of 1-based names takes the kernel's middle alone, as the drawing says it.
    assert.ok(symbols.replaceAll(/<[^>]+>/g, '').includes('w[1,1]·in[1,1]'), symbols.slice(0, 2000));
    const matrix = await save('Matrix tools', 'Save as PNG…', 'matrix.png');
    assert.equal(matrix.toString('latin1', 1, 4), 'PNG');
    assert.ok(matrix.readUInt32BE(16) > 400 && matrix.readUInt32BE(20) > 200, `${matrix.readUInt32BE(16)}`);
    await frame.getByRole('radio', { name: 'Size' }).click();
    const size = (await save('Save as picture or film…', 'This step as SVG…', 'size.svg')).toString();
    assert.match(size.replaceAll(/<[^>]+>/g, ''), /o = 3·2 \+ 1·2\+1 .* = 9/);
  });
});
