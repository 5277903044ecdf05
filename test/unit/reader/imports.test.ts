import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Import, importsOf, importText } from '../../../src/reader/imports';

const cases: readonly (readonly [text: string, ...wanted: readonly Import[]])[] = [
  ['import a', { module: 'a', level: 0, names: [] }],
  ['import a.b as c, d', { module: 'a.b', level: 0, names: [] }, { module: 'd', level: 0, names: [] }],
  ['from a.b import c as d, e', { module: 'a.b', level: 0, names: ['c', 'e'] }],
  ['from . import c', { module: '', level: 1, names: ['c'] }],
  ['from ...a import c', { module: 'a', level: 3, names: ['c'] }],
  ['from.a import c', { module: 'a', level: 1, names: ['c'] }],
  ['from a import *', { module: 'a', level: 0, names: [] }],
  [
    'from a import (  # the (first) of them\n    b,  # and\n    c,\n)\nd = (1)',
    { module: 'a', level: 0, names: ['b', 'c'] },
  ],
  ['from a import b, \\\n    c\n', { module: 'a', level: 0, names: ['b', 'c'] }],
  ['    import a  # within a function', { module: 'a', level: 0, names: [] }],
  ['import a; from .b import c', { module: 'a', level: 0, names: [] }, { module: 'b', level: 1, names: ['c'] }],
  ['from a import (\n    b,\n\ndef half_typed(): pass', { module: 'a', level: 0, names: [] }],
  ['import a\r\nimport b\r\n', { module: 'a', level: 0, names: [] }, { module: 'b', level: 0, names: [] }],
  ['important = 1\nfromage = 2\nx.from_a(import_b)'],
];

describe('the imports of a text', () => {
  it('are found in one pass, however odd the text', () => {
    // Whoever tries all ways to divide a comment, or spaces, or dots, never ends.
    for (const odd of [
      'import (#',
      'from a import (',
      'import \\\r\n',
      'import ((',
      '#import a\n',
      'from .',
      'from  ',
      'from a.',
    ])
      assert.deepEqual(importsOf(`${odd}${'a, '.repeat(30_000)}\n${odd.repeat(3_000)}\nimport b`).imports.at(-1), {
        module: 'b',
        level: 0,
        names: [],
      });
  });

  for (const [text, ...wanted] of cases)
    it(JSON.stringify(text), () => assert.deepEqual(importsOf(text).imports, wanted));

  it('are known by all their words', () => {
    assert.deepEqual(
      [...importsOf('from pkg.nets import UNet as Net\nx = other').words],
      ['from', 'pkg', 'nets', 'import', 'UNet', 'as', 'Net'],
    );
  });

  it('are the same text as long as nothing of them changes', () => {
    const text = 'import a\nx = 1\nfrom b import (\n    c,\n)\n';
    assert.equal(importText(text.replace('1', '2')), importText(text));
    assert.notEqual(importText(text.replace('c,', 'c, d,')), importText(text));
  });
});
