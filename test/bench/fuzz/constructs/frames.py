"""What stands around the lines of a step, and around a whole program."""

from draft import Draft, context, frame, indented


def lines_of(p: Draft, part: str) -> list:
    return [line for _, block in p.parts[part] for line in block]


@frame
def script(p: Draft) -> list:
    return [
        *lines_of(p, "prelude"),
        f"x = torch.zeros{p.given}" if len(p.given) > 1 else f"x = torch.zeros({p.given[0]})",
        *lines_of(p, "body"),
    ]


@frame
def function(p: Draft) -> list:
    sizes = ", ".join(map(str, p.given))
    return [
        *lines_of(p, "prelude"),
        "def run(x):",
        *indented(lines_of(p, "body")),
        "    return x",
        f"run(torch.randn({sizes}))",
    ]


@frame
def module(p: Draft) -> list:
    sizes = ", ".join(map(str, p.given))
    return [
        *lines_of(p, "prelude"),
        "class Net(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        *indented(lines_of(p, "init"), 2),
        "    def forward(self, x):",
        *indented(lines_of(p, "body"), 2),
        "        return x",
        f"y = Net()(torch.randn({sizes}))",
    ]


module.inside = True


@context
def no_grad(p: Draft, lines: list) -> list:
    return ["with torch.no_grad():", *indented(lines)]


@context
def condition(p: Draft, lines: list) -> list:
    return [p.one("if True:", "if x.dim() > 0:", "if len(x.shape) != 0:", "if x is not None:"), *indented(lines)]


@context
def once(p: Draft, lines: list) -> list:
    return [f"for {p.fresh('turn')} in range(1):", *indented(lines)]


@context
def tried_finally(p: Draft, lines: list) -> list:
    return p.one(
        ["try:", *indented(lines), "finally:", "    pass"],
        ["try:", *indented(lines), "except ValueError:", "    raise"],
        [
            "try:",
            *indented(lines),
            "except (TypeError, KeyError) as error:",
            "    print(error)",
            "else:",
            "    done = True",
        ],
    )


@context
def looped_break(p: Draft, lines: list) -> list:
    turn = p.fresh("turn")
    return p.one(
        ["while True:", *indented(lines), "    break"],
        [f"for {turn} in range(3):", f"    if {turn} == 1:", *indented(lines, 2)],
        [f"for {turn} in [0, 1]:", f"    if {turn}:", "        continue", *indented(lines)],
        [f"{turn} = 1", f"while {turn}:", *indented(lines), f"    {turn} -= 1"],
    )


@context
def otherwise(p: Draft, lines: list) -> list:
    return p.one(
        ["if x.shape[0] > 10 ** 6:", "    x = x[:, :, 0]", "else:", *indented(lines)],
        ["if False:", "    x = None", "elif x.dim() >= 1:", *indented(lines), "else:", "    x = x[0]"],
        ["if not torch.is_tensor(x):", "    raise TypeError", "elif isinstance(x, torch.Tensor):", *indented(lines)],
        ["if x is None or not x.numel():", "    x = torch.zeros(1)", "else:", *indented(lines)],
    )


@context
def scoped(p: Draft, lines: list) -> list:
    return [
        p.one(
            "with torch.autocast('cpu', enabled=False):",
            "with torch.enable_grad():",
            "with torch.set_grad_enabled(False):",
            "with torch.no_grad(), torch.enable_grad():",
        ),
        *indented(lines),
    ]


@context
def asserted(p: Draft, lines: list) -> list:
    return [
        "assert x.numel() >= 0, x.shape",
        *lines,
        p.one("print(x.shape)", "assert x is not None", "x = x.contiguous()"),
    ]


@frame
def main_guard(p: Draft) -> list:
    sizes = ", ".join(map(str, p.given))
    return [
        *lines_of(p, "prelude"),
        "if __name__ == '__main__':",
        f"    x = torch.ones({sizes})",
        *indented(lines_of(p, "body")),
    ]


@frame
def module_called_twice(p: Draft) -> list:
    """A module with a method that does the work, made by a function."""
    return [
        *lines_of(p, "prelude"),
        "class Net(nn.Module):",
        "    def __init__(self, *args, **kwargs):",
        "        super(Net, self).__init__()",
        *indented(lines_of(p, "init"), 2),
        "    def features(self, x):",
        *indented(lines_of(p, "body"), 2),
        "        return x",
        "    def forward(self, inputs, mask=None):",
        "        return self.features(inputs)",
        "def build(**kwargs):",
        "    net = Net(**kwargs)",
        "    net.eval()",
        "    return net",
        "net = build()",
        f"inputs = torch.rand({', '.join(map(str, p.given))})",
        "out = net(inputs)",
    ]


module_called_twice.inside = True


@frame
def sequential_frame(p: Draft) -> list:
    """The module as a layer of another."""
    return [
        *module(p)[:-1],
        "class Outer(nn.Module):",
        "    def __init__(self, inner: nn.Module):",
        "        super().__init__()",
        "        self.inner = inner",
        "    def forward(self, x):",
        "        return self.inner(x)",
        "outer = Outer(Net())",
        f"outer(torch.zeros(({', '.join(map(str, p.given))},)))",
    ]


sequential_frame.inside = True
