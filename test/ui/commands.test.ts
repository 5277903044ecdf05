// Pasting, finding, the menu and the keys of the grids, and what is typed into fields, by the keyboard alone.
import assert from 'node:assert/strict';
import { worked } from './driver/documents';
import type { GridName } from './driver/inspector';
import { onDocument } from './driver/onDocument';
import { sheetOf } from './driver/sheet';

const first = [
  [2, 3],
  [1, 3],
];

describe('the commands of a grid', () => {
  const on = onDocument(worked);
  const { press, type, overlay, home, undo, setClipboard } = sheetOf(on);

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
