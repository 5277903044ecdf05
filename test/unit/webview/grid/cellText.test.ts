import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fontSize, lowered } from '../../../../webview/grid/cellLayer';

describe('a number on a cell with that of its product in the corner', () => {
  it('goes below it in small cells, as far as the cell reaches, and stays in its middle in large ones', () => {
    for (const [cell, badge] of [
      [24, 11],
      [30, 11],
      [36, 13],
    ]) {
      const font = fontSize(cell, 3);
      const down = lowered(cell, font, badge);
      const top = cell / 2 + down - 0.4 * font;
      assert.ok(down > 0 && top >= badge && top + 0.8 * font <= cell - 1, `${cell}: ${down}`);
    }
    assert.equal(lowered(60, fontSize(60, 3), 15), 0);
  });
});
