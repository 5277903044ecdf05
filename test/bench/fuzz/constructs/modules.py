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
        p.put(p.one(f"x = {name}.last({name}.act({name}.first(x)))", f"x = {name}.first(x)", f"x = {name}[0](x)", f"x = {name}[-1]({name}[:2](x))"))


@step(*MAPS)
def sequential_changed(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("body")
    p.put(f"{name} = nn.Sequential({m.conv(m.cin, 4, '1')}, nn.ReLU())")
    p.put(p.one(f"{name}.append({m.conv(4, m.cout)})", f"{name}.add_module('last', {m.conv(4, m.cout)})", f"{name}[1] = {m.conv(4, m.cout)}", f"{name}.insert(0, {m.conv(m.cin, m.cin)})", f"{name}.extend([{m.conv(4, m.cout)}, nn.ReLU()])", f"del {name}[1]", f"{name}[0] = {m.layer()}", f"{name} = {name} + nn.Sequential({m.conv(4, 2)})", f"{name} = {name}[:1]", f"{name}.pop(1)", f"setattr({name}, '1', {m.conv(4, m.cout)})", f"{name} = nn.Sequential(*list({name}.children())[:-1])", f"{name} = nn.Sequential(*{name}, {m.conv(4, 3)})", f"{name} = nn.Sequential(*[each for each in {name} if not isinstance(each, nn.ReLU)])"))
    p.put(f"x = {name}(x)")


@step(*MAPS)
def sequential_unpacked(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("layers")
    count = p.whole(1, 3)
    p.put(f"{name} = []", f"for i in range({count}):", f"    {name}.append(nn.Conv{m.n}d({m.cin} + i, {m.cin} + i + 1, {p.one(1, 2, 3)}, padding=1))", f"    {name} += [nn.ReLU()]")
    p.put(p.one(f"x = nn.Sequential(*{name})(x)", f"for layer in {name}:\n    x = layer(x)", f"x = nn.Sequential(*{name}[:2])(x)", f"while {name}:\n    x = {name}.pop(0)(x)"))


@step(*MAPS)
def sequential_subclass(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("Stack")
    kind = p.one(0, 1)
    if kind:
        p.define(f"class {name}(nn.Sequential):", "    def __init__(self, cin, cout):", f"        super().__init__(nn.Conv{m.n}d(cin, cout, 3, padding=1), nn.ReLU())")
    else:
        p.define(f"class {name}(nn.Sequential):", "    def __init__(self, cin, cout):", "        super().__init__()", f"        self.conv = nn.Conv{m.n}d(cin, cout, 2)", p.one("        self.act = nn.ReLU()", f"        self.add_module('two', nn.Conv{m.n}d(cout, cout, 1))"))
    p.apply(p.made(f"{name}({m.cin}, {m.cout})", "body"))


@step(*MAPS)
def module_simple(p: Draft) -> None:
    m = Maps(p)
    mid = p.whole(1, 5)
    name = whole_module(p, [f"self.a = nn.Conv{m.n}d(cin, {mid}, k, padding=k // 2)", f"self.b = {m.conv(mid, 'cout')}"], [p.one("return self.b(torch.relu(self.a(x)))", "x = self.a(x)\n        return self.b(x)", "x = self.a(x)\n        x = self.b(x)\n        return x.relu()")], f"cin, cout, k={p.one(1, 3)}")
    p.apply(p.made(p.one(f"{name}({m.cin}, {m.cout})", f"{name}(cin={m.cin}, cout={m.cout}, k=2)", f"{name}({m.cin}, {m.cout}, 3)", f"{name}(*({m.cin}, {m.cout}))", f"{name}({m.cin}, **dict(cout={m.cout}))"), "block"))


@step(*MAPS)
def module_residual(p: Draft) -> None:
    m = Maps(p)
    name = whole_module(p, [f"self.body = nn.Sequential(nn.Conv{m.n}d(cin, cout, 3, stride, 1, bias=False), nn.BatchNorm{m.n}d(cout), nn.ReLU(True))", f"self.skip = nn.Conv{m.n}d(cin, cout, 1, stride) if stride != 1 or cin != cout else {p.one('nn.Identity()', 'None', 'nn.Sequential()')}"], ["skip = x if self.skip is None else self.skip(x)", p.one("return self.body(x) + skip", "x = self.body(x)\n        x += skip\n        return x", "return torch.cat([self.body(x), skip], 1)")], "cin, cout, stride=1")
    p.apply(p.made(f"{name}({m.cin}, {p.one(m.cin, m.cout)}{p.one('', ', stride=2', ', 2')})", "block"))


@step(*MAPS)
def module_list(p: Draft) -> None:
    m = Maps(p)
    count = p.whole(1, 3)
    more = "1" if p.chance(0.5) else "3, padding=1"
    made = p.one(f"nn.ModuleList([nn.Conv{m.n}d({m.cin} + i, {m.cin} + i + 1, {more}) for i in range({count})])", f"nn.ModuleList(nn.Conv{m.n}d({m.cin} + i, {m.cin} + i + 1, {more}) for i in range({count}))")
    name = whole_module(p, [f"self.layers = {made}", *p.one([], [f"self.layers.append({m.conv(m.cin + count, 3)})"], [f"self.layers.extend([{m.conv(m.cin + count, 2)}])"], [f"self.layers += [{m.conv(m.cin + count, 2)}]"])], p.one(["for layer in self.layers:", "    x = layer(x)", "return x"], ["for i, layer in enumerate(self.layers):", "    x = layer(x) if i % 2 == 0 else F.relu(layer(x))", "return x"], ["for i in range(len(self.layers)):", "    x = self.layers[i](x)", "return x"], ["outs = []", "for layer in self.layers:", "    x = layer(x)", "    outs.append(x)", "return outs[-1]"], ["outs = [self.layers[0](x)]", "return torch.cat([x.mean(1, keepdim=True), outs[0][:, :1].mean(1, keepdim=True)], 1)" if more != "1" else "return outs[0]"], ["import functools", "return functools.reduce(lambda y, layer: layer(y), self.layers, x)"]))
    p.apply(p.made(f"{name}()", "block"))


@step(*MAPS)
def module_dict(p: Draft) -> None:
    m = Maps(p)
    made = p.one(f"nn.ModuleDict({{'a': {m.conv(m.cin, 4)}, 'b': {m.conv(4, m.cout)}}})", f"nn.ModuleDict(dict(a={m.conv(m.cin, 4)}, b={m.conv(4, m.cout)}))", f"nn.ModuleDict([['a', {m.conv(m.cin, 4)}], ['b', {m.conv(4, m.cout)}]])")
    name = whole_module(p, [f"self.layers = {made}", *p.one([], [f"self.layers['c'] = {m.conv(m.cout, 2)}"], [f"self.layers.update({{'c': {m.conv(m.cout, 2)}}})"])], p.one(["return self.layers['b'](self.layers['a'](x))"], ["for name, layer in self.layers.items():", "    x = layer(x)", "return x"], ["for name in self.layers:", "    x = self.layers[name](x)", "return x"], ["for layer in self.layers.values():", "    x = layer(x)", "return x"], ["return self.layers['c'](x) if 'z' in self.layers else self.layers['a'](x)"], ["return self.layers.a(x)"]))
    p.apply(p.made(f"{name}()", "block"))


@step(*MAPS)
def parameter_list(p: Draft) -> None:
    m = Maps(p)
    ones = ", ".join(["2"] * m.n)
    name = whole_module(p, [p.one(f"self.weights = nn.ParameterList([nn.Parameter(torch.ones({m.cin}, {m.cin}, {ones})) for _ in range(2)])", f"self.weights = nn.ParameterList()\n        for i in range(2):\n            self.weights.append(nn.Parameter(torch.ones({m.cin}, {m.cin}, {ones})))")], p.one([f"for w in self.weights:", f"    x = F.conv{m.n}d(x, w, padding=1)", "return x"], [f"return F.conv{m.n}d(x, self.weights[1], padding=len(self.weights))"]))
    p.apply(p.made(f"{name}()", "block"))


@step(*MAPS)
def parameter_layer(p: Draft) -> None:
    m = Maps(p)
    ones = ", ".join(["k"] * m.n)
    how = p.one("nn.Parameter(torch.empty(cout, cin, {}))", "nn.Parameter(torch.Tensor(cout, cin, {}))", "nn.Parameter(torch.randn((cout, cin, {})) * 0.1)", "nn.parameter.Parameter(torch.zeros([cout, cin, {}]))").format(ones)
    register = p.one([f"self.weight = {how}"], [f"self.register_parameter('weight', {how})"], [f"self.register_buffer('weight', torch.ones(cout, cin, {ones}))"])
    name = whole_module(p, [*register, "self.bias = None" if p.chance(0.5) else "self.bias = nn.Parameter(torch.zeros(cout))", *p.one([], ["nn.init.kaiming_normal_(self.weight)"], ["self.weight.data.normal_(0, 0.02)"])], [p.one("w = self.weight", "w = self.weight / self.weight.abs().sum()", "w = self.weight - self.weight.mean(dim=1, keepdim=True)", "w = F.normalize(self.weight.flatten(1)).view_as(self.weight)"), f"return F.conv{m.n}d(x, w, self.bias, padding={p.whole(1, 2)})"], "cin, cout, k=2")
    p.apply(p.made(f"{name}({m.cin}, {m.cout}{p.one('', ', 3', ', k=1')})", "block"))


@step(*MAPS)
def add_module(p: Draft) -> None:
    m = Maps(p)
    name = whole_module(p, [p.one(f"self.add_module('conv', {m.layer()})", f"setattr(self, 'conv', {m.layer()})", f"self.register_module('conv', {m.layer()})", f"setattr(self, f'co{{chr(110)}}v', {m.layer()})", f"self.__setattr__('conv', {m.layer()})", f"for key in ['conv']:\n            self.add_module(key, {m.layer()})")], [p.one("return self.conv(x)", "return getattr(self, 'conv')(x)", "return self._modules['conv'](x)", "return self.get_submodule('conv')(x)", "return dict(self.named_children())['conv'](x)", "return self.__getattr__('conv')(x)", "return list(self.children())[0](x)")])
    p.apply(p.made(f"{name}()", "block"))


@step(*MAPS)
def layers_numbered(p: Draft) -> None:
    m = Maps(p)
    label = p.one("f'conv{i}'", "'conv%d' % i", "'conv' + str(i)", "'conv{}'.format(i)")
    count = p.whole(1, 3)
    name = whole_module(p, [f"for i in range({count}):", f"    {p.one('setattr(self, ' + label + ', ', 'self.add_module(' + label + ', ')}nn.Conv{m.n}d({m.cin} + i, {m.cin} + i + 1, 2, padding=1))"], [f"for i in range({count}):", f"    x = getattr(self, {label})(x)", "return x"])
    p.apply(p.made(f"{name}()", "block"))


@step(*MAPS)
def hook_collects(p: Draft) -> None:
    m = Maps(p)
    kept, layer = p.fresh("kept"), p.fresh("conv")
    p.put(f"{kept} = {{}}", f"{layer} = {m.layer()}")
    p.put(p.one(f"{layer}.register_forward_hook(lambda module, args, output: {kept}.update(out=output))", f"def {kept}_hook(module, args, output):\n    {kept}['out'] = output.detach()\n{layer}.register_forward_hook({kept}_hook)"))
    p.put(f"y = {layer}(x)", f"x = {kept}['out']")


@step(*MAPS)
def hook_changes(p: Draft) -> None:
    m = Maps(p)
    layer = p.fresh("conv")
    p.put(f"{layer} = {m.layer()}")
    p.put(p.one(f"{layer}.register_forward_hook(lambda module, args, output: output[:, :1])", f"{layer}.register_forward_pre_hook(lambda module, args: (F.pad(args[0], (1, 1)),))", f"handle = {layer}.register_forward_hook(lambda m, a, o: o.mean(1, keepdim=True))\nhandle.remove()", f"{layer}.register_forward_pre_hook(lambda module, args: (args[0] * 2,))", f"{layer}.register_forward_hook(lambda m, a, o: torch.cat([o, o], 1))"))
    p.put(f"x = {layer}(x)")


@step(*MAPS)
def attribute_assigned(p: Draft) -> None:
    """A layer's parameters changed after it was made."""
    m = Maps(p)
    layer = p.fresh("conv")
    n = m.n
    p.put(f"{layer} = nn.Conv{n}d({m.cin}, {m.cout}, 2)")
    p.put(p.one(f"{layer}.padding = {(1,) * n}", f"{layer}.stride = {(2,) * n}", f"{layer}.dilation = {(2,) * n}\n{layer}.padding = {(2,) * n}", f"{layer}.padding = 1", f"setattr({layer}, 'stride', {(2,) * n})", f"{layer}.bias = None", f"{layer}.stride = 2", f"for each in [{layer}]:\n    each.padding = {(1,) * n}", f"{layer}.padding_mode = 'zeros'", f"{layer}.__dict__['stride'] = {(2,) * n}", f"{layer}.kernel_size = {(9,) * n}", f"{layer}.out_channels = 77"))
    p.put(f"x = {layer}(x)")


@step(*MAPS)
def pool_assigned(p: Draft) -> None:
    n = p.rank - 2
    layer = p.fresh("pool")
    p.put(f"{layer} = nn.{p.one('Max', 'Avg')}Pool{n}d(2, stride=2, padding=1)")
    p.put(p.one(f"{layer}.ceil_mode = True", f"{layer}.stride = 1", f"{layer}.kernel_size = 3", f"{layer}.padding = 0", f"{layer}.stride = {(1,) * n}"))
    p.put(f"x = {layer}(x)")


@step(*MAPS)
def subclass_layer(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("MyConv")
    kind = p.one(0, 1, 2, 3, 4)
    base = f"nn.Conv{m.n}d"
    if kind == 0:
        p.define(f"class {name}({base}):", "    def __init__(self, cin, cout, k=3):", "        super().__init__(cin, cout, k, padding=k // 2)")
        made = f"{name}({m.cin}, {m.cout}{p.one('', ', 2')})"
    elif kind == 1:
        p.define(f"class {name}({base}):", "    def forward(self, x):", p.one("        return super().forward(F.pad(x, (1, 1)))", "        return super().forward(x) * 2", f"        return F.conv{m.n}d(x, self.weight, self.bias, self.stride, self.padding)", "        return self._conv_forward(x, self.weight, self.bias)"))
        made = f"{name}({m.cin}, {m.cout}, 2, padding=1)"
    elif kind == 2:
        p.define(f"class {name}({base}):", "    def __init__(self, *args, **kwargs):", p.one("        kwargs.setdefault('padding', 1)\n        super().__init__(*args, **kwargs)", "        super().__init__(*args, **kwargs)", "        super(" + name + ", self).__init__(*args, bias=False, **kwargs)"))
        made = p.one(f"{name}({m.cin}, {m.cout}, 3)", f"{name}({m.cin}, {m.cout}, kernel_size=2, stride=2)")
    elif kind == 3:
        p.define(f"class {name}({base}):", "    pass")
        made = f"{name}({m.cin}, {m.cout}, 2)"
    else:
        p.define(f"class {name}({base}):", "    def __init__(self, cin, cout):", "        super().__init__(cin, cout, 2)", p.one(f"        self.padding = {(1,) * m.n}", f"        self.stride = {(2,) * m.n}", "        self.extra = 3"))
        made = f"{name}({m.cin}, {m.cout})"
    p.apply(p.made(made, "conv"))


@step(*MAPS)
def replaced_forward(p: Draft) -> None:
    m = Maps(p)
    p.use("import types")
    layer, old = p.fresh("conv"), p.fresh("old")
    p.put(f"{layer} = {m.layer()}")
    p.put(p.one(f"{layer}.forward = lambda x: x[:, :1]", f"{old} = {layer}.forward\n{layer}.forward = lambda x: {old}(torch.relu(x))", f"def {old}(self, x):\n    return F.conv{m.n}d(x, self.weight, None, padding=2)\n{layer}.forward = types.MethodType({old}, {layer})", f"{layer}.forward = nn.Identity()"))
    p.put(f"x = {layer}(x)")


@step(*MAPS)
def weight_assigned(p: Draft) -> None:
    m = Maps(p)
    layer = p.fresh("conv")
    p.put(f"{layer} = nn.Conv{m.n}d({m.cin}, {m.cout}, 2)")
    ones = ", ".join(["3"] * m.n)
    p.put(p.one(f"{layer}.weight = nn.Parameter(torch.ones({m.cout}, {m.cin}, {ones}))", f"{layer}.weight.data = torch.ones({m.cout}, {m.cin}, {ones})", f"{layer}.weight.data.fill_(1)", f"{layer}.weight = nn.Parameter({layer}.weight[:1])\n{layer}.bias = None", f"nn.init.zeros_({layer}.weight)", f"with torch.no_grad():\n    {layer}.weight.copy_(torch.ones_like({layer}.weight))", f"{layer}.load_state_dict({layer}.state_dict())", f"{layer}.weight = nn.Parameter(torch.cat([{layer}.weight, {layer}.weight], 0))\n{layer}.bias = None"))
    p.put(f"x = {layer}(x)")


@step(*MAPS)
def apply_function(p: Draft) -> None:
    m = Maps(p)
    net, f = p.fresh("net"), p.fresh("init")
    p.define(f"def {f}(module):", f"    if isinstance(module, {p.one(f'nn.Conv{m.n}d', f'(nn.Conv{m.n}d, nn.Linear)', 'nn.Linear')}):", f"        {p.one('nn.init.zeros_(module.weight)', f'module.padding = {(1,) * m.n}', 'module.weight.data.normal_(0.0, 0.02)', f'module.stride = {(2,) * m.n}')}", "    elif type(module).__name__.find('BatchNorm') != -1:", "        nn.init.constant_(module.bias, 0)")
    p.put(f"{net} = nn.Sequential({m.conv(m.cin, 3, '2')}, nn.BatchNorm{m.n}d(3), {m.conv(3, m.cout, '2')})", f"{net}.apply({f})", f"x = {net}(x)")


@step(*MAPS)
def instance_branch(p: Draft) -> None:
    m = Maps(p)
    layers = p.fresh("layers")
    p.put(f"{layers} = [{m.layer()}, nn.ReLU(), {m.conv(m.cout, 3)}]")
    p.put(f"for each in {layers}:", f"    if isinstance(each, {p.one(f'nn.Conv{m.n}d', f'(nn.Conv{m.n}d, nn.ConvTranspose{m.n}d)', f'nn.modules.conv._ConvNd', 'nn.ReLU')}):", "        x = each(x)", *p.one([], ["    else:", "        x = x.abs()"], [f"    elif type(each) is nn.ReLU:", "        x = each(x)"]))


@step(*MAPS)
def children_loop(p: Draft) -> None:
    m = Maps(p)
    net = p.fresh("net")
    p.put(f"{net} = nn.Sequential({m.conv(m.cin, 3)}, nn.ReLU(), nn.Sequential({m.conv(3, m.cout)}))")
    p.put(*p.one([f"for name, child in {net}.named_children():", "    x = child(x)"], [f"for child in {net}.children():", "    x = child(x)"], [f"for i, child in enumerate({net}):", "    x = child(x)", f"    if i == {p.whole(0, 2)}:", "        break"], [f"for name, child in {net}._modules.items():", "    x = child(x)"], [f"for module in {net}.modules():", f"    if isinstance(module, nn.Conv{m.n}d):", f"        x = module(x)"], [f"for name, module in {net}.named_modules():", "    if name == '0':", "        x = module(x)"]))


@step(*MAPS)
def modules_changed(p: Draft) -> None:
    """Layers that a loop over a model's modules replaces or changes."""
    m = Maps(p)
    net = p.fresh("net")
    p.put(f"{net} = nn.Sequential({m.conv(m.cin, 3, '2')}, nn.ReLU(), {m.conv(3, m.cout, '2')})")
    p.put(p.one(f"for name, child in {net}.named_children():\n    if isinstance(child, nn.ReLU):\n        setattr({net}, name, nn.Identity())", f"for module in {net}.modules():\n    if isinstance(module, nn.Conv{m.n}d):\n        module.padding = {(1,) * m.n}", f"for i, child in enumerate({net}):\n    if isinstance(child, nn.ReLU):\n        {net}[i] = {m.conv(3, 3, '1')}", f"for each in {net}.parameters():\n    each.requires_grad = False", f"{net}[2] = nn.Conv{m.n}d(3, {m.cout}, 1, bias=False)", f"for k, v in {net}.state_dict().items():\n    v.zero_()"))
    p.put(f"x = {net}(x)")


@step(*MAPS)
def wrapper(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("Wrap")
    p.define(f"class {name}(nn.Module):", "    def __init__(self, fn, *args):", "        super().__init__()", "        self.fn = fn", "        self.args = args", "    def forward(self, x, *args, **kwargs):", f"        {p.one('return self.fn(x, *args, **kwargs)', 'return self.fn(x, *args, **kwargs) * 2', 'return self.fn(self.fn(x)[:, :1].expand_as(x))' if False else 'y = self.fn(x)' + chr(10) + '        return torch.cat([y, y], dim=1)')}")
    p.apply(p.made(f"{name}({p.one(m.layer(), f'nn.Sequential({m.layer()}, nn.ReLU())', f'{name}({m.layer()})')})", "block"))


@step(*MAPS)
def factory(p: Draft) -> None:
    m = Maps(p)
    f = p.fresh("make")
    p.define(f"def {f}(cin, cout, kernel=3, {p.one('act=True', 'norm=None', '*, act=None')}, **kwargs):", f"    layers = [nn.Conv{m.n}d(cin, cout, kernel, padding=kernel // 2, **kwargs)]", f"    {p.one('layers.append(nn.ReLU())', f'layers += [nn.BatchNorm{m.n}d(cout), nn.ReLU()]', 'layers.extend([nn.GELU()])')}", "    return nn.Sequential(*layers)")
    p.apply(p.made(p.one(f"{f}({m.cin}, {m.cout})", f"{f}({m.cin}, {m.cout}, kernel=1)", f"{f}({m.cin}, {m.cout}, 3, stride=2)", f"{f}(cin={m.cin}, cout={m.cout}, bias=False)"), "block"))


@step(*MAPS)
def class_by_name(p: Draft) -> None:
    m = Maps(p)
    cls = p.fresh("Conv")
    p.put(p.one(f"{cls} = getattr(nn, 'Conv{m.n}d')", f"{cls} = getattr(nn, f'Conv{{{m.n}}}d')", f"{cls} = {{1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}}[{m.n}]", f"{cls} = [nn.Conv1d, nn.Conv2d, nn.Conv3d][{m.n - 1}]", f"{cls} = nn.Conv{m.n}d if True else nn.Linear", f"{cls} = vars(nn)['Conv{m.n}d']", f"{cls} = eval('nn.Conv{m.n}d')", f"{cls} = nn.__dict__['Conv{m.n}d']", f"{cls} = getattr(torch.nn, 'Conv%dd' % {m.n})"))
    p.put(f"x = {cls}({m.cin}, {m.cout}, {p.one('1', '2', '3, padding=1')})(x)")


@step(*MAPS)
def partial_layer(p: Draft) -> None:
    m = Maps(p)
    p.use("from functools import partial")
    name = p.fresh("Conv")
    p.put(p.one(f"{name} = partial(nn.Conv{m.n}d, kernel_size=2, padding=1)", f"{name} = partial(nn.Conv{m.n}d, {m.cin}, kernel_size=1)", f"{name} = lambda *args, **kwargs: nn.Conv{m.n}d(*args, kernel_size=3, **kwargs, padding=1)"))
    p.put(f"x = {name}({'' if f'd, {m.cin}' in str(p.parts['body'][-1:] + p.parts['init'][-1:]) else f'{m.cin}, '}{m.cout})(x)")


@step(*MAPS)
def config_class(p: Draft) -> None:
    m = Maps(p)
    cfg = p.fresh("CFG")
    if p.chance(0.5):
        p.define(f"{cfg} = {{'conv': {{'in_channels': {m.cin}, 'out_channels': {m.cout}, 'kernel_size': {p.one('2', str((2,) * m.n))}}}, 'depth': 2}}")
        p.put(p.one(f"x = nn.Conv{m.n}d(**{cfg}['conv'])(x)", f"x = nn.Conv{m.n}d(**{{**{cfg}['conv'], 'padding': 1}})(x)", f"x = nn.Conv{m.n}d(*{cfg}['conv'].values())(x)", f"x = nn.Conv{m.n}d(**dict({cfg}['conv'], stride=2))(x)"))
    else:
        p.define(f"class {cfg}:", f"    cin = {m.cin}", f"    kernel = {p.one('2', str([2] * m.n))}")
        p.put(f"x = nn.Conv{m.n}d({cfg}.cin, {m.cout}, {cfg}.kernel)(x)")


@step(*MAPS)
def config_rows(p: Draft) -> None:
    """A network from a table, as MobileNets and VGGs are written."""
    m = Maps(p)
    rows = p.fresh("rows")
    c = m.cin
    p.put(p.one(
        f"{rows} = [4, 'M', 6]\nchannels = {c}\nlayers = []\nfor v in {rows}:\n    if v == 'M':\n        layers.append(nn.MaxPool{m.n}d(2, 1))\n    else:\n        layers += [nn.Conv{m.n}d(channels, v, 3, padding=1), nn.ReLU()]\n        channels = v\nx = nn.Sequential(*layers)(x)",
        f"{rows} = [[1, 4, 1], [2, 3, 1]]\nchannels = {c}\nfor t, out, s in {rows}:\n    for i in range(t):\n        x = nn.Conv{m.n}d(channels, out, 3, s if i == 0 else 1, 1)(x)\n        channels = out",
        f"{rows} = [{c}, 4, 5]\nfor a, b in zip({rows}[:-1], {rows}[1:]):\n    x = nn.Conv{m.n}d(a, b, 2, padding=1)(x)",
        f"{rows} = [{c}] + [2 ** i for i in range(1, 3)]\nfor i in range(len({rows}) - 1):\n    x = nn.Conv{m.n}d({rows}[i], {rows}[i + 1], 1)(x)",
        f"{rows} = [(4, 1), (2, 3)]\nchannels = {c}\nfor index, (width, k) in enumerate({rows}):\n    x = nn.Conv{m.n}d(channels, width, k, padding=k // 2)(x)\n    channels = width",
    ))


@step(*MAPS)
def module_copied(p: Draft) -> None:
    m = Maps(p)
    p.use("import copy")
    a, b = p.fresh("net"), p.fresh("again")
    p.put(f"{a} = nn.Sequential({m.conv(m.cin, m.cin, '3, padding=1')}, nn.ReLU())", f"{b} = copy.deepcopy({a})", p.one(f"{b}[0] = {m.layer()}", f"{b}.append({m.layer()})", f"{a}.append({m.layer()})", "pass"), f"x = {p.one(a, b)}(x)")


@step(*MAPS)
def module_shared(p: Draft) -> None:
    m = Maps(p)
    layer = p.made(f"nn.Conv{m.n}d({m.cin}, {m.cin}, 2)", "shared")
    if layer.startswith("nn."):
        p.put(f"x = {layer}(x)")
    else:
        p.put(p.one(f"x = {layer}({layer}(x))", f"x = nn.Sequential({layer}, nn.ReLU(), {layer})(x)", f"for _ in range(2):\n    x = {layer}(x)", f"x = [{layer}] [0](x)"))


@step(*MAPS)
def module_methods(p: Draft) -> None:
    m = Maps(p)
    layer = p.made(m.layer(), "conv")
    p.put(p.one(f"x = {layer}.eval()(x)", f"x = {layer}.train()(x)", f"x = {layer}.to('cpu')(x)", f"x = {layer}.requires_grad_(False)(x)", f"x = {layer}.float()(x)", f"x = {layer}.forward(x)", f"x = {layer}.__call__(x)", f"x = {layer}(input=x)", f"x = {layer}.cpu().eval()(x)", f"x = {layer}.double()(x.double()).float()", f"x = nn.utils.weight_norm({layer})(x)", f"x = nn.utils.spectral_norm({layer})(x)", f"x = torch.nn.utils.parametrizations.weight_norm({layer})(x)", f"x = nn.DataParallel({layer})(x)", f"x = {layer}.to(memory_format=torch.channels_last)(x)" if m.n == 2 else f"x = {layer}.to(torch.float32)(x)"))


@step(*MAPS)
def module_outputs(p: Draft) -> None:
    m = Maps(p)
    name = whole_module(p, [f"self.conv = {m.layer()}"], [f"y = self.conv(x)", p.one("return x, y", "return {'in': x, 'out': y}", "return [x, y]", "return y, (x, x)", "yield x\n        yield y")])
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
    p.define(f"class {name}(nn.Module):", f"    kernel = {p.one(1, 2, 3)}", "    def __init__(self, cin, cout=None, norm=None, act=nn.ReLU):", "        super().__init__()", "        cout = cout or cin", f"        self.conv = nn.Conv{m.n}d(cin, cout, self.kernel, padding=1)", "        self.norm = norm(cout) if norm is not None else nn.Identity()", "        self.act = act() if act else None", "    def forward(self, x, skip=None, scale: float = 1.0):", "        y = self.norm(self.conv(x)) * scale", "        if skip is not None:", "            y = torch.cat([y[..., :skip.shape[-1]], skip], 1) if False else y", "        return self.act(y) if self.act is not None else y")
    p.apply(p.made(p.one(f"{name}({m.cin})", f"{name}({m.cin}, {m.cout}, norm=nn.BatchNorm{m.n}d)", f"{name}({m.cin}, act=None)", f"{name}({m.cin}, {m.cout}, None, nn.GELU)"), "block"), p.one("", "skip=x", "None, 2.0"))


@step(*MAPS)
def module_registry(p: Draft) -> None:
    m = Maps(p)
    table, cls = p.fresh("MODELS"), p.fresh("Small")
    p.define(f"{table} = {{}}", f"def {table}_register(cls):", f"    {table}[cls.__name__] = cls", "    return cls", f"@{table}_register", f"class {cls}(nn.Module):", "    def __init__(self, cin):", "        super().__init__()", f"        self.conv = nn.Conv{m.n}d(cin, {m.cout}, 2)", "    def forward(self, x):", "        return self.conv(x)")
    p.apply(p.made(p.one(f"{table}['{cls}']({m.cin})", f"{table}.get('{cls}')({m.cin})", f"globals()['{cls}']({m.cin})", f"list({table}.values())[0]({m.cin})"), "net"))


@step(*MAPS)
def module_inherited(p: Draft) -> None:
    m = Maps(p)
    base, name = p.fresh("Base"), p.fresh("Net")
    p.define(f"class {base}(nn.Module):", "    def __init__(self, cin):", "        super().__init__()", "        self.conv = self.make(cin)", "    def make(self, cin):", f"        return nn.Conv{m.n}d(cin, 4, 2)", "    def forward(self, x):", "        return self.head(self.conv(x))", "    def head(self, x):", "        return x", f"class {name}({base}):", *p.one([f"    def make(self, cin):", f"        return nn.Conv{m.n}d(cin, 3, 1)"], ["    def head(self, x):", "        return x[:, :1]"], ["    def __init__(self, cin):", "        super().__init__(cin)", f"        self.conv = nn.Conv{m.n}d(cin, 5, 2, padding=1)"], ["    def forward(self, x):", "        x = super().forward(x)", "        return x.mean(1, keepdim=True)"], ["    pass"]))
    p.apply(p.made(f"{name}({m.cin})", "net"))


@step(*MAPS)
def module_property(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("Net")
    p.define(f"class {name}(nn.Module):", "    def __init__(self):", "        super().__init__()", f"        self.layers = nn.ModuleList([{m.layer()}, {m.conv(m.cout, 2)}])", "    @property", "    def first(self):", "        return self.layers[0]", "    @staticmethod", "    def scaled(x):", "        return x * 2", "    def _run(self, x, *, last=False):", "        return self.layers[-1](x) if last else x", "    def forward(self, x):", f"        return {p.one('self.first(x)', 'self._run(self.first(x), last=True)', 'self.scaled(self.first(x))', 'self._run(self.scaled(self.first(x)))')}")
    p.put(f"x = {name}()(x)")


@step(*MAPS)
def module_lazy(p: Draft) -> None:
    m = Maps(p)
    p.apply(p.made(f"nn.LazyConv{p.one('', 'Transpose')}{m.n}d({m.cout}, {p.one('1', '2', '3, padding=1', '2, stride=2')})", "lazy"))


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
    name = whole_module(p, [f"self.down = nn.Sequential(nn.MaxPool{m.n}d(2), nn.Conv{m.n}d(cin, cin, 3, padding=1))", f"self.up = {mode}", f"self.out = nn.Conv{m.n}d(2 * cin, cout, 1)"], ["y = self.up(self.down(x))", p.one(f"y = F.interpolate(y, size=x.shape[2:])", f"y = F.pad(y, [each for a, b in zip(reversed(x.shape[2:]), reversed(y.shape[2:])) for each in (0, a - b)])", "d = [a - b for a, b in zip(x.shape[2:], y.shape[2:])]\n        y = F.pad(y, sum([[0, each] for each in reversed(d)], []))", f"x = x[{', '.join([':', ':'] + [f': y.shape[{axis + 2}]' for axis in range(m.n)])}]"), "return self.out(torch.cat([x, y], dim=1))"], "cin, cout")
    p.apply(p.made(f"{name}({m.cin}, {m.cout})", "net"))


@step(*MAPS)
def split_attention(p: Draft) -> None:
    """Squeeze and excitation."""
    m = Maps(p)
    ones = ", ".join(["1"] * m.n)
    p.put(p.one(
        f"s = F.adaptive_avg_pool{m.n}d(x, 1)\nx = x * nn.Conv{m.n}d({m.cin}, {m.cin}, 1)(s).sigmoid()",
        f"b, c = x.shape[:2]\ns = nn.AdaptiveAvgPool{m.n}d(1)(x).view(b, c)\ns = nn.Linear(c, c)(s).view(b, c, {ones})\nx = x * s.expand_as(x)",
        f"s = x.mean(dim={tuple(range(2, m.n + 2))}, keepdim=True)\nx = x * torch.sigmoid(nn.Conv{m.n}d({m.cin}, 1, 1)(s))",
        f"s = torch.cat([x.mean(1, keepdim=True), x.max(1, keepdim=True)[0]], 1)\nx = x * nn.Conv{m.n}d(2, 1, 3, padding=1)(s)",
    ))


@step(*MAPS)
def tensor_decides(p: Draft) -> None:
    """The number of channels by what a tensor holds, and a comprehension that takes its parts."""
    m = Maps(p)
    p.put(p.one(
        f"x = torch.cat([each.mean(1, keepdim=True) for each in x.split(1, dim=1)], dim=1)",
        f"x = torch.stack([x[:, i] for i in range({m.cin}) if i % 2 == 0], dim=1)",
        f"x = torch.cat([nn.Conv{m.n}d({m.cin}, i + 1, 1)(x) for i in range(2)], 1)",
        f"x = sum(nn.Conv{m.n}d({m.cin}, 2, k, padding=k // 2)(x) for k in (1, 3))",
        f"parts = {{k: nn.Conv{m.n}d({m.cin}, k, 1)(x) for k in (1, 2)}}\nx = torch.cat(list(parts.values()), 1)",
        f"x = max([x, x[:, :1]], key=lambda t: t.shape[1])",
        f"x, *rest = [nn.Conv{m.n}d({m.cin}, k, 1)(x) for k in (2, 3)]",
    ))


@step(*MAPS)
def vmap_and_friends(p: Draft) -> None:
    """What wraps a call: autocast, compile-free decorators, scripts."""
    m = Maps(p)
    f = p.fresh("run")
    p.define(p.one("@torch.no_grad()", "@torch.enable_grad()", "@torch.jit.ignore"), f"def {f}(x, layer):", "    return layer(x)")
    p.put(f"x = {f}(x, {m.layer()})")
