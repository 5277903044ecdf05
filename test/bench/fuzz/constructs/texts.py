"""Whole numbers by way of texts and names."""

from draft import Draft, number


@number
def text_formatted(p: Draft, wanted: int) -> str:
    n = p.whole(1, 5)
    table = p.fresh("named")
    p.put(f"{table} = {{'layer{n}': {p.whole(1, 6)}, 'conv': 2}}")
    return p.one(
        f"{table}[f'layer{{{n}}}']",
        f"{table}['layer%d' % {n}]",
        f"{table}['layer{{}}'.format({n})]",
        f"{table}['layer' + str({n})]",
        f"{table}['_'.join(['layer']) + '{n}']",
        f"int('{n}')",
        f"len('%s_%s' % ('a', {n}))",
        f"len(f'{{{n}:03d}}')",
        f"{table}['LAYER{n}'.lower()]",
        f"{table}['layer{n}.weight'.split('.')[0]]",
        f"int('k{n}s2'[1])",
        f"len(f'{{{n}!r:>4}}')",
        f"{table}.get('layer%s' % {n + 1}, 3)",
    )


@number
def text_parsed(p: Draft, wanted: int) -> str:
    a, b = p.whole(1, 5), p.whole(1, 5)
    p.use("import re")
    return p.one(
        f"int('k{a}_s{b}'.split('_')[1][1:])",
        f"[int(v) for v in '{a},{b}'.split(',')][0]",
        f"sum(map(int, '{a}{b}'))",
        f"int(re.search(r'\\d+', 'conv{a}x').group())",
        f"int('{a}x{b}'.partition('x')[2])",
        "'abcab'.count('a')",
        "'hello'.find('l')",
        "len('  a b '.strip())",
        f"int('conv{a}'.removeprefix('conv'))",
        "ord('c') - ord('a')",
        f"int('0x{a}', 16)",
        "int('101', 2)",
        "len('a-b-c'.split('-'))",
        "'x'.isdigit() + 1",
        f"len('ab' * {a})",
        f"int('conv{a}'.replace('conv', ''))",
        "'conv1'.startswith('conv') + 1",
    )


@number
def json_text(p: Draft, wanted: int) -> str:
    p.use("import json")
    name = p.fresh("cfg")
    p.put(f'{name} = json.loads(\'{{"size": {p.whole(1, 5)}, "sizes": [1, 2], "on": true}}\')')
    return p.one(
        f"{name}['size']",
        f"{name}['sizes'][-1]",
        f"len({name})",
        f"{name}['on'] + 1",
        f"json.loads(json.dumps({name}))['size']",
    )


@number
def argument_parsed(p: Draft, wanted: int) -> str:
    p.use("import argparse")
    name = p.fresh("opt")
    p.define(
        f"{name}_parser = argparse.ArgumentParser()",
        f"{name}_parser.add_argument('--size', type=int, default={p.whole(1, 6)})",
        f"{name}_parser.add_argument('--sizes', type=int, nargs='+', default=[1, 2, 4])",
        f"{name}_parser.add_argument('--flag', action='store_true')",
        f"{name} = {name}_parser.parse_args({p.one('', '[]', repr(['--size', '3']))})",
    )
    return p.one(f"{name}.size", f"len({name}.sizes)", f"{name}.sizes[-1]", f"{name}.flag + 1", f"vars({name})['size']")


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
def deleted_name(p: Draft, wanted: int) -> str:
    name = p.fresh("SIZE")
    p.put(f"{name} = {p.whole(1, 5)}", f"{name}_copy = {name}", f"del {name}")
    return p.one(f"{name}_copy", f"('{name}' in globals()) + 1" if not p.inside else f"{name}_copy")
