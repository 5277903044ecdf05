// The derivations, step by step: played, stepped and read, by keyboard, on a worked example.
import assert from 'node:assert/strict';
import { GifReader } from 'omggif';
import { tensorOf } from '../../src/core/tensor/tensor';
import { type Content, worked } from './driver/documents';
import { onDocument, type OnDocument } from './driver/onDocument';
import { savedAs } from './driver/saving';

/** The references' convolution: 4×4 under the kernel of the worked example gives its input, [[2, 3], [1, 3]]. */
const forward: Content = {
  ...worked,
  op: { ...worked.op, kind: 'conv', outputPadding: undefined },
  input: tensorOf('float64', [1, 1, 4, 4], [1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
};

/** Opens a part of the view, goes to a step by the keyboard, and reads the line of numbers. */
async function numbersAt(on: OnDocument, part: string, step: number, of: number): Promise<string> {
  const { frame } = on.inspector;
  await frame.getByRole('tab', { name: 'Steps' }).click();
  await frame.locator('.film-parts').getByText(part, { exact: true }).click();
  await frame.locator('.timeline > .counter', { hasText: `1 / ${of}` }).waitFor();
  const canvas = frame.locator('.film-canvas');
  await canvas.locator('svg rect').first().waitFor();
  await canvas.focus();
  for (let at = 1; at < step; at++) await on.workbench.page.keyboard.press('ArrowRight');
  await frame.locator('.timeline > .counter', { hasText: `${step} / ${of}` }).waitFor();
  return (await frame.locator('.film-words .numbers').innerText()).replaceAll('\u00a0', ' ');
}

describe('step by step', () => {
  const on = onDocument();
  const text = async (selector: string): Promise<string> =>
    (await on.inspector.frame.locator(selector).innerText()).replaceAll('\u00a0', ' ');

  it('of overlap-add say in words and numbers what each stamp adds, by the arrow keys', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('tab', { name: 'Steps' }).click();
    const canvas = frame.locator('.film-canvas');
    await canvas.locator('svg rect').first().waitFor();
    await canvas.focus();
    for (let step = 1; step < 6; step++) await on.workbench.page.keyboard.press('ArrowRight');
    await frame.locator('.timeline > .counter', { hasText: '6 / 14' }).waitFor();
    assert.equal(
      await text('.film-words .numbers'),
      'in[0,1] = 3 stamps 3·w on out[0..2, 1..3]; out[0,2] was 2, adds 3·1, becomes 5',
    );
    // The picture of the README: a window of the height that people have.
    await on.workbench.page.setViewportSize({ width: 1280, height: 860 });
    await on.workbench.page.waitForTimeout(600);
    await on.workbench.screenshot('steps-overlap-add');
    await on.workbench.page.setViewportSize({ width: 1280, height: 1400 });
  });

  /** Chooses from the menu of the timeline, and saves under a name. */
  async function saved(item: string, file: string): Promise<Buffer> {
    const { frame } = on.inspector;
    await frame.getByRole('button', { name: 'Save as picture or film…' }).click();
    await frame.getByRole('button', { name: item }).click();
    return savedAs(on.workbench, file);
  }

  it('play from the drawing by the space bar, and stop when a value is edited', async () => {
    const { frame } = on.inspector;
    const { page } = on.workbench;
    await frame.locator('.film-canvas').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press(' ');
    await frame.locator('.timeline > .counter', { hasText: '3 / 14' }).waitFor();
    await page.keyboard.press(' ');
    const stopped = await text('.timeline > .counter');
    await page.waitForTimeout(2500);
    assert.equal(await text('.timeline > .counter'), stopped);
    await page.keyboard.press(' ');
    await frame.getByRole('button', { name: 'Pause (space)' }).waitFor();
    await on.inspector.field('stride').fill('2');
    await page.keyboard.press('Enter');
    await frame.getByRole('button', { name: 'Play (space)' }).waitFor();
    await on.inspector.field('stride').fill('1');
    await page.keyboard.press('Enter');
    await frame.locator('.timeline > .counter', { hasText: '/ 14' }).waitFor();
  });

  it('move, but stand still at once where the user wants no motion', async () => {
    const { frame } = on.inspector;
    const { page } = on.workbench;
    const moving = (): Promise<number> =>
      frame.evaluate(
        () =>
          document.getAnimations().filter(({ effect }) => {
            const target = effect instanceof KeyframeEffect ? effect.target : null;
            return target?.closest('.film-canvas') !== null && target !== null;
          }).length,
      );
    const afterStep = async (): Promise<number> => {
      await frame.locator('.film-canvas').focus();
      await page.keyboard.press('Home');
      await frame.locator('.timeline > .counter', { hasText: '1 / 14' }).waitFor();
      await page.waitForTimeout(1200);
      await page.keyboard.press('ArrowRight');
      await frame.locator('.timeline > .counter', { hasText: '2 / 14' }).waitFor();
      return moving();
    };
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    assert.ok((await afterStep()) > 0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await afterStep(), 0);
    await page.emulateMedia({ reducedMotion: null });
  });

  it('are saved as a GIF with a frame a step, in which the colours of the theme are exact', async () => {
    const gif = new GifReader(await saved('All steps as GIF…', 'film.gif'));
    assert.equal(gif.numFrames(), 14);
    const pixels = new Uint8Array(gif.width * gif.height * 4);
    gif.decodeAndBlitFrameRGBA(5, pixels);
    const colours = new Set<string>();
    for (let at = 0; at < pixels.length; at += 4) colours.add(pixels.subarray(at, at + 3).join());
    // The dark theme's: the strong areas of input, kernel and output.
    for (const wanted of ['31,82,48', '75,49,112', '99,75,20']) assert.ok(colours.has(wanted), wanted);
  });

  it('are saved as an SVG whose numbers are the output', async () => {
    await on.inspector.frame.locator('.film-canvas').focus();
    await on.workbench.page.keyboard.press('End');
    const svg = (await saved('This step as SVG…', 'still.svg')).toString();
    const problems = await on.inspector.frame.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      const output = [...parsed.querySelectorAll('text')].map((each) => each.textContent);
      return { error: parsed.querySelector('parsererror')?.textContent, output };
    }, svg);
    assert.equal(problems.error, undefined);
    const shown = problems.output.map(Number).filter((value) => Number.isInteger(value));
    // The largest output, by hand: 2·0 + 3·1 + 1·1 + 3·1.
    assert.ok(shown.includes(7), problems.output.join());
  });

  it('are scrubbed: a press on the bar goes there, a drag goes along, and playing stops', async () => {
    const { frame } = on.inspector;
    const { page } = on.workbench;
    await frame.locator('.film-canvas').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press(' ');
    await frame.getByRole('button', { name: 'Pause (space)' }).waitFor();
    // The last bar of the phases is the result alone, the first the steps of the first stamp.
    const middle = async (phase: 'first' | 'last'): Promise<{ x: number; y: number }> => {
      const box = await frame.locator('.track .phase')[phase]().boundingBox();
      assert.ok(box);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const [from, to] = [await middle('first'), await middle('last')];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await frame.locator('.timeline > .counter', { hasText: /^[1-4] \/ 14/ }).waitFor();
    await frame.getByRole('button', { name: 'Play (space)' }).waitFor();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await frame.locator('.timeline > .counter', { hasText: '14 / 14' }).waitFor();
    await page.mouse.up();
    await page.mouse.move(from.x, from.y);
    await frame.locator('.timeline > .counter', { hasText: '14 / 14' }).waitFor();
  });

  it('are linked to: the link opens the document at the step, with the cell that was pinned', async () => {
    const { frame } = on.inspector;
    const { page } = on.workbench;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await frame.locator('.film-canvas').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await frame.locator('rect[data-cell="output 0,2"]').last().click();
    await frame.getByRole('button', { name: 'Copy a link to this step' }).click();
    await on.workbench.page.locator('.statusbar', { hasText: 'Copied the link' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await frame.locator('.film-canvas').focus();
    await page.keyboard.press('End');
    await frame.getByRole('tab', { name: 'Grids' }).click();
    await on.workbench.runCommand('Open URL');
    await page.locator('.quick-input-widget input').fill(link);
    await page.keyboard.press('Enter');
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Open', exact: true }).click();
    await frame.locator('.timeline > .counter', { hasText: '2 / 14' }).waitFor();
    await frame.locator('.cell-head', { hasText: 'out[0,2]' }).waitFor();
  });

  it('of the matrix say each row as the sum that it is', async () => {
    assert.equal(
      await numbersAt(on, 'Matrix', 9, 23),
      'out[0,2] = w02x0 + w01x1 = 1·2 + 1·3 = 5; the other 2 entries of the row are 0',
    );
    await on.workbench.screenshot('steps-matrix');
  });

  it('of gathering say what each output fetches', async () => {
    assert.equal(await numbersAt(on, 'Gather', 9, 49), 'out[0,2] = in[0,1]·w01 + in[0,0]·w02 = 3·1 + 2·1 = 5');
    await on.workbench.screenshot('steps-gather');
  });
});

describe('step by step, of a convolution', () => {
  const on = onDocument(forward);

  it('a window slides', async () => {
    assert.equal(await numbersAt(on, 'Sliding window', 4, 13), 'in[0..2, 1..3] lie under the window');
    await on.workbench.screenshot('steps-sliding-window');
  });

  it('windows become columns of one matrix', async () => {
    assert.equal(
      await numbersAt(on, 'im2col', 5, 10),
      '16 elements of the input fill 9 × 4 = 36 entries; the kernel is 1 × 9',
    );
    await on.workbench.screenshot('steps-im2col');
  });

  it('the gradient goes back by the same stamps', async () => {
    assert.equal(
      await numbersAt(on, 'Backward', 7, 15),
      '∂out[0,1] = 3 stamps 3·w on ∂in[0..2, 1..3]; ∂in[0,2] was 2, adds 3·1, becomes 5',
    );
    await on.workbench.screenshot('steps-backward');
  });
});
