import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sizeFunction } from '../../../src/python/sizeFunction';

describe('what a printed size is worth', () => {
  for (const [dim, worth] of [
    [7, 7],
    ['H', 9],
    ['2*H - 1', 17],
    ['(H - 1)//2 + 1', 5],
    ['-H//2', -5],
    ['H**2*(W//3)', 81],
    ['max(H, W) - min(H, W)', 4],
    ['H + other', undefined],
  ] as const) {
    it(`is ${String(worth)} of ${dim} with H = 9 and W = 5`, () =>
      assert.equal(sizeFunction(dim)({ H: 9, W: 5 }), worth));
  }
});
