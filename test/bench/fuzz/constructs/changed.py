"""Layers that are changed after they were made, and modules that are gone through."""

from constructs.modules import Maps
from draft import MAPS, Draft, step


@step(*MAPS)
def hook_collects(p: Draft) -> None:
    m = Maps(p)
    kept, layer = p.fresh("kept"), p.fresh("conv")
    p.put(f"{kept} = {{}}", f"{layer} = {m.layer()}")
    p.put(
        p.one(
            f"{layer}.register_forward_hook(lambda module, args, output: {kept}.update(out=output))",
            f"def {kept}_hook(module, args, output):\n    {kept}['out'] = output.detach()\n{layer}.register_forward_hook({kept}_hook)",
        )
    )
    p.put(f"y = {layer}(x)", f"x = {kept}['out']")


@step(*MAPS)
def hook_changes(p: Draft) -> None:
    m = Maps(p)
    layer = p.fresh("conv")
    p.put(f"{layer} = {m.layer()}")
    p.put(
        p.one(
            f"{layer}.register_forward_hook(lambda module, args, output: output[:, :1])",
            f"{layer}.register_forward_pre_hook(lambda module, args: (F.pad(args[0], (1, 1)),))",
            f"handle = {layer}.register_forward_hook(lambda m, a, o: o.mean(1, keepdim=True))\nhandle.remove()",
            f"{layer}.register_forward_pre_hook(lambda module, args: (args[0] * 2,))",
            f"{layer}.register_forward_hook(lambda m, a, o: torch.cat([o, o], 1))",
        )
    )
    p.put(f"x = {layer}(x)")


@step(*MAPS)
def attribute_assigned(p: Draft) -> None:
    """A layer's parameters changed after it was made."""
    m = Maps(p)
    layer = p.fresh("conv")
    n = m.n
    p.put(f"{layer} = nn.Conv{n}d({m.cin}, {m.cout}, 2)")
    p.put(
        p.one(
            f"{layer}.padding = {(1,) * n}",
            f"{layer}.stride = {(2,) * n}",
            f"{layer}.dilation = {(2,) * n}\n{layer}.padding = {(2,) * n}",
            f"{layer}.padding = 1",
            f"setattr({layer}, 'stride', {(2,) * n})",
            f"{layer}.bias = None",
            f"{layer}.stride = 2",
            f"for each in [{layer}]:\n    each.padding = {(1,) * n}",
            f"{layer}.padding_mode = 'zeros'",
            f"{layer}.__dict__['stride'] = {(2,) * n}",
            f"{layer}.kernel_size = {(9,) * n}",
            f"{layer}.out_channels = 77",
        )
    )
    p.put(f"x = {layer}(x)")


@step(*MAPS)
def pool_assigned(p: Draft) -> None:
    n = p.rank - 2
    layer = p.fresh("pool")
    p.put(f"{layer} = nn.{p.one('Max', 'Avg')}Pool{n}d(2, stride=2, padding=1)")
    p.put(
        p.one(
            f"{layer}.ceil_mode = True",
            f"{layer}.stride = 1",
            f"{layer}.kernel_size = 3",
            f"{layer}.padding = 0",
            f"{layer}.stride = {(1,) * n}",
        )
    )
    p.put(f"x = {layer}(x)")


@step(*MAPS)
def subclass_layer(p: Draft) -> None:
    m = Maps(p)
    name = p.fresh("MyConv")
    kind = p.one(0, 1, 2, 3, 4)
    base = f"nn.Conv{m.n}d"
    if kind == 0:
        p.define(
            f"class {name}({base}):",
            "    def __init__(self, cin, cout, k=3):",
            "        super().__init__(cin, cout, k, padding=k // 2)",
        )
        made = f"{name}({m.cin}, {m.cout}{p.one('', ', 2')})"
    elif kind == 1:
        p.define(
            f"class {name}({base}):",
            "    def forward(self, x):",
            p.one(
                "        return super().forward(F.pad(x, (1, 1)))",
                "        return super().forward(x) * 2",
                f"        return F.conv{m.n}d(x, self.weight, self.bias, self.stride, self.padding)",
                "        return self._conv_forward(x, self.weight, self.bias)",
            ),
        )
        made = f"{name}({m.cin}, {m.cout}, 2, padding=1)"
    elif kind == 2:
        p.define(
            f"class {name}({base}):",
            "    def __init__(self, *args, **kwargs):",
            p.one(
                "        kwargs.setdefault('padding', 1)\n        super().__init__(*args, **kwargs)",
                "        super().__init__(*args, **kwargs)",
                "        super(" + name + ", self).__init__(*args, bias=False, **kwargs)",
            ),
        )
        made = p.one(f"{name}({m.cin}, {m.cout}, 3)", f"{name}({m.cin}, {m.cout}, kernel_size=2, stride=2)")
    elif kind == 3:
        p.define(f"class {name}({base}):", "    pass")
        made = f"{name}({m.cin}, {m.cout}, 2)"
    else:
        p.define(
            f"class {name}({base}):",
            "    def __init__(self, cin, cout):",
            "        super().__init__(cin, cout, 2)",
            p.one(
                f"        self.padding = {(1,) * m.n}", f"        self.stride = {(2,) * m.n}", "        self.extra = 3"
            ),
        )
        made = f"{name}({m.cin}, {m.cout})"
    p.apply(p.made(made, "conv"))


@step(*MAPS)
def replaced_forward(p: Draft) -> None:
    m = Maps(p)
    p.use("import types")
    layer, old = p.fresh("conv"), p.fresh("old")
    p.put(f"{layer} = {m.layer()}")
    p.put(
        p.one(
            f"{layer}.forward = lambda x: x[:, :1]",
            f"{old} = {layer}.forward\n{layer}.forward = lambda x: {old}(torch.relu(x))",
            f"def {old}(self, x):\n    return F.conv{m.n}d(x, self.weight, None, padding=2)\n{layer}.forward = types.MethodType({old}, {layer})",
            f"{layer}.forward = nn.Identity()",
        )
    )
    p.put(f"x = {layer}(x)")


@step(*MAPS)
def weight_assigned(p: Draft) -> None:
    m = Maps(p)
    layer = p.fresh("conv")
    p.put(f"{layer} = nn.Conv{m.n}d({m.cin}, {m.cout}, 2)")
    ones = ", ".join(["3"] * m.n)
    p.put(
        p.one(
            f"{layer}.weight = nn.Parameter(torch.ones({m.cout}, {m.cin}, {ones}))",
            f"{layer}.weight.data = torch.ones({m.cout}, {m.cin}, {ones})",
            f"{layer}.weight.data.fill_(1)",
            f"{layer}.weight = nn.Parameter({layer}.weight[:1])\n{layer}.bias = None",
            f"nn.init.zeros_({layer}.weight)",
            f"with torch.no_grad():\n    {layer}.weight.copy_(torch.ones_like({layer}.weight))",
            f"{layer}.load_state_dict({layer}.state_dict())",
            f"{layer}.weight = nn.Parameter(torch.cat([{layer}.weight, {layer}.weight], 0))\n{layer}.bias = None",
        )
    )
    p.put(f"x = {layer}(x)")


@step(*MAPS)
def apply_function(p: Draft) -> None:
    m = Maps(p)
    net, f = p.fresh("net"), p.fresh("init")
    p.define(
        f"def {f}(module):",
        f"    if isinstance(module, {p.one(f'nn.Conv{m.n}d', f'(nn.Conv{m.n}d, nn.Linear)', 'nn.Linear')}):",
        f"        {p.one('nn.init.zeros_(module.weight)', f'module.padding = {(1,) * m.n}', 'module.weight.data.normal_(0.0, 0.02)', f'module.stride = {(2,) * m.n}')}",
        "    elif type(module).__name__.find('BatchNorm') != -1:",
        "        nn.init.constant_(module.bias, 0)",
    )
    p.put(
        f"{net} = nn.Sequential({m.conv(m.cin, 3, '2')}, nn.BatchNorm{m.n}d(3), {m.conv(3, m.cout, '2')})",
        f"{net}.apply({f})",
        f"x = {net}(x)",
    )


@step(*MAPS)
def modules_changed(p: Draft) -> None:
    """Layers that a loop over a model's modules replaces or changes."""
    m = Maps(p)
    net = p.fresh("net")
    p.put(f"{net} = nn.Sequential({m.conv(m.cin, 3, '2')}, nn.ReLU(), {m.conv(3, m.cout, '2')})")
    p.put(
        p.one(
            f"for name, child in {net}.named_children():\n    if isinstance(child, nn.ReLU):\n        setattr({net}, name, nn.Identity())",
            f"for module in {net}.modules():\n    if isinstance(module, nn.Conv{m.n}d):\n        module.padding = {(1,) * m.n}",
            f"for i, child in enumerate({net}):\n    if isinstance(child, nn.ReLU):\n        {net}[i] = {m.conv(3, 3, '1')}",
            f"for each in {net}.parameters():\n    each.requires_grad = False",
            f"{net}[2] = nn.Conv{m.n}d(3, {m.cout}, 1, bias=False)",
            f"for k, v in {net}.state_dict().items():\n    v.zero_()",
        )
    )
    p.put(f"x = {net}(x)")


@step(*MAPS)
def module_copied(p: Draft) -> None:
    m = Maps(p)
    p.use("import copy")
    a, b = p.fresh("net"), p.fresh("again")
    p.put(
        f"{a} = nn.Sequential({m.conv(m.cin, m.cin, '3, padding=1')}, nn.ReLU())",
        f"{b} = copy.deepcopy({a})",
        p.one(f"{b}[0] = {m.layer()}", f"{b}.append({m.layer()})", f"{a}.append({m.layer()})", "pass"),
        f"x = {p.one(a, b)}(x)",
    )


@step(*MAPS)
def module_shared(p: Draft) -> None:
    m = Maps(p)
    layer = p.made(f"nn.Conv{m.n}d({m.cin}, {m.cin}, 2)", "shared")
    if layer.startswith("nn."):
        p.put(f"x = {layer}(x)")
    else:
        p.put(
            p.one(
                f"x = {layer}({layer}(x))",
                f"x = nn.Sequential({layer}, nn.ReLU(), {layer})(x)",
                f"for _ in range(2):\n    x = {layer}(x)",
                f"x = [{layer}] [0](x)",
            )
        )


@step(*MAPS)
def module_methods(p: Draft) -> None:
    m = Maps(p)
    layer = p.made(m.layer(), "conv")
    p.put(
        p.one(
            f"x = {layer}.eval()(x)",
            f"x = {layer}.train()(x)",
            f"x = {layer}.to('cpu')(x)",
            f"x = {layer}.requires_grad_(False)(x)",
            f"x = {layer}.float()(x)",
            f"x = {layer}.forward(x)",
            f"x = {layer}.__call__(x)",
            f"x = {layer}(input=x)",
            f"x = {layer}.cpu().eval()(x)",
            f"x = {layer}.double()(x.double()).float()",
            f"x = nn.utils.weight_norm({layer})(x)",
            f"x = nn.utils.spectral_norm({layer})(x)",
            f"x = torch.nn.utils.parametrizations.weight_norm({layer})(x)",
            f"x = nn.DataParallel({layer})(x)",
            f"x = {layer}.to(memory_format=torch.channels_last)(x)"
            if m.n == 2
            else f"x = {layer}.to(torch.float32)(x)",
        )
    )


@step(*MAPS)
def instance_branch(p: Draft) -> None:
    m = Maps(p)
    layers = p.fresh("layers")
    p.put(f"{layers} = [{m.layer()}, nn.ReLU(), {m.conv(m.cout, 3)}]")
    p.put(
        f"for each in {layers}:",
        f"    if isinstance(each, {p.one(f'nn.Conv{m.n}d', f'(nn.Conv{m.n}d, nn.ConvTranspose{m.n}d)', 'nn.modules.conv._ConvNd', 'nn.ReLU')}):",
        "        x = each(x)",
        *p.one([], ["    else:", "        x = x.abs()"], ["    elif type(each) is nn.ReLU:", "        x = each(x)"]),
    )


@step(*MAPS)
def children_loop(p: Draft) -> None:
    m = Maps(p)
    net = p.fresh("net")
    p.put(f"{net} = nn.Sequential({m.conv(m.cin, 3)}, nn.ReLU(), nn.Sequential({m.conv(3, m.cout)}))")
    p.put(
        *p.one(
            [f"for name, child in {net}.named_children():", "    x = child(x)"],
            [f"for child in {net}.children():", "    x = child(x)"],
            [
                f"for i, child in enumerate({net}):",
                "    x = child(x)",
                f"    if i == {p.whole(0, 2)}:",
                "        break",
            ],
            [f"for name, child in {net}._modules.items():", "    x = child(x)"],
            [f"for module in {net}.modules():", f"    if isinstance(module, nn.Conv{m.n}d):", "        x = module(x)"],
            [f"for name, module in {net}.named_modules():", "    if name == '0':", "        x = module(x)"],
        )
    )
