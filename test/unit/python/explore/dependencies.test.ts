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
  // Of the same words as others that are other statements.
  fc.tuple(name, name, fc.nat(1)).map(([x, y, n]) => ({ text: `${x} = ${y} + ${n}`, binds: [x], mentions: [x, y] })),
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
        const last = dependenciesOf(first.chunks, undefined);
        const marksBefore = new Map(first.chunks.map((chunk) => [chunk, last.of(chunk)]));
        const reachedBefore = new Map(
          first.chunks.map((chunk, index) => [chunk, reached(before, first.chunks, index)]),
        );
        const second = parse(after, first);
        const { of } = dependenciesOf(second.chunks, last);
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

  it('has another mark behind a digit that changes exactly where the edited statement can be reached', () => {
    let [same, others] = [0, 0];
    const typed = fc.tuple(fc.array(statement, { minLength: 1, maxLength: 9 }), fc.nat(8), name, name);
    fc.assert(
      fc.property(typed, ([statements, where, x, y]) => {
        const at = Math.min(where, statements.length - 1);
        const digit = (n: number): Statement => ({ text: `${x} = ${y} + ${n}`, binds: [x], mentions: [x, y] });
        const version = (n: number): Statement[] => statements.toSpliced(at, 0, digit(n));
        let parsed = parse(version(5));
        let last = dependenciesOf(parsed.chunks, undefined);
        for (const n of [6, 5, 7, 8]) {
          const next = parse(version(n), parsed);
          const now = dependenciesOf(next.chunks, last);
          for (const [index, chunk] of next.chunks.entries()) {
            const isReached = reached(version(n), next.chunks, index).includes(next.chunks[at]);
            assert.equal(now.of(chunk) !== last.of(parsed.chunks[index]), isReached, `${chunk.text} in ${next.text}`);
            if (isReached) others++;
            else same++;
          }
          [parsed, last] = [next, now];
        }
      }),
      { numRuns: 300, seed: 12 },
    );
    assert.ok(same > 100 && others > 100, `${same} and ${others}`);
  });

  it('is nothing that is known of a statement of another file', () => {
    const [chunk] = parseFile('other.py', 'a = 1\n').chunks;
    assert.ok(Number.isNaN(dependenciesOf([], undefined).of(chunk)));
  });
});
