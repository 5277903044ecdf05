"""Networks as people write them, and what makes layers for them."""

from constructs.modules import Maps, whole_module
from draft import MAPS, Draft, step


@step(*MAPS)
def module_outputs(p: Draft) -> None:
    m = Maps(p)
    name = whole_module(
        p,
        [f"self.conv = {m.layer()}"],
        [
            "y = self.conv(x)",
            p.one(
                "return x, y",
                "return {'in': x, 'out': y}",
                "return [x, y]",
                "return y, (x, x)",
                "yield x\n        yield y",
            ),
        ],
    )
    out = p.fresh("out")
    lines = "".join(p.parts["prelude"][-1][1])
    p.put(f"{out} = {name}()(x)")
    if "yield" in lines:
        p.put(f"_, x = {out}")
    elif "'in'" in lines:
        p.put(p.one(f"x = {out}['out']", f"x = list({out}.values())[1]"))
    elif "(x, x)" in lines:
        p.put(p.one(f"x, (_, _) = {out}", f"x, _ = {out}"))
    else:
        p.put(p.one(f"_, x = {out}", f"x = {out}[1]", f"*_, x = {out}"))


@step(*MAPS)
def module_optional(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("Block")
    p.define(
        f"class {name}(nn.Module):",
        f"    kernel = {p.one(1, 2, 3)}",
        "    def __init__(self, cin, cout=None, norm=None, act=nn.ReLU):",
        "        super().__init__()",
        "        cout = cout or cin",
        f"        self.conv = nn.Conv{m.n}d(cin, cout, self.kernel, padding=1)",
        "        self.norm = norm(cout) if norm is not None else nn.Identity()",
        "        self.act = act() if act else None",
        "    def forward(self, x, skip=None, scale: float = 1.0):",
        "        y = self.norm(self.conv(x)) * scale",
        "        if skip is not None:",
        "            y = torch.cat([y[..., :skip.shape[-1]], skip], 1) if False else y",
        "        return self.act(y) if self.act is not None else y",
    )
    p.apply(
        p.made(
            p.one(
                f"{name}({m.cin})",
                f"{name}({m.cin}, {m.cout}, norm=nn.BatchNorm{m.n}d)",
                f"{name}({m.cin}, act=None)",
                f"{name}({m.cin}, {m.cout}, None, nn.GELU)",
            ),
            "block",
        ),
        p.one("", "skip=x", "None, 2.0"),
    )


@step(*MAPS)
def module_registry(p: Draft) -> None:
    m = Maps(p)
    table, cls = p.fresh("MODELS"), p.fresh("Small")
    p.define(
        f"{table} = {{}}",
        f"def {table}_register(cls):",
        f"    {table}[cls.__name__] = cls",
        "    return cls",
        f"@{table}_register",
        f"class {cls}(nn.Module):",
        "    def __init__(self, cin):",
        "        super().__init__()",
        f"        self.conv = nn.Conv{m.n}d(cin, {m.cout}, 2)",
        "    def forward(self, x):",
        "        return self.conv(x)",
    )
    p.apply(
        p.made(
            p.one(
                f"{table}['{cls}']({m.cin})",
                f"{table}.get('{cls}')({m.cin})",
                f"globals()['{cls}']({m.cin})",
                f"list({table}.values())[0]({m.cin})",
            ),
            "net",
        )
    )


@step(*MAPS)
def module_inherited(p: Draft) -> None:
    m = Maps(p)
    base, name = p.fresh("Base"), p.fresh("Net")
    p.define(
        f"class {base}(nn.Module):",
        "    def __init__(self, cin):",
        "        super().__init__()",
        "        self.conv = self.make(cin)",
        "    def make(self, cin):",
        f"        return nn.Conv{m.n}d(cin, 4, 2)",
        "    def forward(self, x):",
        "        return self.head(self.conv(x))",
        "    def head(self, x):",
        "        return x",
        f"class {name}({base}):",
        *p.one(
            ["    def make(self, cin):", f"        return nn.Conv{m.n}d(cin, 3, 1)"],
            ["    def head(self, x):", "        return x[:, :1]"],
            [
                "    def __init__(self, cin):",
                "        super().__init__(cin)",
                f"        self.conv = nn.Conv{m.n}d(cin, 5, 2, padding=1)",
            ],
            ["    def forward(self, x):", "        x = super().forward(x)", "        return x.mean(1, keepdim=True)"],
            ["    pass"],
        ),
    )
    p.apply(p.made(f"{name}({m.cin})", "net"))


@step(*MAPS)
def module_property(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("Net")
    p.define(
        f"class {name}(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        f"        self.layers = nn.ModuleList([{m.layer()}, {m.conv(m.cout, 2)}])",
        "    @property",
        "    def first(self):",
        "        return self.layers[0]",
        "    @staticmethod",
        "    def scaled(x):",
        "        return x * 2",
        "    def _run(self, x, *, last=False):",
        "        return self.layers[-1](x) if last else x",
        "    def forward(self, x):",
        f"        return {p.one('self.first(x)', 'self._run(self.first(x), last=True)', 'self.scaled(self.first(x))', 'self._run(self.scaled(self.first(x)))')}",
    )
    p.put(f"x = {name}()(x)")


@step(*MAPS)
def module_lazy(p: Draft) -> None:
    m = Maps(p)
    p.apply(
        p.made(
            f"nn.LazyConv{p.one('', 'Transpose')}{m.n}d({m.cout}, {p.one('1', '2', '3, padding=1', '2, stride=2')})",
            "lazy",
        )
    )


@step(*MAPS)
def module_checkpoint(p: Draft) -> None:
    m = Maps(p)
    p.use("from torch.utils.checkpoint import checkpoint")
    layer = p.made(m.layer(), "conv")
    p.put(f"x = checkpoint({layer}, x, use_reentrant=False)")


@step(*MAPS)
def module_functional_call(p: Draft) -> None:
    m = Maps(p)
    p.use("from torch.func import functional_call")
    layer = p.fresh("conv")
    p.put(f"{layer} = {m.layer()}", f"x = functional_call({layer}, dict({layer}.named_parameters()), (x,))")


@step(*MAPS)
def decoder(p: Draft) -> None:
    """Down and up again, with what was on the way kept."""
    m = Maps(p)
    mode = p.one("nn.ConvTranspose{0}d(cin, cin, 2, stride=2)", "nn.Upsample(scale_factor=2)").format(m.n)
    name = whole_module(
        p,
        [
            f"self.down = nn.Sequential(nn.MaxPool{m.n}d(2), nn.Conv{m.n}d(cin, cin, 3, padding=1))",
            f"self.up = {mode}",
            f"self.out = nn.Conv{m.n}d(2 * cin, cout, 1)",
        ],
        [
            "y = self.up(self.down(x))",
            p.one(
                "y = F.interpolate(y, size=x.shape[2:])",
                "y = F.pad(y, [each for a, b in zip(reversed(x.shape[2:]), reversed(y.shape[2:])) for each in (0, a - b)])",
                "d = [a - b for a, b in zip(x.shape[2:], y.shape[2:])]\n        y = F.pad(y, sum([[0, each] for each in reversed(d)], []))",
                f"x = x[{', '.join([':', ':'] + [f': y.shape[{axis + 2}]' for axis in range(m.n)])}]",
            ),
            "return self.out(torch.cat([x, y], dim=1))",
        ],
        "cin, cout",
    )
    p.apply(p.made(f"{name}({m.cin}, {m.cout})", "net"))


@step(*MAPS)
def split_attention(p: Draft) -> None:
    """Squeeze and excitation."""
    m = Maps(p)
    ones = ", ".join(["1"] * m.n)
    p.put(
        p.one(
            f"s = F.adaptive_avg_pool{m.n}d(x, 1)\nx = x * nn.Conv{m.n}d({m.cin}, {m.cin}, 1)(s).sigmoid()",
            f"b, c = x.shape[:2]\ns = nn.AdaptiveAvgPool{m.n}d(1)(x).view(b, c)\ns = nn.Linear(c, c)(s).view(b, c, {ones})\nx = x * s.expand_as(x)",
            f"s = x.mean(dim={tuple(range(2, m.n + 2))}, keepdim=True)\nx = x * torch.sigmoid(nn.Conv{m.n}d({m.cin}, 1, 1)(s))",
            f"s = torch.cat([x.mean(1, keepdim=True), x.max(1, keepdim=True)[0]], 1)\nx = x * nn.Conv{m.n}d(2, 1, 3, padding=1)(s)",
        )
    )


@step(*MAPS)
def tensor_decides(p: Draft) -> None:
    """The number of channels by what a tensor holds, and a comprehension that takes its parts."""
    m = Maps(p)
    p.put(
        p.one(
            "x = torch.cat([each.mean(1, keepdim=True) for each in x.split(1, dim=1)], dim=1)",
            f"x = torch.stack([x[:, i] for i in range({m.cin}) if i % 2 == 0], dim=1)",
            f"x = torch.cat([nn.Conv{m.n}d({m.cin}, i + 1, 1)(x) for i in range(2)], 1)",
            f"x = sum(nn.Conv{m.n}d({m.cin}, 2, k, padding=k // 2)(x) for k in (1, 3))",
            f"parts = {{k: nn.Conv{m.n}d({m.cin}, k, 1)(x) for k in (1, 2)}}\nx = torch.cat(list(parts.values()), 1)",
            "x = max([x, x[:, :1]], key=lambda t: t.shape[1])",
            f"x, *rest = [nn.Conv{m.n}d({m.cin}, k, 1)(x) for k in (2, 3)]",
        )
    )


@step(*MAPS)
def vmap_and_friends(p: Draft) -> None:
    """What wraps a call: autocast, compile-free decorators, scripts."""
    m = Maps(p)
    f = p.fresh("run")
    p.define(
        p.one("@torch.no_grad()", "@torch.enable_grad()", "@torch.jit.ignore"),
        f"def {f}(x, layer):",
        "    return layer(x)",
    )
    p.put(f"x = {f}(x, {m.layer()})")


@step(*MAPS)
def config_class(p: Draft) -> None:
    m = Maps(p)
    cfg = p.fresh("CFG")
    if p.chance(0.5):
        p.define(
            f"{cfg} = {{'conv': {{'in_channels': {m.cin}, 'out_channels': {m.cout}, 'kernel_size': {p.one('2', str((2,) * m.n))}}}, 'depth': 2}}"
        )
        p.put(
            p.one(
                f"x = nn.Conv{m.n}d(**{cfg}['conv'])(x)",
                f"x = nn.Conv{m.n}d(**{{**{cfg}['conv'], 'padding': 1}})(x)",
                f"x = nn.Conv{m.n}d(*{cfg}['conv'].values())(x)",
                f"x = nn.Conv{m.n}d(**dict({cfg}['conv'], stride=2))(x)",
            )
        )
    else:
        p.define(f"class {cfg}:", f"    cin = {m.cin}", f"    kernel = {p.one('2', str([2] * m.n))}")
        p.put(f"x = nn.Conv{m.n}d({cfg}.cin, {m.cout}, {cfg}.kernel)(x)")


@step(*MAPS)
def config_rows(p: Draft) -> None:
    """A network from a table, as MobileNets and VGGs are written."""
    m = Maps(p)
    rows = p.fresh("rows")
    c = m.cin
    p.put(
        p.one(
            f"{rows} = [4, 'M', 6]\nchannels = {c}\nlayers = []\nfor v in {rows}:\n    if v == 'M':\n        layers.append(nn.MaxPool{m.n}d(2, 1))\n    else:\n        layers += [nn.Conv{m.n}d(channels, v, 3, padding=1), nn.ReLU()]\n        channels = v\nx = nn.Sequential(*layers)(x)",
            f"{rows} = [[1, 4, 1], [2, 3, 1]]\nchannels = {c}\nfor t, out, s in {rows}:\n    for i in range(t):\n        x = nn.Conv{m.n}d(channels, out, 3, s if i == 0 else 1, 1)(x)\n        channels = out",
            f"{rows} = [{c}, 4, 5]\nfor a, b in zip({rows}[:-1], {rows}[1:]):\n    x = nn.Conv{m.n}d(a, b, 2, padding=1)(x)",
            f"{rows} = [{c}] + [2 ** i for i in range(1, 3)]\nfor i in range(len({rows}) - 1):\n    x = nn.Conv{m.n}d({rows}[i], {rows}[i + 1], 1)(x)",
            f"{rows} = [(4, 1), (2, 3)]\nchannels = {c}\nfor index, (width, k) in enumerate({rows}):\n    x = nn.Conv{m.n}d(channels, width, k, padding=k // 2)(x)\n    channels = width",
        )
    )


@step(*MAPS)
def class_by_name(p: Draft) -> None:
    m = Maps(p)
    cls = p.fresh("Conv")
    p.put(
        p.one(
            f"{cls} = getattr(nn, 'Conv{m.n}d')",
            f"{cls} = getattr(nn, f'Conv{{{m.n}}}d')",
            f"{cls} = {{1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}}[{m.n}]",
            f"{cls} = [nn.Conv1d, nn.Conv2d, nn.Conv3d][{m.n - 1}]",
            f"{cls} = nn.Conv{m.n}d if True else nn.Linear",
            f"{cls} = vars(nn)['Conv{m.n}d']",
            f"{cls} = eval('nn.Conv{m.n}d')",
            f"{cls} = nn.__dict__['Conv{m.n}d']",
            f"{cls} = getattr(torch.nn, 'Conv%dd' % {m.n})",
        )
    )
    p.put(f"x = {cls}({m.cin}, {m.cout}, {p.one('1', '2', '3, padding=1')})(x)")


@step(*MAPS)
def partial_layer(p: Draft) -> None:
    m = Maps(p)
    p.use("from functools import partial")
    name = p.fresh("Conv")
    p.put(
        p.one(
            f"{name} = partial(nn.Conv{m.n}d, kernel_size=2, padding=1)",
            f"{name} = partial(nn.Conv{m.n}d, {m.cin}, kernel_size=1)",
            f"{name} = lambda *args, **kwargs: nn.Conv{m.n}d(*args, kernel_size=3, **kwargs, padding=1)",
        )
    )
    p.put(
        f"x = {name}({'' if f'd, {m.cin}' in str(p.parts['body'][-1:] + p.parts['init'][-1:]) else f'{m.cin}, '}{m.cout})(x)"
    )


@step(*MAPS)
def factory(p: Draft) -> None:
    m = Maps(p)
    f = p.fresh("make")
    p.define(
        f"def {f}(cin, cout, kernel=3, {p.one('act=True', 'norm=None', '*, act=None')}, **kwargs):",
        f"    layers = [nn.Conv{m.n}d(cin, cout, kernel, padding=kernel // 2, **kwargs)]",
        f"    {p.one('layers.append(nn.ReLU())', f'layers += [nn.BatchNorm{m.n}d(cout), nn.ReLU()]', 'layers.extend([nn.GELU()])')}",
        "    return nn.Sequential(*layers)",
    )
    p.apply(
        p.made(
            p.one(
                f"{f}({m.cin}, {m.cout})",
                f"{f}({m.cin}, {m.cout}, kernel=1)",
                f"{f}({m.cin}, {m.cout}, 3, stride=2)",
                f"{f}(cin={m.cin}, cout={m.cout}, bias=False)",
            ),
            "block",
        )
    )


@step(*MAPS)
def wrapper(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("Wrap")
    p.define(
        f"class {name}(nn.Module):",
        "    def __init__(self, fn, *args):",
        "        super().__init__()",
        "        self.fn = fn",
        "        self.args = args",
        "    def forward(self, x, *args, **kwargs):",
        f"        {p.one('return self.fn(x, *args, **kwargs)', 'return self.fn(x, *args, **kwargs) * 2', 'return self.fn(self.fn(x)[:, :1].expand_as(x))' if False else 'y = self.fn(x)' + chr(10) + '        return torch.cat([y, y], dim=1)')}",
    )
    p.apply(
        p.made(f"{name}({p.one(m.layer(), f'nn.Sequential({m.layer()}, nn.ReLU())', f'{name}({m.layer()})')})", "block")
    )
