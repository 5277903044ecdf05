"""What stands around the lines of a step, and around a whole program."""

from draft import Draft, context, frame, indented


def lines_of(p: Draft, part: str) -> list:
    return [line for _, block in p.parts[part] for line in block]


@frame
def script(p: Draft) -> list:
    return [*lines_of(p, "prelude"), f"x = torch.zeros{p.given}" if len(p.given) > 1 else f"x = torch.zeros({p.given[0]})", *lines_of(p, "body")]


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
