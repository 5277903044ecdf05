// Which cells make which: input 2×2 under a 3×3 kernel at stride 1, output 4×4, and the 16×4 matrix.
import assert from 'node:assert/strict';
import { onDocument } from './driver/onDocument';

describe('pointing at a cell', () => {
  const on = onDocument();

  it('of the input lights the nine outputs that it makes, and its entries of the matrix', async () => {
    await on.inspector.cell('input', 1, 0).hover();
    await on.inspector.cell('output', 1, 0).and(on.inspector.frame.locator('.lit')).waitFor();
    assert.deepEqual(await on.inspector.lit('output'), ['1,0', '1,1', '1,2', '2,0', '2,1', '2,2', '3,0', '3,1', '3,2']);
    // out[1,0] is row 4 of a 4×4 output; in[1,0] is column 2.
    const entries = ['4,2', '5,2', '6,2', '8,2', '9,2', '10,2', '12,2', '13,2', '14,2'].sort();
    await on.inspector.frame.locator('.matrix .lit').first().waitFor();
    assert.deepEqual(await on.inspector.litEntries(), entries);
    await on.workbench.screenshot('hover-input');
  });

  it('of the output lights the inputs and kernel elements that make it', async () => {
    await on.inspector.cell('output', 1, 1).hover();
    await on.inspector.cell('input', 0, 1).and(on.inspector.frame.locator('.lit')).waitFor();
    assert.deepEqual(await on.inspector.lit('input'), ['0,0', '0,1', '1,0', '1,1']);
    assert.deepEqual(await on.inspector.lit('weight'), ['0,0', '0,1', '1,0', '1,1']);
    assert.deepEqual(await on.inspector.litEntries(), ['5,0', '5,1', '5,2', '5,3']);
  });

  it('lists its products in lines, in columns that stand under each other', async () => {
    await on.inspector.cell('output', 1, 1).hover();
    const rows = on.inspector.frame.locator('.product-row');
    await rows.nth(3).waitFor();
    const texts = await rows.allInnerTexts();
    assert.deepEqual(
      texts.map((text) => text.replace(/\s+/g, ' ').trim()),
      [
        '1 in[0,0] 2 · 1 w[1,1] = 2',
        '2 in[0,1] 3 · 0 w[1,0] = 0',
        '3 in[1,0] 1 · 1 w[0,1] = 1',
        '4 in[1,1] 3 · 0 w[0,0] = 0',
      ],
    );
    const boxes = await rows.evaluateAll((all) =>
      all.map((row) => {
        const { top, bottom, right } = row.getBoundingClientRect();
        const parts = [...row.children].map((part) => part.getBoundingClientRect());
        return {
          inLine: parts.every((part) => part.top >= top - 1 && part.bottom <= bottom + 1 && part.right <= right + 1),
          columns: parts.slice(0, 5).map(({ left }) => Math.round(left)),
        };
      }),
    );
    assert.ok(boxes.every(({ inLine }) => inLine));
    for (const { columns } of boxes) {
      assert.deepEqual(columns, boxes[0].columns);
      assert.deepEqual(
        columns,
        [...new Set(columns)].sort((one, other) => one - other),
      );
    }
  });

  it('with the keyboard does the same', async () => {
    await on.inspector.page.mouse.move(5, 5);
    await on.inspector.grid('input').focus();
    await on.inspector.page.keyboard.press('Control+Home');
    await on.inspector.page.keyboard.press('ArrowRight');
    await on.inspector.cell('output', 0, 3).and(on.inspector.frame.locator('.lit')).waitFor();
    assert.deepEqual(await on.inspector.lit('output'), ['0,1', '0,2', '0,3', '1,1', '1,2', '1,3', '2,1', '2,2', '2,3']);
  });

  it('of the matrix lights its input, its output and its weight', async () => {
    await on.inspector.frame.locator('.matrix [role="gridcell"][data-row="5"][data-column="0"]').hover();
    await on.inspector.cell('output', 1, 1).and(on.inspector.frame.locator('.lit')).waitFor();
    assert.deepEqual(await on.inspector.lit('input'), ['0,0']);
    assert.deepEqual(await on.inspector.lit('weight'), ['1,1']);
    assert.deepEqual(await on.inspector.lit('output'), ['1,1']);
    await on.workbench.screenshot('hover-matrix');
  });
});
