"""Modules and tensors that do more, or less, than it looks: calls of their own, what hides a name, what is handled."""

from draft import MAPS, Draft, step


@step(*MAPS)
def module_called_otherwise(p: Draft) -> None:
    """A module whose call does more than its `forward`."""
    name, n, c = p.fresh("Net"), p.rank - 2, p.shape[1]
    p.define(
        f"class {name}(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        f"        self.conv = nn.Conv{n}d({c}, {p.whole(1, 5)}, 1)",
        "    def forward(self, x):",
        "        return self.conv(x)",
        "    def __call__(self, x, scale=2):",
        f"        return {p.one('torch.cat([super().__call__(x)] * scale, 1)', 'F.pad(super().__call__(x), (scale, 0))')}",
    )
    p.apply(p.made(f"{name}()", "net"), p.one("", "scale=1"))


@step(*MAPS)
def module_delegating(p: Draft) -> None:
    """A module around another, whose attributes it has, as parallel ones are."""
    name, n, c = p.fresh("Parallel"), p.rank - 2, p.shape[1]
    p.define(
        f"class {name}(nn.Module):",
        "    def __init__(self, module):",
        "        super().__init__()",
        "        self.module = module",
        "    def __getattr__(self, name):",
        "        try:",
        "            return super().__getattr__(name)",
        "        except AttributeError:",
        "            return getattr(self.module, name)",
        "    def forward(self, *args):",
        "        return self.module(*args)",
    )
    made = p.made(f"{name}(nn.Conv{n}d({c}, {p.whole(1, 5)}, 1))", "net")
    if "(" in made:
        p.apply(made)
    else:
        p.put(f"x = nn.Conv{n}d({made}.out_channels, {p.whole(1, 3)}, 1)({made}(x))")


@step(*MAPS)
def class_hides_module(p: Draft) -> None:
    name, n, c = p.fresh("Net"), p.rank - 2, p.shape[1]
    p.define(
        f"class {name}(nn.Module):",
        *p.one(["    norm = None"], ["    norm: nn.Module"], ["    other = None"]),
        "    def __init__(self):",
        "        super().__init__()",
        f"        self.norm = nn.Conv{n}d({c}, {p.whole(1, 5)}, 1)",
        "    def forward(self, x):",
        "        return x if self.norm is None else self.norm(x)",
    )
    p.apply(p.made(f"{name}()", "net"))


@step(*MAPS)
def function_patched(p: Draft) -> None:
    held = p.fresh("kept")
    p.put(
        f"{held} = F.relu",
        f"F.relu = lambda t: {p.one('t[:, :1]', 't[..., 1:]', 'torch.cat([t, t], 1)')}",
        "x = F.relu(x)",
        f"F.relu = {held}",
        "x = F.relu(x)",
    )


@step(*MAPS)
def refusal_handled(p: Draft) -> None:
    n, c = p.rank - 2, p.shape[1]
    p.put(
        "try:",
        f"    x = nn.Conv{n}d({p.one(c, c + 1)}, {p.whole(1, 4)}, {p.one(1, 1, 99)})(x)",
        f"except {p.one('RuntimeError', 'Exception', '(TypeError, RuntimeError) as error')}:",
        f"    x = nn.Conv{n}d({c}, 5, 1)(x)",
        *p.one([], ["else:", "    x = torch.cat([x, x], 1)"], ["finally:", "    x = x * 2"]),
    )


@step(*MAPS)
def results_given(p: Draft) -> None:
    """A tensor into which a function writes its result."""
    name = p.fresh("out")
    p.put(
        f"{name} = torch.empty(0)",
        p.one(
            f"torch.cat([x.detach(), x.detach()], 1, out={name})",
            f"torch.mul(x.detach(), 2, out={name})",
            f"{name}.set_(x.clone())",
        ),
        f"x = {name}",
    )


@step(*MAPS)
def container_chained(p: Draft) -> None:
    n, c = p.rank - 2, p.shape[1]
    name = p.fresh("body")
    p.put(
        f"{name} = nn.Sequential(nn.Conv{n}d({c}, 4, 1))",
        f"{name}.append(nn.Conv{n}d(4, {p.whole(1, 4)}, 1)).append(nn.ReLU())",
    )
    p.put(p.one(f"x = {name}(x)", f"x = {name}[:len({name}) - 1](x)", f"x = nn.Sequential(*{name})(x)"))


@step(*MAPS)
def written_shape(p: Draft) -> None:
    """A line behind which its shape is written, as it is: it may be told of nowhere."""
    n, c = p.rank - 2, p.shape[1]
    p.put(f"x = nn.Conv{n}d({c}, {p.whole(1, 4)}, {p.one(1, 2)})(x)")
    at, lines = p.parts[p.sink][-1]
    places = ", ".join(["B", *map(str, p.shape[1:])])
    shape = p.one(str(p.shape), str(list(p.shape)), f"shape: {p.shape}", f"({places})")
    p.parts[p.sink][-1] = (at, [*lines[:-1], f"{lines[-1]}  # {shape}"])
