import functools
import itertools

import torch
import torch.nn as nn

z = torch.zeros(1, 1, 30)

# %% a generator that sets something between its results [silent]
state = {"k": 1}


def widths():
    for k in (3, 5):
        state["k"] = k
        yield k


for i, k in enumerate(widths()):
    nn.Conv1d(1, 2 + i, state["k"])(z)

# %% a generator that sets something before its only result
state = {"k": 1}


def width():
    state["k"] = 5
    yield 3


for k in width():
    nn.Conv1d(1, 2, state["k"] + k)(z)

# %% a descriptor that is set and read
class Odd:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return getattr(obj, self.name)

    def __set__(self, obj, value):
        setattr(obj, self.name, value | 1)


class P:
    k = Odd()
    __slots__ = ("_k",)

    def __init__(self, k):
        self.k = k


nn.Conv1d(1, 2, P(4).k)(z)

# %% a descriptor that only reads
class Doubled:
    def __init__(self, k):
        self.k = k

    def __get__(self, instance, owner):
        return self.k if instance is None else self.k * 2


class Sizes:
    kernel = Doubled(2)


sizes = Sizes()
nn.Conv1d(1, 2, sizes.kernel)(z)
nn.Conv1d(1, 3, Sizes.kernel)(z)
sizes.kernel = 7
nn.Conv1d(1, 4, sizes.kernel)(z)

# %% iterators of which a part is taken
it = iter([2, 3, 4, 5, 6])
next(it)
nn.Conv1d(1, 2, sum(itertools.islice(it, 2)))(z)
nn.Conv1d(1, 3, next(it) + next(it) + next(it, 3))(z)
it = iter([1, 1, 2, 3])
nn.Conv1d(1, 4, len(list(itertools.takewhile(lambda k: k < 2, it))))(z)
nn.Conv1d(1, 5, sum(it))(z)
it = iter([1, 2, 3])
nn.Conv1d(1, 6, len(list(itertools.chain(it, [4]))) + len(list(it)))(z)

# %% inheritance in a diamond
class A:
    def __init__(self):
        self.k = 1

    def size(self):
        return 1


class B(A):
    def __init__(self):
        super().__init__()
        self.k += 2

    def size(self):
        return super().size() * 2


class C(A):
    def __init__(self):
        super().__init__()
        self.k *= 5

    def size(self):
        return super().size() + 2


class D(B, C):
    pass


d = D()
nn.Conv1d(1, 2, d.k)(z)
nn.Conv1d(1, 3, d.size())(z)

# %% slices are copies, names are not
a = [1, 2, 3]
b = a
c = a[:]
a[0] = 7
a += [9]
nn.Conv1d(1, 2, b[0])(z)
nn.Conv1d(1, 3, c[0] + len(c))(z)
nn.Conv1d(1, 4, len(b) + 1)(z)
d = [[2] * 2] * 2
d[0][0] = 6
nn.Conv1d(1, 5, d[1][0])(z)
t = (1, 2)
u = t
t += (3,)
nn.Conv1d(1, 6, len(u) + len(t))(z)
e = [4, 5, 6, 7]
del e[1::2]
e[1:1] = [8, 9]
nn.Conv1d(1, 7, e.index(9) + e.pop() % 4)(z)

# %% match
def size(v):
    match v:
        case {"k": int(k), **rest} if rest:
            return k + len(rest)
        case {"k": k}:
            return k
        case [a, *rest]:
            return a + len(rest)
        case (str() as s) | bytes(s):
            return len(s)
        case None:
            return 2
        case _:
            return 9


for i, v in enumerate([{"k": 3, "s": 1}, {"k": 5}, [2, 0, 0], "abc", None, 1.5]):
    nn.Conv1d(1, i + 2, size(v))(z)

# %% arguments in every way
def f(a, /, b=2, *args, c, d=4, **kw):
    return a + b * 2 + len(args) + c + d + kw.get("e", 0)


nn.Conv1d(1, 2, f(1, c=0))(z)
nn.Conv1d(1, 3, f(*[1, 1, 1], c=1, **{"d": 0, "e": 2}))(z)
nn.Conv1d(1, 4, functools.partial(f, 1, c=2)(1, d=0))(z)

# %% finally and its order
log = []


def f():
    try:
        log.append(2)
        return len(log) + 1
    finally:
        log.append(3)


nn.Conv1d(1, 2, f())(z)
nn.Conv1d(1, 3, sum(log))(z)
