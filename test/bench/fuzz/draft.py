"""What a program is drawn with: a draft is run while it is written, so that each construct knows the shape it is given.

A construct is a function of a draft, registered by its name with one of the decorators below. It writes lines
(`put`, `define`, `made`), which are run at once; what PyTorch refuses there is taken back and drawn again, unless the
program shall end in an error. Constructs are of five kinds:

    @step      changes the tensor `x`; `ranks` are the numbers of axes that it takes
    @number    gives an expression for a whole number; the draft adds what is missing to the number that was wanted
    @context   gives the lines of a step back in a statement around them
    @frame     gives the text of the whole program
    @illegal   a step that PyTorch refuses, or may refuse
"""

import contextlib
import random

ANY = (1, 2, 3, 4, 5)
MAPS = (3, 4, 5)

STEPS: dict = {}
NUMBERS: dict = {}
CONTEXTS: dict = {}
FRAMES: dict = {}
ILLEGAL: dict = {}

# Elements of a tensor, at most: a program runs for milliseconds.
MOST = 60_000


class Refused(Exception):
    """What was drawn does not run, or is too large to go on with."""


def step(*ranks: int):
    def register(make):
        make.ranks = ranks or ANY
        STEPS[make.__name__] = make
        return make

    return register


def illegal(*ranks: int):
    def register(make):
        make.ranks = ranks or ANY
        ILLEGAL[make.__name__] = make
        return make

    return register


def number(make):
    NUMBERS[make.__name__] = make
    return make


def context(make):
    CONTEXTS[make.__name__] = make
    return make


def frame(make):
    FRAMES[make.__name__] = make
    return make


class Draft:
    """One program while it is drawn. Lines are kept with the step to which they belong."""

    def __init__(self, rng: random.Random, shape: tuple, inside: bool) -> None:
        import torch

        self.rng = rng
        self.given = tuple(shape)
        # Whether layers are made in `__init__` and named by `self.`.
        self.inside = inside
        self.imports = ["import torch", "import torch.nn as nn", "import torch.nn.functional as F"]
        self.parts: dict = {"prelude": [], "init": [], "body": []}
        self.sink = "body"
        self.at = 0
        self.names = 0
        self.used: list = []
        self.depth = 0
        self.scope: dict = {"__name__": "draft"}
        for line in self.imports:
            exec(line, self.scope)
        self.scope["x"] = torch.zeros(self.given)
        self.scope["self"] = torch.nn.Module()

    # Drawing.

    def one(self, *choices):
        return self.rng.choice(choices)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def whole(self, low: int, high: int) -> int:
        return self.rng.randint(low, max(low, high))

    def fresh(self, stem: str) -> str:
        self.names += 1
        return f"{stem}{self.names}"

    @property
    def shape(self) -> tuple:
        return tuple(self.scope["x"].shape)

    @property
    def rank(self) -> int:
        return len(self.shape)

    def axis(self, low: int = 0) -> int:
        """An axis, counted from either end."""
        axis = self.whole(low, self.rank - 1)
        return axis - self.rank if self.chance(0.4) else axis

    # Writing.

    def use(self, line: str) -> None:
        if line not in self.imports:
            self.imports.append(line)
            exec(line, self.scope)

    def write(self, part: str, lines) -> None:
        self.parts[part].append((self.at, [line for text in lines for line in text.split("\n")]))
        text = "\n".join(lines)
        try:
            exec(compile(text, "<draft>", "exec"), self.scope)
        except SyntaxError:
            raise AssertionError(text) from None
        except Exception as error:
            raise Refused(str(error)) from error

    def put(self, *lines: str) -> None:
        """Lines where the program is at."""
        self.write(self.sink, lines)

    def define(self, *lines: str) -> None:
        """Lines of the module, before what the program runs."""
        self.write("prelude", lines)

    def value(self, expression: str):
        try:
            return eval(expression, self.scope)
        except Exception as error:
            raise Refused(str(error)) from error

    @contextlib.contextmanager
    def making(self):
        """Where layers are made: what is drawn within stands in `__init__`, if there is one."""
        before = self.sink
        self.sink = "init" if self.inside and before == "body" else before
        try:
            yield
        finally:
            self.sink = before

    def made(self, expression: str, stem: str = "layer") -> str:
        """What names a layer that is made before it is used, or makes it in place."""
        if not self.inside and self.chance(0.35):
            return expression
        name = ("self." if self.inside else "") + self.fresh(stem)
        with self.making():
            self.put(f"{name} = {expression}")
        return name

    def apply(self, callee: str, more: str = "") -> None:
        arguments = f"x, {more}" if more else "x"
        self.put(self.one(f"x = {callee}({arguments})", f"x = {callee}({arguments})", f"x = ({callee})({arguments})"))

    def number(self, wanted: int, share: float = 0.3) -> str:
        """An expression that is `wanted`: itself, or what a construct of kind `number` makes of it."""
        if self.depth > 0 or not self.chance(share):
            return str(wanted)
        return self.made_number(wanted, self.rng.choice(list(NUMBERS)))

    def made_number(self, wanted: int, name: str) -> str:
        self.depth += 1
        try:
            expression = NUMBERS[name](self, wanted)
        finally:
            self.depth -= 1
        self.used.append((self.at, name))
        found = self.value(expression)
        if type(found) is not int:
            raise AssertionError(f"{name} gives {found!r}")
        if found == wanted:
            return expression
        if found > wanted >= 0 and found > 9 and self.chance(0.5):
            least = found % 7
            return (
                f"({expression}) % 7 + {wanted - least}"
                if wanted >= least
                else f"({expression}) % 7 - {least - wanted}"
            )
        return f"({expression}) + {wanted - found}" if wanted > found else f"({expression}) - {found - wanted}"

    # Steps.

    def take(self, name: str, make, around: str | None) -> bool:
        """One step; when it is refused, nothing of it is left but the lines of a program that shall end there."""
        saved = {part: len(blocks) for part, blocks in self.parts.items()}
        scope, used, imports = dict(self.scope), len(self.used), len(self.imports)
        before = self.scope["x"]
        self.scope["x"] = before.detach().clone()
        self.at += 1
        try:
            make(self)
            x = self.scope["x"]
            if x.numel() > MOST or x.dim() == 0 or x.dim() > 6 or (x.numel() == 0 and not self.chance(0.1)):
                raise Refused("size")
        # A construct that is given a size of 0 finds nothing to draw from.
        except (Refused, IndexError, ValueError, ZeroDivisionError) as error:
            if isinstance(error, Refused) and str(error) != "size" and getattr(self, "ending", False):
                self.used.append((self.at, name))
                return False
            for part, length in saved.items():
                del self.parts[part][length:]
            del self.used[used:], self.imports[imports:]
            self.scope = scope
            self.scope["x"] = before
            self.sink = "body"
            self.at -= 1
            return False
        self.used.append((self.at, name))
        if around:
            self.wrap(around, saved["body"])
        return True

    def wrap(self, around: str, start: int) -> None:
        lines = [line for _, block in self.parts["body"][start:] for line in block]
        del self.parts["body"][start:]
        self.parts["body"].append((self.at, CONTEXTS[around](self, lines)))
        self.used.append((self.at, around))


def indented(lines, by: int = 1) -> list:
    return [f"{'    ' * by}{line}" if line else "" for line in lines]
