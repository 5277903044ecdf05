"""What Python lets objects, functions and blocks do beside what they say: managers, descriptors, decorators, settings."""

from draft import Draft, number


@number
def manager_around(p: Draft, wanted: int) -> str:
    """A setting that a block has for a while, by a generator or by an object, and what it is within and behind."""
    p.use("from contextlib import ExitStack, contextmanager, nullcontext")
    name, held, kept = p.fresh("setting"), p.fresh("SETTINGS"), p.fresh("k")
    p.define(f"{held} = {{'size': {p.whole(1, 4)}}}")
    swallows = p.chance(0.5)
    if not swallows:
        p.define(
            "@contextmanager",
            f"def {name}(size):",
            f"    before = {held}['size']",
            f"    {held}['size'] = size",
            p.one("    yield size * 2", f"    try:\n        yield size * 2\n    finally:\n        {held}['late'] = 1"),
            f"    {held}['size'] = before",
        )
    else:
        p.define(
            f"class {name}:",
            "    def __init__(self, size):",
            "        self.size = size",
            "    def __enter__(self):",
            f"        self.before = {held}['size']",
            f"        {held}['size'] = self.size",
            "        return self.size * 2",
            "    def __exit__(self, kind, error, trace):",
            f"        {held}['size'] = self.before",
            f"        return {p.one('True', 'kind is not None and issubclass(kind, ValueError)')}",
        )
    size = p.whole(1, 4)
    p.put(
        *p.one(
            [f"with {name}({size}) as {kept}:", f"    {kept} += {held}['size']"],
            [f"with {name}({size}), nullcontext({held}['size'] + 2) as {kept}:", "    pass"],
            [f"with ExitStack() as stack:", f"    {kept} = stack.enter_context({name}({size}))"],
            [f"{kept} = 1", f"with {name}({size}):", f"    {kept} = {held}['size']"]
            + (["    raise ValueError(3)", f"    {kept} = 9"] if swallows else []),
        )
    )
    return p.one(kept, f"{held}['size']", f"{kept} + {held}['size']")


@number
def generator_driven(p: Draft, wanted: int) -> str:
    """Generators that are sent something, return something, or end with another."""
    name, held = p.fresh("steps"), p.fresh("running")
    kind = p.one(0, 1, 2)
    if kind == 0:
        p.define(f"def {name}():", "    got = yield 2", "    while got:", "        got = yield got + 1")
        p.put(f"{held} = {name}()", f"{held}_first = next({held})")
        return p.one(f"{held}.send({p.whole(1, 4)})", f"{held}_first", f"next({held}, 5)")
    if kind == 1:
        p.define(
            f"def {name}_inner(n):",
            "    yield n",
            "    return n * 2",
            f"def {name}(n):",
            f"    result = yield from {name}_inner(n)",
            "    yield result + 1",
        )
        return p.one(f"list({name}({p.whole(1, 3)}))[-1]", f"sum({name}(2))", f"next({name}(3))")
    p.define(f"def {name}(n):", "    while True:", "        yield n", f"        n {p.one('+=', '*=')} 2")
    p.put(f"{held} = {name}({p.whole(1, 3)})", f"next({held})")
    return p.one(f"next({held})", f"[next({held}) for turn in range(2)][1] % 50", f"len(list(zip(range(3), {held})))")


@number
def descriptor(p: Draft, wanted: int) -> str:
    kind, name, held = p.fresh("Field"), p.fresh("Thing"), p.fresh("thing")
    setter = p.chance(0.6)
    p.define(
        f"class {kind}:",
        "    def __set_name__(self, owner, name):",
        "        self.name = '_' + name",
        "    def __get__(self, instance, owner=None):",
        "        if instance is None:",
        "            return self",
        f"        return getattr(instance, self.name, {p.whole(1, 4)})",
        *(["    def __set__(self, instance, value):", "        setattr(instance, self.name, value * 2)"] if setter else []),
        f"class {name}:",
        f"    size = {kind}()",
    )
    p.put(f"{held} = {name}()", *p.one([], [f"{held}.size = {p.whole(1, 4)}"], [f"{held}._size = 3"]))
    return p.one(f"{held}.size", f"len({name}.size.name)", f"{held}.size + {name}().size")


@number
def property_cached(p: Draft, wanted: int) -> str:
    p.use("from functools import cached_property")
    name, held = p.fresh("Late"), p.fresh("late")
    p.define(
        f"class {name}:",
        "    made = 0",
        f"    @{p.one('cached_property', 'cached_property', 'property')}",
        "    def size(self):",
        f"        {name}.made += 1",
        f"        return {name}.made + 1",
    )
    p.put(f"{held} = {name}()", f"{held}.size", *p.one([], [f"{held}.size"], [f"{name}().size"]))
    return p.one(f"{held}.size", f"{name}.made + 1", f"{name}().size")


@number
def decorator_kinds(p: Draft, wanted: int) -> str:
    """A class that decorates, a decorator with arguments, one of a class, one that leaves no function behind."""
    name, f = p.fresh("wrap"), p.fresh("size")
    kind = p.one(0, 1, 2, 3)
    if kind == 0:
        p.define(
            f"class {name}:",
            "    def __init__(self, fn):",
            "        self.fn, self.calls = fn, 0",
            "    def __call__(self, *args):",
            "        self.calls += 1",
            "        return self.fn(*args) + self.calls",
            f"@{name}",
            f"def {f}(n):",
            "    return n",
        )
        p.put(f"{f}(1)")
        return p.one(f"{f}({p.whole(1, 3)})", f"{f}.calls + 1")
    if kind == 1:
        p.define(
            f"def {name}(times, **options):",
            "    def around(fn):",
            "        def inner(*args, **kwargs):",
            "            return times * fn(*args, **{**options, **kwargs})",
            "        return inner",
            "    return around",
            f"@{name}({p.whole(1, 3)}, more={p.whole(1, 3)})",
            f"def {f}(n, more=0):",
            "    return n + more",
        )
        return p.one(f"{f}(1)", f"{f}(2, more=2)", f"{f}(n=3)")
    if kind == 2:
        p.define(
            f"def {name}(cls):",
            f"    cls.size = {p.one('cls.size + 1', '4')}",
            "    cls.more = lambda self: self.size * 2",
            "    return cls",
            f"@{name}",
            f"class {f}:",
            f"    size = {p.whole(1, 3)}",
        )
        return p.one(f"{f}.size", f"{f}().size", f"{f}().more()")
    p.define(f"@lambda fn: fn({p.whole(1, 4)})", f"def {f}(n):", "    return n + 2")
    return f


@number
def compared_objects(p: Draft, wanted: int) -> str:
    name = p.fresh("Size")
    p.define(
        f"class {name}:",
        "    def __init__(self, n):",
        "        self.n = n",
        "    def __eq__(self, other):",
        f"        return self.n == {p.one('other.n', 'getattr(other, chr(110), other)')}",
        *p.one([], ["    def __hash__(self):", "        return hash(self.n)"]),
        "    def __lt__(self, other):",
        "        return self.n < other.n",
    )
    a, b = p.whole(1, 3), p.whole(1, 3)
    return p.one(
        f"(2 if {name}({a}) == {name}({b}) else 3)",
        f"(2 if {name}({a}) != {name}({b}) else 3)",
        f"(2 if {name}({a}) is {name}({a}) else 3)",
        f"([{name}(1), {name}(2)].index({name}({p.whole(1, 2)})) + 1)",
        f"(({name}({a}) in [{name}(1), {name}(2)]) + 1)",
    )


@number
def options_of_command(p: Draft, wanted: int) -> str:
    """What a parser of a command line gives, as attributes and as a dictionary."""
    p.use("import argparse")
    name = p.fresh("opt")
    default = p.whole(1, 6)
    p.define(
        f"{name}_parser = argparse.ArgumentParser()",
        f"{name}_parser.add_argument('--size', type=int, default={p.one(default, repr(str(default)))})",
        f"{name}_parser.add_argument('--sizes', type=int, nargs={p.one(repr('+'), repr('*'), 2)}, default=[1, 2])",
        f"{name}_parser.add_argument('--no-norm', dest='norm', action='store_false')",
        f"{name}_parser.add_argument('--up', action=argparse.BooleanOptionalAction, default={p.chance(0.5)})",
        f"{name}_parser.add_argument('-k', '--kernel', type={p.one('int', 'lambda text: int(text) + 1')}, default=3)",
    )
    words = p.one("", "--size 5", "--size=4 --no-up", "--kern 2 --up", "-k 2", "--sizes 3 4 --no-norm")
    p.put(
        f"{name} = {name}_parser.parse_args({words.split()})",
        *p.one(
            [],
            [f"vars({name})['size'] = {p.whole(1, 5)}"],
            [f"{name}.size += 1"],
            [f"{name} = argparse.Namespace(**{{**vars({name}), 'kernel': 4}})"],
            [f"{name}.__dict__.update(late=2)"],
            [f"{name}_parser.set_defaults(size=7)"],
        ),
    )
    return p.one(
        f"vars({name})['size']",
        f"{name}.size",
        f"{name}.sizes[-1]",
        f"{name}.norm + 1",
        f"{name}.up + 2",
        f"{name}.kernel",
        f"vars({name}).get('late', 3)",
        f"(lambda size, **others: size)(**vars({name}))",
        f"{name}_parser.parse_args([]).size",
    )


@number
def fields_of_every_kind(p: Draft, wanted: int) -> str:
    p.use("from dataclasses import KW_ONLY, InitVar, asdict, dataclass, field, fields, replace")
    p.use("from typing import ClassVar")
    name, held = p.fresh("Config"), p.fresh("cfg")
    p.define(
        "@dataclass",
        f"class {name}:",
        "    width: int",
        f"    kind: ClassVar[int] = {p.whole(1, 4)}",
        f"    depth: int = {p.whole(1, 4)}",
        "    total: int = field(init=False, default=0)",
        f"    more: InitVar[int] = {p.whole(1, 3)}",
        *p.one([], ["    _: KW_ONLY", "    scale: int = 2"]),
        "    def __post_init__(self, more):",
        "        self.total = self.width * self.depth + more",
    )
    p.put(f"{held} = {name}({p.one('2', '1, 3', '3, more=1', '1, 2, 3', 'width=4')})")
    return p.one(
        f"{held}.total",
        f"{held}.depth",
        f"{held}.kind",
        f"len(fields({held}))",
        f"asdict({held})['total']",
        f"replace({held}, width=5, more=1).width",
    )


@number
def handler_chosen(p: Draft, wanted: int) -> str:
    f, error = p.fresh("size"), p.fresh("Odd")
    raised = p.one("KeyError('a')", f"{error}(4)", "ValueError", "NotImplementedError()", "ZeroDivisionError", "None")
    p.define(
        f"class {error}(ValueError):",
        "    def __init__(self, n):",
        "        self.n = n",
        f"def {f}():",
        "    try:",
        f"        {'pass' if raised == 'None' else f'raise {raised}'}",
        f"    except {error} as error:",
        "        return error.n",
        "    except (LookupError, ArithmeticError):",
        "        return 2",
        "    except RuntimeError:",
        "        return 3",
        "    except Exception:",
        "        return 5",
        "    else:",
        "        return 6",
        *p.one([], ["    finally:", "        pass"]),
    )
    return f"{f}()"


@number
def delegated(p: Draft, wanted: int) -> str:
    inner, outer = p.fresh("Inner"), p.fresh("Outer")
    p.define(
        f"class {inner}:",
        f"    size = {p.whole(1, 4)}",
        "    def double(self):",
        "        return self.size * 2",
        f"class {outer}:",
        "    def __init__(self, inner):",
        "        self.inner = inner",
        *p.one([], ["        self.size = 5"]),
        "    def __getattr__(self, name):",
        "        return getattr(self.inner, name)",
    )
    made = f"{outer}({inner}())"
    return p.one(f"{made}.size", f"{made}.double()", f"{outer}({made}).size", f"getattr({made}, 'missing', 3)")


@number
def mixed_in(p: Draft, wanted: int) -> str:
    base, one, two, both = p.fresh("Base"), p.fresh("One"), p.fresh("Two"), p.fresh("Both")
    p.define(
        f"class {base}:",
        f"    def size(self): return {p.whole(1, 3)}",
        f"class {one}({p.one(base, base, 'object')}):",
        "    def size(self): return super().size() + 1",
        f"class {two}({base}):",
        "    def size(self): return super().size() * 2",
        f"class {both}({p.one(f'{one}, {two}', f'{one}, {two}, {base}')}): pass",
    )
    return p.one(f"{both}().size()", f"{two}().size()", f"[each.__name__ for each in {both}.__mro__].index('{two}') + 1")


@number
def cases_matched(p: Draft, wanted: int) -> str:
    p.use("from dataclasses import dataclass")
    kind, f = p.fresh("Conv"), p.fresh("size")
    p.define(
        "@dataclass",
        f"class {kind}:",
        "    width: int",
        "    kernel: int = 3",
        f"def {f}(spec):",
        "    match spec:",
        f"        case {kind}(width, kernel) if kernel > 3:",
        "            return width + kernel",
        f"        case {kind}(width=width):",
        "            return width",
        "        case {'kind': 'up' | 'down', 'size': int(size), **others}:",
        "            return size + len(others)",
        "        case [first, *rest]:",
        "            return first + len(rest)",
        "        case str(text):",
        "            return len(text)",
        "        case None | False:",
        "            return 4",
        "        case (int() | float()) as value:",
        "            return int(value) + 1",
    )
    return p.one(
        f"{f}({kind}({p.whole(1, 4)}, {p.whole(2, 5)}))",
        f"{f}({{'kind': 'up', 'size': 2, 'more': 1}})",
        f"{f}([3, 1, 1])",
        f"{f}('abc')",
        f"{f}({p.one('None', 'True', '2', '2.5')})",
    )


@number
def registered(p: Draft, wanted: int) -> str:
    base, first, second = p.fresh("Base"), p.fresh("First"), p.fresh("Second")
    p.define(
        f"class {base}:",
        "    kinds = {}",
        "    def __init_subclass__(cls, **options):",
        "        super().__init_subclass__(**options)",
        f"        {base}.kinds[cls.__name__] = cls",
        f"class {first}({base}):",
        f"    size = {p.whole(1, 4)}",
        f"class {second}({first}):",
        "    pass",
    )
    return p.one(f"{base}.kinds['{second}'].size", f"len({base}.kinds)", f"{first}.size")


@number
def entries_as_attributes(p: Draft, wanted: int) -> str:
    name, held = p.fresh("Settings"), p.fresh("h")
    p.define(
        f"class {name}(dict):",
        "    __getattr__ = dict.__getitem__",
        *p.one([], ["    __setattr__ = dict.__setitem__"]),
        "    def __missing__(self, key):",
        "        return len(key)",
    )
    p.put(f"{held} = {name}(size={p.whole(1, 5)})", f"{held}['late'] = 2")
    return p.one(f"{held}.size", f"{held}['abc']", f"{held}.late", f"len({held})", f"{held}.get('none', 3)")
