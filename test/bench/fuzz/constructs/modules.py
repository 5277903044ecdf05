"""Modules in every way in which people put them together."""

from draft import MAPS, Draft, step


class Maps:
    """What a module is made for: the number of spatial axes, the channels in and out, and a layer between them."""

    def __init__(self, p: Draft) -> None:
        self.p = p
        self.n = p.rank - 2
        self.cin = p.shape[1]
        self.cout = p.whole(1, 6)

    def conv(self, cin, cout, more: str = "") -> str:
        kernel = self.p.one("1", "3, padding=1", "3, 1, 1", "2", "3, stride=2, padding=1")
        return f"nn.Conv{self.n}d({cin}, {cout}, {more or kernel})"

    def layer(self) -> str:
        return self.conv(self.cin, self.cout)


def whole_module(p: Draft, init: list, forward: list, arguments: str = "", head: str = "self") -> str:
    """Defines a module and gives its name."""
    name = p.fresh("Block")
    p.define(
        f"class {name}(nn.Module):",
        f"    def __init__({head}):" if head != "self" or not arguments else f"    def __init__(self, {arguments}):",
        f"        {p.one('super().__init__()', f'super({name}, self).__init__()', 'nn.Module.__init__(self)')}",
        *[f"        {line}" for line in init],
        "",
        "    def forward(self, x):",
        *[f"        {line}" for line in forward],
    )
    return name


@step(*MAPS)
def sequential(p: Draft) -> None:
    m = Maps(p)
    mid = p.whole(1, 5)
    p.apply(p.made(f"nn.Sequential({m.conv(m.cin, mid)}, nn.ReLU(), {m.conv(mid, m.cout)})", "body"))


@step(*MAPS)
def sequential_named(p: Draft) -> None:
    m = Maps(p)
    p.use("from collections import OrderedDict")
    mid = p.whole(1, 5)
    layers = f"[('first', {m.conv(m.cin, mid)}), ('act', nn.ReLU()), ('last', {m.conv(mid, m.cout)})]"
    name = p.made(f"nn.Sequential(OrderedDict({layers}))", "body")
    if "(" in name or p.chance(0.5):
        p.apply(name)
    else:
        p.put(
            p.one(
                f"x = {name}.last({name}.act({name}.first(x)))",
                f"x = {name}.first(x)",
                f"x = {name}[0](x)",
                f"x = {name}[-1]({name}[:2](x))",
            )
        )


@step(*MAPS)
def sequential_changed(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("body")
    p.put(f"{name} = nn.Sequential({m.conv(m.cin, 4, '1')}, nn.ReLU())")
    p.put(
        p.one(
            f"{name}.append({m.conv(4, m.cout)})",
            f"{name}.add_module('last', {m.conv(4, m.cout)})",
            f"{name}[1] = {m.conv(4, m.cout)}",
            f"{name}.insert(0, {m.conv(m.cin, m.cin)})",
            f"{name}.extend([{m.conv(4, m.cout)}, nn.ReLU()])",
            f"del {name}[1]",
            f"{name}[0] = {m.layer()}",
            f"{name} = {name} + nn.Sequential({m.conv(4, 2)})",
            f"{name} = {name}[:1]",
            f"{name}.pop(1)",
            f"setattr({name}, '1', {m.conv(4, m.cout)})",
            f"{name} = nn.Sequential(*list({name}.children())[:-1])",
            f"{name} = nn.Sequential(*{name}, {m.conv(4, 3)})",
            f"{name} = nn.Sequential(*[each for each in {name} if not isinstance(each, nn.ReLU)])",
        )
    )
    p.put(f"x = {name}(x)")


@step(*MAPS)
def sequential_unpacked(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("layers")
    count = p.whole(1, 3)
    p.put(
        f"{name} = []",
        f"for i in range({count}):",
        f"    {name}.append(nn.Conv{m.n}d({m.cin} + i, {m.cin} + i + 1, {p.one(1, 2, 3)}, padding=1))",
        f"    {name} += [nn.ReLU()]",
    )
    p.put(
        p.one(
            f"x = nn.Sequential(*{name})(x)",
            f"for layer in {name}:\n    x = layer(x)",
            f"x = nn.Sequential(*{name}[:2])(x)",
            f"while {name}:\n    x = {name}.pop(0)(x)",
        )
    )


@step(*MAPS)
def sequential_subclass(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("Stack")
    kind = p.one(0, 1)
    if kind:
        p.define(
            f"class {name}(nn.Sequential):",
            "    def __init__(self, cin, cout):",
            f"        super().__init__(nn.Conv{m.n}d(cin, cout, 3, padding=1), nn.ReLU())",
        )
    else:
        p.define(
            f"class {name}(nn.Sequential):",
            "    def __init__(self, cin, cout):",
            "        super().__init__()",
            f"        self.conv = nn.Conv{m.n}d(cin, cout, 2)",
            p.one("        self.act = nn.ReLU()", f"        self.add_module('two', nn.Conv{m.n}d(cout, cout, 1))"),
        )
    p.apply(p.made(f"{name}({m.cin}, {m.cout})", "body"))


@step(*MAPS)
def module_simple(p: Draft) -> None:
    m = Maps(p)
    mid = p.whole(1, 5)
    name = whole_module(
        p,
        [f"self.a = nn.Conv{m.n}d(cin, {mid}, k, padding=k // 2)", f"self.b = {m.conv(mid, 'cout')}"],
        [
            p.one(
                "return self.b(torch.relu(self.a(x)))",
                "x = self.a(x)\n        return self.b(x)",
                "x = self.a(x)\n        x = self.b(x)\n        return x.relu()",
            )
        ],
        f"cin, cout, k={p.one(1, 3)}",
    )
    p.apply(
        p.made(
            p.one(
                f"{name}({m.cin}, {m.cout})",
                f"{name}(cin={m.cin}, cout={m.cout}, k=2)",
                f"{name}({m.cin}, {m.cout}, 3)",
                f"{name}(*({m.cin}, {m.cout}))",
                f"{name}({m.cin}, **dict(cout={m.cout}))",
            ),
            "block",
        )
    )


@step(*MAPS)
def module_residual(p: Draft) -> None:
    m = Maps(p)
    name = whole_module(
        p,
        [
            f"self.body = nn.Sequential(nn.Conv{m.n}d(cin, cout, 3, stride, 1, bias=False), nn.BatchNorm{m.n}d(cout), nn.ReLU(True))",
            f"self.skip = nn.Conv{m.n}d(cin, cout, 1, stride) if stride != 1 or cin != cout else {p.one('nn.Identity()', 'None', 'nn.Sequential()')}",
        ],
        [
            "skip = self.skip(x) if self.skip is not None else x",
            p.one(
                "return self.body(x) + skip",
                "x = self.body(x)\n        x += skip\n        return x",
                "return torch.cat([self.body(x), skip], 1)",
            ),
        ],
        "cin, cout, stride=1",
    )
    p.apply(p.made(f"{name}({m.cin}, {p.one(m.cin, m.cout)}{p.one('', ', stride=2', ', 2')})", "block"))


@step(*MAPS)
def module_list(p: Draft) -> None:
    m = Maps(p)
    count = p.whole(1, 3)
    more = "1" if p.chance(0.5) else "3, padding=1"
    made = p.one(
        f"nn.ModuleList([nn.Conv{m.n}d({m.cin} + i, {m.cin} + i + 1, {more}) for i in range({count})])",
        f"nn.ModuleList(nn.Conv{m.n}d({m.cin} + i, {m.cin} + i + 1, {more}) for i in range({count}))",
    )
    name = whole_module(
        p,
        [
            f"self.layers = {made}",
            *p.one(
                [],
                [f"self.layers.append({m.conv(m.cin + count, 3)})"],
                [f"self.layers.extend([{m.conv(m.cin + count, 2)}])"],
                [f"self.layers += [{m.conv(m.cin + count, 2)}]"],
            ),
        ],
        p.one(
            ["for layer in self.layers:", "    x = layer(x)", "return x"],
            [
                "for i, layer in enumerate(self.layers):",
                "    x = layer(x) if i % 2 == 0 else F.relu(layer(x))",
                "return x",
            ],
            ["for i in range(len(self.layers)):", "    x = self.layers[i](x)", "return x"],
            ["outs = []", "for layer in self.layers:", "    x = layer(x)", "    outs.append(x)", "return outs[-1]"],
            [
                "outs = [self.layers[0](x)]",
                "return torch.cat([x.mean(1, keepdim=True), outs[0][:, :1].mean(1, keepdim=True)], 1)"
                if more != "1"
                else "return outs[0]",
            ],
            ["import functools", "return functools.reduce(lambda y, layer: layer(y), self.layers, x)"],
        ),
    )
    p.apply(p.made(f"{name}()", "block"))


@step(*MAPS)
def module_dict(p: Draft) -> None:
    m = Maps(p)
    made = p.one(
        f"nn.ModuleDict({{'a': {m.conv(m.cin, 4)}, 'b': {m.conv(4, m.cout)}}})",
        f"nn.ModuleDict(dict(a={m.conv(m.cin, 4)}, b={m.conv(4, m.cout)}))",
        f"nn.ModuleDict([['a', {m.conv(m.cin, 4)}], ['b', {m.conv(4, m.cout)}]])",
    )
    name = whole_module(
        p,
        [
            f"self.layers = {made}",
            *p.one(
                [], [f"self.layers['c'] = {m.conv(m.cout, 2)}"], [f"self.layers.update({{'c': {m.conv(m.cout, 2)}}})"]
            ),
        ],
        p.one(
            ["return self.layers['b'](self.layers['a'](x))"],
            ["for name, layer in self.layers.items():", "    x = layer(x)", "return x"],
            ["for name in self.layers:", "    x = self.layers[name](x)", "return x"],
            ["for layer in self.layers.values():", "    x = layer(x)", "return x"],
            ["return self.layers['c'](x) if 'z' in self.layers else self.layers['a'](x)"],
            ["return self.layers.a(x)"],
        ),
    )
    p.apply(p.made(f"{name}()", "block"))


@step(*MAPS)
def parameter_list(p: Draft) -> None:
    m = Maps(p)
    ones = ", ".join(["2"] * m.n)
    name = whole_module(
        p,
        [
            p.one(
                f"self.weights = nn.ParameterList([nn.Parameter(torch.ones({m.cin}, {m.cin}, {ones})) for _ in range(2)])",
                f"self.weights = nn.ParameterList()\n        for i in range(2):\n            self.weights.append(nn.Parameter(torch.ones({m.cin}, {m.cin}, {ones})))",
            )
        ],
        p.one(
            ["for w in self.weights:", f"    x = F.conv{m.n}d(x, w, padding=1)", "return x"],
            [f"return F.conv{m.n}d(x, self.weights[1], padding=len(self.weights))"],
        ),
    )
    p.apply(p.made(f"{name}()", "block"))


@step(*MAPS)
def parameter_layer(p: Draft) -> None:
    m = Maps(p)
    ones = ", ".join(["k"] * m.n)
    how = p.one(
        "nn.Parameter(torch.empty(cout, cin, {}))",
        "nn.Parameter(torch.Tensor(cout, cin, {}))",
        "nn.Parameter(torch.randn((cout, cin, {})) * 0.1)",
        "nn.parameter.Parameter(torch.zeros([cout, cin, {}]))",
    ).format(ones)
    register = p.one(
        [f"self.weight = {how}"],
        [f"self.register_parameter('weight', {how})"],
        [f"self.register_buffer('weight', torch.ones(cout, cin, {ones}))"],
    )
    name = whole_module(
        p,
        [
            *register,
            "self.bias = None" if p.chance(0.5) else "self.bias = nn.Parameter(torch.zeros(cout))",
            *p.one([], ["nn.init.kaiming_normal_(self.weight)"], ["self.weight.data.normal_(0, 0.02)"]),
        ],
        [
            p.one(
                "w = self.weight",
                "w = self.weight / self.weight.abs().sum()",
                "w = self.weight - self.weight.mean(dim=1, keepdim=True)",
                "w = F.normalize(self.weight.flatten(1)).view_as(self.weight)",
            ),
            f"return F.conv{m.n}d(x, w, self.bias, padding={p.whole(1, 2)})",
        ],
        "cin, cout, k=2",
    )
    p.apply(p.made(f"{name}({m.cin}, {m.cout}{p.one('', ', 3', ', k=1')})", "block"))


@step(*MAPS)
def add_module(p: Draft) -> None:
    m = Maps(p)
    name = whole_module(
        p,
        [
            p.one(
                f"self.add_module('conv', {m.layer()})",
                f"setattr(self, 'conv', {m.layer()})",
                f"self.register_module('conv', {m.layer()})",
                f"setattr(self, f'co{{chr(110)}}v', {m.layer()})",
                f"self.__setattr__('conv', {m.layer()})",
                f"for key in ['conv']:\n            self.add_module(key, {m.layer()})",
            )
        ],
        [
            p.one(
                "return self.conv(x)",
                "return getattr(self, 'conv')(x)",
                "return self._modules['conv'](x)",
                "return self.get_submodule('conv')(x)",
                "return dict(self.named_children())['conv'](x)",
                "return self.__getattr__('conv')(x)",
                "return list(self.children())[0](x)",
            )
        ],
    )
    p.apply(p.made(f"{name}()", "block"))


@step(*MAPS)
def layers_numbered(p: Draft) -> None:
    m = Maps(p)
    label = p.one("f'conv{i}'", "'conv%d' % i", "'conv' + str(i)", "'conv{}'.format(i)")
    count = p.whole(1, 3)
    name = whole_module(
        p,
        [
            f"for i in range({count}):",
            f"    {p.one('setattr(self, ' + label + ', ', 'self.add_module(' + label + ', ')}nn.Conv{m.n}d({m.cin} + i, {m.cin} + i + 1, 2, padding=1))",
        ],
        [f"for i in range({count}):", f"    x = getattr(self, {label})(x)", "return x"],
    )
    p.apply(p.made(f"{name}()", "block"))
