import assert from 'node:assert/strict';
import { PASS, attribute, bare, bareExpression, call, does, name, number, parse, starred, string, tuple } from './tree';

const [a, b, c, x, y] = ['a', 'b', 'c', 'x', 'y'].map(name);
const unary = (operator: string, operand: object): object => ({ kind: 'unary', operator, operand });
const binary = (operator: string, left: object, right: object): object => ({ kind: 'binary', operator, left, right });
const param = (word: string, kind = 'plain', more: object = {}): object => ({ name: word, kind, ...more });
const generator = (element: object, target: object, iterable: object): object => ({
  kind: 'comprehension',
  result: 'generator',
  element,
  clauses: [{ target, iterable, conditions: [] }],
});

const expressions: readonly (readonly [text: string, tree: object])[] = [
  ['1.', number(1, true)],
  ['1.e-5', number(1e-5, true)],
  ['.5e1', number(5, true)],
  ['0xFF', number(255)],
  ['1_000', number(1000)],
  ['-2 ** -x', unary('-', binary('**', number(2), unary('-', x)))],
  ['2 ** 3 ** x', binary('**', number(2), binary('**', number(3), x))],
  ['a - b - c', binary('-', binary('-', a, b), c)],
  ['a + b * c', binary('+', a, binary('*', b, c))],
  ['not a and b', { kind: 'logic', operator: 'and', left: unary('not', a), right: b }],
  [
    'a < b is not c',
    {
      kind: 'compare',
      first: a,
      rest: [
        ['<', b],
        ['is not', c],
      ],
    },
  ],
  ['yield', { kind: 'yield', from: false }],
  ['yield a, *b', { kind: 'yield', from: false, value: tuple(a, starred(b)) }],
  ['yield from a', { kind: 'yield', from: true, value: a }],
  ['await a.b', attribute(a, 'b')],
  ['a[*b]', { kind: 'subscript', object: a, index: tuple(starred(b)) }],
  [
    'a[b:, ::2]',
    {
      kind: 'subscript',
      object: a,
      index: tuple({ kind: 'slice', lower: b }, { kind: 'slice', step: number(2) }),
    },
  ],
  ['{16, half := 8}', { kind: 'set', items: [number(16), { kind: 'named', target: name('half'), value: number(8) }] }],
  [
    '{**a, b: c}',
    {
      kind: 'dict',
      entries: [
        [undefined, a],
        [b, c],
      ],
    },
  ],
  ['f(3, c := 8)', call(name('f'), { value: number(3) }, { value: { kind: 'named', target: c, value: number(8) } })],
  [
    'f(*a, b=1, **c)',
    call(name('f'), { star: '*', value: a }, { name: 'b', value: number(1) }, { star: '**', value: c }),
  ],
  ['f(x for x in y)', call(name('f'), { value: generator(x, x, y) })],
  ['f(async=True)', call(name('f'), { name: 'async', value: { kind: 'constant', value: true } })],
  ['lambda a, /: a', { kind: 'lambda', parameters: [param('a', 'plain', { positionalOnly: true })], body: a }],
  [
    'lambda a, /, b, *, c=1: 0',
    {
      kind: 'lambda',
      parameters: [
        param('a', 'plain', { positionalOnly: true }),
        param('b'),
        param('c', 'keywordOnly', { initial: number(1) }),
      ],
      body: number(0),
    },
  ],
  ['(x for x, *y in a)', generator(x, tuple(x, starred(y)), a)],
  [
    '[x async for x in y if a if b]',
    { kind: 'comprehension', result: 'list', element: x, clauses: [{ target: x, iterable: y, conditions: [a, b] }] },
  ],
  [
    '{**x for x in y}',
    { kind: 'comprehension', result: 'dict', element: x, clauses: [{ target: x, iterable: y, conditions: [] }] },
  ],
  ['"a" \'b\' r"\\n"', string('ab\\n')],
  ['"\\x41\\u0042\\U0001F600\\101\\q"', string('AB😀A\\q')],
  ['b"\\x41\\u0041"', string('A\\u0041')],
  ["f'{x}{{y}}'", { kind: 'fstring', parts: [x, '{y}'] }],
  [
    "f'{a + f'{b}'}{'\\n'.join([c])}'",
    {
      kind: 'fstring',
      parts: [
        binary('+', a, { kind: 'fstring', parts: [b] }),
        call(attribute(string('\n'), 'join'), { value: { kind: 'list', items: [c] } }),
      ],
    },
  ],
  [
    "f'{x!r:>{y}}' 'z'",
    { kind: 'fstring', parts: [{ kind: 'formatted', value: x, conversion: 'r', spec: ['>', y] }, 'z'] },
  ],
  ["f'{x = }'", { kind: 'fstring', parts: ['x = ', { kind: 'formatted', value: x, conversion: 'r', spec: [] }] }],
  ["f'{x:=5}'", { kind: 'fstring', parts: [{ kind: 'formatted', value: x, spec: ['=5'] }] }],
  ["t'{x} y'", { kind: 'template', parts: [x, ' y'] }],
  ['ﬁx', name('fix')],
];

describe('an expression is read as Python reads it', () => {
  for (const [text, tree] of expressions) {
    it(text, () => {
      assert.deepEqual(bareExpression(text), tree);
      assert.equal(parse(text).broken, false);
    });
  }
});

const nothing = { otherwise: [] };
const cases = (subject: object, ...list: object[]): object => ({
  kind: 'match',
  subject,
  cases: list.map((pattern) => ({ pattern, body: [PASS] })),
});

const statements: readonly (readonly [text: string, tree: readonly object[]])[] = [
  ['x = y = yield', [{ kind: 'assign', targets: [x, y], value: { kind: 'yield', from: false } }]],
  ['x: int = 1, 2', [{ kind: 'assign', targets: [x], value: tuple(number(1), number(2)), annotation: name('int') }]],
  ['x @= yield', [{ kind: 'update', target: x, operator: '@', value: { kind: 'yield', from: false } }]],
  ['print = a', [{ kind: 'assign', targets: [name('print')], value: a }]],
  ['print "a", b', [does(tuple(string('a'), b))]],
  [
    'match = case[type]',
    [
      {
        kind: 'assign',
        targets: [name('match')],
        value: { kind: 'subscript', object: name('case'), index: name('type') },
      },
    ],
  ],
  ['match(a)', [does(call(name('match'), { value: a }))]],
  ['type X = a', [{ kind: 'type', name: 'X', value: a }]],
  ['type X[T: a = b, *c] = x', [{ kind: 'type', name: 'X', value: x }]],
  ['type(a)', [does(call(name('type'), { value: a }))]],
  ['a;', [does(a)]],
  ['a; b', [{ kind: 'if', branches: [], otherwise: [does(a), does(b)] }]],
  ['del a, (b, c)', [{ kind: 'delete', targets: [a, tuple(b, c)] }]],
  ['from ...a import (b as c,)', [{ kind: 'from', module: 'a', level: 3, names: [{ name: 'b', alias: 'c' }] }]],
  ['import a.b as c, x', [{ kind: 'import', names: [{ name: 'a.b', alias: 'c' }, { name: 'x' }] }]],
  ['lazy import a', [{ kind: 'import', names: [{ name: 'a' }] }]],
  [
    'for a, *b in *x, y: pass',
    [{ kind: 'for', target: tuple(a, starred(b)), iterable: tuple(starred(x), y), body: [PASS], ...nothing }],
  ],
  [
    'with (a as (b, c), x as y.a,): pass',
    [
      {
        kind: 'with',
        items: [
          [a, tuple(b, c)],
          [x, attribute(y, 'a')],
        ],
        body: [PASS],
      },
    ],
  ],
  [
    'with (a, b): pass',
    [
      {
        kind: 'with',
        items: [
          [a, undefined],
          [b, undefined],
        ],
        body: [PASS],
      },
    ],
  ],
  ['with (a, b) as c: pass', [{ kind: 'with', items: [[tuple(a, b), c]], body: [PASS] }]],
  [
    'with (a or b).c() as x: pass',
    [
      {
        kind: 'with',
        items: [[call(attribute({ kind: 'logic', operator: 'or', left: a, right: b }, 'c')), x]],
        body: [PASS],
      },
    ],
  ],
  [
    'try: pass\nexcept* (a, b) as c: pass\nelse: a\nfinally: b',
    [
      {
        kind: 'try',
        body: [PASS],
        handlers: [[PASS]],
        caught: [{ type: tuple(a, b), name: 'c' }],
        otherwise: [does(a)],
        final: [does(b)],
      },
    ],
  ],
  [
    'try: pass\nexcept a, b: pass',
    [{ kind: 'try', body: [PASS], handlers: [[PASS]], caught: [{ type: tuple(a, b) }], ...nothing, final: [] }],
  ],
  [
    '@a[b].c(x)\n@y\nclass A[T = a](b, c=x): pass',
    [
      {
        kind: 'class',
        name: 'A',
        bases: [{ value: b }, { name: 'c', value: x }],
        decorators: [call(attribute({ kind: 'subscript', object: a, index: b }, 'c'), { value: x }), y],
        body: [PASS],
      },
    ],
  ],
  [
    'async def f[T](a: b, *x: *y, c=1) -> b: return a,',
    [
      {
        kind: 'function',
        name: 'f',
        returns: b,
        parameters: [
          param('a', 'plain', { annotation: b }),
          param('x', 'star', { annotation: starred(y) }),
          param('c', 'keywordOnly', { initial: number(1) }),
        ],
        decorators: [],
        body: [{ kind: 'return', value: tuple(a) }],
        isAsync: true,
      },
    ],
  ],
  [
    'match a, b:\n case x(), 1 | -2: pass\n case [c, *_], _: pass',
    [
      cases(
        tuple(a, b),
        {
          kind: 'sequence',
          items: [
            { kind: 'class', type: x, positional: [], keywords: [] },
            {
              kind: 'or',
              options: [
                { kind: 'value', value: number(1) },
                { kind: 'value', value: unary('-', number(2)) },
              ],
            },
          ],
        },
        {
          kind: 'sequence',
          items: [
            { kind: 'sequence', items: [{ kind: 'capture', name: 'c' }, { kind: 'rest' }] },
            { kind: 'wildcard' },
          ],
        },
      ),
    ],
  ],
  [
    'match a:\n case x.y(b, c=1) as a: pass\n case {"k": b, **c}: pass',
    [
      cases(
        a,
        {
          kind: 'as',
          name: 'a',
          pattern: {
            kind: 'class',
            type: attribute(x, 'y'),
            positional: [{ kind: 'capture', name: 'b' }],
            keywords: [['c', { kind: 'value', value: number(1) }]],
          },
        },
        { kind: 'mapping', entries: [[string('k'), { kind: 'capture', name: 'b' }]], rest: 'c' },
      ),
    ],
  ],
  [
    '\fa\nif b:\n\tc\n        x\n',
    [does(a), { kind: 'if', branches: [{ test: b, body: [does(c), does(x)] }], ...nothing }],
  ],
  ['\uFEFF# coding: utf-8\r\na \\\r\n  + b\r\n', [does(binary('+', a, b))]],
];

describe('a statement is read as Python reads it', () => {
  for (const [text, tree] of statements) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(bare(text), tree);
      assert.equal(parse(text).broken, false);
    });
  }
});

describe('where a node stands', () => {
  it('is counted in UTF-16 units from the start of its statement', () => {
    const text = 'x = "😀"\ny = f(𝒳, (a)\n  .b)\n';
    const { chunk } = parse(text).parts[1];
    const { statement } = chunk;
    assert.ok(statement.kind === 'assign' && statement.value?.kind === 'call');
    const nodes = [statement, statement.value, ...statement.value.arguments.map(({ value }) => value)];
    assert.deepEqual(
      nodes.map(({ start, end }) => text.slice(chunk.absolute(start), chunk.absolute(end))),
      ['y = f(𝒳, (a)\n  .b)', 'f(𝒳, (a)\n  .b)', '𝒳', '(a)\n  .b'],
    );
    assert.equal(text[chunk.absolute(statement.value.insertAt)], ')');
  });
});
