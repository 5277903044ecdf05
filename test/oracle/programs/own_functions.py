import torch
import torch.nn as nn


def out(n):
    nn.Conv2d(3, n, 3)(torch.zeros(1, 3, 8, 8))


# %% defaults are replaced
def make(c=4):
    return nn.Conv2d(3, c, 3)
make.__defaults__ = (7,)
make()(torch.zeros(1, 3, 8, 8))

# %% keyword defaults are replaced
def make(*, c=4):
    return nn.Conv2d(3, c, 3)
make.__kwdefaults__ = {"c": 9}
make()(torch.zeros(1, 3, 8, 8))

# %% a keyword default in place
def make(*, c=4):
    return nn.Conv2d(3, c, 3)
make.__kwdefaults__["c"] = 5
make()(torch.zeros(1, 3, 8, 8))

# %% code is replaced [silent]
def a(): return 4
def b(): return 6
a.__code__ = b.__code__
nn.Conv2d(3, a(), 3)(torch.zeros(1, 3, 8, 8))

# %% mutable default keeps what was put in
def widths(c, seen=[]):
    seen.append(c)
    return sum(seen)
widths(2); widths(3)
nn.Conv2d(3, widths(4), 3)(torch.zeros(1, 3, 8, 8))

# %% lambdas see the last of a loop
makers = [lambda: c for c in (4, 8, 16)]
nn.Conv2d(3, makers[0](), 3)(torch.zeros(1, 3, 8, 8))

# %% lambdas with defaults see their own
makers = [lambda c=c: c for c in (4, 8, 16)]
nn.Conv2d(3, makers[0](), 3)(torch.zeros(1, 3, 8, 8))

# %% class scope in a comprehension
class Net(nn.Module):
    base = 4
    widths = [w for w in range(base)]
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(3, len(self.widths), 3)
    def forward(self, x): return self.c(x)
Net()(torch.zeros(1, 3, 8, 8))

# %% name mangling
class Net(nn.Module):
    def __init__(self, w):
        super().__init__()
        self.__w = w
        self.c = nn.Conv2d(3, self.__w, 3)
    def forward(self, x): return self.c(x)
class Other(Net):
    def __init__(self):
        self_w = 3
        super().__init__(5)
        self.__w = 9
        self.d = nn.Conv2d(5, self._Net__w, 3)
    def forward(self, x): return self.d(super().forward(x))
Other()(torch.zeros(1, 3, 8, 8))

# %% TYPE_CHECKING
from typing import TYPE_CHECKING
W = 4
if TYPE_CHECKING:
    W = 8
nn.Conv2d(3, W, 3)(torch.zeros(1, 3, 8, 8))

# %% regex on names
import re
cfg = {"conv1_w": 4, "conv2_w": 8, "bn": 3}
ws = [v for k, v in cfg.items() if re.match(r"conv\d+_w", k)]
x = torch.zeros(1, 3, 8, 8)
c = 3
for w in ws:
    x = nn.Conv2d(c, w, 3)(x); c = w

# %% dict order after delete
d = {"a": 4, "b": 8}
del d["a"]; d["a"] = 4
first = next(iter(d.values()))
nn.Conv2d(3, first, 3)(torch.zeros(1, 3, 8, 8))

# %% finally returns
def w():
    try:
        return 4
    finally:
        return 6
nn.Conv2d(3, w(), 3)(torch.zeros(1, 3, 8, 8))

# %% round is to even
nn.Conv2d(3, round(2.5) + round(3.5), 3)(torch.zeros(1, 3, 8, 8))

# %% negative floor and modulo
nn.Conv2d(3, -7 // 2 + 10, 3)(torch.zeros(1, 3, 8, 8))
nn.Conv2d(3, -7 % 4, 3)(torch.zeros(1, 3, 8, 8))

# %% object setattr and __dict__ update
class C:
    def __init__(self, **kw): self.__dict__.update(kw)
    def __getattr__(self, n): return 5
c = C(w=4)
object.__setattr__(c, "k", 3)
nn.Conv2d(3, c.w, c.k)(torch.zeros(1, 3, 8, 8))
nn.Conv2d(3, c.other, c.k)(torch.zeros(1, 3, 8, 8))

# %% descriptor with set_name
class D:
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, o, t=None): return getattr(o, self.name) * 2
    def __set__(self, o, v): setattr(o, self.name, v + 1)
class C:
    w = D()
c = C(); c.w = 3
nn.Conv2d(3, c.w, 3)(torch.zeros(1, 3, 8, 8))

# %% init_subclass
class Base:
    registry = {}
    def __init_subclass__(cls, width=1, **kw):
        super().__init_subclass__(**kw)
        cls.width = width
        Base.registry[cls.__name__] = cls
class A(Base, width=6): pass
nn.Conv2d(3, Base.registry["A"].width, 3)(torch.zeros(1, 3, 8, 8))

# %% cached property
from functools import cached_property
class M:
    n = 0
    @cached_property
    def w(self):
        M.n += 1
        return 4 + M.n
m = M()
m.w; m.w
nn.Conv2d(3, m.w, 3)(torch.zeros(1, 3, 8, 8))

# %% lru cache runs once
from functools import lru_cache
n = []
@lru_cache(maxsize=None)
def w(c):
    n.append(c); return c
w(3); w(3); w(4)
nn.Conv2d(3, len(n), 3)(torch.zeros(1, 3, 8, 8))

# %% groupby
from itertools import groupby
ws = [len(list(g)) for k, g in groupby("aaabbc")]
x = torch.zeros(1, 3, 8, 8)
for w in ws:
    x = nn.Conv2d(x.shape[1], w, 3)(x)

# %% accumulate and pairwise
from itertools import accumulate, pairwise
ws = list(accumulate([3, 2, 4]))
x = torch.zeros(1, 3, 9, 9)
for a, b in pairwise(ws):
    x = nn.Conv2d(a, b, 3)(x)

# %% deque maxlen
from collections import deque
d = deque(maxlen=2)
for c in (3, 4, 5): d.append(c)
nn.Conv2d(3, d[0], 3)(torch.zeros(1, 3, 8, 8))

# %% Counter most common
from collections import Counter
c = Counter("mississippi")
nn.Conv2d(3, c.most_common(1)[0][1] + c["p"], 3)(torch.zeros(1, 3, 8, 8))

# %% string partition and zfill
a, _, b = "conv-12".partition("-")
nn.Conv2d(3, int(b.zfill(4)), 3)(torch.zeros(1, 3, 8, 8))

# %% locals into attributes
class Net(nn.Module):
    def __init__(self, c=4, k=3):
        super().__init__()
        for n, v in locals().items():
            if n not in ("self", "__class__"): setattr(self, n, v)
        self.conv = nn.Conv2d(3, self.c, self.k)
    def forward(self, x): return self.conv(x)
Net()(torch.zeros(1, 3, 8, 8))

# %% nonlocal counter
def counter():
    n = 3
    def up():
        nonlocal n
        n += 1
        return n
    return up
u = counter(); u(); 
nn.Conv2d(3, u(), 3)(torch.zeros(1, 3, 8, 8))

# %% while else and for else
w = 1
while w < 5:
    w += 2
else:
    w += 10
for i in range(3):
    if i == 7: break
else:
    w += 1
nn.Conv2d(3, w, 3)(torch.zeros(1, 3, 8, 8))

# %% slices with negative steps
ws = [3, 4, 5, 6, 7][::-2]
nn.Conv2d(3, ws[1], 3)(torch.zeros(1, 3, 8, 8))
nn.Conv2d(3, len(range(10, 0, -3)), 3)(torch.zeros(1, 3, 8, 8))

# %% operator itemgetter sort
from operator import itemgetter
s = sorted([("a", 9), ("b", 4)], key=itemgetter(1))
nn.Conv2d(3, s[0][1], 3)(torch.zeros(1, 3, 8, 8))

# %% type checking, of a module
import typing
W = 4
if typing.TYPE_CHECKING:
    W = 8
nn.Conv2d(3, W, 3)(torch.zeros(1, 3, 8, 8))

# %% type checking
from typing import TYPE_CHECKING
W = 4
if TYPE_CHECKING:
    W = 8
nn.Conv2d(3, W, 3)(torch.zeros(1, 3, 8, 8))

# %% not type checking
from typing import TYPE_CHECKING
W = 4
if not TYPE_CHECKING:
    W = 8
nn.Conv2d(3, W, 3)(torch.zeros(1, 3, 8, 8))

# %% flag from elsewhere [silent]
try:
    from nothing_of_this import HAS_IT
except ImportError:
    HAS_IT = False
W = 8 if HAS_IT else 4
nn.Conv2d(3, W, 3)(torch.zeros(1, 3, 8, 8))

# %% pi from math
from math import pi, floor
nn.Conv2d(3, floor(pi), 3)(torch.zeros(1, 3, 8, 8))

# %% function attributes
def f(): return f.width
f.width = 6
nn.Conv2d(3, f(), 3)(torch.zeros(1, 3, 8, 8))

# %% function attribute counter
def f():
    f.n += 1
    return f.n
f.n = 3
f()
nn.Conv2d(3, f(), 3)(torch.zeros(1, 3, 8, 8))

# %% hasattr static in function
def f():
    if not hasattr(f, "n"): f.n = 4
    f.n += 1
    return f.n
f()
nn.Conv2d(3, f(), 3)(torch.zeros(1, 3, 8, 8))

# %% getattr default of a function
def f(): pass
w = getattr(f, "width", 5)
nn.Conv2d(3, w, 3)(torch.zeros(1, 3, 8, 8))

# %% method func
class A:
    def w(self, c=4): return c
a = A()
a.w.__func__.__defaults__ = (6,)
nn.Conv2d(3, A().w(), 3)(torch.zeros(1, 3, 8, 8))

# %% optional norm layer
class B(nn.Module):
    def __init__(self, norm=None, act=nn.GELU):
        super().__init__()
        layers = [nn.Conv2d(3, 4, 3)]
        norm = norm or nn.BatchNorm2d
        if act: layers.append(nn.Conv2d(4, 5, 3))
        layers.append(norm(5))
        self.n = nn.Sequential(*layers)
    def forward(self, x): return self.n(x)
B()(torch.zeros(1, 3, 8, 8))

# %% cudnn flag
torch.backends.cudnn.benchmark = True
w = 4 if torch.backends.cudnn.enabled else 5
y = nn.Conv2d(3, 4, 3)(torch.zeros(1, 3, 8, 8))

# %% debug constant [silent]
w = 4 if __debug__ else 5
y = nn.Conv2d(3, w, 3)(torch.zeros(1, 3, 8, 8))

# %% defaults taken away
def f(c=4): return c
f.__defaults__ = None
nn.Conv2d(3, f(7), 3)(torch.zeros(1, 3, 8, 8))

# %% private names of two classes
class A:
    def __init__(self): self.__w = 4
    def a(self): return self.__w
class B(A):
    def __init__(self):
        super().__init__()
        self.__w = 7
    def b(self): return self.__w
b = B()
out(b.a() + b.b())

# %% private methods of two classes
class A:
    def __w(self): return 4
    def a(self): return self.__w()
class B(A):
    def __w(self): return 7
    def b(self): return self.__w()
b = B()
out(b.a() + 3 * b.b())

# %% private class variables
class A:
    __w = 4
    def a(self): return self.__w + A.__w
class B(A):
    __w = 9
out(B().a())

# %% a private name from outside
class A:
    def __init__(self): self.__w = 4
out(A()._A__w)

# %% getattr does not mangle
class A:
    def __init__(self): self.__w = 4
    def a(self): return getattr(self, "__w", 6)
out(A().a())

# %% itemgetter
from operator import itemgetter, attrgetter, mul
s = sorted([("a", 9), ("b", 4)], key=itemgetter(1))
out(s[0][1] + itemgetter(1, 0)((5, 6))[0])

# %% attrgetter
from operator import attrgetter
class C:
    def __init__(self, w): self.w = w
out(sorted([C(5), C(3)], key=attrgetter("w"))[0].w + attrgetter("w")(C(2)))

# %% reduce with operator
from functools import reduce
import operator
out(reduce(operator.mul, [2, 3], 1) + reduce(operator.add, (1, 2)))

# %% dataclass order and replace
from dataclasses import dataclass, field, replace, asdict
@dataclass
class Cfg:
    w: int = 4
    ks: list = field(default_factory=lambda: [3, 5])
c = Cfg(); d = replace(c, w=6); c.ks.append(7)
out(d.w + len(d.ks) + asdict(d)["w"])

# %% string formatting in names
layers = nn.ModuleDict({f"b{i:02d}": nn.Conv2d(3, 3 + i, 1) for i in range(3)})
layers["b%02d" % 2](torch.zeros(1, 3, 9, 9))

# %% closures in a loop called later
fs = []
for w in (3, 5, 7):
    def f(): return w
    fs.append(f)
out(fs[0]())

# %% default argument evaluated once
n = 3
def f(c=n): return c
n = 8
out(f())

# %% class attribute and instance attribute
class A:
    ws = []
    n = 2
a, b = A(), A()
a.ws.append(3); a.n = 5
out(len(b.ws) + b.n + a.n)

# %% property with state
class A:
    _w = 3
    @property
    def w(self):
        self._w += 1
        return self._w
a = A(); a.w
out(a.w)

# %% chained assignment and aliasing
a = b = [1, 2]
a += [3]
out(len(b))

# %% augmented on tuple rebinding
a = b = (1, 2)
a += (3,)
out(len(b) + len(a))

# %% list multiplication shares
g = [[0]] * 3
g[0].append(1)
out(len(g[2]) + len(g))

# %% dict setdefault and pop
d = {}
d.setdefault("a", []).append(4)
d.setdefault("a", []).append(5)
out(len(d["a"]) + d.pop("b", 3))

# %% unpack star in the middle
a, *b, c = range(3, 9)
out(a + len(b) + c)

# %% zip longest
from itertools import zip_longest
out(sum(a * b for a, b in zip_longest([1, 2], [3, 4, 5], fillvalue=2)))

# %% comparison chain with side effect
n = 0
def f():
    global n
    n += 1
    return 5
ok = 3 < f() < 9
out(n + 3 if ok else 9)

# %% conditional import alias
try:
    import numpy_of_nothing as np
    W = 9
except ImportError:
    W = 4
out(3)

# %% with statement returns
class Ctx:
    def __enter__(self): self.w = 4; return self
    def __exit__(self, *a): self.w = 6; return True
with Ctx() as c:
    c.w = 5
    raise ValueError
out(c.w)

# %% try else finally
w = 3
try:
    w += 1
except Exception:
    w = 99
else:
    w += 2
finally:
    w *= 2
out(w)

# %% loop variable after loop
for i in range(5): pass
out(i)

# %% comprehension variable does not leak
i = 3
[i for i in range(9)]
out(i)

# %% bool arithmetic
out(True + True + 2 * False + 3)

# %% is and equality of small ints
a = 256; b = 256
out(4 if a is b else 5)

# %% floor division of floats and int()
out(int(7.9 // 2) + int(-3.7) + 8)

# %% bit operations
out((5 & 6) + (1 << 3) + (7 ^ 2) + (~-4))

# %% string to numbers
out(int("0x0A", 16) + int(" 3 ") + len("a,b,c".split(",")))

# %% nested functions and recursion
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
out(fib(7))

# %% matmul operator class
class V:
    def __init__(self, w): self.w = w
    def __matmul__(self, o): return self.w * o.w
    def __rmul__(self, k): return self.w + k
out(V(2) @ V(3) + 4 * V(1))

# %% getitem slice class [silent]
class S:
    def __getitem__(self, i): return (i.start or 0) + i.stop if isinstance(i, slice) else i
s = S()
out(s[2:5] + s[1])

# %% iter protocol class [silent]
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 4: raise StopIteration
        return self.i
out(sum(It()))

# %% contextlib suppress
from contextlib import suppress
w = 4
with suppress(KeyError):
    w = 5
    {}["a"]
    w = 6
out(w)

# %% enum auto
from enum import Enum, IntEnum, auto
class E(IntEnum):
    A = auto()
    B = auto()
    C = 7
out(E.B + E["C"] + len(E))

# %% match with guard
def f(x):
    match x:
        case (a, b) if a > b: return a
        case [a, *rest]: return len(rest)
        case {"w": w, **kw}: return w + len(kw)
        case _: return 9
out(f((5, 2)) + f([1, 2, 3]) + f({"w": 3, "z": 1}))

# %% formats of numbers and texts
d = {"b02": 4, "c-03": 5, "x  7": 6, "ab  |": 7}
out(d[f"b{2:02d}"] + d["c{:03d}".format(-3)] + d[f"x{7:3}"] + d["{0:<4}|".format("ab")])

# %% attrgetter of a path
from operator import attrgetter
class C: pass
c = C(); c.d = C(); c.d.w = 5
out(attrgetter("d.w")(c))
# %% percents
d = {"b02": 4, "c 3": 5, "50% 7": 6, "x2.5": 7}
out(d["b%02d" % 2] + d["c%2d" % 3] + d["%d%% %s" % (50, 7)] + d["x%s" % 2.5])
# %% percent of a float
d = {"b2": 4}
out(d["b%d" % 2.7])
