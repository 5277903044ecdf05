import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseFile } from '../../src/python/syntax/parse';
import { structureOf } from './python/structure';

interface Golden {
  readonly python: string;
  readonly snippets: readonly { readonly text: string; readonly statements: readonly string[] | null }[];
}

const golden = JSON.parse(
  gunzipSync(readFileSync(join('test', 'oracle', 'python', 'grammar.json.gz'))).toString(),
) as Golden;

/** Read all the same, so that old code is: Python 2's `print`, its inequality, its octal numbers, `async` as a name. */
const TOLERATED = new Set(['print "x"', 'a <> b', '0777', 'raise x, y', 'f(async=1)']);

describe(`what Python ${golden.python} reads`, () => {
  for (const { text, statements } of golden.snippets) {
    const title = JSON.stringify(text.length > 70 ? `${text.slice(0, 70)}…` : text);
    if (statements)
      it(`is what we read: ${title}`, () => {
        const file = parseFile('a.py', text);
        assert.deepEqual(structureOf(file), statements);
        assert.equal(file.broken, false);
      });
    else
      it(`is nothing, ${TOLERATED.has(text) ? 'but we read it' : 'nor do we call it whole'}: ${title}`, () =>
        assert.equal(parseFile('a.py', text).broken, !TOLERATED.has(text)));
  }
});
