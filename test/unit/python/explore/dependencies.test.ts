import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { dependenciesOf } from '../../../../src/python/explore/dependencies';
import type { Chunk } from '../../../../src/python/syntax/chunk';
import { type ParsedFile, parseFile } from '../../../../src/python/syntax/parse';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const name = fc.constantFrom(...NAMES);
/** A statement, the names that it binds, and all that it mentions. */
const statement = fc.oneof(
  fc.tuple(name, name).map(([x, y]) => ({ text: `${x} = ${y}`, binds: [x], mentions: [x, y] })),
  fc.tuple(name, name).map(([x, y]) => ({ text: `${x}(${y})`, binds: [x, y], mentions: [x, y] })),
  fc.tuple(name, name, name).map(([x, y, z]) => ({
    text: `def ${x}():\n    return ${y} + ${z}`,
    binds: [x],
    mentions: [x, y, z],
  })),
);
type Statement = typeof statement extends fc.Arbitrary<infer T> ? T : never;

const parse = (statements: readonly Statement[], previous?: ParsedFile): ParsedFile =>
  parseFile('m.py', `${statements.map(({ text }) => text).join('\n')}\n`, previous);

/** All that a statement can depend on: what binds a word that it mentions, and so on. */
function reached(statements: readonly Statement[], chunks: readonly Chunk[], from: number): readonly Chunk[] {
  const found = new Set([from]);
  for (const each of found)
    statements.forEach(({ binds }, index) => {
      if (binds.some((word) => statements[each].mentions.includes(word))) found.add(index);
    });
  return [...found].sort((a, b) => a - b).map((index) => chunks[index]);
}

describe('what a statement depends on', () => {
  const edit = fc.tuple(
    fc.array(statement, { minLength: 1, maxLength: 9 }),
    fc.array(statement, { maxLength: 2 }),
    fc.nat(8),
    fc.nat(2),
  );

  it('has the same mark exactly as long as all of that is the same, in the same order', () => {
    let [same, others] = [0, 0];
    fc.assert(
      fc.property(edit, ([before, put, where, out]) => {
        const at = Math.min(where, before.length - 1);
        const after = before.toSpliced(at, out, ...put);
        const first = parse(before);
        const { of: wasOf, marks } = dependenciesOf(first.chunks, new Map());
        const marksBefore = new Map(first.chunks.map((chunk) => [chunk, wasOf(chunk)]));
        const reachedBefore = new Map(
          first.chunks.map((chunk, index) => [chunk, reached(before, first.chunks, index)]),
        );
        const second = parse(after, first);
        const { of } = dependenciesOf(second.chunks, marks);
        for (const [index, chunk] of second.chunks.entries()) {
          const old = reachedBefore.get(chunk);
          if (!old) continue;
          const now = reached(after, second.chunks, index);
          const kept = old.length === now.length && old.every((each, place) => each === now[place]);
          assert.equal(of(chunk) === marksBefore.get(chunk), kept, `${chunk.text} in ${second.text}`);
          if (kept) same++;
          else others++;
        }
      }),
      { numRuns: 500, seed: 11 },
    );
    assert.ok(same > 100 && others > 100, `${same} and ${others}`);
  });

  it('is nothing that is known of a statement of another file', () => {
    const [chunk] = parseFile('other.py', 'a = 1\n').chunks;
    assert.ok(Number.isNaN(dependenciesOf([], new Map()).of(chunk)));
  });
});
