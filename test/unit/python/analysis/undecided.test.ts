import assert from 'node:assert/strict';
import { python } from '../../../python';
import { analyze, TORCH, usesOf } from './read';

/** Values as a program writes them. */
const VALUES: Readonly<Record<string, string>> = {
  number: '3',
  float: '2.5',
  text: "'a'",
  bool: 'True',
  none: 'None',
  list: '[1]',
  tuple: '(1,)',
  set: '{1}',
  dict: '{}',
  range: 'range(2)',
  size: 'torch.zeros(2).shape',
  layer: 'nn.Conv2d(1, 1, 1)',
  function: '(lambda: 0)',
};

// What CPython 3.12 says of each with PyTorch 2.15.
const sequences = ['text', 'list', 'tuple', 'range', 'size'];
const collections = [...sequences, 'dict', 'set'];
const numbers = ['number', 'float', 'bool'];
const classes: Readonly<Record<string, readonly string[]>> = {
  'collections.abc.Iterable': collections,
  'collections.abc.Collection': collections,
  'collections.abc.Container': collections,
  'collections.abc.Sized': collections,
  'collections.abc.Reversible': [...sequences, 'dict'],
  'collections.abc.Sequence': sequences,
  'collections.abc.MutableSequence': ['list'],
  'collections.abc.Mapping': ['dict'],
  'collections.abc.MutableMapping': ['dict'],
  'collections.abc.Set': ['set'],
  'collections.abc.Hashable': [...numbers, 'text', 'none', 'tuple', 'range', 'size', 'layer', 'function'],
  'collections.abc.Callable': ['layer', 'function'],
  'typing.Sequence': sequences,
  'numbers.Number': numbers,
  'numbers.Real': numbers,
  'enum.EnumMeta': [],
};

describe('an instance of an abstract class', () => {
  for (const [name, holds] of Object.entries(classes))
    it(`is ${name} where Python says so`, () => {
      const [, from, word] = /^(.+)\.(\w+)$/.exec(name)!;
      const lines = Object.entries(VALUES)
        // Whether a set is frozen is not kept.
        .filter(([kind]) => !(kind === 'set' && word === 'Hashable'))
        .map(([kind, value]) => [kind, `nn.Conv2d(1, 1, 3 if isinstance(${value}, ${word}) else 5)(x)`]);
      const text = `${TORCH}from ${from} import ${word}\nx = torch.zeros(1, 1, 9, 9)\n${lines.map(([, line]) => line).join('\n')}\n`;
      assert.deepEqual(
        usesOf(analyze(text), text, 'isinstance').map((use) => use.replace('1 1 9 9 -> 1 1 ', '')),
        lines.map(([kind]) => (holds.includes(kind) ? '7 7' : '5 5')),
      );
    });

  it('is not said to be no ordered dictionary where it may be one', () => {
    const text = `${TORCH}${python`
      from collections import OrderedDict
      d = OrderedDict(a=1)
      y = nn.Conv2d(1, 1, 3 if isinstance(d, OrderedDict) else 5)(torch.zeros(1, 1, 9, 9))
    `}`;
    assert.notDeepEqual(usesOf(analyze(text), text), ['1 1 9 9 -> 1 1 5 5']);
  });
});

describe('a function of which one way returns and the others raise', () => {
  // PyTorch 2.15 runs each, and gives (1, 4, 62, 62).
  const cases: readonly (readonly [title: string, text: string])[] = [
    [
      'a check above a raise',
      python`
        def pick(text, known):
            if undecided(known) and text in known:
                return known[text]
            raise ValueError('unknown')
        layer = pick('conv', {'conv': nn.Conv2d})(1, 4, 3)
      `,
    ],
    [
      'two checks above a raise',
      python`
        def pick(text, known):
            if undecided(text):
                raise TypeError('no name')
            if undecided(known):
                return known[text]
            assert False
        layer = pick('conv', {'conv': nn.Conv2d})(1, 4, 3)
      `,
    ],
  ];
  for (const [title, body] of cases)
    it(`gives what is returned: ${title}`, () => {
      const text = `${TORCH}from somewhere import undecided\n${body}y = layer(torch.randn(1, 1, 64, 64))\n`;
      assert.deepEqual(usesOf(analyze(text), text), ['1 1 64 64 -> 1 4 62 62']);
    });

  it('still raises where every way does', () => {
    const text = `${TORCH}${python`
      from somewhere import undecided
      def pick(known):
          if undecided(known):
              raise TypeError('no name')
          raise ValueError('unknown')
      size = 3
      try:
          size = pick({})
      except ValueError:
          size = 5
      y = nn.Conv2d(1, 4, size)(torch.randn(1, 1, 64, 64))
    `}`;
    assert.deepEqual(usesOf(analyze(text), text), ['1 1 64 64 -> 1 4 60 60']);
  });
});

describe('a slice of nothing', () => {
  it('is nothing, whatever its bounds are', () => {
    // PyTorch 2.15: (1, 3, 32, 32) -> (1, 8, 16, 16).
    const text = `${TORCH}${python`
      from somewhere import first
      def net(*, width=8):
          return nn.Conv2d(3, width, 3, stride=2, padding=1)
      def by_position_too(*args, **kwargs):
          args, more = args[:first], args[first:]
          if more:
              kwargs.update(dict(zip(('width',), more)))
          return net(*args, **kwargs)
      y = by_position_too()(torch.randn(1, 3, 32, 32))
    `}`;
    assert.deepEqual(usesOf(analyze(text), text), ['1 3 32 32 -> 1 8 16 16']);
  });
});
