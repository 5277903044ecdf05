"""Programs that define PyTorch models as people write them: one function per habit."""

from finish import example, finish, told
from program import Code, Program, conv_call

NORMS = {1: "BatchNorm1d", 2: "BatchNorm2d", 3: "BatchNorm3d"}


def act(p: Program) -> str:
    return f"{p.nn}." + p.pick(
        "ReLU()",
        "ReLU(inplace=True)",
        "LeakyReLU(0.2)",
        "LeakyReLU(0.2, inplace=True)",
        "GELU()",
        "SiLU()",
        "ELU()",
        "Tanh()",
    )


def call_act(p: Program, text: str) -> str:
    return p.pick(
        f"{p.functional()}.relu({text})",
        f"torch.relu({text})",
        f"{p.functional()}.leaky_relu({text}, 0.2)",
        f"torch.tanh({text})",
        text,
    )


def norm(p: Program, channels: str, rank: int = 2) -> str:
    if rank == 2 and p.chance(0.2):
        return f"{p.nn}.InstanceNorm2d({channels})"
    return f"{p.nn}.{NORMS[rank]}({channels})"


def head(p: Program, name: str, *parameters: str) -> list[str]:
    base = f"{p.nn}.Module"
    up = p.pick("super().__init__()", f"super({name}, self).__init__()")
    return (
        [f"class {name}({base}):"]
        + (['    """A model."""', ""] if p.chance(0.2) else [])
        + [f"    def __init__({', '.join(['self', *parameters])}):", f"        {up}"]
    )


def forward(p: Program, shape, spoken: bool, lines: list[str], name: str = "x", method: str = "forward") -> list[str]:
    parameter, comments = told(p, shape, name) if spoken else (name, [])
    if comments and p.chance(0.3):
        return ["", f"    def {method}(self, {parameter}):  {comments[0]}"] + [f"        {line}" for line in lines]
    return ["", f"    def {method}(self, {parameter}):"] + [f"        {line}" for line in [*comments, *lines]]


def some_conv(p: Program, rank: int = 2) -> dict:
    kernel = p.pick(1, 3, 3, 3, 4, 5, 7)
    more = {
        "stride": p.pick(1, 1, 2, 2, 3),
        "padding": p.pick(0, kernel // 2, 1, kernel // 2),
        "dilation": p.pick(1, 1, 1, 1, 2),
    }
    if rank > 1 and p.chance(0.12):
        kernel = tuple(p.pick(1, 3, 5) for _ in range(rank))
        more["padding"] = tuple(each // 2 for each in kernel)
    return {"kernel": kernel, **more}


def some_transposed(p: Program) -> dict:
    kernel, stride, padding, extra = p.pick(
        (4, 2, 1, 0),
        (2, 2, 0, 0),
        (3, 2, 1, 1),
        (3, 1, 1, 0),
        (5, 2, 2, 1),
        (4, 1, 0, 0),
        (6, 3, 1, 0),
        (3, 2, 0, 0),
        (16, 8, 4, 0),
    )
    return {"kernel": kernel, "stride": stride, "padding": padding, "output_padding": extra}


def sequential(p: Program, rng) -> None:
    """A chain in one literal `nn.Sequential`."""
    name = p.pick("Encoder", "Net", "Discriminator", "Critic")
    rank = p.pick(2, 2, 2, 1, 3)
    channels = [p.pick(1, 3, 4)] + [p.pick(8, 16, 32, 64) for _ in range(p.pick(2, 3, 4))]
    lines = []
    for cin, cout in zip(channels, channels[1:]):
        lines.append(conv_call(p, cin, cout, rank=rank, **some_conv(p, rank)) + ",")
        if p.chance(0.5):
            lines.append(norm(p, str(cout), rank) + ",")
        lines.append(act(p) + ",")
    shape = (p.pick(1, 2, 4), channels[0], *[p.pick(32, 28, 48, 64)] * rank)
    spoken = p.chance(0.4)
    style = p.pick("attr", "attr", "ordered", "plain", "add")
    if style == "plain" and not spoken:
        p.body += (
            ["model = " + f"{p.nn}.Sequential("]
            + [f"    {line}" for line in lines]
            + [")", f"out = model(torch.randn({', '.join(map(str, shape))}))"]
        )
        return
    p.body += head(p, name)
    if style == "ordered":
        p.use("from collections import OrderedDict")
        p.body += (
            [f"        self.body = {p.nn}.Sequential(OrderedDict(["]
            + [f'            ("layer{index}", {line[:-1]}),' for index, line in enumerate(lines)]
            + ["        ]))"]
        )
    elif style == "add":
        p.body += [f"        self.body = {p.nn}.Sequential()"] + [
            f'        self.body.add_module("layer{index}", {line[:-1]})' for index, line in enumerate(lines)
        ]
    else:
        p.body += (
            [f"        self.body = {p.nn}.Sequential("] + [f"            {line}" for line in lines] + ["        )"]
        )
    p.body += forward(p, shape, spoken, ["return self.body(x)"])
    finish(p, f"{name}()", shape, spoken)


def attributes(p: Program, rng) -> None:
    """Layers as attributes, applied one after another."""
    name = p.pick("SimpleCNN", "Net", "Classifier", "Model")
    count = p.pick(2, 3, 4)
    channels = [p.pick(1, 3)] + [p.pick(6, 16, 32) for _ in range(count)]
    p.body += head(p, name)
    steps = []
    for index, (cin, cout) in enumerate(zip(channels, channels[1:]), 1):
        p.body.append(f"        self.conv{index} = {conv_call(p, cin, cout, **some_conv(p))}")
        if p.chance(0.4):
            p.body.append(f"        self.bn{index} = {norm(p, str(cout))}")
            steps.append(f"x = {call_act(p, f'self.bn{index}(self.conv{index}(x))')}")
        else:
            steps.append(f"x = {call_act(p, f'self.conv{index}(x)')}")
        if p.chance(0.2) and index < 3:
            steps.append(
                p.pick(
                    f"x = {p.functional()}.max_pool2d(x, 2)",
                    f"x = {p.functional()}.avg_pool2d(x, kernel_size=2, stride=2)",
                )
            )
    shape = (p.pick(1, 8), channels[0], *p.pick((64, 64), (48, 64), (96, 72)))
    spoken = p.chance(0.4)
    p.body += forward(p, shape, spoken, steps + ["return x"])
    finish(p, f"{name}()", shape, spoken)


def decoder_loop(p: Program, rng) -> None:
    """A list of layers grown by a loop, unpacked into `nn.Sequential`."""
    name = p.pick("Generator", "Decoder", "Upsampler")
    base, depth = p.pick(16, 32, 64, 128), p.pick(2, 3, 4)
    spec = p.pick(
        {"kernel": 4, "stride": 2, "padding": 1},
        {"kernel": 3, "stride": 2, "padding": 1, "output_padding": 1},
        {"kernel": 2, "stride": 2},
    )
    parameters = [f"channels={base}", f"depth={depth}"] if p.chance(0.5) else []
    start = "channels" if parameters else p.number(base)
    count = "depth" if parameters else p.number(depth)
    p.body += head(p, name, *parameters)
    way = p.pick("halve", "power", "append", "while")
    call = conv_call(p, Code("c"), Code("c // 2"), transposed=True, **spec)
    p.body += ["        layers = []"]
    if way == "power":
        call = conv_call(p, Code(f"{start} // 2 ** i"), Code(f"{start} // 2 ** (i + 1)"), transposed=True, **spec)
        p.body += [f"        for i in range({count}):", f"            layers += [{call}, {act(p)}]"]
        last = f"{start} // 2 ** {count}"
    elif way == "while":
        p.body += [
            f"        c, i = {start}, 0",
            f"        while i < {count}:",
            f"            layers.append({call})",
            f"            layers.append({act(p)})",
            "            c //= 2",
            "            i += 1",
        ]
        last = "c"
    elif way == "append":
        p.body += [
            f"        c = {start}",
            f"        for _ in range({count}):",
            f"            layers.append({call})",
            f"            layers.append({norm(p, 'c // 2')})",
            "            c = c // 2",
        ]
        last = "c"
    else:
        p.body += [
            f"        c = {start}",
            f"        for i in range({count}):",
            f"            layers.extend([{call}, {norm(p, 'c // 2')}, {act(p)}])",
            "            c //= 2",
        ]
        last = "c"
    p.body += [
        f"        layers += [{conv_call(p, Code(last), Code('3'), 3, padding=1)}]",
        f"        self.net = {p.nn}.Sequential(*layers)",
    ]
    side = p.pick(2, 4, 7)
    shape = (p.pick(1, 2), base, side, side)
    spoken = p.chance(0.4)
    p.body += forward(p, shape, spoken, ["return self.net(x)"])
    finish(p, f"{name}()", shape, spoken)


def unet(p: Program, rng) -> None:
    """Encoder and decoder with skips joined by `torch.cat`."""
    base, levels, cin = p.pick(8, 16, 32), p.pick(2, 3), p.pick(1, 3)
    p.body += head(p, "DoubleConv", "in_ch", "out_ch") + [
        f"        self.block = {p.nn}.Sequential(",
        f"            {conv_call(p, Code('in_ch'), Code('out_ch'), 3, padding=1)},",
        f"            {norm(p, 'out_ch')},",
        f"            {act(p)},",
        f"            {conv_call(p, Code('out_ch'), Code('out_ch'), 3, padding=1)},",
        f"            {act(p)},",
        "        )",
        "",
        "    def forward(self, x):",
        "        return self.block(x)",
        "",
        "",
    ]
    listed = p.chance(0.5)
    widths = [base * 2**level for level in range(levels + 1)]
    wide, spoken = p.chance(0.5), p.chance(0.4)
    up = {"kernel": 2, "stride": 2} if p.chance(0.7) else {"kernel": 4, "stride": 2, "padding": 1}
    p.body += (
        head(p, "UNet", f"in_channels={cin}" if spoken else "in_channels", f"base={base}") if wide else head(p, "UNet")
    )
    c = (lambda level: f"base * {2**level}" if level else "base") if wide else (lambda level: p.number(widths[level]))
    first = "in_channels" if wide else str(cin)
    if listed:
        feats = ", ".join(str(width) for width in widths)
        p.body += [
            f"        features = [{feats}]",
            f"        self.downs = {p.nn}.ModuleList()",
            f"        self.ups = {p.nn}.ModuleList()",
            f"        self.pool = {p.nn}.MaxPool2d(2)",
            f"        channels = {first}",
            "        for feature in features[:-1]:",
            "            self.downs.append(DoubleConv(channels, feature))",
            "            channels = feature",
            "        self.bottom = DoubleConv(features[-2], features[-1])",
            "        for feature in reversed(features[:-1]):",
            f"            self.ups.append({conv_call(p, Code('feature * 2'), Code('feature'), transposed=True, **up)})",
            "            self.ups.append(DoubleConv(feature * 2, feature))",
            f"        self.head = {conv_call(p, Code('features[0]'), Code('1'), 1)}",
        ]
        steps = [
            "skips = []",
            "for down in self.downs:",
            "    x = down(x)",
            "    skips.append(x)",
            "    x = self.pool(x)",
            "x = self.bottom(x)",
            "skips = skips[::-1]",
            "for idx in range(0, len(self.ups), 2):",
            "    x = self.ups[idx](x)",
            "    x = torch.cat((skips[idx // 2], x), dim=1)",
            "    x = self.ups[idx + 1](x)",
            "return self.head(x)",
        ]
    else:
        p.body += [
            f"        self.enc{level} = DoubleConv({first if level == 0 else c(level - 1)}, {c(level)})"
            for level in range(levels)
        ]
        p.body += [
            f"        self.pool = {p.nn}.MaxPool2d(kernel_size=2)",
            f"        self.mid = DoubleConv({c(levels - 1)}, {c(levels)})",
        ]
        for level in reversed(range(levels)):
            up_in, up_out = (Code(c(level + 1)), Code(c(level))) if wide else (widths[level + 1], widths[level])
            p.body += [
                f"        self.up{level} = {conv_call(p, up_in, up_out, transposed=True, **up)}",
                f"        self.dec{level} = DoubleConv({c(level + 1)}, {c(level)})",
            ]
        p.body.append(f"        self.head = {conv_call(p, Code(c(0)), Code(p.number(2)), 1)}")
        steps = []
        for level in range(levels):
            source = "x" if level == 0 else f"self.pool(e{level - 1})"
            steps.append(f"e{level} = self.enc{level}({source})")
        steps.append(f"d = self.mid(self.pool(e{levels - 1}))")
        for level in reversed(range(levels)):
            steps.append(f"d = self.up{level}(d)")
            steps.append(
                p.pick(
                    f"d = self.dec{level}(torch.cat([d, e{level}], dim=1))",
                    f"d = self.dec{level}(torch.cat((e{level}, d), 1))",
                )
            )
        steps.append(p.pick("return self.head(d)", "return torch.sigmoid(self.head(d))"))
    shape = (1, cin, *p.pick((64, 64), (32, 48), (96, 96), (50, 64)))
    p.body += forward(p, shape, spoken, steps)
    finish(p, f"UNet({cin})" if wide else "UNet()", shape, spoken)


def helper(p: Program, rng) -> None:
    """A function that wraps a convolution with what goes with it."""
    name = p.pick("conv_block", "conv_bn_relu", "conv3x3", "down_block", "make_layer")
    kernel, stride = p.pick(3, 3, 5, 4), p.pick(1, 2, 2)
    default = f"stride={stride}" if p.chance(0.6) else f"k={kernel}, stride={stride}"
    k = Code("k") if default.startswith("k") else kernel
    call = conv_call(p, Code("cin"), Code("cout"), k, stride=Code("stride"), padding=p.pick(1, kernel // 2))
    single = name == "conv3x3"
    note = p.pick("", "", " -> nn.Module") if "import torch.nn as nn" in p.imports else ""
    p.body += [f"def {name}(cin, cout, {default}){note}:"]
    if single:
        p.body += [
            '    """A convolution with padding."""' if p.chance(0.4) else "    # with padding",
            f"    return {call}",
        ]
    else:
        p.body += [
            f"    return {p.nn}.Sequential(",
            f"        {call},",
            f"        {norm(p, 'cout')},",
            f"        {act(p)},",
            "    )",
        ]
    channels = [3] + [p.pick(8, 16, 32) for _ in range(p.pick(2, 3))]
    p.body += ["", ""] + head(p, "Backbone")
    for index, (cin, cout) in enumerate(zip(channels, channels[1:])):
        more = p.pick("", "", ", stride=2", ", stride=1")
        p.body.append(f"        self.stage{index} = {name}({p.number(cin)}, {p.number(cout)}{more})")
    steps = [f"x = self.stage{index}(x)" for index in range(len(channels) - 1)] + ["return x"]
    shape = (p.pick(1, 2), 3, *p.pick((64, 64), (56, 40)))
    spoken = p.chance(0.4)
    p.body += forward(p, shape, spoken, steps)
    finish(p, "Backbone()", shape, spoken)


def residual(p: Program, rng) -> None:
    """Blocks whose input is added to their output, sometimes through a 1×1 convolution."""
    pre = p.chance(0.4)
    p.body += head(p, "ResBlock", "channels", "out_channels=None", "stride=1") + [
        "        out_channels = out_channels or channels"
        if p.chance(0.5)
        else "        if out_channels is None:\n            out_channels = channels",
        f"        self.conv1 = {conv_call(p, Code('channels'), Code('out_channels'), 3, stride=Code('stride'), padding=1)}",
        f"        self.bn1 = {norm(p, 'out_channels')}",
        f"        self.conv2 = {conv_call(p, Code('out_channels'), Code('out_channels'), 3, padding=1)}",
        "        if stride != 1 or channels != out_channels:",
        f"            self.shortcut = {conv_call(p, Code('channels'), Code('out_channels'), 1, stride=Code('stride'))}",
        "        else:",
        f"            self.shortcut = {p.nn}.Identity()",
        "",
        "    def forward(self, x):",
    ]
    p.body += [
        "        out = torch.relu(self.bn1(self.conv1(x)))",
        "        out = self.conv2(out)",
        p.pick("        out += self.shortcut(x)", "        out = out + self.shortcut(x)"),
        "        return torch.relu(out)",
        "",
        "",
    ]
    width = p.pick(8, 16, 32)
    p.body += head(p, "ResNet") + [
        f"        self.stem = {conv_call(p, 3, width, p.pick(3, 7), stride=p.pick(1, 2), padding=1)}",
        f"        self.blocks = {p.nn}.Sequential(",
        f"            ResBlock({p.number(width)}),",
        f"            ResBlock({p.number(width)}, {p.number(width * 2)}, stride=2),",
        f"            ResBlock({width * 2}, stride={p.pick(1, 2)}),",
        "        )",
    ]
    tail = ["x = self.stem(x)", "x = self.blocks(x)"]
    if p.chance(0.5):
        p.body += [f"        self.fc = {p.nn}.Linear({width * 2}, 10)"]
        tail += [
            f"x = {p.functional()}.adaptive_avg_pool2d(x, 1)",
            p.pick("x = x.view(x.size(0), -1)", "x = torch.flatten(x, 1)", "x = x.flatten(1)"),
            "return self.fc(x)",
        ]
    else:
        tail += ["return x"]
    shape = (2, 3, *p.pick((32, 32), (64, 48), (61, 61)))
    spoken = p.chance(0.4)
    p.body += forward(p, shape, spoken, tail)
    finish(p, "ResNet()", shape, spoken)


def module_list(p: Program, rng) -> None:
    """`nn.ModuleList` from a comprehension over pairs of widths."""
    dims = [p.pick(3, 4)] + [p.pick(8, 16, 32, 64) for _ in range(p.pick(2, 3, 4))]
    spec = some_conv(p) | {"dilation": 1}
    p.body += head(p, "Pyramid", f"dims=({', '.join(map(str, dims))})" if p.chance(0.5) else f"dims={dims}")
    loop = p.pick(
        "for a, b in zip(dims[:-1], dims[1:])", "for a, b in zip(dims, dims[1:])", "for i in range(len(dims) - 1)"
    )
    a, b = ("a", "b") if "zip" in loop else ("dims[i]", "dims[i + 1]")
    call = conv_call(p, Code(a), Code(b), **spec)
    if p.chance(0.5):
        p.body += [
            f"        self.layers = {p.nn}.ModuleList([{call} {loop}])"
            if "\n" not in call
            else f"        self.layers = {p.nn}.ModuleList([\n            {call}\n            {loop}\n        ])"
        ]
    else:
        p.body += [
            f"        self.layers = {p.nn}.ModuleList()",
            f"        {loop}:",
            f"            self.layers.append({call})",
        ]
    loops = p.pick(
        ["for layer in self.layers:", "    x = torch.relu(layer(x))"],
        [
            "for i, layer in enumerate(self.layers):",
            "    x = layer(x)",
            "    if i < len(self.layers) - 1:",
            "        x = torch.relu(x)",
        ],
        ["for i in range(len(self.layers)):", "    x = self.layers[i](x)"],
        ["feats = []", "for layer in self.layers:", "    x = layer(x)", "    feats.append(x)"],
    )
    shape = (p.pick(1, 3), dims[0], *p.pick((64, 64), (81, 81)))
    spoken = p.chance(0.4)
    p.body += forward(p, shape, spoken, [*loops, "return x"])
    finish(p, "Pyramid()", shape, spoken)


def vae(p: Program, rng) -> None:
    """Convolutions, flatten, linear, and back through transposed ones."""
    widths = [p.pick(8, 16), p.pick(16, 32), p.pick(32, 64)][: p.pick(2, 3)]
    side = p.pick(32, 64)
    small = side // 2 ** len(widths)
    latent = p.pick(8, 16, 32)
    p.body += head(p, "VAE", f"latent_dim={latent}")
    p.body += [
        f"        hidden_dims = {widths}",
        "        in_channels = 3",
        "        modules = []",
        "        for h_dim in hidden_dims:",
        f"            modules.append({p.nn}.Sequential({conv_call(p, Code('in_channels'), Code('h_dim'), 3, stride=2, padding=1)}, {p.nn}.BatchNorm2d(h_dim), {p.nn}.LeakyReLU()))",
        "            in_channels = h_dim",
        f"        self.encoder = {p.nn}.Sequential(*modules)",
        f"        self.fc_mu = {p.nn}.Linear(hidden_dims[-1] * {small * small}, latent_dim)",
        f"        self.fc_var = {p.nn}.Linear(hidden_dims[-1] * {small * small}, latent_dim)",
        f"        self.decoder_input = {p.nn}.Linear(latent_dim, hidden_dims[-1] * {small * small})",
        "        hidden_dims.reverse()",
        "        modules = []",
        "        for i in range(len(hidden_dims) - 1):",
        f"            modules.append({p.nn}.Sequential({conv_call(p, Code('hidden_dims[i]'), Code('hidden_dims[i + 1]'), 3, transposed=True, stride=2, padding=1, output_padding=1)}, {p.nn}.LeakyReLU()))",
        f"        self.decoder = {p.nn}.Sequential(*modules)",
        f"        self.final_layer = {p.nn}.Sequential({conv_call(p, Code('hidden_dims[-1]'), Code('hidden_dims[-1]'), 3, transposed=True, stride=2, padding=1, output_padding=1)}, {conv_call(p, Code('hidden_dims[-1]'), Code('3'), 3, padding=1)}, {p.nn}.Tanh())",
    ]
    back = p.pick(
        f"h = h.view(-1, {widths[-1]}, {small}, {small})",
        f"h = h.reshape(h.shape[0], {widths[-1]}, {small}, {small})",
        f"h = h.view(h.size(0), {widths[-1]}, {small}, -1)",
    )
    p.body += [
        "",
        "    def encode(self, x):",
        "        h = self.encoder(x)",
        p.pick("        h = torch.flatten(h, start_dim=1)", "        h = h.view(h.size(0), -1)"),
        "        return self.fc_mu(h), self.fc_var(h)",
        "",
        "    def reparameterize(self, mu, logvar):",
        "        std = torch.exp(0.5 * logvar)",
        "        eps = torch.randn_like(std)",
        "        return eps * std + mu",
        "",
        "    def decode(self, z):",
        "        h = self.decoder_input(z)",
        f"        {back}",
        "        h = self.decoder(h)",
        "        return self.final_layer(h)",
    ]
    shape = (2, 3, side, side)
    spoken = p.chance(0.4)
    p.body += forward(
        p,
        shape,
        spoken,
        [
            "mu, logvar = self.encode(x)",
            "z = self.reparameterize(mu, logvar)",
            "return self.decode(z), mu, logvar" if spoken or p.chance(0.3) else "return self.decode(z)",
        ],
    )
    finish(p, "VAE()", shape, True) if spoken else example(p, "VAE()", shape)


def dcgan(p: Program, rng) -> None:
    """The generator of a GAN: a vector becomes an image."""
    nz, ngf, nc = p.pick(32, 64, 100), p.pick(8, 16), p.pick(1, 3)
    p.prelude += [f"nz = {nz}", f"ngf = {ngf}", f"nc = {nc}"]
    p.taken |= {"nz": True, "ngf": True, "nc": True}
    p.known.setdefault(nz, []).append("nz")
    layers = [
        conv_call(p, Code("nz"), Code("ngf * 4"), 4, transposed=True, stride=1, bias=False),
        norm(p, "ngf * 4"),
        act(p),
        conv_call(p, Code("ngf * 4"), Code("ngf * 2"), 4, transposed=True, stride=2, padding=1, bias=False),
        norm(p, "ngf * 2"),
        act(p),
        conv_call(p, Code("ngf * 2"), Code("ngf"), transposed=True, **some_transposed(p)),
        act(p),
        conv_call(p, Code("ngf"), Code("nc"), 4, transposed=True, stride=2, padding=1),
        f"{p.nn}.Tanh()",
    ]
    p.body += (
        head(p, "Generator")
        + [f"        self.main = {p.nn}.Sequential("]
        + [f"            {layer}," for layer in layers]
        + ["        )"]
    )
    flat = p.chance(0.5)
    steps = (
        [
            p.pick(
                "z = z.view(-1, nz, 1, 1)",
                "z = z.view(z.size(0), z.size(1), 1, 1)",
                "z = z.unsqueeze(-1).unsqueeze(-1)",
                "z = z[:, :, None, None]",
                "z = z.reshape(z.shape[0], -1, 1, 1)",
            )
        ]
        if flat
        else []
    )
    shape = (p.pick(1, 4), nz) if flat else (p.pick(1, 4), nz, 1, 1)
    spoken = p.chance(0.3)
    p.body += forward(p, shape, spoken, [*steps, "return self.main(z)"], name="z")
    finish(p, "Generator()", shape, spoken)


MODELS = [sequential, attributes, decoder_loop, unet, helper, residual, module_list, vae, dcgan]
