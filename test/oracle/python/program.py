"""The text of one program, and the many ways in which people write the same number or the same call."""

import random


class Program:
    """Collects the lines of one source file. `scope` says where a number may be taken from at the moment."""

    def __init__(self, rng: random.Random, sabotage: bool) -> None:
        self.rng = rng
        self.imports: list[str] = []
        self.prelude: list[str] = []
        self.body: list[str] = []
        self.driver: list[str] = []
        self.taken: dict[str, object] = {}
        self.known: dict[object, list[str]] = {}
        self.config: dict[str, object] = {}
        self.config_style = rng.choice(["none", "none", "dict", "dataclass", "class", "argparse", "namespace"])
        self.plain = rng.random() < 0.35
        self.calls = 0
        self.sabotage_at = rng.randrange(1, 5) if sabotage else 0
        self.alias()

    def due(self, *channels) -> bool:
        """Whether this call is the one to spoil; calls whose channels are expressions are passed over."""
        if not self.sabotage_at or self.calls < self.sabotage_at or any(isinstance(each, Code) for each in channels):
            return False
        self.sabotage_at = 0
        return True

    def alias(self) -> None:
        style = self.rng.choice(["nn", "nn", "nn", "torch", "from", "names"])
        self.style = style
        self.use("import torch")
        if style in ("nn", "names"):
            self.use(self.rng.choice(["import torch.nn as nn", "from torch import nn"]))
        self.nn = {"nn": "nn", "torch": "torch.nn", "from": "nn", "names": "nn"}[style]
        if style == "from":
            self.use("from torch import nn")
        self.F = self.rng.choice(["F", "F", "F", "torch.nn.functional", "functional"])
        self.functional_used = False

    def functional(self) -> str:
        if self.F == "F":
            self.use("import torch.nn.functional as F")
        elif self.F == "functional":
            self.use("from torch.nn import functional")
        return self.F

    def layer(self, name: str) -> str:
        """A layer class as this program names it."""
        if self.style == "names" and name.startswith(("Conv", "LazyConv")):
            short = name.replace("Transpose", "T") if "Transpose" in name else name
            local = self.taken.setdefault("alias " + name, self.rng.choice([name, short, name]))
            self.use(f"from torch.nn import {name}" + ("" if local == name else f" as {local}"))
            return str(local)
        return f"{self.nn}.{name}"

    def use(self, line: str) -> None:
        if line not in self.imports:
            self.imports.append(line)

    def pick(self, *choices):
        return self.rng.choice(choices)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def fresh(self, *names: str) -> str:
        """A name of the module's own that no one has taken."""
        name = self.rng.choice(names)
        while name in self.taken:
            name += self.rng.choice(["_", "2", "_b"])
        self.taken[name] = True
        return name

    def number(self, value: int) -> str:
        """An expression for a whole number: a literal, or something that a reader has to follow."""
        if self.plain or self.chance(0.55):
            return str(value)
        known = self.known.get(value)
        if known and self.chance(0.7):
            return self.rng.choice(known)
        way = self.rng.randrange(10)
        if way < 3:
            return self.constant(value)
        if way < 6:
            return self.configured(value)
        return self.arithmetic(value)

    def constant(self, value: int) -> str:
        name = self.fresh(
            "CHANNELS", "WIDTH", "N_FEATURES", "DIM", "BASE", "HIDDEN", "ngf", "ndf", "nf", "KERNEL", "SIZE"
        )
        text = self.arithmetic(value) if self.chance(0.2) else str(value)
        note = ": int" if self.chance(0.15) else ""
        self.prelude.append(f"{name}{note} = {text}")
        self.known.setdefault(value, []).append(name)
        return name

    def configured(self, value: int) -> str:
        if self.config_style == "none":
            return self.constant(value)
        key = self.fresh("channels", "width", "features", "dim", "hidden", "base", "latent", "size", "units", "depth")
        self.config[key] = value
        text = {
            "dict": f'{self.pick("cfg", "cfg")}["{key}"]',
            "dataclass": f"cfg.{key}",
            "class": f"Config.{key}",
            "argparse": f"opt.{key}",
            "namespace": f"args.{key}",
        }[self.config_style]
        self.known.setdefault(value, []).append(text)
        return text

    def arithmetic(self, value: int) -> str:
        ways = [
            f"{value - 1} + 1",
            f"{2 * value} // 2",
            f"{value + 2} - 2",
            f"int({value}.0)",
            f"max({value}, {min(value, 1)})",
            f"min({value}, {value + 3})",
            f"{3 * value + 1} // 3",
            f"{value + 7 * 5} % 7" if value < 7 and value > 0 else f"{value} * 1",
            f"({value} if True else {value + 1})",
            f"({value + 1} if 2 > 3 else {value})",
            f"round({value})",
            f"abs(-{value})",
        ]
        if value % 2 == 0 and value > 0:
            ways += [f"{value // 2} * 2", f"2 * {value // 2}"]
        if value > 1 and value & (value - 1) == 0:
            ways += [f"2 ** {value.bit_length() - 1}", f"1 << {value.bit_length() - 1}"]
        if 1 <= value <= 4:
            ways.append("len((" + ", ".join("0" for _ in range(value)) + ",))")
        return self.rng.choice(ways)

    def config_lines(self) -> list[str]:
        if not self.config:
            return []
        pairs = list(self.config.items())
        match self.config_style:
            case "dict":
                body = self.pick(
                    ["cfg = {"] + [f'    "{key}": {value},' for key, value in pairs] + ["}"],
                    ["cfg = dict(" + ", ".join(f"{key}={value}" for key, value in pairs) + ")"],
                )
                return body
            case "dataclass":
                self.use("from dataclasses import dataclass")
                return (
                    ["@dataclass", "class ModelConfig:"]
                    + [f"    {key}: int = {value}" for key, value in pairs]
                    + ["", "", "cfg = ModelConfig()"]
                )
            case "class":
                return ["class Config:"] + [f"    {key} = {value}" for key, value in pairs] + [""]
            case "argparse":
                self.use("import argparse")
                return (
                    ["parser = argparse.ArgumentParser()"]
                    + [
                        f'parser.add_argument("--{key}", type=int, default={value}, help="{key} of the model")'
                        for key, value in pairs
                    ]
                    + ["opt = parser.parse_args()"]
                )
            case _:
                self.use("from types import SimpleNamespace")
                return ["args = SimpleNamespace(" + ", ".join(f"{key}={value}" for key, value in pairs) + ")"]

    def per_axis(self, value, rank: int) -> str:
        """One number or one per axis, written as a number, tuple or list."""
        if isinstance(value, str):
            return repr(value)
        if isinstance(value, (tuple, list)):
            inner = ", ".join(self.number(each) for each in value)
            return f"({inner})" if self.chance(0.7) else f"[{inner}]"
        if self.chance(0.12):
            inner = ", ".join([str(value)] * rank)
            return f"({inner},)" if rank == 1 else self.pick(f"({inner})", f"[{inner}]", f"({value},) * {rank}")
        return self.number(value)

    def text(self) -> str:
        config = self.config_lines()
        return "\n".join(self.imports + [""] + config + self.prelude + ["", ""] + self.body).rstrip() + "\n"


CONV_ORDER = [
    "in_channels",
    "out_channels",
    "kernel_size",
    "stride",
    "padding",
    "dilation",
    "groups",
    "bias",
    "padding_mode",
]
TRANSPOSED_ORDER = [
    "in_channels",
    "out_channels",
    "kernel_size",
    "stride",
    "padding",
    "output_padding",
    "groups",
    "bias",
    "dilation",
    "padding_mode",
]
SCALAR = {"in_channels", "out_channels", "groups", "filters", "depth_multiplier"}
DEFAULTS = {
    "stride": 1,
    "padding": 0,
    "dilation": 1,
    "groups": 1,
    "bias": True,
    "output_padding": 0,
    "padding_mode": "zeros",
}


def sabotaged(program: Program, arguments: dict, transposed: bool) -> dict:
    """The same call with one thing wrong with it, or at least doubtful: the truth is what the framework then does."""
    wrong = dict(arguments)
    way = program.rng.randrange(15)
    kernel = wrong.get("kernel_size", 3)
    if way in (0, 1, 2):
        wrong["in_channels"] = wrong["in_channels"] + program.pick(1, 2, -1 if wrong["in_channels"] > 1 else 3)
    elif way == 3:
        wrong["groups"] = program.pick(3, 5, 7, 0, -1)
    elif way == 4:
        wrong["stride"] = program.pick(0, -1, 0)
    elif way == 5:
        wrong["kernel_size"] = program.pick(0, 97, 301)
    elif way == 6:
        wrong["padding"] = program.pick(-1, -2, "same", "full", "valid")
        if wrong["padding"] == "same" and not transposed:
            wrong["stride"] = program.pick(2, 1)
    elif way == 7:
        wrong["padding_mode"] = program.pick("reflect", "constant", "zero", "circular", "replicate")
    elif way == 8 and transposed:
        wrong["output_padding"] = program.pick(1, 2, 3, 4)
    elif way == 9:
        wrong["dilation"] = program.pick(0, -1, 60)
    elif way == 10:
        del wrong["kernel_size"]
    elif way == 11:
        wrong[
            program.pick("strides", "kernal_size", "filters", "output_padding" if not transposed else "out_padding")
        ] = 1
    elif way == 12:
        wrong["out_channels"] = program.pick(0, -4, wrong["out_channels"] + 3)
    elif way == 13 and transposed:
        wrong["padding"] = 60
    elif isinstance(kernel, int):
        wrong["kernel_size"] = (kernel, kernel, kernel, kernel)
    return wrong


def arguments_text(
    program: Program, arguments: dict, order: list[str], rank: int, positional: int | None = None
) -> str:
    """Positional up to some point, then by keyword in any order; sometimes through `**kwargs`."""
    present = [name for name in order if name in arguments]
    known = [name for name in arguments if name not in order]
    limit = 0
    while limit < len(order) and order[limit] in arguments:
        limit += 1
    if positional is None:
        positional = program.pick(limit, limit, min(limit, 3), min(limit, 4), min(limit, 2), 0)
    positional = min(positional, limit)
    rest = present[positional:] + known
    if program.chance(0.4):
        program.rng.shuffle(rest)
    values = {
        name: value
        if isinstance(value, (bool, Code))
        else program.number(value)
        if name in SCALAR
        else program.per_axis(value, rank)
        for name, value in arguments.items()
    }
    first = [str(values[name]) for name in order[:positional]]
    if len(rest) > 1 and program.chance(0.06):
        name = program.fresh("kwargs", "conv_args", "options")
        program.prelude.append(
            f"{name} = "
            + program.pick(
                "dict(" + ", ".join(f"{each}={values[each]}" for each in rest) + ")",
                "{" + ", ".join(f'"{each}": {values[each]}' for each in rest) + "}",
            )
        )
        return ", ".join(first + [f"**{name}"])
    return ", ".join(first + [f"{each}={values[each]}" for each in rest])


class Code(str):
    """An argument that is already Python text."""


def conv_call(
    program: Program, cin, cout, kernel=3, *, rank: int = 2, transposed: bool = False, callee: str | None = None, **more
) -> str:
    """One constructor call. Channels may be numbers or `Code`."""
    program.calls += 1
    arguments = {"in_channels": cin, "out_channels": cout, "kernel_size": kernel, **more}
    order = TRANSPOSED_ORDER if transposed else CONV_ORDER
    if program.due(cin, cout):
        arguments = sabotaged(program, arguments, transposed)
    arguments = {
        name: value
        for name, value in arguments.items()
        if name not in DEFAULTS or value != DEFAULTS[name] or program.chance(0.15)
    }
    if program.chance(0.15) and "bias" not in arguments:
        arguments["bias"] = False
    name = callee or program.layer(f"Conv{'Transpose' if transposed else ''}{rank}d")
    text = f"{name}({arguments_text(program, arguments, order, rank)})"
    if len(text) > 90 and program.chance(0.7):
        head, tail = text.split("(", 1)
        text = f"{head}(\n            {tail[:-1]}\n        )"
    return text
