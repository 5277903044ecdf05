// Which parsed imports are kept for the next reading, where there is room for some of them only.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { KEPT_AT_FIRST, keepParsed, parsedOf } from '../../../../src/python/evaluate/parsedFiles';
import type { ModuleSource } from '../../../../src/python/report';

const TEXT = 'WIDTH = 8\n';

const named = (name: string): ModuleSource => ({ path: `file:///kept/${name}.py`, text: TEXT, version: 1 });

describe('parsed imports', () => {
  afterEach(() => keepParsed(KEPT_AT_FIRST));

  it('are kept as long as they are asked for: what was asked for longest ago makes room', () => {
    const [common, rare, next] = ['common', 'rare', 'next'].map(named);
    keepParsed(2 * TEXT.length);
    const [first, second] = [parsedOf(common), parsedOf(rare)];
    assert.equal(parsedOf(common), first);
    parsedOf(next);
    assert.equal(parsedOf(common), first, 'asked for again, though it was read first');
    assert.notEqual(parsedOf(rare), second, 'asked for once, before that');
  });

  it('are kept where there is no room for the one that is read, until the next is', () => {
    keepParsed(0);
    const [large, other] = ['large', 'other'].map(named);
    const parsed = parsedOf(large);
    assert.equal(parsedOf(large), parsed);
    parsedOf(other);
    assert.notEqual(parsedOf(large), parsed);
  });
});
