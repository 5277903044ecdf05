import assert from 'node:assert/strict';
import { python } from '../../../python';
import { analyze, usesOf } from './read';

const HEAD = python`
  import argparse
  import copy
  import enum
  import functools
  import itertools
  import json
  import math
  import types
  from collections import Counter, OrderedDict, defaultdict, deque
  from contextlib import contextmanager, suppress
  from dataclasses import asdict, dataclass, field, replace
  from typing import NamedTuple

  import numpy as np
  import torch
  import torch.nn as nn

`;

/** Each sets `k`, a kernel's size; the number is CPython's (3.11). */
const KNOWN: readonly (readonly [what: string, kernel: number, lines: string])[] = [
  ['an iterator that is gone through twice', 3, 'it = iter([1, 2, 3])\nnext(it)\nk = sum(it) - len(list(it)) - 2'],
  ['an iterator paired with itself', 4, 'it = iter([1, 2, 3, 4])\nk = list(zip(it, it))[1][1]'],
  ['what a broken loop leaves', 3, 'it = iter([1, 2, 3])\nfor v in it:\n    if v > 1:\n        break\nk = next(it)'],
  ['a list that an iterator leaves as it is', 3, 'v = [1, 2, 3]\nit = iter(v)\nnext(it)\nk = len(v)'],
  ['a generator that is empty the second time', 6, 'g = (i for i in range(4))\nk = sum(g) + sum(g)'],
  ['a list sorted by a key', 7, 'v = [3, 7, 5]\nv.sort(key=lambda each: -each)\nk = v[0]'],
  ['texts in order', 2, 'd = {"b": 1, "a": 2}\nk = d[sorted(d)[0]]'],
  ['the largest by a key', 2, 'k = max([5, 2, 9], key=lambda each: -each)'],
  ['a removed item', 9, 'v = [4, 9, 4]\nv.remove(4)\nk = v[0]'],
  ['a deleted item', 5, 'v = [4, 9, 5]\ndel v[1]\nk = v[1]'],
  ['a deleted slice', 2, 'v = [1, 2, 3, 4]\ndel v[::2]\nk = len(v)'],
  ['a slice that is assigned', 8, 'v = [1, 2, 3]\nv[1:] = [8]\nk = v[-1]'],
  ['every other item assigned', 7, 'v = [1, 2, 3]\nv[::2] = [7, 9]\nk = v[0]'],
  ['a deleted key', 3, 'd = dict(a=3, b=4)\ndel d["b"]\nk = sum(d.values())'],
  ['a deleted attribute', 2, 'class A:\n    k = 2\na = A()\na.k = 5\ndel a.k\nk = a.k'],
  ['a set without what is twice in it', 2, 'k = len({3, 3, 4})'],
  ['what two sets share', 5, 'k = max({1, 5} & {5, 6})'],
  ['a set that grows by what it has', 2, 's = {1, 2}\ns.add(2)\nk = len(s)'],
  ['a dictionary changed in place by |=', 7, 'd = dict(a=1)\ne = d\nd |= dict(a=7)\nk = e["a"]'],
  ['the last item popped', 3, 'd = OrderedDict(a=1, b=2, c=3)\nk = d.popitem()[1]'],
  ['what is moved to the end', 1, 'd = OrderedDict(a=1, b=2)\nd.move_to_end("a")\nk = list(d.values())[-1]'],
  ['a default that is made', 3, 'd = defaultdict(int)\nd["a"] += 3\nk = d["a"]'],
  ['what is counted', 3, 'k = Counter("banana")["a"]'],
  ['a queue that is turned', 3, 'q = deque([1, 2, 3])\nq.rotate(1)\nk = q[0]'],
  ['a shallow copy', 3, 'a = [[1], [2]]\nb = copy.copy(a)\nb[0].append(5)\nk = len(a[0]) + 1'],
  [
    'a deep copy of a nested dictionary',
    4,
    'a = {"x": {"k": 4}}\nb = copy.deepcopy(a)\nb["x"]["k"] = 9\nk = a["x"]["k"]',
  ],
  [
    'a property with a setter',
    6,
    'class A:\n    @property\n    def k(self):\n        return self._k\n    @k.setter\n    def k(self, value):\n        self._k = value * 2\na = A()\na.k = 3\nk = a.k',
  ],
  ['an attribute set through __dict__', 4, 'class A:\n    pass\na = A()\na.__dict__["k"] = 4\nk = a.k'],
  ['a global set by name', 5, 'globals()["SIZE"] = 5\nk = SIZE'],
  ['an attribute that there is not', 2, 'k = getattr(types.SimpleNamespace(a=1), "k", 2)'],
  ['a global that there is not', 2, 'k = globals().get("NOT_THERE", 2)'],
  ['a member of an enumeration', 3, 'class A(enum.Enum):\n    X = 3\nk = A.X.value'],
  [
    'members numbered by themselves',
    2,
    'class A(enum.Enum):\n    X = enum.auto()\n    Y = enum.auto()\nk = A["Y"].value',
  ],
  ['a member by its value', 1, 'class A(enum.Enum):\n    X = 1\nk = 1 if A(1) is A.X else 5'],
  ['as many members as there are', 2, 'class A(enum.IntEnum):\n    X = 1\n    Y = 4\nk = len(A)'],
  [
    'a dataclass of keywords only',
    3,
    '@dataclass(kw_only=True)\nclass A:\n    v: list = field(default_factory=lambda: [1, 2, 3])\nk = len(A().v)',
  ],
  [
    'a dataclass with one field replaced',
    9,
    '@dataclass\nclass A:\n    a: int = 1\n    b: int = 2\nk = replace(A(), a=7).a + 2',
  ],
  [
    'a dataclass as a dictionary',
    3,
    '@dataclass\nclass A:\n    a: int = 1\n    b: int = 2\nk = sum(asdict(A()).values())',
  ],
  ['a named tuple by its place', 4, 'class A(NamedTuple):\n    a: int\n    b: int = 2\nk = A(4)[0]'],
  ['whole numbers beyond floating ones', 1, 'k = (2 ** 60 + 1) % 4'],
  ['bits beyond 32', 5, 'k = (2 ** 40 | 5) - 2 ** 40'],
  ['a power with a modulus', 4, 'k = pow(3, 4, 7)'],
  ['a number in another base', 5, 'k = int("101", 2)'],
  ['an error that is suppressed', 4, 'with suppress(ValueError):\n    k = 4\n    int("x")\n    k = 5'],
  ['a division by zero that is caught', 3, 'try:\n    k = 1 // 0\nexcept ZeroDivisionError:\n    k = 3'],
  ['what a context gives', 6, '@contextmanager\ndef f(n):\n    yield n * 2\nwith f(3) as k:\n    pass'],
  [
    'what a class says of its truth',
    3,
    'class A:\n    def __init__(self, n):\n        self.n = n\n    def __bool__(self):\n        return self.n > 1\nk = (A(1) or A(3)).n',
  ],
  ['a product of ranges', 8, 'k = len(list(itertools.product(range(2), repeat=3)))'],
  ['sums along the way', 6, 'k = list(itertools.accumulate([1, 2, 3]))[-1]'],
  ['groups', 2, 'k = len(list(itertools.groupby([1, 1, 2])))'],
  ['the first of a chain of lists', 4, 'k = next(itertools.chain.from_iterable([[4], [5]]))'],
  ['a configuration in JSON', 3, 'k = json.loads(\'{"k": 3, "on": true}\')["k"]'],
  [
    'arguments that the program gives itself',
    3,
    'p = argparse.ArgumentParser()\np.add_argument("--k", type=int, default=6)\nk = p.parse_args(["--k", "3"]).k',
  ],
  [
    'a dictionary whose keys are attributes',
    3,
    'class A(dict):\n    def __init__(self, *args, **kwargs):\n        super().__init__(*args, **kwargs)\n        self.__dict__ = self\nk = A({"k": 3}).k',
  ],
  ['a text that is taken apart', 3, 'k = int("conv3".removeprefix("conv"))'],
  ['rounding in NumPy', 2, 'k = int(np.ceil(5 / 3))'],
];

const program = (lines: string): string => `${HEAD}${lines}\ny = nn.Conv1d(3, 2, int(k))(torch.randn(1, 3, 32))\n`;

describe('what Python makes of', () => {
  for (const [what, kernel, lines] of KNOWN) {
    it(`${what} is followed`, () => {
      const text = program(lines);
      const analysis = analyze(text);
      assert.deepEqual(usesOf(analysis, text), [`1 3 32 -> 1 2 ${33 - kernel}`]);
      assert.deepEqual(analysis.problems, []);
    });
  }
});
