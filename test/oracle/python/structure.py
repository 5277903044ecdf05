"""What CPython reads in a text, as one line a top-level statement, in the words of `structure.ts`.

Offsets are counted in UTF-16 units from the start of the text, as an editor counts. What the extension's tree leaves
out is left out here: what a function returns, type parameters, what is raised, messages of assertions, `await`.
"""

import ast
import json
import re
import struct
import warnings

warnings.simplefilter("ignore")

BINARY = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}  # fmt: skip
UNARY = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not"}
COMPARE = {
    ast.Lt: "<", ast.Gt: ">", ast.LtE: "<=", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=", ast.In: "in",
    ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip


def units(text):
    return len(text) + sum(character > "\uffff" for character in text)


class Structure:
    def __init__(self, text):
        self.text = text
        self.units = text.encode("utf-16-le")
        self.lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + units(line))

    def offset(self, line, column):
        content = self.lines[line - 1]
        if not content.isascii():
            column = units(content.encode()[:column].decode())
        # Python takes a mark of the byte order away before it counts.
        mark = 1 if line == 1 and self.text.startswith("\ufeff") else 0
        return self.starts[line - 1] + column + mark

    def ends(self, node):
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def place(self, node):
        start, end = self.ends(node)
        return f"@{start}-{end}"

    def source(self, node):
        start, end = self.ends(node)
        return self.units[2 * start : 2 * end].decode("utf-16-le")

    def module(self):
        return [self.statement(each) for each in ast.parse(self.text.removeprefix("\ufeff")).body]

    def list(self, nodes):
        return "".join(" " + self.expression(each) for each in nodes)

    def block(self, nodes):
        return "{" + "; ".join(self.statement(each) for each in nodes) + "}"

    def maybe(self, node):
        return "-" if node is None else self.expression(node)

    def number(self, value):
        if isinstance(value, complex):
            return "j"
        try:
            return struct.pack(">d", value).hex() + ("f" if isinstance(value, float) else "")
        except OverflowError:
            return struct.pack(">d", float("inf")).hex()

    def string(self, text):
        quoted = json.dumps(text, ensure_ascii=False)
        return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", quoted)

    def constant(self, node):
        value = node.value
        if isinstance(value, bytes):
            value = value.decode("latin-1")
        if isinstance(value, str):
            # A character by its name is not resolved by the extension.
            return '"?"' if "\\N{" in self.source(node) else self.string(value)
        if value is None or isinstance(value, bool):
            return str(value)
        return "..." if value is ... else self.number(value)

    def parts(self, values, named):
        found = []
        for value in values:
            if isinstance(value, ast.Constant):
                found.append('"?"' if named else self.string(value.value))
                continue
            spec = self.parts(value.format_spec.values, named) if value.format_spec else "-"
            conversion = chr(value.conversion) if value.conversion > 0 else "-"
            plain = spec == "-" and conversion == "-"
            inner = self.expression(value.value)
            found.append(inner if plain else f"(show {inner} {conversion} [{'' if spec == '-' else spec}])")
        return " ".join(found)

    def expression(self, node, placed=True):
        if isinstance(node, ast.Await):
            return self.expression(node.value)
        inner = getattr(self, type(node).__name__)(node)
        return inner + (self.place(node) if placed and not isinstance(node, ast.BoolOp) else "")

    Constant = constant

    def Name(self, node):
        return node.id

    def Attribute(self, node):
        return f"(. {self.expression(node.value)} {node.attr})"

    def Call(self, node):
        return f"(call {self.expression(node.func)}{self.arguments(node)})"

    def arguments(self, node):
        # As they are written; a generator that is the only argument has the brackets of the call for its own.
        given = getattr(node, "args", None) or getattr(node, "bases", [])
        alone = len(given) == 1 and not node.keywords
        found = []
        for each in given:
            if isinstance(each, ast.Starred):
                found.append((each, "*" + self.expression(each.value)))
            else:
                found.append((each, self.expression(each, not (alone and isinstance(each, ast.GeneratorExp)))))
        for each in node.keywords:
            found.append((each, ("**" if each.arg is None else each.arg + "=") + self.expression(each.value)))
        found.sort(key=lambda pair: (pair[0].lineno, pair[0].col_offset))
        return "".join(" " + text for _, text in found)

    def parameters(self, args):
        found = []
        plain = args.posonlyargs + args.args
        initials = [None] * (len(plain) - len(args.defaults)) + args.defaults
        for index, (each, initial) in enumerate(zip(plain, initials)):
            found.append(("/" if index < len(args.posonlyargs) else "", each, initial))
        if args.vararg:
            found.append(("*", args.vararg, None))
        for each, initial in zip(args.kwonlyargs, args.kw_defaults):
            found.append(("!", each, initial))
        if args.kwarg:
            found.append(("**", args.kwarg, None))
        return " ".join(
            kind
            + each.arg
            + ("" if each.annotation is None else ":" + self.expression(each.annotation))
            + ("" if initial is None else "=" + self.expression(initial))
            for kind, each, initial in found
        )

    def Lambda(self, node):
        return f"(lambda [{self.parameters(node.args)}] {self.expression(node.body)})"

    def clauses(self, node):
        return "".join(
            f" (for {self.expression(each.target)} {self.expression(each.iter)}{self.list(each.ifs)})"
            for each in node.generators
        )

    def ListComp(self, node):
        return f"(list {self.expression(node.elt)}{self.clauses(node)})"

    def SetComp(self, node):
        return f"(set {self.expression(node.elt)}{self.clauses(node)})"

    def GeneratorExp(self, node):
        return f"(generator {self.expression(node.elt)}{self.clauses(node)})"

    def DictComp(self, node):
        # `{**x for x in y}` has no key; Python has it without a value.
        key, value = (None, node.key) if node.value is None else (node.key, node.value)
        return f"(dict {self.maybe(key)} {self.expression(value)}{self.clauses(node)})"

    def JoinedStr(self, node):
        return f"(f {self.parts(node.values, '\\N{' in self.source(node))})"

    def TemplateStr(self, node):
        return f"(t {self.parts(node.values, '\\N{' in self.source(node))})"

    def Tuple(self, node):
        return f"(tuple{self.list(node.elts)})"

    def List(self, node):
        return f"(list{self.list(node.elts)})"

    def Set(self, node):
        return f"(set{self.list(node.elts)})"

    def Dict(self, node):
        pairs = (f" {self.maybe(key)}: {self.expression(value)}" for key, value in zip(node.keys, node.values))
        return f"(dict{''.join(pairs)})"

    def Subscript(self, node):
        return f"([] {self.expression(node.value)} {self.expression(node.slice)})"

    def Slice(self, node):
        return f"(: {self.maybe(node.lower)} {self.maybe(node.upper)} {self.maybe(node.step)})"

    def UnaryOp(self, node):
        return f"({UNARY[type(node.op)]} {self.expression(node.operand)})"

    def BinOp(self, node):
        return f"({BINARY[type(node.op)]} {self.expression(node.left)} {self.expression(node.right)})"

    def BoolOp(self, node):
        operator = "and" if isinstance(node.op, ast.And) else "or"
        left, *rest = [self.expression(each) for each in node.values]
        for right in rest:
            left = f"({operator} {left} {right})"
        return left

    def Compare(self, node):
        rest = (f" {COMPARE[type(op)]} {self.expression(right)}" for op, right in zip(node.ops, node.comparators))
        return f"(compare {self.expression(node.left)}{''.join(rest)})"

    def IfExp(self, node):
        return f"(if {self.expression(node.test)} {self.expression(node.body)} {self.expression(node.orelse)})"

    def Starred(self, node):
        return f"(* {self.expression(node.value)})"

    def NamedExpr(self, node):
        return f"(:= {self.expression(node.target)} {self.expression(node.value)})"

    def Yield(self, node):
        return f"(yield {self.maybe(node.value)})"

    def YieldFrom(self, node):
        return f"(from {self.expression(node.value)})"

    def statement(self, node):
        return f"{getattr(self, type(node).__name__)(node)}{self.place(node)}"

    def FunctionDef(self, node):
        kind = "async" if isinstance(node, ast.AsyncFunctionDef) else "def"
        return (
            f"{kind} {node.name}[{self.parameters(node.args)}]{self.list(node.decorator_list)} {self.block(node.body)}"
        )

    AsyncFunctionDef = FunctionDef

    def ClassDef(self, node):
        return f"class {node.name}[{self.arguments(node)}]{self.list(node.decorator_list)} {self.block(node.body)}"

    def Assign(self, node):
        return f"assign{self.list(node.targets)} = {self.expression(node.value)}"

    def AnnAssign(self, node):
        return f"assign {self.expression(node.target)}:{self.expression(node.annotation)} = {self.maybe(node.value)}"

    def AugAssign(self, node):
        return f"update {self.expression(node.target)} {BINARY[type(node.op)]} {self.expression(node.value)}"

    def Expr(self, node):
        return f"do {self.expression(node.value)}"

    def Return(self, node):
        return f"return {self.maybe(node.value)}"

    def If(self, node):
        branches = ""
        while True:
            branches += f" {self.expression(node.test)} {self.block(node.body)}"
            rest = node.orelse
            if len(rest) != 1 or not isinstance(rest[0], ast.If) or not self.source(rest[0]).startswith("elif"):
                return f"if{branches} else {self.block(rest)}"
            node = rest[0]

    def For(self, node):
        return (
            f"for {self.expression(node.target)} {self.expression(node.iter)} {self.block(node.body)}"
            f" else {self.block(node.orelse)}"
        )

    AsyncFor = For

    def While(self, node):
        return f"while {self.expression(node.test)} {self.block(node.body)} else {self.block(node.orelse)}"

    def With(self, node):
        items = (f" {self.expression(each.context_expr)} as {self.maybe(each.optional_vars)}" for each in node.items)
        return f"with{''.join(items)} {self.block(node.body)}"

    AsyncWith = With

    def Try(self, node):
        handlers = (f" except {self.maybe(each.type)} {each.name or '-'} {self.block(each.body)}" for each in node.handlers)
        return (
            f"try {self.block(node.body)}{''.join(handlers)} else {self.block(node.orelse)}"
            f" finally {self.block(node.finalbody)}"
        )

    TryStar = Try

    def Import(self, node):
        return "import" + "".join(f" {each.name} as {each.asname or '-'}" for each in node.names)

    def ImportFrom(self, node):
        names = "".join(f" {each.name} as {each.asname or '-'}" for each in node.names)
        return f"from {'.' * node.level}{node.module or ''} import{names}"

    def Delete(self, node):
        return f"del{self.list(node.targets)}"

    def Global(self, node):
        return "global " + " ".join(node.names)

    def Nonlocal(self, node):
        return "nonlocal " + " ".join(node.names)

    def Assert(self, node):
        return f"assert {self.expression(node.test)}"

    def TypeAlias(self, node):
        return f"type {node.name.id} = {self.expression(node.value)}"

    def Raise(self, _node):
        return "raise"

    def Pass(self, _node):
        return "pass"

    def Break(self, _node):
        return "break"

    def Continue(self, _node):
        return "continue"

    def Match(self, node):
        cases = (
            f" case {self.pattern(each.pattern)} if {self.maybe(each.guard)} {self.block(each.body)}"
            for each in node.cases
        )
        return f"match {self.expression(node.subject)}{''.join(cases)}"

    def pattern(self, node):
        kind = type(node).__name__
        if kind == "MatchValue":
            return f"(value {self.expression(node.value)})"
        if kind == "MatchSingleton":
            return f"(value {node.value}{self.place(node)})"
        if kind == "MatchStar":
            return f"*{node.name or '_'}"
        if kind == "MatchSequence":
            return f"[{' '.join(self.pattern(each) for each in node.patterns)}]"
        if kind == "MatchMapping":
            pairs = [f"{self.expression(key)}: {self.pattern(each)}" for key, each in zip(node.keys, node.patterns)]
            return "{" + " ".join(pairs + ([f"**{node.rest}"] if node.rest else [])) + "}"
        if kind == "MatchClass":
            named = [f"{name}={self.pattern(each)}" for name, each in zip(node.kwd_attrs, node.kwd_patterns)]
            parts = [self.pattern(each) for each in node.patterns] + named
            return f"(is {' '.join([self.expression(node.cls)] + parts)})"
        if kind == "MatchOr":
            return f"(| {' '.join(self.pattern(each) for each in node.patterns)})"
        if node.pattern is None:
            return node.name or "_"
        return f"(as {self.pattern(node.pattern)} {node.name})"
