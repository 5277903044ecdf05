// The grids as a spreadsheet, worked by the keyboard alone in the packaged extension.
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { tensorOf } from '../../src/core/tensor/tensor';
import { worked } from './driver/documents';
import type { GridName } from './driver/inspector';
import { onDocument } from './driver/onDocument';

const first = [
  [2, 3],
  [1, 3],
];

describe('a grid as a spreadsheet', () => {
  const on = onDocument(worked);
  const press = (...keys: string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => on.workbench.page.keyboard.press(key)), Promise.resolve());
  const type = (text: string): Promise<void> => on.workbench.page.keyboard.type(text);
  const editor = (name: GridName): Locator => on.inspector.frame.locator(`[data-grid="${name}"] .grid-editor`);
  const overlay = (name: GridName): Locator => on.inspector.frame.locator(`[data-grid="${name}"] .grid-overlay`);
  const home = async (name: GridName): Promise<void> => {
    await on.inspector.grid(name).focus();
    await press('Control+Home');
  };
  /** VS Code takes one undo after the other. */
  const undo = async (name: GridName, rows: readonly (readonly number[])[]): Promise<void> => {
    await on.inspector.grid(name).focus();
    await on.workbench.page.waitForTimeout(250);
    await press('Control+Z');
    await on.inspector.reads(name, rows);
  };
  const setClipboard = (text: string): Promise<void> =>
    on.workbench.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  const clipboard = (): Promise<string> => on.workbench.page.evaluate(() => navigator.clipboard.readText());

  it('opens on the references’ example', () => on.inspector.reads('input', first));

  it('works out arithmetic that is typed', async () => {
    await home('input');
    await type('=1/16');
    await press('Enter');
    await on.inspector.reads('input', [
      [0.0625, 3],
      [1, 3],
    ]);
    await undo('input', first);
  });

  it('says beside the cell what is wrong, and keeps what was typed until Escape', async () => {
    await home('input');
    await type('2*(1+');
    await press('Enter');
    const message = editor('input').locator('[role="alert"]');
    assert.match((await message.textContent()) ?? '', /ends too early/);
    assert.equal(await editor('input').locator('input').inputValue(), '2*(1+');
    await type('1)');
    assert.equal(await message.textContent(), '');
    await press('Escape');
    await editor('input').waitFor({ state: 'hidden' });
    await on.inspector.reads('input', first);
  });

  it('keeps a value and moves on by an arrow key, when typing began it', async () => {
    await home('input');
    await type('7');
    await press('ArrowRight');
    await type('8');
    await press('ArrowDown');
    await type('9');
    await press('Enter');
    await on.inspector.reads('input', [
      [7, 8],
      [1, 9],
    ]);
    await undo('input', [
      [7, 8],
      [1, 3],
    ]);
    await undo('input', [
      [7, 3],
      [1, 3],
    ]);
    await undo('input', first);
  });

  for (const key of ['F2', 'Enter']) {
    it(`moves the caret by an arrow key after ${key}`, async () => {
      await home('input');
      await press(key, 'End', 'ArrowLeft');
      await type('1');
      await press('Enter');
      await on.inspector.reads('input', [
        [12, 3],
        [1, 3],
      ]);
      await undo('input', first);
    });
  }

  it('fills the selection with Ctrl+Enter, as one step', async () => {
    await home('input');
    await press('Control+A');
    await type('sqrt(4)*2');
    await press('Control+Enter');
    await on.inspector.reads('input', [
      [4, 4],
      [4, 4],
    ]);
    await undo('input', first);
  });

  it('selects its own cells with Ctrl+A, after which copy and paste live', async () => {
    await home('input');
    await press('Control+A', 'Control+C');
    await on.workbench.page.waitForTimeout(200);
    assert.equal(await clipboard(), '2\t3\n1\t3');
    assert.equal(await on.inspector.frame.evaluate(() => document.getSelection()?.toString()), '');
    await home('weight');
    await press('Control+V');
    await on.inspector.reads('weight', [
      [2, 3, 1],
      [1, 3, 0],
      [1, 0, 1],
    ]);
    await undo('weight', [
      [0, 1, 1],
      [0, 1, 0],
      [1, 0, 1],
    ]);
  });

  it('does so too when VS Code has the browser select all, as its menu does', async () => {
    await home('input');
    await on.inspector.frame.evaluate(() => document.getSelection()?.selectAllChildren(document.body));
    await on.inspector.frame.locator('[data-grid="input"] [aria-selected="true"]').nth(3).waitFor();
    assert.equal(await on.inspector.frame.evaluate(() => document.getSelection()?.toString()), '');
    await press('Control+C');
    await on.workbench.page.waitForTimeout(200);
    assert.equal(await clipboard(), '2\t3\n1\t3');
  });

  it('leaves the page’s text unselected when Ctrl+A is pressed elsewhere', async () => {
    await on.inspector.frame.locator('.view-tab').first().focus();
    await press('Control+A');
    await on.workbench.page.waitForTimeout(300);
    assert.equal(await on.inspector.frame.evaluate(() => document.getSelection()?.toString()), '');
  });

  it('fills down and right, and continues a series', async () => {
    await home('weight');
    await press('Control+A', 'Control+D');
    await on.inspector.reads('weight', [
      [0, 1, 1],
      [0, 1, 1],
      [0, 1, 1],
    ]);
    await press('Control+R');
    await on.inspector.reads('weight', [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    await home('weight');
    await type('0.1');
    await press('ArrowRight');
    await type('0.3');
    await press('Enter', 'Control+Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Control+Shift+R');
    await on.inspector.reads('weight', [
      [0.1, 0.3, 0.5],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    for (let step = 0; step < 5; step++) {
      await on.workbench.page.waitForTimeout(250);
      await press('Control+Z');
    }
    await on.inspector.reads('weight', [
      [0, 1, 1],
      [0, 1, 0],
      [1, 0, 1],
    ]);
  });

  it('walks within a selected block while values are typed', async () => {
    await home('weight');
    await press('Shift+ArrowRight', 'Shift+ArrowDown');
    for (const [text, key] of [
      ['1', 'Tab'],
      ['2', 'Tab'],
      ['3', 'Tab'],
      ['4', 'Enter'],
    ]) {
      await type(text);
      await press(key);
    }
    // The selection was made from the first cell to the cursor, which is where the walk begins.
    await on.inspector.reads('weight', [
      [2, 3, 1],
      [4, 1, 0],
      [1, 0, 1],
    ]);
    for (let step = 0; step < 4; step++) {
      await on.workbench.page.waitForTimeout(250);
      await press('Control+Z');
    }
    await on.inspector.reads('weight', [
      [0, 1, 1],
      [0, 1, 0],
      [1, 0, 1],
    ]);
  });

  it('leaves a cell as it is where the pasted block has none', async () => {
    await setClipboard('5\t\n\t6\n');
    await home('input');
    await press('Control+V');
    await on.inspector.reads('input', [
      [5, 3],
      [1, 6],
    ]);
    await undo('input', first);
  });

  it('asks what to do with cells beyond the edge, without moving anything, and Escape leaves all as it is', async () => {
    await setClipboard('1\t2\t3\n4\t5\t6\n7\t8\t9\n');
    await home('input');
    const boxes = (): Promise<string> =>
      on.inspector.frame.evaluate(() =>
        JSON.stringify(
          [...document.querySelectorAll('[role="grid"], .legend')].map((each) => each.getBoundingClientRect()),
        ),
      );
    const before = await boxes();
    await press('Control+V');
    await overlay('input').waitFor();
    assert.match((await overlay('input').textContent()) ?? '', /3 × 3 cells; 5 of them lie beyond the edge/);
    assert.equal(await boxes(), before);
    await on.workbench.screenshot('paste-beyond');
    await press('Escape');
    await overlay('input').waitFor({ state: 'hidden' });
    await on.inspector.reads('input', first);
  });

  it('grows the tensor for them when that is chosen, as one step', async () => {
    await home('input');
    await press('Control+V');
    await overlay('input').waitFor();
    await press('Enter');
    await on.inspector.reads('input', [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    await undo('input', first);
  });

  it('leaves them out when that is chosen', async () => {
    await home('input');
    await press('Control+V');
    await overlay('input').waitFor();
    await press('Tab', 'Enter');
    await on.inspector.reads('input', [
      [1, 2],
      [4, 5],
    ]);
    await undo('input', first);
  });

  it('finds values one after the other, and says how many there are', async () => {
    await home('input');
    await press('Control+F');
    await type('>1');
    await press('Enter');
    const answer = overlay('input').locator('[role="status"]');
    await answer.filter({ hasText: '2 of 3, at [0,0,0,1]' }).waitFor();
    await press('Enter');
    await answer.filter({ hasText: '3 of 3, at [0,0,1,1]' }).waitFor();
    await press('Shift+Enter');
    await answer.filter({ hasText: '2 of 3' }).waitFor();
    await press('Escape', 'Alt+P');
    await on.inspector.frame.locator('.cell-head').filter({ hasText: 'in[0,1]' }).waitFor();
    await press('Escape');
  });

  it('goes to a cell by its index, and says when there is none', async () => {
    await home('input');
    await press('Control+G');
    await type('5,0');
    await press('Enter');
    await overlay('input').locator('[role="status"]').filter({ hasText: 'There is no 5 along axis 2' }).waitFor();
    await press('Control+A');
    await type('1, 0');
    await press('Enter');
    await overlay('input').waitFor({ state: 'hidden' });
    await on.inspector.frame.locator('.cell-head').filter({ hasText: 'in[1,0]' }).waitFor();
  });

  it('has a menu, by Shift+F10, with each command’s key beside it', async () => {
    await home('input');
    await press('Shift+F10');
    const menu = on.inspector.frame.locator('[data-grid="input"] [role="menu"]');
    await menu.waitFor();
    await on.workbench.screenshot('grid-menu');
    const items = await menu.locator('[role="menuitem"]').allTextContents();
    assert.ok(items.includes('Fill downCtrl+D') && items.includes('PinAlt+P'), items.join());
    await press('s');
    assert.equal(await on.inspector.frame.evaluate(() => document.activeElement?.textContent), 'Set to 0Delete');
    await press('Enter');
    await menu.waitFor({ state: 'hidden' });
    await on.inspector.reads('input', [
      [0, 3],
      [1, 3],
    ]);
    await undo('input', first);
  });

  it('has no command that changes something in the menu of the output, and closes it with Escape', async () => {
    await home('output');
    await press('Shift+F10');
    const menu = on.inspector.frame.locator('[data-grid="output"] [role="menu"]');
    await menu.waitFor();
    const items = await menu.locator('[role="menuitem"]').allTextContents();
    assert.ok(items.includes('CopyCtrl+C') && !items.some((item) => /Paste|Fill|Cut/.test(item)), items.join());
    await press('Escape');
    await menu.waitFor({ state: 'hidden' });
    assert.equal(await on.inspector.grid('output').evaluate((grid) => grid === document.activeElement), true);
  });

  it('pins by P in the output and by Alt+P where values are typed; Escape lets go', async () => {
    const pinned = on.inspector.frame.locator('.cell-head .badge');
    await home('output');
    await press('p');
    await pinned.waitFor();
    await press('Escape');
    await pinned.waitFor({ state: 'hidden' });
    await home('input');
    await press('Alt+P');
    await pinned.waitFor();
    await press('Escape');
    await pinned.waitFor({ state: 'hidden' });
  });

  it('zooms by + and − in the output and by Alt+plus and Alt+minus where values are typed', async () => {
    const width = (name: GridName): Promise<number> =>
      on.inspector.cell(name, 0, 0).evaluate((cell) => cell.getBoundingClientRect().width);
    for (const [name, into, out] of [
      ['output', '+', '-'],
      ['input', 'Alt+=', 'Alt+-'],
    ] as const) {
      await home(name);
      const before = await width(name);
      /** The page is drawn with the next frame. */
      const until = async (fits: (now: number) => boolean): Promise<void> => {
        for (let tries = 0; tries < 50 && !fits(await width(name)); tries++) await on.workbench.page.waitForTimeout(50);
        assert.ok(fits(await width(name)), `${name}: ${before}, now ${await width(name)}`);
      };
      await press(into);
      await until((now) => now > before);
      await press(out);
      await until((now) => now === before);
    }
  });

  it('is left by one Tab', async () => {
    await home('input');
    await press('Tab');
    assert.equal(await on.inspector.grid('input').evaluate((grid) => grid.contains(document.activeElement)), false);
    await press('Shift+Tab');
    assert.equal(await on.inspector.grid('input').evaluate((grid) => grid === document.activeElement), true);
  });

  it('shows its keys by ?', async () => {
    await home('input');
    await press('?');
    await on.inspector.frame.locator('.help dl').first().waitFor();
    await on.workbench.screenshot('keys');
    await press('Escape');
    await on.inspector.frame.locator('.help dl').first().waitFor({ state: 'hidden' });
  });

  it('repeats cells by dragging the selection’s corner, and continues their series with Ctrl', async () => {
    await home('weight');
    const handle = on.inspector.frame.locator('[data-grid="weight"] .grid-handle');
    const drag = async (control: boolean): Promise<void> => {
      const { mouse, keyboard } = on.workbench.page;
      const from = await handle.boundingBox();
      const to = await on.inspector.cell('weight', 2, 0).boundingBox();
      assert.ok(from && to);
      await mouse.move(from.x + 4, from.y + 4);
      await mouse.down();
      await mouse.move(to.x + 10, to.y + 10, { steps: 4 });
      if (control) await keyboard.down('Control');
      await mouse.up();
      if (control) await keyboard.up('Control');
    };
    await type('5');
    await press('Enter', 'ArrowUp');
    await drag(false);
    await on.inspector.reads('weight', [
      [5, 1, 1],
      [5, 1, 0],
      [5, 0, 1],
    ]);
    await press('Control+Home');
    await drag(true);
    await on.inspector.reads('weight', [
      [5, 1, 1],
      [6, 1, 0],
      [7, 0, 1],
    ]);
  });

  it('takes back what was typed into a size by Escape, and Tab does not send it', async () => {
    const size = on.inspector.frame.locator('[data-parameter="spatial"] input');
    await size.focus();
    await press('Control+A');
    await type('1');
    await press('Escape');
    // The toolkit writes it some moments after the page has set it.
    await on.workbench.page.waitForTimeout(300);
    assert.equal(await size.inputValue(), '2×2');
    await press('Tab');
    await on.workbench.page.waitForTimeout(300);
    await on.inspector.reads('input', first);
  });

  it('takes arithmetic in a field, and says by its name what a size cannot be', async () => {
    const size = on.inspector.frame.locator('[data-parameter="spatial"] input');
    await size.focus();
    await press('Control+A');
    // VS Code selects all a second time, some moments after the page has.
    await on.workbench.page.waitForTimeout(300);
    await type('0');
    await press('Enter');
    await on.inspector.frame.locator('.problem').filter({ hasText: 'From 1 to 2147483647.' }).waitFor();
    await press('Control+A');
    // VS Code selects all a second time, some moments after the page has.
    await on.workbench.page.waitForTimeout(300);
    await type('6/2');
    await press('Enter');
    await on.inspector.reads('input', [
      [2, 3, 0],
      [1, 3, 0],
      [0, 0, 0],
    ]);
  });
});

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
    await strip('input').focus();
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
    await strip('input').focus();
    await press('Shift+Tab');
    await press('Space');
    await strip('input').locator('[data-channel="1"][aria-posinset="1"]').waitFor();
    assert.deepEqual((await order('input')).slice(0, 2), ['1', '3']);
    await press('Tab');
    await press('Home');
    await on.inspector.reads('input', [
      [9, 9],
      [9, 9],
    ]);
    await on.workbench.screenshot('channels');
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
