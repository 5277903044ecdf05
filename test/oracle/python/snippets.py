"""Texts that CPython's parser is asked about, by `grammar.py`: some it takes, some it refuses."""

# fmt: off
LINES = [
    "lazy import json",
    "lazy from a import b",
    "lazy = 1",
    "lazy\nimport x",
    "[*x for x in y]",
    "{**x for x in y}",
    "(*x for x in y)",
    "f(*x for x in y)",
    "{*x for x in y}",
    "except_ = 1",
    "try:\n pass\nexcept A, B:\n pass",
    "def f():\n lazy import x",
    "lazy from . import *",
    "{**a: b}",
    "f'{x:{y:{z}}}'",
    "print \"x\"",
    "{a: *b for b in c}",
    "x[*a for a in b]",
    "[*a, *b for a in c]",
    "f(**x for x in y)",
    "x[a:=1]",
    "x[a:=1, b:=2]",
    "x[a:b:=1]",
    "{(a:=1): 2}",
    "{a: b:=1}",
    "with (a, b) as c: pass",
    "with (yield): pass",
    "with (a as b), c: pass",
    "with (a as b, c) as d: pass",
    "for x in *a, *b: pass",
    "for (x) in y: pass",
    "for x() in y: pass",
    "x = *a,",
    "return *a, b",
    "del *a",
    "del (a), b",
    "del a + b",
    "del ()",
    "del (a,)",
    "() = x",
    "[] = x",
    "(a) = 1",
    "(a): int = 1",
    "(a, b): int",
    "a, b += 1",
    "(a) += 1",
    "a: int, b: int",
    "lambda: (yield)",
    "lambda *: 1",
    "lambda *, a: 1",
    "lambda *a, b=1, **c: 1",
    "lambda /: 1",
    "def f(*, **k): pass",
    "def f(a=1, b): pass",
    "def f(a=1, /, b): pass",
    "def f(a, /, b, /): pass",
    "def f(*a, *b): pass",
    "def f(**k, a): pass",
    "def f(*a: *b): pass",
    "def f(*a=1): pass",
    "def f(a, a): pass",
    "def f[T: int = str](): pass",
    "class A[*T = *x]: pass",
    "def f[T=int, U](): pass",
    "f(a=1, b)",
    "f(**a, b)",
    "f(**a, *b)",
    "f(a=1, *b)",
    "f(*a, b)",
    "f(a=1, a=2)",
    "f(True=1)",
    "f((a)=1)",
    "f(a.b=1)",
    "f(a:=1, b=2)",
    "f(a=b:=1)",
    "1 if 2",
    "not x in y",
    "x not y",
    "a + not b",
    "await x",
    "await -x",
    "-await x",
    "x is not not y",
    "a < b > c",
    "a <> b",
    "x.if",
    "x.1",
    "1.x",
    "1..x",
    "1 .x",
    "0777",
    "00",
    "1_0",
    "1__0",
    "1_",
    "0x",
    "0_x",
    "1e",
    "1jx",
    "1if 1else 2",
    "0xfor x in y",
    "f'{}'",
    "f'{x!}'",
    "f'{x!z}'",
    "f'{x!r:>{y}}'",
    "f'{x=!r:^20}'",
    "f'{x:=5}'",
    "f'{(x:=5)}'",
    "f'{*a, b}'",
    "f'{yield}'",
    "f'{(lambda x: 1)}'",
    "f'{a[\"b\"]}'",
    "f'{a['b']}'",
    "f'{{}}'",
    "f'}'",
    "f'{'",
    "f'{x'",
    "f'{x:{y}'",
    "rf'\\N{x}'",
    "f'''{\nx\n}'''",
    "f'{\nx\n}'",
    "f'{x # c\n}'",
    "f'{x!r }'",
    "f'{x:\n}'",
    "f'a' 'b' rf'{c}'",
    "t'{x!r:>{y}}'",
    "t'a' t'b'",
    "tr'{x}'",
    "ft'x'",
    "u'x'",
    "ur'x'",
    "bf'x'",
    "match x:\n case 1: pass",
    "match x:\n pass",
    "match = 1",
    "match(x)",
    "match (x):\n case _: pass",
    "match x, y:\n case a, b: pass",
    "match *x, y:\n case [a, *_]: pass",
    "match x:\n case {**rest, \"a\": 1}: pass",
    "match x:\n case {\"a\": 1, **rest}: pass",
    "match x:\n case A(b=1, c): pass",
    "match x:\n case A(): pass",
    "match x:\n case a.b(): pass",
    "match x:\n case a.b | -1 | 1+2j | None | \"s\": pass",
    "match x:\n case -a: pass",
    "match x:\n case (a): pass",
    "match x:\n case (a,): pass",
    "match x:\n case (): pass",
    "match x:\n case *a: pass",
    "match x:\n case (*a): pass",
    "match x:\n case a as b: pass",
    "match x:\n case (a as b) as c: pass",
    "match x:\n case a as b.c: pass",
    "match x:\n case a | b: pass",
    "match x:\n case [a, b] if a > b: pass",
    "match x:\n case {a.b: 1}: pass",
    "match x:\n case {-1: 1}: pass",
    "type X = int",
    "type = 1",
    "type X[T] = int",
    "type(x)",
    "type X",
    "type X = *a",
    "type X: int = 1",
    "import a.b.c as d, e",
    "import a as b.c",
    "from a import (b, c as d,)",
    "from a import b,",
    "from a import ()",
    "from a import (*)",
    "from . import a",
    "from ... import a",
    "from .... import a",
    "from .a.b import *",
    "from a import *, b",
    "import .a",
    "global a, b",
    "global a,",
    "nonlocal x",
    "assert x, y",
    "assert (x, y)",
    "assert x := 1",
    "raise",
    "raise x from y",
    "raise x, y",
    "pass; x = 1;",
    ";",
    "x = 1;; y",
    "if x: pass; y\nelse: z",
    "if x:\npass",
    "if x:\n  a\n b",
    "if x:\n a\n  b",
    "else: pass",
    "try: pass",
    "try:\n a\nexcept:\n b\nexcept A:\n c",
    "try:\n a\nexcept* A:\n b",
    "try:\n a\nexcept A as b.c:\n d",
    "try:\n a\nelse:\n b",
    "try:\n a\nfinally:\n b",
    "while x := y: pass",
    "for x in y: pass\nelse: pass",
    "async for x in y: pass",
    "async def f(): pass",
    "async x",
    "f(async=1)",
    "@a.b[c](d)\ndef f(): pass",
    "@(yield)\ndef f(): pass",
    "@a := b\nclass A: pass",
    "@a\nx = 1",
    "@a\nasync def f(): pass",
    "class A(): pass",
    "class A(B, metaclass=C, *D, **E): pass",
    "class A[T](B): pass",
    "def f() -> int: pass",
    "def f() -> *a: pass",
    "def f(a: int = 1, *b: str, c: int, **d: x) -> (yield): pass",
    "x = yield",
    "x = yield y",
    "x += yield",
    "yield",
    "yield *a, b",
    "yield from x",
    "yield from x, y",
    "x: int = yield",
    "x = y = yield",
    "yield = 1",
    "x = yield = 1",
    "(yield) = 1",
    "return yield x",
    "x = (yield)",
    "x[1:2, ::3]",
    "x[:]",
    "x[]",
    "x[a, *b]",
    "x[*a]",
    "x[*a:b]",
    "x[a:b:c:d]",
    "(*a)",
    "(*a,)",
    "[*a]",
    "{*a}",
    "{**a, b: c}",
    "{a, **b}",
    "{a: b, c}",
    "{a: b, *c}",
    "[a for b in c if d if e for f in g]",
    "[a async for b in c]",
    "[a for b in c, d]",
    "[a for b in (c, d)]",
    "[a for b in c if d else e]",
    "[a if b else c for d in e]",
    "[lambda: x for x in y]",
    "[x for x in lambda: y]",
    "[x for *a, b in c]",
    "[x for a, in c]",
    "[x := 1 for y in z]",
    "[x for y := 1 in z]",
    "(x for x in y)",
    "x = 1 if y else 2",
    "x = \\\n 1",
    "x = \\ \n 1",
    "  \\\n  x",
    "x\f = 1",
    "\fx = 1",
    "# c",
    "",
    "\n\n",
    "x = 1 # c",
    "$",
    "x?",
    "x ! y",
    'é = 1',
    '𝒳 = 1',
    '1é',
    'ﬁ = 1',
    "\"a\\\nb\"",
    "\"a\nb\"",
    "'''a\nb'''",
    "\"\\x41\\u0041\\U00000041\\101\\q\"",
    "b'\\u0041\\x41'",
    "r'\\''",
    "r'\\'",
    "...",
    "x = ...",
    "x...y",
    "`x`",
    "exec \"x\"",
    "not = 1",
    "x.None",
    "f().a = 1",
    "f() = 1",
    "a + b = 1",
    "[a, b.c, d[0], *e] = x",
    "[a, f()] = x",
    "*a, *b = x",
    "a = b = c",
    "a = b := c",
    "(a := b)",
    "a := b",
    "x = (y := 1, z)",
    "x = y if z else *w",
    "a ** -b ** c",
    "-a ** b",
    "a @ b",
    "a if b else c if d else e",
    "lambda: lambda: x",
    "lambda x=1: x",
    "lambda (a, b): 1",
    "lambda a: yield",
    "a and b or not c and d",
    "~a",
    "- - a",
    "a or lambda: b",
    "a -> b",
    "x!",
    "0b12",
    "0o8",
    "0B1_0",
    "1E5J",
    ".5",
    "5.",
    "5.e3",
    ".e3",
    "1_000.000_1",
    "0_0",
    "09.5",
    "012j",
]

BLOCKS = [
    """
import contextlib

@contextlib.contextmanager
def evaluating(net, *, mode=None):
    before = net.training
    try:
        yield
    finally:
        net.train(before)
""",
    """
def running_mean():
    total, n = 0, 0
    while True:
        x = yield
        total, n = total + x, n + 1
        yield total / n
""",
    """
with (
    open(a, "rb") as f,
    contextlib.nullcontext((1, 2)) as (b, c),
    contextlib.nullcontext(3) as log.level,
    x[0] as [*d, e],
    plain(),
):
    pass
with (a, b): pass
with (a or b) as c, d(): pass
with (yield x) as y: pass
with (a for a in b) as c: pass
with (a).b(c) as d: pass
with ((a)) as (b): pass
with a as (b), c as d.e, f as g[0]: pass
async def f():
    async with (a as b, c as d,):
        async for (x, *y), in z: await x
        else: return [x async for x in y if await z]
""",
    """
match command.split(), 1:
    case [], _:
        pass
    case ["go", ("north" | "south") as direction, *rest], int() if rest:
        pass
    case nn.Conv2d(stride=(2, 2), padding=0 | 1) | nn.Linear(), -1:
        return "strided"
    # between two cases
    case {"a": [x, y, *_], config.KEY: None, **others}, (z):
        pass
    case Point(x=0, y=Point(1, 2)), 3 - 4j: pass
    case [*_]: pass
    case _: pass
match = match.group(match) if match else match[0]
match(x), match[y], -match
match.case = case
print(match, case, type, _)
""",
    """
type Size = tuple[int, int]
type Tree[T: (int, str) = int, *Ts = *tuple[int], **P = [int]] = T | list[Tree[T]]
class Box[T = int](Base[T], metaclass=Meta, **options):
    value: T = None
def first[T: int](x: list[T], /, *args: *Ts, key: str = "k", **kwargs: P.kwargs) -> T: ...
async def second[**P](): ...
type = type(type)
type.x: int = 1
""",
    """
try:
    pass
except* (ValueError, TypeError) as group:
    print = Print()
except* OSError:
    raise
else:
    x = 1
finally:
    y = 2
try: a
except A, B: b
try: a
except (A, B) as e: b
except: c
""",
    r"""
name = f"{'a' + f'{1 + 1}'}{'\n'.join(['x'])}"
f"{x!r:>{width + 2}.{precision}}|{y:{'>'}{10}}|{z=}|{z = !s:^{w}}|{ {1: 2}[1] }|{(lambda: 1)()}"
f"{a["b"]}{a['c']:{d["e"]}}" f'{x}' "plain {not_a_field}" rf"\d{x}\{{y}}\{z}"
f'''{
    a +
    b
} and {c
:>10}'''
t"{x!r:>{y}} and {z=}"
b"bytes" b'\x00\xff\n', "" if 0 else u"text" "two" '''three
four'''
""",
    """
index = (0, slice(2, 5))
part = rand(4, 8)[*index]
rest = [tail for head, *tail in [(1, 2, 3), (4, 5)]]
for first, *others in [(1, 2, 3)]: pass
for x in *a, *b: pass
ops = {"neg": lambda t, /: -t, "keys": lambda *, a=1: a, **more, "all": lambda a, b=1, /, c=2, *d, e, f=3, **g: 0}
sizes = {16, half := 16 // 2, *others}
x[a:b, ..., None, ::2, (n := 1)], x[()], x[a := 1]
""",
    """
@a.b[c](d).e
@(lambda f: f)
@x if y else z
@w := v
class C:
    "documented"

    a: int
    b: "str" = 'b'
    (c): int = 1
    d.e: int

    @property
    def f(self): return self._f

    @f.setter
    def f(self, f): self._f = f; self.g = f

    async def g(self) -> None:
        return await self.h(), await (await x).y ** 2
""",
    """
if (n := len(a)) > 10: pass
elif n == 3 and not m or k: pass
elif x: y
else:
    if z: pass
    else: pass
while chunk := f.read(): process(chunk)
else: done()
def f():
    if x:
        return
    else:
        if y: return 1
        return 2,
""",
    """
f(x := 1, *a, y=2, **b, z=3, *c) if 0 else f(x := 1, *a, y=2, *c, **b, z=3)
""",
    """
Conv2d(3, c := 8, 3)
print(*(x for x in y), sep="")
sum(x * x for x in range(10) if x % 2 for y in z)
f(a)(b)[c].d(*e)(**g)
f(
    a,
    # a comment in a call
    b=1,  # another
)
""",
    "if x:\n\tif y:\n\t\tz = 1\n\telse:\n\t\tz = 2\n",
    "if x:\r\n    y = '''a\r\nb'''\r\n    z = \"a\\\r\nb\"\r\nelse:\r\n    pass\r\n",
    "x = 1\ry = 2\r",
    "\x0cimport a\n\x0c\ndef f():\n    pass\n    \x0c\n\x0cclass A:\n    \x0cpass\n",
    "x = 1 + \\\n    2 \\\n    + 3\nif a and \\\n   b:\n    pass\nassert x, \\\n    'y'\n",
    "class A:\n\\\n    pass\nclass B:\n  \\\n    pass\n  x\n\\\ny\n",
    "*a\nx = *a\nreturn *a\nyield *a\nfor *x in *a: pass\n",
    "match x:\n case f'{a}' | 'b' f'c': pass\n",
    "# -*- coding: utf-8 -*-\n'''doc'''\nfrom __future__ import annotations\n",
    "x = '😀é'; y = f'😀{é}𝒳'; 𝒳 = [ª, ﬁ]  # 😀\nz = {'𝄞': x, **y}\n",
    "def f(\n    a,\n    b=(\n1, 2),\n):\n    return (a\n+ b)\n",
    "x = [\n1,\n2,\n# c\n]\ny = {\n'a': 1,\n}\n",
    "class A: x = 1; y = 2\nclass B(A): pass\ndef f(): return 1; return 2\nfor x in y: a; b\n",
    "if a:\n  b\nif c:\n        d\n        if e:\n         f\n  \n# g\n\n",
    "if a:\n    b\n  # comment\n    c\n# comment\n    d\nelse:\n    e\n",
    "x = a if b else (c, d)\nx = a if b else c, d\nx = lambda: (yield)\nx = not a == b\nx = a == b != c is not d not in e\n",
    "x = a | b ^ c & d << e >> f + g - h * i / j // k % l @ m ** -n ** ~o\n",
    "x = -a.b[c](d) ** -e\nx = (-a) ** b\nx = - - +a\nx = a < (b < c) < d\nx = (a, b) + (c,) + ()\n",
    "a = b = c, d = *e, f = yield\n",
    "a, = b\n[a, [b, *c]] = d\n(a.b, c[0]) = d\na = (b := 1), c\na = b = c, d = e\n",
    "a += b\na -= b, c\na **= b\na //= b\na >>= b\na @= yield b\na.b |= c\na[b] ^= c\n(a) &= b\n",
    "del a, b.c, d[0], (e, f), [g]\ndel (a)\ndel (a), b\n",
    "global a, b\ndef f():\n    nonlocal c\n    global d\n",
    "import a, b.c as d\nfrom a import b as c, d\nfrom .a.b import (c,\n    d as e,\n)\nfrom . import x\nfrom ...... import *\n",
    "raise\nraise x\nraise x from None\nassert a, b\nassert (a, b)\n",
    "0xFF, 0b1_0, 0O17, 1_000, 1., .5, 1.e-5, 1e5, 1E+5, 0_0, 00, 1j, 1.5J, 1e400, 1_0.0_1e1_0, 09.5\n",
    "1if 1else 2, 1or 2, 0xfor x, [1for x in y], 1 .real, 1..real, 1.0.real\n",
    r"""'\a\b\f\n\r\t\v\\\'\"\x41\u0042\U0001F600\101\0\8\q\
end' r'\n\'' U'x', Rb'\n' bR'\n' b'\x41\u0041'
""",
    "x = (\n    'a'  # one\n    'b'\n    f'{c}'  # two\n)\n",
    "print\nprint(x)\nprint (x), y\nprint >>f, x\nprint -1\nprint[0]\nprint = 1\n",
    "lazy\nlazy = lazy(lazy)\nlazy import a.b as c\nlazy from .a import b\n",
    "[*x for x in y], {*x for x in y}, {**x for x in y}, (*x for x in y), f(*x for x in y)\n",
    "async def f():\n    x = [await y for z in w]\n    async for a in b: pass\n    return await c\nawait_ = asyncio\n",
    "def f(a, b=1, *, c, d=2): pass\ndef f(*, a): pass\ndef f(*a, b, **c): pass\ndef f(a, /): pass\n",
    "def f(a=1, /, b=2, *c): pass\ndef f(a, *,\n b): pass\n",
    "x: int\nx: int = 1\nx.y: int = 1, 2\nx[0]: 'a' = yield\nx: lambda: 1 = 2\n",
    # What is half typed.
    "x = nn.Conv2d(3,\n",
    "def f(:\n    pass\n",
    "class A(\n    def f(self): pass\n",
    "return self.\nx = 1\n",
    "f(a, b\nx = 1\n",
    "if x\n    y\n",
    "for x y: pass\n",
    "with open(a) as: pass\n",
    "x = f'{a'\ny = 1\n",
    "x = 'a\ny = 1\n",
    "x = '''a\ny = 1\n",
    "match x:\n    case \n",
    "from . import\n",
    "import as b\n",
    "lambda \n",
    "@\ndef f(): pass\n",
    "if x:\n",
    "x = {1: }\n",
    "x = [1, 2\n\ndef f(): pass\n",
    "f(pad= )\n",
    "a b\n",
    ")\n",
    "  x = 1\n",
]
SNIPPETS = LINES + BLOCKS
