"""Whole numbers that objects and functions of the program keep."""

from draft import Draft, number


@number
def property_setter(p: Draft, wanted: int) -> str:
    name, held = p.fresh("Holder"), p.fresh("held")
    p.define(
        f"class {name}:",
        "    def __init__(self, size):",
        "        self.size = size",
        "    @property",
        "    def size(self):",
        "        return self._size",
        "    @size.setter",
        "    def size(self, value):",
        f"        self._size = {p.one('value * 2', 'max(value, 3)', 'value')}",
    )
    p.put(f"{held} = {name}({p.whole(1, 5)})")
    if p.chance(0.5):
        p.put(p.one(f"{held}.size = {p.whole(1, 5)}", f"{held}.size += 1"))
    return f"{held}.size"


@number
def dataclass(p: Draft, wanted: int) -> str:
    p.use("from dataclasses import dataclass, field, replace")
    name, held = p.fresh("Config"), p.fresh("cfg")
    keyword = p.one("", "(kw_only=True)", "(frozen=True)")
    p.define(
        f"@dataclass{keyword}",
        f"class {name}:",
        "    width: int",
        f"    depth: int = {p.whole(1, 4)}",
        "    sizes: list = field(default_factory=lambda: [1, 2, 3])",
        *p.one([], ["    @property", "    def total(self):", "        return self.width * self.depth"]),
    )
    p.put(f"{held} = {name}(width={p.whole(1, 5)}{p.one('', ', depth=3')})")
    if p.chance(0.5):
        p.put(f"{held} = replace({held}, {p.one('width=4', 'depth=2', 'sizes=[5]')})")
    return p.one(
        f"{held}.width", f"{held}.depth", f"len({held}.sizes)", f"{held}.width * {held}.depth", f"{held}.sizes[0]"
    )


@number
def dataclass_derived(p: Draft, wanted: int) -> str:
    p.use("from dataclasses import dataclass, asdict, fields")
    base, name = p.fresh("Base"), p.fresh("Config")
    p.define(
        "@dataclass",
        f"class {base}:",
        "    width: int = 2",
        "@dataclass",
        f"class {name}({base}):",
        "    depth: int = 3",
        "    def __post_init__(self):",
        "        self.both = self.width + self.depth",
    )
    made = p.one(f"{name}()", f"{name}({p.whole(1, 4)})", f"{name}(depth=1)", f"{name}(4, 5)")
    return p.one(
        f"{made}.both",
        f"{made}.width",
        f"asdict({made})['depth']",
        f"len(fields({name}))",
        f"sum(asdict({made}).values())",
    )


@number
def attribute_by_name(p: Draft, wanted: int) -> str:
    name, held = p.fresh("Holder"), p.fresh("held")
    p.define(f"class {name}:", "    size = 3")
    p.put(
        f"{held} = {name}()",
        f"setattr({held}, '{p.one('size', 'other')}', {p.whole(1, 5)})",
        *p.one([], [f"{held}.__dict__['late'] = 4"], [f"{held}.__dict__.update(late=5)"]),
    )
    return p.one(
        f"getattr({held}, 'size')",
        f"getattr({held}, 'late', 2)",
        f"hasattr({held}, 'late') + 1",
        f"vars({held}).get('other', 3)",
        f"{held}.size",
        f"len(vars({held}))",
        f"{name}.size",
    )


@number
def class_members(p: Draft, wanted: int) -> str:
    name = p.fresh("Thing")
    p.define(
        f"class {name}:",
        f"    base = {p.whole(1, 4)}",
        "    sizes = [base, base * 2]",
        "    def __init__(self, n=2):",
        "        self.n = n",
        "    def __call__(self, a):",
        "        return self.n * a",
        "    def __len__(self):",
        "        return self.n + 1",
        "    def __getitem__(self, key):",
        "        return key + self.n",
        "    @staticmethod",
        "    def fixed(a):",
        "        return a + 1",
        "    @classmethod",
        "    def made(cls, n):",
        "        return cls(n + cls.base)",
        "    def __add__(self, other):",
        f"        return {name}(self.n + other.n)",
        "    def __iter__(self):",
        "        return iter([self.n, 1])",
        "    def __contains__(self, v):",
        "        return v == self.n",
        "    def __bool__(self):",
        "        return self.n > 1",
    )
    return p.one(
        f"{name}()(2)",
        f"len({name}(3))",
        f"{name}()[1]",
        f"{name}.fixed(2)",
        f"{name}.made(1).n",
        f"({name}(1) + {name}(2)).n",
        f"sum({name}(4))",
        f"(4 in {name}(4)) + 1",
        f"{name}.sizes[1]",
        f"({name}(1) or {name}(3)).n",
        f"{name}(n=5).base",
    )


@number
def class_derived(p: Draft, wanted: int) -> str:
    a, b = p.fresh("Base"), p.fresh("Derived")
    p.define(
        f"class {a}:",
        "    size = 2",
        "    def __init__(self, n):",
        "        self.n = n",
        "    def total(self):",
        "        return self.n + self.size",
        f"class {b}({a}):",
        f"    size = {p.whole(1, 4)}",
        *p.one(
            [],
            ["    def __init__(self, n):", "        super().__init__(n * 2)"],
            ["    def total(self):", "        return super().total() + 1"],
        ),
    )
    made = f"{p.one(a, b)}({p.whole(1, 3)})"
    return p.one(
        f"{made}.total()",
        f"{made}.n",
        f"{made}.size",
        f"isinstance({made}, {a}) + 1",
        f"issubclass({a}, {b}) + 2",
        f"len({b}.__mro__)",
        f"type({made}).size",
    )


@number
def enumerated(p: Draft, wanted: int) -> str:
    p.use("from enum import Enum, IntEnum, auto")
    name = p.fresh("Kind")
    p.define(f"class {name}({p.one('Enum', 'IntEnum')}):", "    SMALL = 1", f"    LARGE = {p.one('3', 'auto()')}")
    return p.one(
        f"{name}.LARGE.value",
        f"{name}['SMALL'].value",
        f"len({name})",
        f"{name}(1).value",
        f"({name}.SMALL is {name}.SMALL) + 1",
        f"max(k.value for k in {name})",
        f"len({name}.LARGE.name)",
    )


@number
def attribute_dict(p: Draft, wanted: int) -> str:
    """A dictionary whose keys are attributes, as configurations have it."""
    name, held = p.fresh("AttrDict"), p.fresh("h")
    p.define(
        f"class {name}(dict):",
        *p.one(
            [
                "    def __init__(self, *args, **kwargs):",
                "        super().__init__(*args, **kwargs)",
                "        self.__dict__ = self",
            ],
            ["    def __getattr__(self, key):", "        return self[key]"],
        ),
    )
    p.put(f"{held} = {name}({p.one('{0}', 'size=3, width=4').format(dict(size=p.whole(1, 5), width=2))})")
    return p.one(f"{held}.size", f"{held}['width']", f"{held}.width", f"len({held})")


@number
def getattr_dunder(p: Draft, wanted: int) -> str:
    name = p.fresh("Lazy")
    p.define(f"class {name}:", "    def __getattr__(self, key):", "        return len(key)")
    return p.one(f"{name}().size", f"{name}().ab", f"getattr({name}(), 'abc')")


@number
def class_static_count(p: Draft, wanted: int) -> str:
    name = p.fresh("Counted")
    p.define(
        f"class {name}:",
        "    made = 0",
        "    def __init__(self):",
        p.one(f"        {name}.made += 1", "        type(self).made += 1", "        self.__class__.made += 1"),
    )
    p.put(f"{name}()", f"{name}()")
    return f"{name}.made"


@number
def simple_namespace(p: Draft, wanted: int) -> str:
    p.use("from types import SimpleNamespace")
    name = p.fresh("ns")
    p.put(
        f"{name} = SimpleNamespace(size={p.whole(1, 5)}, other=[1, 2])",
        *p.one([], [f"{name}.size *= 2"], [f"{name}.late = 3"]),
    )
    return p.one(f"{name}.size", f"len({name}.other)", f"getattr({name}, 'late', 1)")


@number
def registry(p: Draft, wanted: int) -> str:
    """Functions that a decorator puts into a dictionary."""
    name, register, f = p.fresh("REGISTRY"), p.fresh("register"), p.fresh("make")
    if p.chance(0.5):
        p.define(
            f"{name} = {{}}",
            f"def {register}(fn):",
            f"    {name}[fn.__name__] = fn",
            "    return fn",
            f"@{register}",
            f"def {f}(n):",
            f"    return n + {p.whole(1, 4)}",
        )
        return f"{name}['{f}']({p.whole(1, 3)})"
    p.define(
        f"{name} = {{}}",
        f"def {register}(key):",
        "    def wrap(fn):",
        f"        {name}[key] = fn",
        "        return fn",
        "    return wrap",
        f"@{register}('one')",
        f"def {f}(n):",
        f"    return n * {p.whole(1, 4)}",
        f"@{register}('two')",
        f"def {f}_too(n):",
        "    return n",
    )
    return p.one(f"{name}['one'](2)", f"{name}['two'](3)", f"len({name})", f"{f}(1)")


@number
def decorated(p: Draft, wanted: int) -> str:
    p.use("import functools")
    wrap, f = p.fresh("twice"), p.fresh("size")
    p.define(
        f"def {wrap}(fn):",
        *p.one([], ["    @functools.wraps(fn)"]),
        "    def inner(*args, **kwargs):",
        "        return fn(*args, **kwargs) * 2",
        "    return inner",
        f"@{wrap}",
        f"def {f}(a, b=1):",
        "    return a + b",
    )
    return p.one(f"{f}(1)", f"{f}({p.whole(1, 4)}, b=2)", f"{f}(1, 2)")


@number
def cached(p: Draft, wanted: int) -> str:
    p.use("import functools")
    f = p.fresh("fib")
    p.define(
        p.one("@functools.lru_cache(maxsize=None)", "@functools.cache", "@functools.lru_cache"),
        f"def {f}(n):",
        f"    return n if n < 2 else {f}(n - 1) + {f}(n - 2)",
    )
    return f"{f}({p.whole(2, 7)})"


@number
def context_managed(p: Draft, wanted: int) -> str:
    p.use("from contextlib import contextmanager, nullcontext, suppress")
    name, k = p.fresh("scoped"), p.fresh("k")
    kind = p.one(0, 1, 2)
    if kind == 0:
        p.define("@contextmanager", f"def {name}(n):", "    yield n * 2")
        p.put(f"with {name}({p.whole(1, 3)}) as {k}:", "    pass")
    elif kind == 1:
        p.put(f"{k} = {p.whole(1, 3)}", "with suppress(ValueError):", f"    {k} = 4", "    int('x')", f"    {k} = 5")
    else:
        p.define(
            f"class {name}:",
            "    def __enter__(self):",
            "        return 3",
            "    def __exit__(self, *args):",
            "        return False",
        )
        p.put(f"with {name}() as {k}:", f"    {k} += 1")
    return k
