// Typing into the grids, selecting and filling, by the keyboard alone in the packaged extension.
import assert from 'node:assert/strict';
import { worked } from './driver/documents';
import { onDocument } from './driver/onDocument';
import { sheetOf } from './driver/sheet';

const first = [
  [2, 3],
  [1, 3],
];
const kernel = [
  [0, 1, 1],
  [0, 1, 0],
  [1, 0, 1],
];

describe('a grid as a spreadsheet', () => {
  const on = onDocument(worked);
  const { press, type, editor, home, undo, clipboard } = sheetOf(on);

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
    await undo('weight', kernel);
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
    await undo('weight', kernel, 5);
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
    await undo('weight', kernel, 4);
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
});
