// Documents of several channels: which is on show, and all of them as small pictures.
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { tensorOf } from '../../src/core/tensor/tensor';
import type { GridName } from './driver/inspector';
import { onDocument } from './driver/onDocument';

describe('a grid of several channels in float32', () => {
  const values = (count: number): Float32Array => Float32Array.from({ length: count }, (_, at) => at);
  const on = onDocument({
    op: { kind: 'conv', stride: [1, 1], padding: [1, 1], dilation: [1, 1], groups: 4 },
    input: tensorOf('float32', [1, 4, 3, 3], values(36)),
    weight: tensorOf('float32', [4, 1, 3, 3], values(36)),
  });
  const press = (key: string): Promise<void> => on.workbench.page.keyboard.press(key);
  const type = (text: string): Promise<void> => on.workbench.page.keyboard.type(text);
  const channel = (c: number): number[][] => [0, 3, 6].map((row) => [0, 1, 2].map((column) => 9 * c + row + column));

  it('changes the channel by Alt+], in all three grids where they are grouped, and by ] in the output', async () => {
    await on.inspector.reads('input', channel(0));
    await on.inspector.grid('input').focus();
    await press('Alt+]');
    await on.inspector.reads('input', channel(1));
    await on.inspector.reads('weight', channel(1));
    await on.inspector.grid('output').focus();
    await press(']');
    await on.inspector.reads('input', channel(2));
    await on.inspector.reads('weight', channel(2));
  });

  it('offers for a depthwise kernel the planes that it has, and hovering lights all three', async () => {
    assert.equal(await on.inspector.frame.locator('.tensor.weight .slicer, .weight .slicer').count(), 1);
    await on.inspector.grid('output').focus();
    await press('Control+Home');
    await press('ArrowRight');
    await on.inspector.cell('input', 1, 2).and(on.inspector.frame.locator('.lit')).waitFor();
    assert.equal((await on.inspector.lit('input')).length, 6);
    assert.equal((await on.inspector.lit('weight')).length, 6);
  });

  it('goes to a cell of another channel, and finds values there', async () => {
    await on.inspector.grid('input').focus();
    await press('Control+G');
    await type('3,1,1');
    await press('Enter');
    await on.inspector.reads('input', channel(3));
    await press('Control+F');
    await type('13');
    await press('Enter');
    await on.inspector.reads('input', channel(1));
    await press('Escape');
  });

  it('refuses a channel that there is not, says so, and shows the one on show when the field is left', async () => {
    const slicer = on.inspector.frame.locator('.slicer').first();
    const input = slicer.locator('input');
    const shown = await input.inputValue();
    await input.focus();
    await press('Control+A');
    await type('9');
    await slicer.filter({ hasText: 'From 0 to 3.' }).waitFor();
    await on.inspector.reads('input', channel(Number(shown)));
    await press('Tab');
    // The toolkit writes it some moments after the page has set it.
    await on.workbench.page.waitForTimeout(300);
    assert.equal(await input.inputValue(), shown);
  });

  it('refuses beside the cell what float32 cannot hold', async () => {
    await on.inspector.grid('input').focus();
    await press('Control+Home');
    await type('1e39');
    await press('Enter');
    const editor = on.inspector.frame.locator('[data-grid="input"] .grid-editor');
    assert.match((await editor.locator('[role="alert"]').textContent()) ?? '', /more than float32 can hold/);
    await press('Escape');
  });
});

describe('channels at a glance', () => {
  const on = onDocument({
    op: { kind: 'conv', stride: [1, 1], padding: [0, 0], dilation: [1, 1] },
    input: tensorOf('float32', [1, 5, 2, 2], [1, 1, 1, 1, 9, 9, 9, 9, 2, 2, 2, 2, 8, 8, 8, 8, 3, 3, 3, 3]),
    weight: tensorOf('float32', [2, 5, 1, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
  });
  const press = (key: string): Promise<void> => on.workbench.page.keyboard.press(key);
  const strip = (name: GridName): Locator => on.inspector.frame.locator(`[data-thumbs="${name}"] [role="listbox"]`);
  const order = (name: GridName): Promise<(string | null)[]> =>
    strip(name)
      .locator('[role="option"]')
      .evaluateAll((all) =>
        all
          .map((each) => [each.getAttribute('data-channel'), Number(each.getAttribute('aria-posinset'))] as const)
          .sort(([, one], [, other]) => one - other)
          .map(([channel]) => channel),
      );

  it('are all there, drawn, with the one on show marked', async () => {
    await on.inspector.reads('input', [
      [1, 1],
      [1, 1],
    ]);
    // Only those are made for which there is room.
    assert.deepEqual((await order('input')).slice(0, 2), ['0', '1']);
    assert.equal(await strip('input').locator('[role="option"]').first().getAttribute('aria-setsize'), '5');
    assert.deepEqual(await order('output'), ['0', '1']);
    assert.equal(await strip('input').locator('[aria-selected="true"]').getAttribute('data-channel'), '0');
    const colours = await strip('input')
      .locator('canvas')
      .evaluateAll((all) =>
        all.map((each) => (each as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 1, 1).data.join()),
      );
    assert.ok(colours.length >= 2 && new Set(colours).size === colours.length, colours.join(' '));
  });

  it('are chosen by the keyboard', async () => {
    await on.inspector.grid('input').focus();
    await press('Alt+C');
    await press('ArrowRight');
    await on.inspector.reads('input', [
      [9, 9],
      [9, 9],
    ]);
    await press('End');
    await on.inspector.reads('input', [
      [3, 3],
      [3, 3],
    ]);
    await press('Home');
    await on.inspector.reads('input', [
      [1, 1],
      [1, 1],
    ]);
  });

  it('are sorted by their energy, and then arrows go that way', async () => {
    await on.inspector.grid('input').focus();
    await press('Alt+C');
    await press('s');
    await strip('input').locator('[data-channel="1"][aria-posinset="1"]').waitFor();
    assert.deepEqual((await order('input')).slice(0, 2), ['1', '3']);
    await press('Home');
    await on.inspector.reads('input', [
      [9, 9],
      [9, 9],
    ]);
    await on.workbench.screenshot('channels');
  });

  it('are no Tab stop: from grid to grid it is one press, and Escape goes back to the grid', async () => {
    await on.inspector.grid('input').focus();
    const where = (): Promise<string | null | undefined> =>
      on.inspector.frame.evaluate(() => document.activeElement?.closest('[data-grid]')?.getAttribute('data-grid'));
    await press('Tab');
    assert.equal(await where(), 'weight');
    await press('Tab');
    assert.equal(await where(), 'output');
    await press('c');
    assert.equal(await where(), undefined);
    await press('Escape');
    assert.equal(await where(), 'output');
  });

  it('leave the tools of a grid to its key: there arrows go from one to the next, and Escape back', async () => {
    const { frame } = on.inspector;
    const named = (): Promise<string | null | undefined> =>
      frame.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await on.inspector.grid('input').focus();
    await press('Alt+T');
    assert.equal(await named(), 'Fill Input');
    await press('ArrowRight');
    await press('Enter');
    await on.workbench.page.locator('.quick-input-widget').filter({ hasText: 'Open a tensor' }).waitFor();
    await press('Escape');
    await on.inspector.grid('output').focus();
    await press('t');
    await press('Escape');
    await on.inspector.grid('output').and(frame.locator(':focus')).waitFor();
  });

  it('leave the bias to its key in the kernel: it is no Tab stop, and Escape goes back', async () => {
    const { frame } = on.inspector;
    const where = (): Promise<string | null | undefined> =>
      frame.evaluate(() => document.activeElement?.closest('[data-grid]')?.getAttribute('data-grid'));
    const before = await on.inspector.settled('output');
    await on.inspector.inMore(async () => frame.getByRole('checkbox', { name: 'Bias' }).click());
    const bias = frame.locator('.tensor.weight .bias vscode-text-field');
    await bias.waitFor();
    await on.inspector.grid('weight').focus();
    await press('Tab');
    assert.equal(await where(), 'output');
    await press('Shift+Tab');
    assert.equal(await where(), 'weight');
    await press('Alt+B');
    await bias.and(frame.locator(':focus')).waitFor();
    await on.workbench.page.keyboard.type('100');
    await on.inspector.reads(
      'output',
      before.map((row) => row.map((value) => value + 100)),
    );
    await press('Enter');
    await press('Escape');
    assert.equal(await where(), 'weight');
    await on.inspector.grid('output').focus();
    await on.workbench.page.waitForTimeout(200);
    await press('Control+Z');
    await on.inspector.reads('output', before);
    await press('Control+Z');
    await bias.waitFor({ state: 'hidden' });
  });

  it('are counted at more where their chip has no room, and move no box', async () => {
    const { page } = on.workbench;
    const { frame } = on.inspector;
    const more = frame.getByRole('button', { name: 'More parameters' });
    const chip = frame.locator('.strip .chip');
    const left = (): Promise<number> => more.evaluate((element) => element.getBoundingClientRect().left);
    const size = page.viewportSize() ?? { width: 1280, height: 860 };
    await chip.waitFor();
    assert.equal((await more.textContent())?.trim(), 'more');
    await page.setViewportSize({ width: 900, height: size.height });
    await frame.getByRole('button', { name: 'More parameters: channels 5 → 2' }).waitFor();
    assert.equal((await more.textContent())?.replace(/\s/g, ''), 'more+1');
    const before = await left();
    await on.inspector.inMore(async () => frame.getByRole('checkbox', { name: 'Bias' }).click());
    await frame.getByRole('button', { name: 'More parameters: channels 5 → 2, Bias' }).waitFor();
    assert.equal(await left(), before);
    await on.inspector.grid('output').focus();
    await press('Control+Z');
    await page.setViewportSize(size);
    await chip.first().waitFor();
  });

  it('show which take part in what is pointed at', async () => {
    await on.inspector.grid('output').focus();
    await press('Control+Home');
    await strip('input').locator('.lit').nth(1).waitFor();
    assert.equal(await strip('input').locator('[role="option"]:not(.lit)').count(), 0);
    assert.equal(await strip('output').locator('.lit').count(), 1);
    await on.inspector.grid('weight').focus();
    await press('Control+Home');
    await strip('input').locator('.lit').nth(1).waitFor({ state: 'detached' });
    assert.equal(await strip('input').locator('.lit').count(), 1);
  });
});
