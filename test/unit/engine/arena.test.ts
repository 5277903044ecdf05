import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Arena } from '../../../src/engine/kernels/arena';
import { createMemory } from '../../../src/engine/kernels/instance';

const PAGE = 65_536;

describe('The kernels’ memory', () => {
  it('goes on behind what is allocated, wherever that ends: the last vector of an input may reach beyond it', () => {
    for (const bytes of [PAGE - 4096 - 64, PAGE - 4096, 3 * PAGE - 4096, 5 * PAGE]) {
      const arena = new Arena(createMemory());
      const at = arena.allocate(bytes);
      assert.ok(arena.size >= at + bytes + 16, `${bytes} bytes at ${at} of ${arena.size}`);
    }
  });
});
