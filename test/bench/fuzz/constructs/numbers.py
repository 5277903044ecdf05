"""Whole numbers, by way of the statements and expressions of Python."""

from draft import Draft, number


def some(p: Draft, count: int, low: int = 0, high: int = 9) -> list:
    return [p.whole(low, high) for _ in range(count)]


@number
def local_name(p: Draft, wanted: int) -> str:
    name = p.fresh("k")
    p.put(f"{name} = {wanted}")
    return name


@number
def arithmetic(p: Draft, wanted: int) -> str:
    a, b = p.whole(1, 9), p.whole(1, 5)
    return p.one(
        f"{a} * {b} // 2",
        f"{a} ** 2 % {b}",
        f"-{a} // {b}",
        f"divmod({a}, {b})[1]",
        f"{a} << {b} >> 1",
        f"{a} ^ {b} | 1",
        f"-{a} % {b}",
        f"~{a} & 7",
        f"int({a} / {b})",
        f"round({a} / {b})",
        f"abs({b} - {a})",
        f"pow({a}, {b}, 7)",
        f"int(-{a} / {b})",
        f"{a} - -{b}",
        f"(not {a}) + {b}",
        f"({a} > {b}) * 3",
    )


@number
def numbers_large(p: Draft, wanted: int) -> str:
    """Above 2**53, where floats have no ones."""
    e = p.one(53, 54, 60, 64, 70)
    return p.one(
        f"(2 ** {e} + 1) % {p.whole(3, 9)}",
        f"2 ** {e} + {p.whole(1, 5)} - 2 ** {e}",
        "(10 ** 18 + 7) % 11",
        f"(1 << {e} | 5) % 9",
        "(3 ** 40) % 10",
        f"(2 ** {e} - 1) // 2 ** {e - 3}",
        f"int(str(2 ** {e} + 1)[-1])",
        f"(2 ** {e}).bit_length() % 9",
    )


@number
def math_functions(p: Draft, wanted: int) -> str:
    p.use("import math")
    a, b = p.whole(2, 40), p.whole(2, 7)
    return p.one(
        f"math.ceil({a} / {b})",
        f"math.floor({a} / {b})",
        f"int(math.log2({a}))",
        f"math.gcd({a}, {b})",
        f"math.isqrt({a})",
        f"int(math.sqrt({a}))",
        f"math.prod([{b}, 2])",
        f"math.comb({b}, 2)",
        f"math.lcm({b}, 3)",
        f"math.factorial({b % 4})",
        f"math.trunc(-{a} / {b})",
        f"int(math.pow(2, {b % 4}))",
        f"int(math.fabs(-{b}))",
        f"int(math.log({a}, 2))",
        f"math.ceil(math.log2({a}))",
        f"round(math.pi * {b})",
        f"int(math.exp(1) * {b})",
    )


@number
def for_loop(p: Draft, wanted: int) -> str:
    name, each = p.fresh("total"), p.fresh("i")
    more = p.one([], [f"    if {each} > 2:", "        break"], [f"    if {each} % 2:", "        continue"])
    p.put(
        f"{name} = 0",
        f"for {each} in range({p.one('', '1, ')}{p.whole(2, 6)}):",
        *more,
        f"    {name} += {each}",
        *p.one([], ["else:", f"    {name} += 1"]),
    )
    return name


@number
def while_loop(p: Draft, wanted: int) -> str:
    name, count = p.fresh("n"), p.fresh("turns")
    p.put(
        f"{name}, {count} = {p.whole(5, 60)}, 0",
        f"while {name} > {p.whole(1, 4)}:",
        f"    {name} //= 2",
        f"    {count} += 1",
    )
    return p.one(name, count)


@number
def comprehension(p: Draft, wanted: int) -> str:
    values = some(p, 5)
    return p.one(
        f"sum(v for v in {values} if v % 2)",
        f"len([v for v in {values} if v > 3])",
        f"[v * 2 for v in {values}][{p.whole(0, 4)}]",
        f"max(v - i for i, v in enumerate({values}))",
        f"len({{v for v in {values}}})",
        f"len({{v: i for i, v in enumerate({values})}})",
        f"sum(a * b for a, b in zip({values}, range(3)))",
        f"[a for b in [{values[:2]}, {values[2:]}] for a in b][-1]",
        f"next(v for v in {values + [9]} if v > 5)",
    )


@number
def matched(p: Draft, wanted: int) -> str:
    name, subject = p.fresh("k"), p.fresh("subject")
    value = p.one("3", "'same'", "(1, 2)", "[4, 5, 6]", "{'size': 7, 'kind': 'a'}", "None", "0", "2.5")
    p.put(
        f"{subject} = {value}",
        f"match {subject}:",
        "    case 0 | 3:",
        f"        {name} = 1",
        "    case 'same':",
        f"        {name} = 2",
        "    case (a, b):",
        f"        {name} = a + b",
        "    case [a, *rest]:",
        f"        {name} = a + len(rest)",
        "    case {'size': size}:",
        f"        {name} = size",
        "    case None:",
        f"        {name} = 5",
        "    case float() as number if number > 2:",
        f"        {name} = 6",
        "    case _:",
        f"        {name} = 7",
    )
    return name


@number
def walrus(p: Draft, wanted: int) -> str:
    name = p.fresh("n")
    return p.one(
        f"({name} := {p.whole(1, 5)}) + {name}",
        f"[{name} := {p.whole(1, 4)}, {name} * 2][1]",
        f"(({name} := {p.whole(1, 5)}) and {name} ** 2)",
    )


@number
def tried(p: Draft, wanted: int) -> str:
    name = p.fresh("k")
    bad = p.one("int('a')", "[][0]", "{}['a']", "1 // 0", "None.size", "5")
    p.put(
        "try:",
        f"    {name} = {bad}",
        "except Exception:",
        f"    {name} = {p.whole(1, 5)}",
        *p.one([], ["else:", f"    {name} += 1"]),
        *p.one([], ["finally:", f"    {name} += 2"]),
    )
    return name


@number
def generator(p: Draft, wanted: int) -> str:
    name = p.fresh("numbers")
    p.define(
        f"def {name}(n):",
        p.one(
            "    yield from range(n)",
            "    for i in range(n):\n        yield i * i",
            "    i = 1\n    while i < n:\n        yield i\n        i *= 2",
        ),
    )
    count = p.whole(3, 6)
    return p.one(
        f"sum({name}({count}))",
        f"list({name}({count}))[-1]",
        f"max({name}({count}))",
        f"len(list({name}({count})))",
        f"next({name}({count}))",
    )


@number
def closure(p: Draft, wanted: int) -> str:
    name, held = p.fresh("make"), p.fresh("made")
    kind = p.one(0, 1)
    if kind == 0:
        p.define(f"def {name}(a):", "    def inner(b):", "        return a * b", "    return inner")
        return f"{name}({p.whole(1, 4)})({p.whole(1, 4)})"
    p.define(
        f"def {name}():",
        "    count = 0",
        "    def inner():",
        "        nonlocal count",
        "        count += 2",
        "        return count",
        "    return inner",
    )
    p.put(f"{held} = {name}()", f"{held}()")
    return f"{held}()"


@number
def default_argument(p: Draft, wanted: int) -> str:
    name = p.fresh("size_of")
    p.define(f"def {name}(a, b={p.whole(1, 4)}, *, c=2):", "    return a * b + c")
    return p.one(
        f"{name}(1)",
        f"{name}(2, 1)",
        f"{name}(a=1, c=3)",
        f"{name}(1, c=0)",
        f"{name}(*[1, 2])",
        f"{name}(**{{'a': 2, 'c': 1}})",
    )


@number
def default_kept(p: Draft, wanted: int) -> str:
    """A list as a default is the same list in every call."""
    name = p.fresh("collect")
    p.define(f"def {name}(item, into=[]):", "    into.append(item)", "    return len(into)")
    p.put(f"{name}(1)")
    return f"{name}(2)"


@number
def star_arguments(p: Draft, wanted: int) -> str:
    name = p.fresh("count")
    p.define(
        f"def {name}(first, *args, **kwargs):",
        f"    return {p.one('first + len(args) + len(kwargs)', 'sum(args) + first', 'kwargs.get(chr(97), first)', 'args[-1] if args else first')}",
    )
    return p.one(f"{name}(1, 2, 3)", f"{name}(1, a=4)", f"{name}(*range(3))", f"{name}(2, *[3], **dict(a=1, b=2))")


@number
def partial_used(p: Draft, wanted: int) -> str:
    p.use("from functools import partial, reduce")
    name, f = p.fresh("call"), p.fresh("size")
    p.define(f"def {f}(a, b, c=1):", "    return a * b + c")
    p.put(f"{name} = partial({f}, {p.one('2', 'b=3', '2, c=0')})")
    args = "1"
    return p.one(
        f"{name}({args})" if p.chance(0.6) else f"{name}({args}, c=2)",
        f"reduce(lambda a, b: a * b, {some(p, 3, 1, 3)})",
        f"reduce(lambda a, b: a + b, {some(p, 3)}, 1)",
        "partial(max, 3)(2)",
    )


@number
def condition_chosen(p: Draft, wanted: int) -> str:
    name = p.fresh("k")
    a, b = p.whole(0, 5), p.whole(0, 5)
    if p.chance(0.4):
        p.put(
            f"if {a} {p.one('<', '>', '==', '<=', '!=')} {b}:",
            f"    {name} = 1",
            f"elif {a} in ({b}, 3):",
            f"    {name} = 2",
            "else:",
            f"    {name} = 4",
        )
        return name
    return p.one(
        f"({a} if {a} > {b} else {b})",
        f"({a} or {b})",
        f"({a} and {b})",
        f"(0 < {a} < {b}) + 1",
        f"[{a}, {b}][{a} > {b}]",
        f"({a} is None) + 2",
        f"(None or {b})",
        f"(not not {a}) + 1",
        f"({b} if isinstance({a}, int) else 0)",
        f"({a} if callable(len) else 1)",
    )


@number
def recursive(p: Draft, wanted: int) -> str:
    f = p.fresh("depth")
    p.define(f"def {f}(n):", "    if n <= 1:", "        return 1", f"    return {p.one('n + ', '1 + ')}{f}(n // 2)")
    return f"{f}({p.whole(2, 20)})"


@number
def lambda_kept(p: Draft, wanted: int) -> str:
    f = p.fresh("f")
    p.put(
        p.one(
            f"{f} = lambda a, b=2: a * b",
            f"{f} = (lambda k: lambda a: a + k)(3)",
            f"{f} = {{'f': lambda a: a ** 2}}['f']",
            f"{f} = [lambda a: a - 1, abs][0]",
            f"{f} = [(lambda a, i=i: a + i) for i in range(3)][1]",
            f"{f} = [(lambda a: a + j) for j in range(3)][0]",
        )
    )
    return f"{f}({p.whole(1, 5)})"
