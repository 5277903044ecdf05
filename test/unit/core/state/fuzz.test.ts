import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deserialize } from '../../../../src/core/state/deserialize';
import { History } from '../../../../src/core/state/history';
import { parseEdit } from '../../../../src/core/state/parseEdit';
import { randomSource } from '../../../../src/core/state/random';
import { serialize } from '../../../../src/core/state/serialize';
import { documents, edits, sharedStore } from './arbitraries';
import { assertSentence } from '../../../sentence';

const LIMIT = 1 << 16;

/** What a hostile page could post in the place of any value. */
const HOSTILE: readonly unknown[] = [
  null,
  undefined,
  true,
  '',
  'x'.repeat(5000),
  -1,
  0,
  1,
  2,
  0.5,
  NaN,
  Infinity,
  -Infinity,
  -0,
  2 ** 31,
  2 ** 53,
  1e308,
  10n,
  [],
  {},
  [[]],
  new Array(100).fill(1),
  { length: 1e9 },
  new Float32Array(3),
  new Uint8Array(0),
  new DataView(new ArrayBuffer(8)),
  new BigInt64Array(2),
  new Map(),
  new Date(NaN),
  Symbol.iterator,
  () => 1,
  JSON.parse('{"__proto__": {"kind": "setBias"}}'),
  '__proto__',
  'constructor',
];

type Whole = (most: number) => number;

/** A copy in which one value, somewhere, is something else: replaced, removed, or added. */
function corrupt(value: unknown, whole: Whole): unknown {
  const hostile = HOSTILE[whole(HOSTILE.length)];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || whole(6) === 0) return hostile;
  if (Array.isArray(value)) {
    const at = whole(value.length + 1);
    return value.length === 0 || whole(5) === 0
      ? (value as unknown[]).toSpliced(at, 0, hostile)
      : value.with(Math.min(at, value.length - 1), corrupt(value[Math.min(at, value.length - 1)], whole));
  }
  const names = Object.keys(value);
  const name = names[whole(names.length)];
  if (name === undefined || whole(12) === 0)
    return {
      ...value,
      [typeof hostile === 'string' || typeof hostile === 'number' ? String(hostile).slice(0, 20) : 'x']: hostile,
    };
  const { [name]: old, ...rest } = value as Record<string, unknown>;
  return whole(8) === 0 ? rest : { ...rest, [name]: corrupt(old, whole) };
}

describe('bad input: messages and documents', function () {
  this.timeout(120_000);

  it('4,000 corrupted edits are refused or applied, and leave a document that can be undone to the first', () => {
    const outcomes = { malformed: 0, refused: 0, applied: 0 };
    let seed = 40_000;
    fc.assert(
      fc.property(documents, fc.array(edits, { minLength: 10, maxLength: 10 }), (document, run) => {
        const history = new History(document, sharedStore(LIMIT));
        const before = serialize(history.document, 'a');
        const { uniform } = randomSource(seed++);
        const whole = (most: number): number => Math.floor(uniform() * most);
        for (const edit of run) {
          const parsed = parseEdit(whole(4) === 0 ? edit : corrupt(edit, whole));
          if (!parsed.ok) {
            outcomes.malformed++;
            assertSentence(parsed.problems[0].message);
            assert.ok(parsed.problems[0].message.length < 2000);
            continue;
          }
          const outcome = history.apply(parsed.value);
          outcomes[outcome.ok ? 'applied' : 'refused']++;
        }
        while (history.undo());
        assert.deepEqual(serialize(history.document, 'a'), before);
      }),
      { seed: 29, numRuns: 400 },
    );
    assert.ok(outcomes.malformed > 500 && outcomes.refused > 200 && outcomes.applied > 500, JSON.stringify(outcomes));
  });

  it('3,000 corrupted .tconv.json files are opened or refused', () => {
    const outcomes = { opened: 0, refused: 0 };
    let seed = 50_000;
    fc.assert(
      fc.property(documents, (document) => {
        const { uniform } = randomSource(seed++);
        const whole = (most: number): number => Math.floor(uniform() * most);
        const text = serialize(document, 'a').text;
        const corrupted =
          whole(2) === 0
            ? JSON.stringify(corrupt(JSON.parse(text), whole), (_, value: unknown) =>
                typeof value === 'bigint' ? String(value) : value,
              )
            : text.slice(0, whole(text.length)) + text.slice(whole(text.length));
        const draft = deserialize(corrupted ?? '', LIMIT);
        const opened = draft.ok ? draft.value.complete(new Map()) : draft;
        outcomes[opened.ok ? 'opened' : 'refused']++;
        if (opened.ok) assert.ok(deserialize(serialize(opened.value, 'a').text, LIMIT).ok);
        else assertSentence(opened.problems[0].message);
      }),
      { seed: 30, numRuns: 3000 },
    );
    assert.ok(outcomes.opened > 100 && outcomes.refused > 1000, JSON.stringify(outcomes));
  });

  it('nothing but an object is an edit', () => {
    for (const message of HOSTILE) assert.ok(!parseEdit(message).ok);
  });
});
