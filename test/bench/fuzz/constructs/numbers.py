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
    return p.one(f"{a} * {b} // 2", f"{a} ** 2 % {b}", f"-{a} // {b}", f"divmod({a}, {b})[1]", f"{a} << {b} >> 1", f"{a} ^ {b} | 1", f"-{a} % {b}", f"~{a} & 7", f"int({a} / {b})", f"round({a} / {b})", f"abs({b} - {a})", f"pow({a}, {b}, 7)", f"int(-{a} / {b})", f"{a} - -{b}", f"(not {a}) + {b}", f"({a} > {b}) * 3")


@number
def numbers_large(p: Draft, wanted: int) -> str:
    """Above 2**53, where floats have no ones."""
    e = p.one(53, 54, 60, 64, 70)
    return p.one(f"(2 ** {e} + 1) % {p.whole(3, 9)}", f"2 ** {e} + {p.whole(1, 5)} - 2 ** {e}", f"(10 ** 18 + 7) % 11", f"(1 << {e} | 5) % 9", f"(3 ** 40) % 10", f"(2 ** {e} - 1) // 2 ** {e - 3}", f"int(str(2 ** {e} + 1)[-1])", f"(2 ** {e}).bit_length() % 9")


@number
def math_functions(p: Draft, wanted: int) -> str:
    p.use("import math")
    a, b = p.whole(2, 40), p.whole(2, 7)
    return p.one(f"math.ceil({a} / {b})", f"math.floor({a} / {b})", f"int(math.log2({a}))", f"math.gcd({a}, {b})", f"math.isqrt({a})", f"int(math.sqrt({a}))", f"math.prod([{b}, 2])", f"math.comb({b}, 2)", f"math.lcm({b}, 3)", f"math.factorial({b % 4})", f"math.trunc(-{a} / {b})", f"int(math.pow(2, {b % 4}))", f"int(math.fabs(-{b}))", f"int(math.log({a}, 2))", f"math.ceil(math.log2({a}))", f"round(math.pi * {b})", f"int(math.exp(1) * {b})")


@number
def for_loop(p: Draft, wanted: int) -> str:
    name, each = p.fresh("total"), p.fresh("i")
    more = p.one([], [f"    if {each} > 2:", "        break"], [f"    if {each} % 2:", "        continue"])
    p.put(f"{name} = 0", f"for {each} in range({p.one('', '1, ')}{p.whole(2, 6)}):", *more, f"    {name} += {each}", *p.one([], ["else:", f"    {name} += 1"]))
    return name


@number
def while_loop(p: Draft, wanted: int) -> str:
    name, count = p.fresh("n"), p.fresh("turns")
    p.put(f"{name}, {count} = {p.whole(5, 60)}, 0", f"while {name} > {p.whole(1, 4)}:", f"    {name} //= 2", f"    {count} += 1")
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
    return p.one(f"({name} := {p.whole(1, 5)}) + {name}", f"[{name} := {p.whole(1, 4)}, {name} * 2][1]", f"(({name} := {p.whole(1, 5)}) and {name} ** 2)")


@number
def tried(p: Draft, wanted: int) -> str:
    name = p.fresh("k")
    bad = p.one("int('a')", "[][0]", "{}['a']", "1 // 0", "None.size", "5")
    p.put("try:", f"    {name} = {bad}", "except Exception:", f"    {name} = {p.whole(1, 5)}", *p.one([], ["else:", f"    {name} += 1"]), *p.one([], ["finally:", f"    {name} += 2"]))
    return name


@number
def generator(p: Draft, wanted: int) -> str:
    name = p.fresh("numbers")
    p.define(f"def {name}(n):", p.one("    yield from range(n)", "    for i in range(n):\n        yield i * i", "    i = 1\n    while i < n:\n        yield i\n        i *= 2"))
    count = p.whole(3, 6)
    return p.one(f"sum({name}({count}))", f"list({name}({count}))[-1]", f"max({name}({count}))", f"len(list({name}({count})))", f"next({name}({count}))")


@number
def closure(p: Draft, wanted: int) -> str:
    name, held = p.fresh("make"), p.fresh("made")
    kind = p.one(0, 1)
    if kind == 0:
        p.define(f"def {name}(a):", "    def inner(b):", "        return a * b", "    return inner")
        return f"{name}({p.whole(1, 4)})({p.whole(1, 4)})"
    p.define(f"def {name}():", "    count = 0", "    def inner():", "        nonlocal count", "        count += 2", "        return count", "    return inner")
    p.put(f"{held} = {name}()", f"{held}()")
    return f"{held}()"


@number
def default_argument(p: Draft, wanted: int) -> str:
    name = p.fresh("size_of")
    p.define(f"def {name}(a, b={p.whole(1, 4)}, *, c=2):", "    return a * b + c")
    return p.one(f"{name}(1)", f"{name}(2, 1)", f"{name}(a=1, c=3)", f"{name}(1, c=0)", f"{name}(*[1, 2])", f"{name}(**{{'a': 2, 'c': 1}})")


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
    p.define(f"def {name}(first, *args, **kwargs):", f"    return {p.one('first + len(args) + len(kwargs)', 'sum(args) + first', 'kwargs.get(chr(97), first)', 'args[-1] if args else first')}")
    return p.one(f"{name}(1, 2, 3)", f"{name}(1, a=4)", f"{name}(*range(3))", f"{name}(2, *[3], **dict(a=1, b=2))")


@number
def star_assignment(p: Draft, wanted: int) -> str:
    a, rest, z = p.fresh("first"), p.fresh("rest"), p.fresh("last")
    p.put(p.one(f"{a}, *{rest}, {z} = {some(p, 5)}", f"{a}, *{rest}, {z} = range({p.whole(3, 7)})", f"{a}, {rest}, {z} = *{some(p, 1)}, [1, 2], 4", f"({a}, {z}), *{rest} = [{tuple(some(p, 2))}, 1, 2]"))
    return p.one(a, f"len({rest})", z)


@number
def list_sorted(p: Draft, wanted: int) -> str:
    name = p.fresh("values")
    p.put(f"{name} = {some(p, 4)}", p.one(f"{name}.sort()", f"{name}.reverse()", f"{name}.sort(reverse=True)", f"{name}.sort(key=lambda v: -v)", f"{name} = sorted({name})", f"{name} = list(reversed({name}))", f"{name} = sorted({name}, key=lambda v: v % 3)"))
    return f"{name}[{p.one(0, 1, -1)}]"


@number
def list_changed(p: Draft, wanted: int) -> str:
    name = p.fresh("values")
    p.put(f"{name} = {some(p, 5)}", p.one(f"{name}.remove({name}[2])", f"del {name}[1]", f"del {name}[1:3]", f"{name}.pop()", f"{name}.pop(0)", f"{name}.insert(1, 7)", f"{name}[1:3] = [8]", f"{name}.extend([1, 2])", f"{name} += [3]", f"{name}[::2] = [1, 2, 3]", f"{name}.append({name}.pop(1))", f"{name} *= 2", f"{name}[-1] += 2", f"del {name}[::2]"))
    return p.one(f"{name}[0]", f"{name}[-1]", f"len({name})", f"{name}[1]", f"sum({name})", f"{name}.index({name}[1])", f"{name}.count({name}[0])")


@number
def list_shared(p: Draft, wanted: int) -> str:
    p.use("import copy")
    a, b = p.fresh("rows"), p.fresh("again")
    how = p.one("copy.deepcopy({})", "copy.copy({})", "{}", "{}[:]", "list({})", "{}.copy()", "[*{}]")
    p.put(f"{a} = [[1, 2], [3]]", f"{b} = {how.format(a)}", f"{b}[0].append({p.whole(1, 5)})", f"{b}.append([4])")
    return p.one(f"len({a}[0])", f"len({a})", f"len({b}[0]) + len({b})", f"sum({a}[0])")


@number
def iterator(p: Draft, wanted: int) -> str:
    name = p.fresh("it")
    p.put(f"{name} = iter({some(p, 6)})", p.one(f"next({name})", f"next({name}), next({name})", f"{name}_first = list(zip({name}, {name}))[:1]", f"for {name}_each in {name}:\n    if {name}_each >= 0:\n        break"))
    return p.one(f"next({name}, 5)", f"sum({name})", f"len(list({name}))")


@number
def property_setter(p: Draft, wanted: int) -> str:
    name, held = p.fresh("Holder"), p.fresh("held")
    p.define(f"class {name}:", "    def __init__(self, size):", "        self.size = size", "    @property", "    def size(self):", "        return self._size", "    @size.setter", "    def size(self, value):", f"        self._size = {p.one('value * 2', 'max(value, 3)', 'value')}")
    p.put(f"{held} = {name}({p.whole(1, 5)})")
    if p.chance(0.5):
        p.put(p.one(f"{held}.size = {p.whole(1, 5)}", f"{held}.size += 1"))
    return f"{held}.size"


@number
def dataclass(p: Draft, wanted: int) -> str:
    p.use("from dataclasses import dataclass, field, replace")
    name, held = p.fresh("Config"), p.fresh("cfg")
    keyword = p.one("", "(kw_only=True)", "(frozen=True)")
    p.define(f"@dataclass{keyword}", f"class {name}:", "    width: int", f"    depth: int = {p.whole(1, 4)}", "    sizes: list = field(default_factory=lambda: [1, 2, 3])", *p.one([], ["    @property", "    def total(self):", "        return self.width * self.depth"]))
    p.put(f"{held} = {name}(width={p.whole(1, 5)}{p.one('', ', depth=3')})")
    if p.chance(0.5):
        p.put(f"{held} = replace({held}, {p.one('width=4', 'depth=2', 'sizes=[5]')})")
    return p.one(f"{held}.width", f"{held}.depth", f"len({held}.sizes)", f"{held}.width * {held}.depth", f"{held}.sizes[0]")


@number
def dataclass_derived(p: Draft, wanted: int) -> str:
    p.use("from dataclasses import dataclass, asdict, fields")
    base, name = p.fresh("Base"), p.fresh("Config")
    p.define("@dataclass", f"class {base}:", "    width: int = 2", "@dataclass", f"class {name}({base}):", "    depth: int = 3", "    def __post_init__(self):", "        self.both = self.width + self.depth")
    made = p.one(f"{name}()", f"{name}({p.whole(1, 4)})", f"{name}(depth=1)", f"{name}(4, 5)")
    return p.one(f"{made}.both", f"{made}.width", f"asdict({made})['depth']", f"len(fields({name}))", f"sum(asdict({made}).values())")


@number
def named_tuple(p: Draft, wanted: int) -> str:
    p.use("from collections import namedtuple")
    name = p.fresh("Size")
    p.define(f"{name} = namedtuple('{name}', {p.one(repr('height width'), repr(['height', 'width']))})")
    made = p.one(f"{name}({p.whole(1, 5)}, 2)", f"{name}(width=3, height=1)", f"{name}(1, 2)._replace(width={p.whole(2, 6)})")
    return p.one(f"{made}.width", f"{made}[0]", f"sum({made})", f"len({made})")


@number
def typed_tuple(p: Draft, wanted: int) -> str:
    p.use("from typing import NamedTuple")
    name = p.fresh("Block")
    p.define(f"class {name}(NamedTuple):", "    width: int", "    depth: int = 2")
    return p.one(f"{name}({p.whole(1, 5)}).width", f"{name}(3).depth", f"{name}(1, 4)[1]", f"{name}(width=5).width")


@number
def dictionary(p: Draft, wanted: int) -> str:
    name = p.fresh("table")
    p.put(f"{name} = {p.one('dict(a=1, b=2)', str(dict(a=p.whole(1, 5), b=2)), 'dict([(chr(97), 3), (chr(98), 4)])', 'dict(zip((chr(97), chr(98)), (5, 6)))')}")
    if p.chance(0.6):
        p.put(p.one(f"{name}['c'] = 7", f"{name}.update(c=3)", f"{name} |= {{'b': 5}}", f"{name}.pop('b')", f"del {name}['b']", f"{name}.setdefault('d', 4)", f"{name} = {{**{name}, 'a': 6}}", f"{name}['a'] += 2"))
    return p.one(f"{name}['a']", f"len({name})", f"sum({name}.values())", f"{name}.get('z', 4)", f"max({name}.items())[1]", f"list({name}.values())[-1]", f"{name}.get('a')", f"('z' in {name}) + 2")


@number
def collections_used(p: Draft, wanted: int) -> str:
    p.use("from collections import OrderedDict, defaultdict, deque, Counter")
    name = p.fresh("held")
    kind = p.one("defaultdict", "deque", "Counter", "OrderedDict")
    if kind == "defaultdict":
        p.put(f"{name} = defaultdict({p.one('int', 'lambda: 2')})", f"{name}['a'] += 3")
        return p.one(f"{name}['a']", f"{name}['b'] + 1")
    if kind == "deque":
        p.put(f"{name} = deque({some(p, 4)}{p.one('', ', maxlen=4')})", p.one(f"{name}.append(5)", f"{name}.appendleft(6)", f"{name}.popleft()", f"{name}.rotate(1)"))
        return p.one(f"{name}[0]", f"len({name})", f"{name}[-1]")
    if kind == "Counter":
        return p.one("Counter('banana')['a']", "Counter([1, 1, 2]).most_common(1)[0][1]", "len(Counter('abcab'))")
    p.put(f"{name} = OrderedDict(a=1, b=2, c=3)", p.one(f"{name}.move_to_end('a')", f"{name}.popitem()", f"{name}.popitem(last=False)", f"{name}['d'] = 4"))
    return p.one(f"list({name}.values())[0]", f"len({name})", f"list({name}.values())[-1]")


@number
def registry(p: Draft, wanted: int) -> str:
    """Functions that a decorator puts into a dictionary."""
    name, register, f = p.fresh("REGISTRY"), p.fresh("register"), p.fresh("make")
    if p.chance(0.5):
        p.define(f"{name} = {{}}", f"def {register}(fn):", f"    {name}[fn.__name__] = fn", "    return fn", f"@{register}", f"def {f}(n):", f"    return n + {p.whole(1, 4)}")
        return f"{name}['{f}']({p.whole(1, 3)})"
    p.define(f"{name} = {{}}", f"def {register}(key):", "    def wrap(fn):", f"        {name}[key] = fn", "        return fn", "    return wrap", f"@{register}('one')", f"def {f}(n):", f"    return n * {p.whole(1, 4)}", f"@{register}('two')", f"def {f}_too(n):", "    return n")
    return p.one(f"{name}['one'](2)", f"{name}['two'](3)", f"len({name})", f"{f}(1)")


@number
def decorated(p: Draft, wanted: int) -> str:
    p.use("import functools")
    wrap, f = p.fresh("twice"), p.fresh("size")
    p.define(f"def {wrap}(fn):", *p.one([], ["    @functools.wraps(fn)"]), "    def inner(*args, **kwargs):", "        return fn(*args, **kwargs) * 2", "    return inner", f"@{wrap}", f"def {f}(a, b=1):", "    return a + b")
    return p.one(f"{f}(1)", f"{f}({p.whole(1, 4)}, b=2)", f"{f}(1, 2)")


@number
def cached(p: Draft, wanted: int) -> str:
    p.use("import functools")
    f = p.fresh("fib")
    p.define(p.one("@functools.lru_cache(maxsize=None)", "@functools.cache", "@functools.lru_cache"), f"def {f}(n):", f"    return n if n < 2 else {f}(n - 1) + {f}(n - 2)")
    return f"{f}({p.whole(2, 7)})"


@number
def attribute_by_name(p: Draft, wanted: int) -> str:
    name, held = p.fresh("Holder"), p.fresh("held")
    p.define(f"class {name}:", "    size = 3")
    p.put(f"{held} = {name}()", f"setattr({held}, '{p.one('size', 'other')}', {p.whole(1, 5)})", *p.one([], [f"{held}.__dict__['late'] = 4"], [f"{held}.__dict__.update(late=5)"]))
    return p.one(f"getattr({held}, 'size')", f"getattr({held}, 'late', 2)", f"hasattr({held}, 'late') + 1", f"vars({held}).get('other', 3)", f"{held}.size", f"len(vars({held}))", f"{name}.size")


@number
def global_by_name(p: Draft, wanted: int) -> str:
    name = p.fresh("SIZE_")
    p.define(p.one(f"globals()['{name}'] = {p.whole(1, 5)}", f"{name} = {p.whole(1, 5)}"))
    return p.one(f"globals()['{name}']", f"globals().get('{name}', 2)", f"globals().get('{name}_missing', 2)")


@number
def global_statement(p: Draft, wanted: int) -> str:
    name, f = p.fresh("COUNT"), p.fresh("grow")
    p.define(f"{name} = {p.whole(1, 3)}", f"def {f}():", f"    global {name}", f"    {name} += 1", f"    return {name}")
    p.put(f"{f}()")
    return p.one(f"{f}()", name)


@number
def text_formatted(p: Draft, wanted: int) -> str:
    n = p.whole(1, 5)
    table = p.fresh("named")
    p.put(f"{table} = {{'layer{n}': {p.whole(1, 6)}, 'conv': 2}}")
    return p.one(f"{table}[f'layer{{{n}}}']", f"{table}['layer%d' % {n}]", f"{table}['layer{{}}'.format({n})]", f"{table}['layer' + str({n})]", f"{table}['_'.join(['layer']) + '{n}']", f"int('{n}')", f"len('%s_%s' % ('a', {n}))", f"len(f'{{{n}:03d}}')", f"{table}['LAYER{n}'.lower()]", f"{table}['layer{n}.weight'.split('.')[0]]", f"int('k{n}s2'[1])", f"len(f'{{{n}!r:>4}}')", f"{table}.get('layer%s' % {n + 1}, 3)")


@number
def text_parsed(p: Draft, wanted: int) -> str:
    a, b = p.whole(1, 5), p.whole(1, 5)
    p.use("import re")
    return p.one(f"int('k{a}_s{b}'.split('_')[1][1:])", f"[int(v) for v in '{a},{b}'.split(',')][0]", f"sum(map(int, '{a}{b}'))", f"int(re.search(r'\\d+', 'conv{a}x').group())", f"int('{a}x{b}'.partition('x')[2])", f"'abcab'.count('a')", f"'hello'.find('l')", f"len('  a b '.strip())", f"int('conv{a}'.removeprefix('conv'))", f"ord('c') - ord('a')", f"int('0x{a}', 16)", f"int('101', 2)", f"len('a-b-c'.split('-'))", f"'x'.isdigit() + 1", f"len('ab' * {a})", f"int('conv{a}'.replace('conv', ''))", f"'conv1'.startswith('conv') + 1")


@number
def itertools_used(p: Draft, wanted: int) -> str:
    p.use("import itertools")
    values = some(p, 4)
    return p.one(f"len(list(itertools.product(range(2), repeat={p.whole(1, 3)})))", f"list(itertools.accumulate({values}))[-1]", f"list(itertools.chain({values}, [1]))[-2]", f"list(itertools.chain.from_iterable([{values}]))[0]", f"len(list(itertools.combinations({values}, 2)))", f"sum(itertools.islice({values}, 2))", f"list(itertools.zip_longest({values}, [1]))[0][1]", f"sum(b - a for a, b in itertools.pairwise({values})) + 9", f"len(list(itertools.takewhile(lambda v: v < 5, {values})))", f"list(itertools.repeat({values[0]}, 3))[1]", f"len(list(itertools.groupby({values})))", f"next(itertools.count({values[0]}))", f"[c for _, c in zip(range(5), itertools.cycle({values}))][-1]", f"len(list(itertools.permutations(range(3))))", f"list(itertools.starmap(pow, [(2, 2)]))[0]")


@number
def partial_used(p: Draft, wanted: int) -> str:
    p.use("from functools import partial, reduce")
    name, f = p.fresh("call"), p.fresh("size")
    p.define(f"def {f}(a, b, c=1):", "    return a * b + c")
    p.put(f"{name} = partial({f}, {p.one('2', 'b=3', '2, c=0')})")
    args = "1"
    return p.one(f"{name}({args})" if p.chance(0.6) else f"{name}({args}, c=2)", f"reduce(lambda a, b: a * b, {some(p, 3, 1, 3)})", f"reduce(lambda a, b: a + b, {some(p, 3)}, 1)", "partial(max, 3)(2)")


@number
def mapped(p: Draft, wanted: int) -> str:
    values = some(p, 4)
    return p.one(f"list(map(lambda v: v + 1, {values}))[-1]", f"sum(filter(lambda v: v > 2, {values}))", f"len(list(filter(None, {values})))", f"max(map(int, ['1', '3']))", f"min({values}, key=lambda v: -v)", f"sum(map(max, {values}, [3, 3, 3, 3]))", f"any(v > 5 for v in {values}) + 1", f"all({values}) + 2", f"sorted(zip({values}, 'abcd'))[0][0]", f"list(enumerate({values}, 1))[-1][0]", f"dict(enumerate({values}))[2]", f"list(reversed({values}))[0]", f"[*range({values[0]}, 12, 3)][-1]", f"len(range({values[0]}, 20, 4))", f"range(2, 9, 2)[1]", f"sum({values}, start=1)", f"list(zip(*[(1, 2), (3, 4)]))[0][1]", f"max({values}, default=0)", f"max([], default=2)")


@number
def condition_chosen(p: Draft, wanted: int) -> str:
    name = p.fresh("k")
    a, b = p.whole(0, 5), p.whole(0, 5)
    if p.chance(0.4):
        p.put(f"if {a} {p.one('<', '>', '==', '<=', '!=')} {b}:", f"    {name} = 1", f"elif {a} in ({b}, 3):", f"    {name} = 2", "else:", f"    {name} = 4")
        return name
    return p.one(f"({a} if {a} > {b} else {b})", f"({a} or {b})", f"({a} and {b})", f"(0 < {a} < {b}) + 1", f"[{a}, {b}][{a} > {b}]", f"({a} is None) + 2", f"(None or {b})", f"(not not {a}) + 1", f"({b} if isinstance({a}, int) else 0)", f"({a} if callable(len) else 1)")


@number
def class_members(p: Draft, wanted: int) -> str:
    name = p.fresh("Thing")
    p.define(f"class {name}:", f"    base = {p.whole(1, 4)}", "    sizes = [base, base * 2]", "    def __init__(self, n=2):", "        self.n = n", "    def __call__(self, a):", "        return self.n * a", "    def __len__(self):", "        return self.n + 1", "    def __getitem__(self, key):", "        return key + self.n", "    @staticmethod", "    def fixed(a):", "        return a + 1", "    @classmethod", "    def made(cls, n):", "        return cls(n + cls.base)", "    def __add__(self, other):", f"        return {name}(self.n + other.n)", "    def __iter__(self):", "        return iter([self.n, 1])", "    def __contains__(self, v):", "        return v == self.n", "    def __bool__(self):", "        return self.n > 1")
    return p.one(f"{name}()(2)", f"len({name}(3))", f"{name}()[1]", f"{name}.fixed(2)", f"{name}.made(1).n", f"({name}(1) + {name}(2)).n", f"sum({name}(4))", f"(4 in {name}(4)) + 1", f"{name}.sizes[1]", f"({name}(1) or {name}(3)).n", f"{name}(n=5).base")


@number
def class_derived(p: Draft, wanted: int) -> str:
    a, b = p.fresh("Base"), p.fresh("Derived")
    p.define(f"class {a}:", "    size = 2", "    def __init__(self, n):", "        self.n = n", "    def total(self):", "        return self.n + self.size", f"class {b}({a}):", f"    size = {p.whole(1, 4)}", *p.one([], ["    def __init__(self, n):", "        super().__init__(n * 2)"], ["    def total(self):", "        return super().total() + 1"]))
    made = f"{p.one(a, b)}({p.whole(1, 3)})"
    return p.one(f"{made}.total()", f"{made}.n", f"{made}.size", f"isinstance({made}, {a}) + 1", f"issubclass({a}, {b}) + 2", f"len({b}.__mro__)", f"type({made}).size")


@number
def enumerated(p: Draft, wanted: int) -> str:
    p.use("from enum import Enum, IntEnum, auto")
    name = p.fresh("Kind")
    p.define(f"class {name}({p.one('Enum', 'IntEnum')}):", "    SMALL = 1", f"    LARGE = {p.one('3', 'auto()')}")
    return p.one(f"{name}.LARGE.value", f"{name}['SMALL'].value", f"len({name})", f"{name}(1).value", f"({name}.SMALL is {name}.SMALL) + 1", f"max(k.value for k in {name})", f"len({name}.LARGE.name)")


@number
def slots_of_slices(p: Draft, wanted: int) -> str:
    values = some(p, 6)
    return p.one(f"{values}[1:4][{p.one(0, -1)}]", f"{values}[::-1][0]", f"len({values}[{p.whole(-7, 6)}:])", f"{values}[-2:][0]", f"sum({values}[slice(1, 3)])", f"{tuple(values)}[2]", f"len({values}[5:1:-2])", f"({values} + [7])[-1]", f"([0] * 3 + [4])[3]", f"len('abcdef'[1:-1])", f"({tuple(values)} + (3,))[-1]", f"len([[0] * 3 for _ in range(2)][1])")


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
        p.define(f"class {name}:", "    def __enter__(self):", "        return 3", "    def __exit__(self, *args):", "        return False")
        p.put(f"with {name}() as {k}:", f"    {k} += 1")
    return k


@number
def unpacked_nested(p: Draft, wanted: int) -> str:
    a, b, c = p.fresh("a"), p.fresh("b"), p.fresh("c")
    p.put(p.one(f"({a}, {b}), {c} = {tuple(some(p, 2))}, 4", f"{a}, {b}, {c} = '123'\n{a} = int({a})\n{b} = int({b})\n{c} = int({c})", f"[{a}, [{b}, {c}]] = [1, [2, 3]]", f"{a} = {b} = {c} = {p.whole(1, 5)}", f"{a}, {b} = 1, 2\n{a}, {b} = {b}, {a}\n{c} = {a} * 2", f"for {a}, ({b}, {c}) in [(1, (2, 3)), (4, (5, 6))]:\n    pass", f"{a}: int = 3\n{b} = {a} + 1\n{c} = -{b}"))
    return p.one(a, b, c)


@number
def recursive(p: Draft, wanted: int) -> str:
    f = p.fresh("depth")
    p.define(f"def {f}(n):", "    if n <= 1:", "        return 1", f"    return {p.one('n + ', '1 + ')}{f}(n // 2)")
    return f"{f}({p.whole(2, 20)})"


@number
def lambda_kept(p: Draft, wanted: int) -> str:
    f = p.fresh("f")
    p.put(p.one(f"{f} = lambda a, b=2: a * b", f"{f} = (lambda k: lambda a: a + k)(3)", f"{f} = {{'f': lambda a: a ** 2}}['f']", f"{f} = [lambda a: a - 1, abs][0]", f"{f} = [(lambda a, i=i: a + i) for i in range(3)][1]", f"{f} = [(lambda a: a + j) for j in range(3)][0]"))
    return f"{f}({p.whole(1, 5)})"


@number
def argument_parsed(p: Draft, wanted: int) -> str:
    p.use("import argparse")
    name = p.fresh("opt")
    p.define(f"{name}_parser = argparse.ArgumentParser()", f"{name}_parser.add_argument('--size', type=int, default={p.whole(1, 6)})", f"{name}_parser.add_argument('--sizes', type=int, nargs='+', default=[1, 2, 4])", f"{name}_parser.add_argument('--flag', action='store_true')", f"{name} = {name}_parser.parse_args({p.one('', '[]', repr(['--size', '3']))})")
    return p.one(f"{name}.size", f"len({name}.sizes)", f"{name}.sizes[-1]", f"{name}.flag + 1", f"vars({name})['size']")


@number
def sets_used(p: Draft, wanted: int) -> str:
    a, b = set(some(p, 4)), set(some(p, 3))
    return p.one(f"len({a} & {b})", f"len({a} | {b})", f"len({a} - {b})", f"len(set({some(p, 5)}))", f"max({a} ^ {b | {11}})", f"sorted({a})[0]", f"({p.whole(0, 9)} in {a}) + 1", f"len(frozenset({a}))", f"len({a}.union({b}))")


@number
def simple_namespace(p: Draft, wanted: int) -> str:
    p.use("from types import SimpleNamespace")
    name = p.fresh("ns")
    p.put(f"{name} = SimpleNamespace(size={p.whole(1, 5)}, other=[1, 2])", *p.one([], [f"{name}.size *= 2"], [f"{name}.late = 3"]))
    return p.one(f"{name}.size", f"len({name}.other)", f"getattr({name}, 'late', 1)")


@number
def attribute_dict(p: Draft, wanted: int) -> str:
    """A dictionary whose keys are attributes, as configurations have it."""
    name, held = p.fresh("AttrDict"), p.fresh("h")
    p.define(f"class {name}(dict):", *p.one(["    def __init__(self, *args, **kwargs):", "        super().__init__(*args, **kwargs)", "        self.__dict__ = self"], ["    def __getattr__(self, key):", "        return self[key]"]))
    p.put(f"{held} = {name}({p.one('{0}', 'size=3, width=4').format(dict(size=p.whole(1, 5), width=2))})")
    return p.one(f"{held}.size", f"{held}['width']", f"{held}.width", f"len({held})")


@number
def json_text(p: Draft, wanted: int) -> str:
    p.use("import json")
    name = p.fresh("cfg")
    p.put(f"{name} = json.loads('{{\"size\": {p.whole(1, 5)}, \"sizes\": [1, 2], \"on\": true}}')")
    return p.one(f"{name}['size']", f"{name}['sizes'][-1]", f"len({name})", f"{name}['on'] + 1", f"json.loads(json.dumps({name}))['size']")


@number
def getattr_dunder(p: Draft, wanted: int) -> str:
    name = p.fresh("Lazy")
    p.define(f"class {name}:", "    def __getattr__(self, key):", "        return len(key)")
    return p.one(f"{name}().size", f"{name}().ab", f"getattr({name}(), 'abc')")


@number
def class_static_count(p: Draft, wanted: int) -> str:
    name = p.fresh("Counted")
    p.define(f"class {name}:", "    made = 0", "    def __init__(self):", p.one(f"        {name}.made += 1", "        type(self).made += 1", "        self.__class__.made += 1"))
    p.put(f"{name}()", f"{name}()")
    return f"{name}.made"


@number
def deleted_name(p: Draft, wanted: int) -> str:
    name = p.fresh("SIZE")
    p.put(f"{name} = {p.whole(1, 5)}", f"{name}_copy = {name}", f"del {name}")
    return p.one(f"{name}_copy", f"('{name}' in globals()) + 1" if not p.inside else f"{name}_copy")
