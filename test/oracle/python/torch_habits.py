"""Programs for single habits of PyTorch code: bare calls, functional forms, subclasses, partials, names made of strings …"""

from finish import example, finish
from program import Code, Program, arguments_text, conv_call, CONV_ORDER, TRANSPOSED_ORDER
from torch_models import act, call_act, forward, head, norm, some_conv, some_transposed


def bare(p: Program, rng) -> None:
    """A few layers in a script, each made and applied."""
    for index in range(p.pick(3, 4, 5, 6)):
        rank = p.pick(1, 2, 2, 2, 3)
        transposed = p.chance(0.5)
        groups = p.pick(1, 1, 1, 2, 4)
        cin, cout = groups * p.pick(1, 2, 4, 8), groups * p.pick(1, 2, 3, 8)
        spec = some_transposed(p) if transposed else some_conv(p, rank)
        if p.chance(0.1):
            spec["dilation"] = p.pick(2, 3)
        if not transposed and p.chance(0.1):
            spec |= {"padding": "same", "stride": 1}
        if not transposed and p.chance(0.07):
            spec |= {"padding_mode": p.pick("reflect", "replicate", "circular")}
        if groups > 1:
            spec["groups"] = groups
        text = conv_call(p, cin, cout, rank=rank, transposed=transposed, **spec)
        size = [p.pick(1, 2, 5, 8, 16, 33, 64) if p.chance(0.3) else p.pick(16, 24, 32) for _ in range(rank)]
        batch = [p.pick(1, 2, 8)] if p.chance(0.9) else []
        made = ", ".join(str(each) for each in [*batch, cin, *size])
        x, layer = f"x{index}", p.pick("conv", "deconv", "up", "layer", "m") + str(index)
        dims = p.pick(made, f"({made})", f"[{made}]", f"size=({made})")
        way = p.pick("two", "two", "inline", "printed")
        maker = p.pick("torch.randn", "torch.zeros", "torch.ones", "torch.rand", "torch.empty")
        if way == "inline":
            p.body.append(
                f"y{index} = {text}({maker}({dims}))".replace("\n            ", " ").replace("\n        )", ")")
            )
        else:
            p.body += [f"{layer} = {text}", f"{x} = {maker}({dims})", f"y{index} = {layer}({x})"]
            if way == "printed":
                p.body.append(f"print({layer}(x{index}).shape)")


def functional(p: Program, rng) -> None:
    """`torch.nn.functional` with weights at hand; `groups` stands before `dilation` in the transposed form."""
    f = p.functional()
    for index in range(p.pick(2, 3, 4)):
        rank = p.pick(1, 2, 2, 3)
        transposed = p.chance(0.5)
        groups = p.pick(1, 1, 2)
        cin, cout = 2 * p.pick(1, 2, 4) * groups, groups * p.pick(1, 3, 8)
        kernel, wrong = p.pick(2, 3, 4, 5), p.chance(0.15)
        weight = [cin, cout // groups] if transposed else [cout, cin // groups]
        if wrong:
            weight[0 if transposed else 1] += 1
        weights = ", ".join(map(str, weight + [kernel] * rank))
        size = ", ".join(map(str, [p.pick(1, 2), cin] + [p.pick(8, 15, 16, 32)] * rank))
        stride, padding, dilation = p.pick(1, 2, 3), p.pick(0, 1, kernel // 2), p.pick(1, 1, 2)
        extra = p.pick(0, 0, 1, 2)
        name = f"{f}.conv{'_transpose' if transposed else ''}{rank}d"
        bias = p.pick("None", "None", f"torch.zeros({cout})")
        order = [stride, padding, extra, groups, dilation] if transposed else [stride, padding, dilation, groups]
        names = (
            ["stride", "padding", "output_padding", "groups", "dilation"]
            if transposed
            else ["stride", "padding", "dilation", "groups"]
        )
        if p.chance(0.4):
            args = f"x{index}, w{index}, {bias}, " + ", ".join(map(str, order))
        else:
            default = {"stride": 1, "padding": 0, "output_padding": 0, "groups": 1, "dilation": 1}
            args = ", ".join(
                [f"x{index}", p.pick(f"w{index}", f"weight=w{index}")]
                + ([f"bias={bias}"] if bias != "None" else [])
                + [
                    f"{key}={value if key == 'groups' else p.per_axis(value, rank)}"
                    for key, value in zip(names, order)
                    if value != default[key]
                ]
            )
        made = p.pick(
            f"torch.randn({weights})", f"torch.ones({weights}) / {kernel}", f"{p.nn}.Parameter(torch.empty({weights}))"
        )
        p.body += [f"w{index} = {made}", f"x{index} = torch.randn({size})", f"y{index} = {name}({args})", ""]


def parameter_layer(p: Program, rng) -> None:
    """A module that keeps its own weight and calls the functional form."""
    cin, cout, kernel = p.pick(3, 8), p.pick(4, 16), p.pick(3, 5)
    f = p.functional()
    transposed = p.chance(0.4)
    shape = "in_ch, out_ch" if transposed else "out_ch, in_ch"
    p.body += head(p, "WSConv", "in_ch", "out_ch", f"kernel_size={kernel}", "stride=1", "padding=1") + [
        f"        self.weight = {p.nn}.Parameter(torch.randn({shape}, kernel_size, kernel_size))",
        f"        self.bias = {p.nn}.Parameter(torch.zeros(out_ch))",
        "        self.stride = stride",
        "        self.padding = padding",
        "",
        "    def forward(self, x):",
        p.pick(
            "        w = self.weight * 0.5", "        w = self.weight - self.weight.mean(dim=(1, 2, 3), keepdim=True)"
        ),
        f"        return {f}.conv{'_transpose' if transposed else ''}2d(x, w, self.bias, stride=self.stride, padding=self.padding)",
        "",
        "",
    ]
    p.body += head(p, "Net") + [
        f"        self.a = WSConv({p.number(cin)}, {p.number(cout)})",
        f"        self.b = WSConv({cout}, 8, stride=2)",
    ]
    shape_x = (p.pick(1, 2), cin, 32, 40)
    spoken = p.chance(0.4)
    p.body += forward(p, shape_x, spoken, ["return self.b(torch.relu(self.a(x)))"])
    finish(p, "Net()", shape_x, spoken)


def subclass(p: Program, rng) -> None:
    """A class of one's own under a convolution."""
    base = p.layer(p.pick("Conv2d", "ConvTranspose2d"))
    transposed = "Transpose" in base or base == "ConvT2d"
    cin, cout = p.pick(3, 4), p.pick(8, 16)
    if p.chance(0.5):
        call = conv_call(
            p,
            Code("cin"),
            Code("cout"),
            callee="super().__init__",
            transposed=transposed,
            **(some_transposed(p) if transposed else some_conv(p)),
        )
        p.body += [f"class MyConv({base}):", "    def __init__(self, cin, cout):", f"        {call}", ""]
        made = f"MyConv({p.number(cin)}, {p.number(cout)})"
    else:
        p.body += [
            f"class MyConv({base}):",
            '    """Scales what it gives."""',
            "",
            "    def forward(self, x):",
            "        return super().forward(x) * 0.5",
            "",
        ]
        made = conv_call(
            p, cin, cout, callee="MyConv", transposed=transposed, **(some_transposed(p) if transposed else some_conv(p))
        )
    p.body += [""] + head(p, "Net") + [f"        self.layer = {made}"]
    shape = (2, cin, 16, 24)
    spoken = p.chance(0.5)
    p.body += forward(p, shape, spoken, [f"x = {call_act(p, 'self.layer(x)')}", "return x"])
    finish(p, "Net()", shape, spoken)


def partial(p: Program, rng) -> None:
    """`functools.partial` and lambdas that stand for a convolution."""
    p.use(p.pick("from functools import partial", "import functools"))
    name = "partial" if "from functools import partial" in p.imports else "functools.partial"
    kernel, stride = p.pick(3, 5), p.pick(1, 2)
    p.prelude.append(
        f"conv = {name}({p.layer('Conv2d')}, kernel_size={p.number(kernel)}, stride={stride}, padding={kernel // 2})"
    )
    p.prelude.append(f"up = {name}({p.layer('ConvTranspose2d')}, kernel_size=4, stride=2, padding=1)")
    a, b = p.pick(8, 16), p.pick(16, 32)
    p.body += head(p, "Net") + [
        f"        self.c1 = conv(3, {p.number(a)})",
        f"        self.c2 = conv({p.number(a)}, {b}{p.pick('', ', bias=False', ', stride=2')})",
        f"        self.u1 = up({b}, {p.number(a)})",
        f"        self.u2 = up({a}, out_channels=3)",
    ]
    shape = (1, 3, *p.pick((32, 32), (40, 56)))
    spoken = p.chance(0.5)
    p.body += forward(
        p,
        shape,
        spoken,
        ["x = torch.relu(self.c1(x))", "x = torch.relu(self.c2(x))", "x = self.u1(x)", "return self.u2(x)"],
    )
    finish(p, "Net()", shape, spoken)


def named(p: Program, rng) -> None:
    """Layers whose names are made of strings: `setattr`, `getattr`, `ModuleDict`, `add_module`."""
    count, width = p.pick(2, 3, 4), p.pick(8, 12, 16)
    way = p.pick("setattr", "dict", "add")
    spec = some_conv(p) | {"dilation": 1, "stride": p.pick(1, 2)}
    call = conv_call(p, Code(f"3 if i == 0 else {width}"), Code(str(width)), **spec)
    p.body += head(p, "Stack", f"n={count}") + ["        self.n = n"]
    if way == "dict":
        p.body += [
            f"        self.convs = {p.nn}.ModuleDict()",
            "        for i in range(n):",
            f'            self.convs[f"conv{{i}}"] = {call}',
        ]
        steps = (
            ["for i in range(self.n):", '    x = self.convs[f"conv{i}"](x)']
            if p.chance(0.5)
            else ["for name, layer in self.convs.items():", "    x = layer(x)"]
        )
    else:
        made = (
            f'setattr(self, f"conv{{i}}", {call})' if way == "setattr" else f'self.add_module("conv" + str(i), {call})'
        )
        p.body += ["        for i in range(n):", f"            {made}"]
        steps = [
            "for i in range(self.n):",
            p.pick(
                '    x = getattr(self, f"conv{i}")(x)',
                '    x = torch.relu(getattr(self, "conv" + str(i))(x))',
                '    x = getattr(self, "conv%d" % i)(x)',
                '    x = getattr(self, "conv{}".format(i))(x)',
            ),
        ]
    shape = (1, 3, 64, 64)
    spoken = p.chance(0.5)
    p.body += forward(p, shape, spoken, [*steps, "return x"])
    finish(p, "Stack()", shape, spoken)


def inheritance(p: Program, rng) -> None:
    """A base class whose template method calls what its children make."""
    p.body += head(p, "Base", "width=16", "out=3") + [
        "        self.width = width",
        "        self.stem = " + conv_call(p, Code("3"), Code("self.width"), **some_conv(p)),
        "        self.body = self.build()",
        f"        self.tail = {conv_call(p, Code('width'), Code('out'), 1)}",
        "",
        "    def build(self):",
        f"        return {p.nn}.Identity()",
    ]
    shape = (2, 3, 48, 48)
    # Which of the two classes is meant, and with what, only a call can tell.
    p.body += forward(p, shape, False, ["return self.tail(self.body(self.stem(x)))"])
    p.body += [
        "",
        "",
        "class Child(Base):",
        "    def build(self):",
        f"        return {p.nn}.Sequential({conv_call(p, Code('self.width'), Code('self.width * 2'), 3, padding=1)}, {p.nn}.ReLU(), {conv_call(p, Code('2 * self.width'), Code('self.width'), transposed=True, **some_transposed(p))})",
    ]
    finish(p, p.pick("Child()", "Child(width=24)", "Child(8, out=1)"), shape, False)


def attention(p: Program, rng) -> None:
    """Self-attention over positions: `view`, `permute`, `bmm`, softmax, a residual sum."""
    channels = p.pick(16, 32)
    p.body += head(p, "SelfAttention", "in_dim") + [
        f"        self.query = {conv_call(p, Code('in_dim'), Code('in_dim // 8'), 1)}",
        f"        self.key = {conv_call(p, Code('in_dim'), Code('in_dim // 8'), 1)}",
        f"        self.value = {conv_call(p, Code('in_dim'), Code('in_dim'), 1)}",
        f"        self.gamma = {p.nn}.Parameter(torch.zeros(1))",
        "",
        "    def forward(self, x):",
        p.pick("        b, c, h, w = x.size()", "        b, c, h, w = x.shape"),
        "        q = self.query(x).view(b, -1, h * w).permute(0, 2, 1)",
        "        k = self.key(x).view(b, -1, h * w)",
        p.pick("        energy = torch.bmm(q, k)", "        energy = q @ k", "        energy = torch.matmul(q, k)"),
        "        attn = torch.softmax(energy, dim=-1)",
        "        v = self.value(x).view(b, -1, h * w)",
        "        out = torch.bmm(v, attn.permute(0, 2, 1))",
        "        out = out.view(b, c, h, w)",
        "        return self.gamma * out + x",
        "",
        "",
    ]
    p.body += head(p, "Net") + [
        f"        self.c1 = {conv_call(p, 3, channels, 4, stride=2, padding=1)}",
        f"        self.attn = SelfAttention({p.number(channels)})",
        f"        self.c2 = {conv_call(p, channels, 2 * channels, **some_conv(p))}",
    ]
    shape = (p.pick(1, 2), 3, *p.pick((32, 32), (16, 24)))
    spoken = p.chance(0.5)
    p.body += forward(p, shape, spoken, ["x = self.c1(x)", "x = self.attn(x)", "return self.c2(x)"])
    finish(p, "Net()", shape, spoken)


def gating(p: Program, rng) -> None:
    """`chunk`, `split`, `stack`, slices along channels, `unsqueeze`."""
    c = p.pick(8, 16)
    way = p.pick(
        ["a, b = self.conv(x).chunk(2, dim=1)", "x = a * torch.sigmoid(b)"],
        [f"a, b = torch.split(self.conv(x), {c}, dim=1)", "x = torch.tanh(a) * torch.sigmoid(b)"],
        [f"y = self.conv(x)", f"x = y[:, :{c}] * y[:, {c}:]"],
        ["a, b = torch.chunk(self.conv(x), 2, 1)", "x = torch.stack([a, b]).sum(dim=0)"],
        [f"a, b = self.conv(x).split([{c}, {c}], 1)", "x = torch.cat([a + b], dim=1)"],
        ["x = self.conv(x)", "x = x.reshape(x.size(0), 2, -1, x.size(2), x.size(3))[:, 0]"],
        ["x = self.conv(x)", "x = x.permute(0, 2, 3, 1)[..., :" + str(c) + "].permute(0, 3, 1, 2)"],
        ["x = self.conv(x)", f"x = x.transpose(1, 3)[:, :, :, :{c}].transpose(1, 3).contiguous()"],
        ["a, b = self.conv(x).chunk(2, dim=1)", "x = torch.maximum(a, b)"],
    )
    p.body += head(p, "Gated") + [
        f"        self.conv = {conv_call(p, 3, 2 * c, 3, padding=1)}",
        f"        self.out = {conv_call(p, c, 4, **some_conv(p))}",
    ]
    shape = (2, 3, *p.pick((20, 20), (16, 32)))
    spoken = p.chance(0.5)
    p.body += forward(p, shape, spoken, [*way, "return self.out(x)"])
    finish(p, "Gated()", shape, spoken)


def resizing(p: Program, rng) -> None:
    """Pixel shuffle, `Upsample`, `F.interpolate`, padding layers and pooling between convolutions."""
    f = p.functional()
    r, c = p.pick(2, 3), p.pick(4, 8)
    shape = (1, 3, *p.pick((16, 16), (15, 20)))
    first = conv_call(p, 3, c * r * r, 3, padding=1)
    way = p.pick("shuffle", "upsample", "interpolate", "pad", "pool", "size", "unshuffle")
    p.body += head(p, "Resizer")
    after = c * r * r
    if way == "shuffle":
        p.body += [f"        self.up = {p.nn}.PixelShuffle({p.number(r)})"]
        step, after = "x = self.up(x)", c
    elif way == "unshuffle":
        first = conv_call(p, 3, c, 3, padding=1)
        shape = (1, 3, 6 * r, 4 * r)
        p.body += [f"        self.down = {p.nn}.PixelUnshuffle({r})"]
        step, after = "x = self.down(x)", c * r * r
    elif way == "upsample":
        p.body += [
            f"        self.up = {p.nn}.Upsample("
            + p.pick(
                f"scale_factor={r}",
                f"scale_factor={r}, mode='bilinear', align_corners=True",
                "size=(31, 37)",
                "scale_factor=2, mode='nearest'",
            )
            + ")"
        ]
        step = "x = self.up(x)"
    elif way == "interpolate":
        step = (
            f"x = {f}.interpolate(x, "
            + p.pick(
                f"scale_factor={r}",
                f"scale_factor={r}, mode='nearest'",
                "size=(24, 28), mode='bilinear', align_corners=False",
                "size=32",
                "scale_factor=0.5",
            )
            + ")"
        )
    elif way == "size":
        step = p.pick(
            f"x = {f}.interpolate(self.conv(x), size=x.shape[2:]) if False else {f}.interpolate(x, size=x.shape[-2:])",
            f"x = {f}.interpolate(x, size=(x.size(2) * 2, x.size(3) * 2))",
        )
    elif way == "pad":
        p.body += [
            f"        self.pad = {p.nn}."
            + p.pick(
                "ZeroPad2d(2)",
                "ReflectionPad2d(3)",
                "ZeroPad2d((1, 0, 1, 0))",
                "ReplicationPad2d(1)",
                "ConstantPad2d((0, 1, 2, 3), 0.0)",
            )
        ]
        step = p.pick(
            "x = self.pad(x)",
            f"x = {f}.pad(x, (1, 2, 3, 4))",
            f"x = {f}.pad(self.pad(x), [1, 1, 0, 0], mode='constant')",
        )
    else:
        p.body += [
            f"        self.pool = {p.nn}."
            + p.pick(
                "MaxPool2d(2, 2)",
                "AvgPool2d(3, stride=2, padding=1)",
                "MaxPool2d(kernel_size=3, stride=2, padding=1)",
                "MaxPool2d(2, ceil_mode=True)",
                "AdaptiveAvgPool2d((7, 9))",
                "AdaptiveAvgPool2d(5)",
                "MaxPool2d((2, 1))",
            )
        ]
        step = "x = self.pool(x)"
    p.body += [
        f"        self.conv = {first}",
        f"        self.out = {conv_call(p, after, 3, p.pick(3, 1, 4), padding=1)}",
    ]
    spoken = p.chance(0.5)
    p.body += forward(p, shape, spoken, ["x = self.conv(x)", step, "return self.out(x)"])
    finish(p, "Resizer()", shape, spoken)


def audio(p: Program, rng) -> None:
    """Dilated one-dimensional stacks with residual sums."""
    channels, depth, kernel = p.pick(8, 16), p.pick(3, 4, 5), p.pick(2, 3)
    p.body += head(p, "WaveNet", f"layers={depth}", f"channels={channels}") + [
        f"        self.causal = {conv_call(p, Code('1'), Code('channels'), 1, rank=1)}",
        f"        self.dilated = {p.nn}.ModuleList([",
    ]
    same = kernel == 3
    call = conv_call(
        p,
        Code("channels"),
        Code("2 * channels"),
        kernel,
        rank=1,
        dilation=Code("2 ** i"),
        padding=Code("2 ** i") if same else 0,
    )
    p.body += [
        f"            {call}",
        "            for i in range(layers)",
        "        ])",
        f"        self.mix = {p.nn}.ModuleList([{conv_call(p, Code('channels'), Code('channels'), 1, rank=1)} for _ in range(layers)])",
    ]
    inner = (
        ["    a, b = conv(x).chunk(2, dim=1)", "    h = torch.tanh(a) * torch.sigmoid(b)", "    x = x + mix(h)"]
        if same
        else [
            "    a, b = conv(x).chunk(2, dim=1)",
            "    h = mix(torch.tanh(a) * torch.sigmoid(b))",
            "    x = x[:, :, -h.size(2):] + h",
        ]
    )
    shape = (2, 1, p.pick(100, 256))
    spoken = p.chance(0.5)
    p.body += forward(
        p, shape, spoken, ["x = self.causal(x)", "for conv, mix in zip(self.dilated, self.mix):", *inner, "return x"]
    )
    finish(p, "WaveNet()", shape, spoken)


def output_size(p: Program, rng) -> None:
    """A transposed convolution told at call time which of its possible sizes is wanted."""
    c = p.pick(8, 16)
    kernel, padding = p.pick((3, 1), (5, 2), (4, 1))
    p.body += head(p, "AutoEncoder") + [
        f"        self.down = {conv_call(p, 3, c, kernel, stride=2, padding=padding)}",
        f"        self.up = {conv_call(p, c, 3, kernel, transposed=True, stride=2, padding=padding)}",
    ]
    wanted = p.pick("x.size()", "x.shape", "x.shape[2:]", "x.shape[-2:]", "list(x.shape[2:])", "(33, 40)")
    shape = (2, 3, *p.pick((33, 40), (32, 32), (31, 64)))
    spoken = p.chance(0.5)
    p.body += forward(p, shape, spoken, ["h = torch.relu(self.down(x))", f"return self.up(h, output_size={wanted})"])
    finish(p, "AutoEncoder()", shape, spoken)


def lazy(p: Program, rng) -> None:
    """Layers that learn their input channels from the first call."""
    cout = p.pick(8, 16)
    kinds = p.pick(
        ("LazyConv2d", CONV_ORDER, 2), ("LazyConvTranspose2d", TRANSPOSED_ORDER, 2), ("LazyConv1d", CONV_ORDER, 1)
    )
    for index in range(2):
        arguments = {"out_channels": cout, "kernel_size": p.pick(3, 4), "stride": p.pick(1, 2), "padding": 1}
        p.body.append(f"lazy{index} = {p.layer(kinds[0])}({arguments_text(p, arguments, kinds[1][1:], kinds[2])})")
        p.body += [
            f"a{index} = lazy{index}(torch.randn({', '.join(map(str, [2, p.pick(3, 5)] + [p.pick(16, 21)] * kinds[2]))}))",
            "",
        ]


def branches(p: Program, rng) -> None:
    """Constructor options as strings and flags choose among layers."""
    mode = p.pick("deconv", "upsample", "shuffle")
    c = p.pick(8, 16)
    p.body += head(p, "Up", "cin", "cout", f'mode="{p.pick("deconv", "upsample")}"', "bilinear=True") + [
        '        if mode == "deconv":',
        f"            self.up = {conv_call(p, Code('cin'), Code('cout'), 4, transposed=True, stride=2, padding=1)}",
        '        elif mode == "upsample":',
        f"            self.up = {p.nn}.Sequential({p.nn}.Upsample(scale_factor=2), {conv_call(p, Code('cin'), Code('cout'), 3, padding=1)})",
        "        else:",
        f"            self.up = {p.nn}.Sequential({conv_call(p, Code('cin'), Code('cout * 4'), 3, padding=1)}, {p.nn}.PixelShuffle(2))",
        "",
        "    def forward(self, x):",
        "        return self.up(x)",
        "",
        "",
    ]
    p.body += head(p, "Decoder", "skip=False") + [
        f'        self.a = Up(6, {p.number(c)}, "{mode}")',
        f"        self.b = Up({c}, {c})",
        f'        self.c = Up(cin={c}, cout=3, mode="{p.pick("deconv", "shuffle")}")',
        "        self.skip = skip",
    ]
    steps = [
        "x = self.a(x)",
        "y = self.b(x)",
        f"if self.skip:",
        f"    y = torch.cat([y, {p.functional()}.interpolate(x, scale_factor=2)], 1)",
        "return self.c(y)",
    ]
    shape = (1, 6, *p.pick((8, 8), (5, 7)))
    spoken = p.chance(0.5)
    p.body += forward(p, shape, spoken, steps)
    finish(p, "Decoder()", shape, spoken)


def configured(p: Program, rng) -> None:
    """Layers from a table of tuples, as VGG and YOLO are written."""
    widths = [p.pick(8, 16), "M", p.pick(16, 32), p.pick(32, 48), "M", 64][: p.pick(4, 6)]
    p.prelude.append(f"LAYERS = {widths}".replace("'", '"'))
    p.body += [
        "def make_layers(cfg, in_channels=3):",
        "    layers = []",
        "    for v in cfg:",
        '        if v == "M":',
        f"            layers += [{p.nn}.MaxPool2d(kernel_size=2, stride=2)]",
        "        else:",
        f"            conv2d = {conv_call(p, Code('in_channels'), Code('v'), p.pick(3, 5), padding=1)}",
        f"            layers += [conv2d, {p.nn}.ReLU(inplace=True)]",
        "            in_channels = v",
        f"    return {p.nn}.Sequential(*layers)",
        "",
        "",
    ]
    p.body += head(p, "VGG") + [f"        self.features = make_layers({p.pick('LAYERS', 'LAYERS, 3', 'cfg=LAYERS')})"]
    shape = (2, 3, *p.pick((32, 32), (50, 40)))
    spoken = p.chance(0.5)
    p.body += forward(
        p, shape, spoken, [p.pick("return self.features(x)", "x = self.features(x)\n        return x.flatten(1)")]
    )
    finish(p, "VGG()", shape, spoken)


HABITS = [
    bare,
    bare,
    bare,
    bare,
    functional,
    functional,
    parameter_layer,
    subclass,
    partial,
    named,
    inheritance,
    attention,
    gating,
    resizing,
    resizing,
    audio,
    output_size,
    lazy,
    branches,
    configured,
]
