"""Whole numbers out of lists, dictionaries, sets, and what goes through them."""

from constructs.numbers import some
from draft import Draft, number


@number
def list_sorted(p: Draft, wanted: int) -> str:
    name = p.fresh("values")
    p.put(
        f"{name} = {some(p, 4)}",
        p.one(
            f"{name}.sort()",
            f"{name}.reverse()",
            f"{name}.sort(reverse=True)",
            f"{name}.sort(key=lambda v: -v)",
            f"{name} = sorted({name})",
            f"{name} = list(reversed({name}))",
            f"{name} = sorted({name}, key=lambda v: v % 3)",
        ),
    )
    return f"{name}[{p.one(0, 1, -1)}]"


@number
def list_changed(p: Draft, wanted: int) -> str:
    name = p.fresh("values")
    p.put(
        f"{name} = {some(p, 5)}",
        p.one(
            f"{name}.remove({name}[2])",
            f"del {name}[1]",
            f"del {name}[1:3]",
            f"{name}.pop()",
            f"{name}.pop(0)",
            f"{name}.insert(1, 7)",
            f"{name}[1:3] = [8]",
            f"{name}.extend([1, 2])",
            f"{name} += [3]",
            f"{name}[::2] = [1, 2, 3]",
            f"{name}.append({name}.pop(1))",
            f"{name} *= 2",
            f"{name}[-1] += 2",
            f"del {name}[::2]",
        ),
    )
    return p.one(
        f"{name}[0]",
        f"{name}[-1]",
        f"len({name})",
        f"{name}[1]",
        f"sum({name})",
        f"{name}.index({name}[1])",
        f"{name}.count({name}[0])",
    )


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
    p.put(
        f"{name} = iter({some(p, 6)})",
        p.one(
            f"next({name})",
            f"next({name}), next({name})",
            f"{name}_first = list(zip({name}, {name}))[:1]",
            f"for {name}_each in {name}:\n    if {name}_each >= 0:\n        break",
        ),
    )
    return p.one(f"next({name}, 5)", f"sum({name})", f"len(list({name}))")


@number
def dictionary(p: Draft, wanted: int) -> str:
    name = p.fresh("table")
    p.put(
        f"{name} = {p.one('dict(a=1, b=2)', str(dict(a=p.whole(1, 5), b=2)), 'dict([(chr(97), 3), (chr(98), 4)])', 'dict(zip((chr(97), chr(98)), (5, 6)))')}"
    )
    if p.chance(0.6):
        p.put(
            p.one(
                f"{name}['c'] = 7",
                f"{name}.update(c=3)",
                f"{name} |= {{'b': 5}}",
                f"{name}.pop('b')",
                f"del {name}['b']",
                f"{name}.setdefault('d', 4)",
                f"{name} = {{**{name}, 'a': 6}}",
                f"{name}['a'] += 2",
            )
        )
    return p.one(
        f"{name}['a']",
        f"len({name})",
        f"sum({name}.values())",
        f"{name}.get('z', 4)",
        f"max({name}.items())[1]",
        f"list({name}.values())[-1]",
        f"{name}.get('a')",
        f"('z' in {name}) + 2",
    )


@number
def collections_used(p: Draft, wanted: int) -> str:
    p.use("from collections import OrderedDict, defaultdict, deque, Counter")
    name = p.fresh("held")
    kind = p.one("defaultdict", "deque", "Counter", "OrderedDict")
    if kind == "defaultdict":
        p.put(f"{name} = defaultdict({p.one('int', 'lambda: 2')})", f"{name}['a'] += 3")
        return p.one(f"{name}['a']", f"{name}['b'] + 1")
    if kind == "deque":
        p.put(
            f"{name} = deque({some(p, 4)}{p.one('', ', maxlen=4')})",
            p.one(f"{name}.append(5)", f"{name}.appendleft(6)", f"{name}.popleft()", f"{name}.rotate(1)"),
        )
        return p.one(f"{name}[0]", f"len({name})", f"{name}[-1]")
    if kind == "Counter":
        return p.one("Counter('banana')['a']", "Counter([1, 1, 2]).most_common(1)[0][1]", "len(Counter('abcab'))")
    p.put(
        f"{name} = OrderedDict(a=1, b=2, c=3)",
        p.one(f"{name}.move_to_end('a')", f"{name}.popitem()", f"{name}.popitem(last=False)", f"{name}['d'] = 4"),
    )
    return p.one(f"list({name}.values())[0]", f"len({name})", f"list({name}.values())[-1]")


@number
def sets_used(p: Draft, wanted: int) -> str:
    a, b = set(some(p, 4)), set(some(p, 3))
    return p.one(
        f"len({a} & {b})",
        f"len({a} | {b})",
        f"len({a} - {b})",
        f"len(set({some(p, 5)}))",
        f"max({a} ^ {b | {11}})",
        f"sorted({a})[0]",
        f"({p.whole(0, 9)} in {a}) + 1",
        f"len(frozenset({a}))",
        f"len({a}.union({b}))",
    )


@number
def slots_of_slices(p: Draft, wanted: int) -> str:
    values = some(p, 6)
    return p.one(
        f"{values}[1:4][{p.one(0, -1)}]",
        f"{values}[::-1][0]",
        f"len({values}[{p.whole(-7, 6)}:])",
        f"{values}[-2:][0]",
        f"sum({values}[slice(1, 3)])",
        f"{tuple(values)}[2]",
        f"len({values}[5:1:-2])",
        f"({values} + [7])[-1]",
        "([0] * 3 + [4])[3]",
        "len('abcdef'[1:-1])",
        f"({tuple(values)} + (3,))[-1]",
        "len([[0] * 3 for _ in range(2)][1])",
    )


@number
def itertools_used(p: Draft, wanted: int) -> str:
    p.use("import itertools")
    values = some(p, 4)
    return p.one(
        f"len(list(itertools.product(range(2), repeat={p.whole(1, 3)})))",
        f"list(itertools.accumulate({values}))[-1]",
        f"list(itertools.chain({values}, [1]))[-2]",
        f"list(itertools.chain.from_iterable([{values}]))[0]",
        f"len(list(itertools.combinations({values}, 2)))",
        f"sum(itertools.islice({values}, 2))",
        f"list(itertools.zip_longest({values}, [1]))[0][1]",
        f"sum(b - a for a, b in itertools.pairwise({values})) + 9",
        f"len(list(itertools.takewhile(lambda v: v < 5, {values})))",
        f"list(itertools.repeat({values[0]}, 3))[1]",
        f"len(list(itertools.groupby({values})))",
        f"next(itertools.count({values[0]}))",
        f"[c for _, c in zip(range(5), itertools.cycle({values}))][-1]",
        "len(list(itertools.permutations(range(3))))",
        "list(itertools.starmap(pow, [(2, 2)]))[0]",
    )


@number
def mapped(p: Draft, wanted: int) -> str:
    values = some(p, 4)
    return p.one(
        f"list(map(lambda v: v + 1, {values}))[-1]",
        f"sum(filter(lambda v: v > 2, {values}))",
        f"len(list(filter(None, {values})))",
        "max(map(int, ['1', '3']))",
        f"min({values}, key=lambda v: -v)",
        f"sum(map(max, {values}, [3, 3, 3, 3]))",
        f"any(v > 5 for v in {values}) + 1",
        f"all({values}) + 2",
        f"sorted(zip({values}, 'abcd'))[0][0]",
        f"list(enumerate({values}, 1))[-1][0]",
        f"dict(enumerate({values}))[2]",
        f"list(reversed({values}))[0]",
        f"[*range({values[0]}, 12, 3)][-1]",
        f"len(range({values[0]}, 20, 4))",
        "range(2, 9, 2)[1]",
        f"sum({values}, start=1)",
        "list(zip(*[(1, 2), (3, 4)]))[0][1]",
        f"max({values}, default=0)",
        "max([], default=2)",
    )


@number
def star_assignment(p: Draft, wanted: int) -> str:
    a, rest, z = p.fresh("first"), p.fresh("rest"), p.fresh("last")
    p.put(
        p.one(
            f"{a}, *{rest}, {z} = {some(p, 5)}",
            f"{a}, *{rest}, {z} = range({p.whole(3, 7)})",
            f"{a}, {rest}, {z} = *{some(p, 1)}, [1, 2], 4",
            f"({a}, {z}), *{rest} = [{tuple(some(p, 2))}, 1, 2]",
        )
    )
    return p.one(a, f"len({rest})", z)


@number
def unpacked_nested(p: Draft, wanted: int) -> str:
    a, b, c = p.fresh("a"), p.fresh("b"), p.fresh("c")
    p.put(
        p.one(
            f"({a}, {b}), {c} = {tuple(some(p, 2))}, 4",
            f"{a}, {b}, {c} = '123'\n{a} = int({a})\n{b} = int({b})\n{c} = int({c})",
            f"[{a}, [{b}, {c}]] = [1, [2, 3]]",
            f"{a} = {b} = {c} = {p.whole(1, 5)}",
            f"{a}, {b} = 1, 2\n{a}, {b} = {b}, {a}\n{c} = {a} * 2",
            f"for {a}, ({b}, {c}) in [(1, (2, 3)), (4, (5, 6))]:\n    pass",
            f"{a}: int = 3\n{b} = {a} + 1\n{c} = -{b}",
        )
    )
    return p.one(a, b, c)


@number
def named_tuple(p: Draft, wanted: int) -> str:
    p.use("from collections import namedtuple")
    name = p.fresh("Size")
    p.define(f"{name} = namedtuple('{name}', {p.one(repr('height width'), repr(['height', 'width']))})")
    made = p.one(
        f"{name}({p.whole(1, 5)}, 2)", f"{name}(width=3, height=1)", f"{name}(1, 2)._replace(width={p.whole(2, 6)})"
    )
    return p.one(f"{made}.width", f"{made}[0]", f"sum({made})", f"len({made})")


@number
def typed_tuple(p: Draft, wanted: int) -> str:
    p.use("from typing import NamedTuple")
    name = p.fresh("Block")
    p.define(f"class {name}(NamedTuple):", "    width: int", "    depth: int = 2")
    return p.one(f"{name}({p.whole(1, 5)}).width", f"{name}(3).depth", f"{name}(1, 4)[1]", f"{name}(width=5).width")
