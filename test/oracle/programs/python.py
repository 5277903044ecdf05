import functools
import itertools
from collections import UserDict, UserList
from functools import singledispatch, wraps

import torch
import torch.nn as nn

z = torch.zeros(1, 1, 30)

# %% a generator that sets something between its results
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

# %% decorators that change arguments
def doubled(fn):
    @wraps(fn)
    def inner(k, *a, **kw):
        return fn(2 * k, *a, **kw)

    return inner


def repeat(n):
    def deco(fn):
        def inner(*a):
            return sum(fn(*a) for _ in range(n))

        return inner

    return deco


@repeat(2)
@doubled
def size(k, d=1):
    return k + d


nn.Conv1d(4, 2, size(1))(torch.zeros(1, 4, 30))


class Cls:
    n = 0

    def __init__(self, fn):
        self.fn = fn

    def __call__(self, *a):
        Cls.n += 1
        return self.fn(*a)


@Cls
def three():
    return 3


nn.Conv1d(4, 3, three() + three())(torch.zeros(1, 4, 30))
nn.Conv1d(4, 4, Cls.n + 1)(torch.zeros(1, 4, 30))

# %% single dispatch [silent]
@singledispatch
def kernel(v):
    return 1


@kernel.register
def _(v: int):
    return v + 1


@kernel.register(str)
def _(v):
    return len(v)


@kernel.register(list)
@kernel.register(tuple)
def _(v):
    return sum(v)


nn.Conv1d(4, 2, kernel(2))(torch.zeros(1, 4, 30))
nn.Conv1d(4, 3, kernel("abcd"))(torch.zeros(1, 4, 30))
nn.Conv1d(4, 5, kernel((2, 3)))(torch.zeros(1, 4, 30))
nn.Conv1d(4, 6, kernel(1.5))(torch.zeros(1, 4, 30))

# %% user dictionaries and lists [in part]
class Conf(UserDict):
    def __missing__(self, key):
        return 2


class Defaulting(dict):
    def __missing__(self, key):
        self[key] = 4
        return 4


c = Conf(k=3)
nn.Conv1d(4, 2, c["k"], c["s"])(torch.zeros(1, 4, 30))
d = Defaulting(k=3)
nn.Conv1d(4, 3, d["k"], d["s"])(torch.zeros(1, 4, 30))
nn.Conv1d(4, 4, len(d) + 1)(torch.zeros(1, 4, 30))


class L(UserList):
    def total(self):
        return sum(self.data)


nn.Conv1d(4, 5, L([1, 2, 3]).total())(torch.zeros(1, 4, 30))

# %% __new__ and singletons
class Single:
    one = None

    def __new__(cls, *a, **kw):
        if cls.one is None:
            cls.one = super().__new__(cls)
        return cls.one

    def __init__(self, k=1):
        self.k = k


a = Single(3)
b = Single(5)
nn.Conv1d(4, 2, a.k)(torch.zeros(1, 4, 30))

# %% metaclass that changes a class [silent]
class Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        ns["k"] = ns.get("k", 1) * 2
        return super().__new__(mcs, name, bases, ns)

    def __call__(cls, *a, **kw):
        obj = super().__call__(*a, **kw)
        obj.s = 3
        return obj


class T(metaclass=Meta):
    k = 2


nn.Conv1d(4, 2, T.k)(torch.zeros(1, 4, 30))
nn.Conv1d(4, 3, T().s)(torch.zeros(1, 4, 30))

# %% attributes by setattr hooks [in part]
class Tracked:
    def __setattr__(self, name, value):
        super().__setattr__(name, value + 1 if isinstance(value, int) else value)

    def __init__(self):
        self.k = 2


t = Tracked()
nn.Conv1d(4, 2, t.k)(torch.zeros(1, 4, 30))
t.k = 5
nn.Conv1d(4, 3, t.k)(torch.zeros(1, 4, 30))


class Got:
    k = 2

    def __getattribute__(self, name):
        v = object.__getattribute__(self, name)
        return v * 2 if isinstance(v, int) else v


nn.Conv1d(4, 4, Got().k)(torch.zeros(1, 4, 30))

# %% property with a cache and a deleter [in part]
class Prop:
    def __init__(self):
        self._k = None

    @property
    def k(self):
        if self._k is None:
            self._k = 3
        return self._k

    @k.setter
    def k(self, v):
        self._k = v + 1

    @k.deleter
    def k(self):
        self._k = 7


p = Prop()
nn.Conv1d(4, 2, p.k)(torch.zeros(1, 4, 30))
p.k = 4
nn.Conv1d(4, 3, p.k)(torch.zeros(1, 4, 30))
del p.k
nn.Conv1d(4, 4, p.k)(torch.zeros(1, 4, 30))
q = property(lambda self: 6)


class Q:
    r = q
    s = property(lambda self: 2, lambda self, v: None)


nn.Conv1d(4, 5, Q().r, Q().s)(torch.zeros(1, 4, 30))

# %% comprehension scopes [in part]
k = 5
ks = [k for k in range(2, 4)]
nn.Conv1d(4, 2, k)(torch.zeros(1, 4, 30))
s = {i: j for i in range(3) for j in range(i) if j}
nn.Conv1d(4, 3, len(s) + 2)(torch.zeros(1, 4, 30))
total = 0
ok = any((total := total + v) > 3 for v in [1, 2, 3, 4])
nn.Conv1d(4, 4, total)(torch.zeros(1, 4, 30))


class K:
    w = 3
    ws = [i for i in range(w)]
    f = lambda self: len(self.ws)


nn.Conv1d(4, 5, K().f())(torch.zeros(1, 4, 30))
for i in range(3):
    pass
nn.Conv1d(4, 6, i + 1)(torch.zeros(1, 4, 30))
