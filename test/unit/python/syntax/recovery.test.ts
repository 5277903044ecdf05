import assert from 'node:assert/strict';
import { parse } from './tree';

/** The first words of what is read, a mark before those with an error in them. */
const heads = (text: string): string[] =>
  parse(text).parts.map(({ chunk }) => `${chunk.hasError ? '✗ ' : ''}${chunk.text.split('\n')[0]}`);

const broken: readonly (readonly [title: string, text: string, heads: readonly string[]])[] = [
  ['a bracket that is not closed', 'x = f(1,\ny = 2\nz = 3\n', ['✗ x = f(1,', 'y = 2', 'z = 3']],
  ['one with its arguments below it', 'x = f(\n    1,\n    g(2)\ny = 2\n', ['✗ x = f(', 'y = 2']],
  ['one at the end of the text', 'x = 1\ny = f(\n', ['x = 1', '✗ y = f(']],
  ['one before a definition', 'x = [\n    1,\n    def f(): pass\ny = 2\n', ['✗ x = [', '✗ def f(): pass', 'y = 2']],
  ['a bracket too many', 'x = 1)\ny = 2\n', ['✗ x = 1)', 'y = 2']],
  ['a text that is not closed', "x = 'a\ny = 2\n", ["✗ x = 'a", 'y = 2']],
  ['an expression in a text', "x = f'{a'\ny = 2\n", ["✗ x = f'{a'", 'y = 2']],
  ['an expression in a text in a call', "print(f'{a')\ny = 2\n", ["✗ print(f'{a')", 'y = 2']],
  ['a head without a colon', 'if x\n    y\nz\n', ['✗ if x', 'z']],
  ['a head that is not closed', 'class A(B:\n    def f(self): pass\nz\n', ['✗ class A(B:', 'z']],
  ['a head without a block', 'if x:\ny\n', ['✗ if x:', 'y']],
  ['an indented line', 'x\n  y\nz\n', ['x', '✗ y', 'z']],
  ['a word that begins nothing', 'x\nelse: y\nz\n', ['x', '✗ else: y', 'z']],
  ['a decorator alone', 'x\n@a\ny\n', ['x', '✗ @a', 'y']],
  ['a member without a name', 'x.\ny\n', ['✗ x.', 'y']],
  ['try alone', 'try:\n    x\ny\n', ['✗ try:', 'y']],
  ['match without a case', 'match x:\n    y\nz\n', ['✗ match x:', '✗ y', 'z']],
];

describe('what cannot be read', () => {
  for (const [title, text, expected] of broken)
    it(`leaves its neighbours alone: ${title}`, () => assert.deepEqual(heads(text), expected));

  it('keeps the block below a head', () => {
    const [{ chunk }] = parse('class A(B\n    def f(self, y) return y\n    z = 2\n').parts;
    assert.ok(chunk.statement.kind === 'class');
    assert.deepEqual(
      chunk.statement.body.map((each) => each.kind),
      ['function', 'assign'],
    );
  });

  it('keeps the arguments before it', () => {
    const [{ chunk }] = parse('x = nn.Conv2d(3, 8,\n').parts;
    assert.ok(chunk.statement.kind === 'assign' && chunk.statement.value?.kind === 'call');
    assert.deepEqual(
      chunk.statement.value.arguments.map(({ value }) => value.kind),
      ['number', 'number', 'unreadable'],
    );
  });
});

const n = 10_000;
const nested: readonly (readonly [what: string, text: string])[] = [
  ['parentheses', `${'('.repeat(n)}1${')'.repeat(n)}`],
  ['parentheses that are not closed', '('.repeat(n)],
  ['calls', 'f('.repeat(n)],
  ['lists and dictionaries', '[{1: '.repeat(n)],
  ['indices', 'a['.repeat(n)],
  ['signs', `${'-'.repeat(n)}1`],
  ['negations', `${'not '.repeat(n)}1`],
  ['powers', `${'2 ** '.repeat(n)}1`],
  ['conditions', `${'a if b else '.repeat(n)}1`],
  ['lambdas', `${'lambda: '.repeat(n)}1`],
  ['generators', `[${'a for a in ['.repeat(n)}`],
  ['texts', `${"f'{".repeat(n)}1${"}'".repeat(n)}`],
  ['specifications', `f'${'{x:'.repeat(n)}`],
  ['patterns', `match x:\n case ${'['.repeat(n)}`],
  ['type parameters', 'class A[T: ('.repeat(n)],
  ['calls over many lines', 'f(\n'.repeat(n / 20)],
  ['blocks', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join('')],
];
const chained: readonly (readonly [what: string, text: string])[] = [
  ['a sum', `${'1 + '.repeat(n)}1`],
  ['members', `a${'.b'.repeat(n)}`],
  ['calls', `a${'()'.repeat(n)}`],
  ['alternatives', `${'a or '.repeat(n)}b`],
];

describe('what is nested in itself ten thousand times', () => {
  for (const [what, text] of nested)
    it(`is not read, and nothing is thrown: ${what}`, () => {
      const file = parse(`x = 1\n${text}\n`);
      assert.equal(file.parts[0].chunk.hasError, false);
      assert.equal(file.broken, true);
    });

  for (const [what, text] of chained)
    it(`is valid and too tall to be followed: ${what}`, () => {
      const file = parse(`${text}\ny = 2\n`);
      assert.deepEqual(
        file.parts.map(({ chunk }) => chunk.statement.kind),
        ['unreadable', 'assign'],
      );
      assert.equal(file.broken, false);
    });
});
