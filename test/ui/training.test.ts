// A kernel that is learned from a picture: the run goes to the least-squares optimum, and its kernel is kept.
import assert from 'node:assert/strict';
import { tensorOf } from '../../src/core/tensor/tensor';
import type { Content } from './driver/documents';
import { onDocument } from './driver/onDocument';

/** A smooth picture with an edge, 16×16, under a kernel of 4 with stride 2. */
const picture: Content = {
  op: { kind: 'convTranspose', stride: [2, 2], padding: [1, 1], dilation: [1, 1], outputPadding: [0, 0], groups: 1 },
  input: tensorOf(
    'float64',
    [1, 1, 16, 16],
    Array.from({ length: 256 }, (_, at) => {
      const [row, column] = [Math.floor(at / 16), at % 16];
      return Math.sin(row / 3) + Math.cos(column / 4) + (row > 8 && column > 5 ? 1 : 0);
    }),
  ),
  weight: tensorOf('float64', [1, 1, 4, 4], new Array<number>(16).fill(0.25)),
};

describe('learning', () => {
  const on = onDocument(picture);
  const text = async (selector: string): Promise<string> =>
    (await on.inspector.frame.locator(selector).first().innerText()).replaceAll('\u00a0', ' ');

  it('shows gradients of a loss beside the values, and which operation each is', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('tab', { name: 'Steps' }).click();
    await frame.getByRole('radio', { name: 'Gradients' }).click();
    await frame.locator('.film-canvas svg rect').first().waitFor();
    await frame.locator('.film-canvas').focus();
    await on.workbench.page.keyboard.press('ArrowRight');
    await frame.locator('.counter', { hasText: /^2 \/ 12/ }).waitFor();
    assert.match(await text('.film-words .sentence'), /^∂L\/∂in is a convolution of ∂L\/∂out with the same kernel\.$/);
    // Each inner input of a kernel of 16 quarters gives 4 to the sum of the outputs.
    assert.match(await on.inspector.filmNumbers(), /= 4$/);
    await on.workbench.screenshot('gradients');
  });

  it('runs to the optimum that least squares gives, and says so by steps', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('radio', { name: 'Training' }).click();
    await frame.locator('.counter', { hasText: '1 / 602' }).waitFor();
    const lossOf = async (): Promise<readonly number[]> => {
      const numbers = await on.inspector.filmNumbers();
      return (/loss (\S+), optimum (\S+);/.exec(numbers) ?? []).slice(1).map(Number);
    };
    const [first, optimum] = await lossOf();
    await frame.locator('.film-canvas').focus();
    await on.workbench.page.keyboard.press('End');
    await on.workbench.page.keyboard.press('ArrowLeft');
    await frame.locator('.counter', { hasText: '601 / 602' }).waitFor();
    const [last] = await lossOf();
    assert.ok(last < first / 20, `${first} → ${last}`);
    assert.ok(last >= optimum && last < 1.25 * optimum, `${last} beside ${optimum}`);
    await on.workbench.screenshot('training');
  });

  it('keeps the kernel of a step in the document, and undo takes it back', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('button', { name: 'Keep this kernel' }).click();
    await on.workbench.page.locator('.tab.active.dirty').waitFor();
    await frame.getByRole('tab', { name: 'Grids' }).click();
    const kept = (await on.inspector.settled('weight')).flat();
    assert.ok(kept.some((weight) => Math.abs(weight - 0.25) > 0.1));
    await on.inspector.cell('output', 0, 0).click();
    await on.workbench.page.keyboard.press('Control+Z');
    await on.inspector.reads('weight', new Array<number[]>(4).fill(new Array<number>(4).fill(0.25)));
    await frame.getByRole('tab', { name: 'Steps' }).click();
    await frame.getByRole('radio', { name: 'Training' }).click();
  });

  it('says when the steps are too long, and from which rate on', async () => {
    const { frame } = on.inspector;
    const choose = async (name: string, value: string): Promise<void> => {
      await frame.locator(`vscode-dropdown[aria-label="${name}"]`).click();
      await frame.locator(`vscode-dropdown[aria-label="${name}"] vscode-option`, { hasText: value }).last().click();
    };
    await choose('method', 'SGD');
    await choose('rate', '10');
    await frame.locator('.film-words .sentence', { hasText: 'The steps are too long' }).waitFor();
  });

  it('keeps its words in view where the switch of parts is wider than the page', async () => {
    const { page } = on.workbench;
    await page.setViewportSize({ width: 400, height: 800 });
    const sentence = on.inspector.frame.locator('.film-words .sentence');
    await on.inspector.frame.locator('main[data-mode="tabs"]').waitFor();
    await on.inspector.frame.getByRole('radio', { name: 'Training' }).click();
    const sideways = await on.inspector.frame
      .locator('.stage')
      .evaluate((stage) => [stage.scrollLeft, stage.scrollWidth - stage.clientWidth]);
    assert.deepEqual(sideways, [0, 0]);
    assert.ok(((await sentence.boundingBox())?.x ?? -1) > 0);
    await on.workbench.screenshot('training-narrow');
    await page.setViewportSize({ width: 1280, height: 1400 });
  });
});
