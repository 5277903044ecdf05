"""What PyTorch refuses, of every family: the truth is what it then says."""

from constructs.convolutions import drawn, text_of
from draft import ANY, MAPS, Draft, illegal


@illegal(*MAPS)
def wrong_channels(p: Draft) -> None:
    p.apply(
        p.made(
            f"nn.Conv{p.one('', 'Transpose')}{p.rank - 2}d({p.shape[1] + p.one(1, 2, -1 if p.shape[1] > 1 else 1)}, 4, 1)",
            "conv",
        )
    )


@illegal(*MAPS)
def wrong_groups(p: Draft) -> None:
    c = p.shape[1]
    p.apply(
        p.made(
            p.one(
                f"nn.Conv{p.rank - 2}d({c}, 4, 1, groups={c + 1})",
                f"nn.Conv{p.rank - 2}d({c}, {c * 2 + 1}, 1, groups={c})"
                if c > 1
                else f"nn.Conv{p.rank - 2}d(1, 1, 1, groups=0)",
                f"nn.Conv{p.rank - 2}d({c}, 4, 1, groups={p.one(0, -1)})",
            ),
            "conv",
        )
    )


@illegal(*MAPS)
def wrong_output_padding(p: Draft) -> None:
    n = p.rank - 2
    p.apply(
        p.made(
            f"nn.ConvTranspose{n}d({p.shape[1]}, 2, 2, stride={p.one(1, 2)}, output_padding={p.one('2', '3', str((2,) * n))})",
            "up",
        )
    )


@illegal(*MAPS)
def wrong_output_size(p: Draft) -> None:
    n = p.rank - 2
    size = p.one(str([99] * n), str([1] * n), str([5] * (n + 1)), str([5]))
    p.put(f"x = nn.ConvTranspose{n}d({p.shape[1]}, 2, 2, stride=2)(x, output_size={size})")


@illegal(*MAPS)
def kernel_too_large(p: Draft) -> None:
    n = p.rank - 2
    k = max(p.shape[2:]) + p.whole(1, 3)
    p.put(
        p.one(
            f"x = nn.Conv{n}d({p.shape[1]}, 2, {k})(x)",
            f"x = nn.Conv{n}d({p.shape[1]}, 2, 2, dilation={k})(x)",
            f"x = F.conv{n}d(x, torch.ones(2, {p.shape[1]}, {', '.join([str(k)] * n)}))",
            f"x = nn.MaxPool{n}d({k})(x)",
            f"x = F.avg_pool{n}d(x, {k})",
        )
    )


@illegal(*MAPS)
def wrong_list_length(p: Draft) -> None:
    n = p.rank - 2
    long = (1,) * (n + p.one(1, 2)) if n == 1 or p.chance(0.6) else (1,) * (n - 1)
    key = p.one("stride", "padding", "dilation", "kernel_size", "output_padding")
    kind = "Transpose" if key == "output_padding" else p.one("", "Transpose")
    kernel = f"{long}" if key == "kernel_size" else f"2, {key}={long}"
    p.put(
        p.one(
            f"x = nn.Conv{kind}{n}d({p.shape[1]}, 2, {kernel})(x)",
            f"x = nn.MaxPool{n}d({long})(x)"
            if key == "kernel_size"
            else f"x = nn.Conv{kind}{n}d({p.shape[1]}, 2, {kernel})(x)",
            f"x = F.interpolate(x, size={list(long)})"
            if key == "kernel_size"
            else f"x = nn.Conv{kind}{n}d({p.shape[1]}, 2, {kernel})(x)",
        )
    )


@illegal(*MAPS)
def wrong_parameter(p: Draft) -> None:
    n, c = p.rank - 2, p.shape[1]
    p.put(
        p.one(
            f"x = nn.Conv{n}d({c}, 2, 2, stride=0)(x)",
            f"x = nn.Conv{n}d({c}, 2, 2, padding=-1)(x)",
            f"x = nn.Conv{n}d({c}, 2, 2, padding='full')(x)",
            f"x = nn.Conv{n}d({c}, 2, 2, padding='same', stride=2)(x)",
            f"x = nn.Conv{n}d({c}, 2, 0)(x)",
            f"x = nn.Conv{n}d({c}, -2, 2)(x)",
            f"x = nn.Conv{n}d({c}, 2, 2, padding_mode='mirror')(x)",
            f"x = nn.Conv{n}d({c}, 2, 2, dilation=0)(x)",
            f"x = nn.Conv{n}d({c}, 2)(x)",
            f"x = nn.Conv{n}d({c}, 2, 2, strides=1)(x)",
            f"x = nn.Conv{n}d({c}, 2, 3 / 2)(x)",
            f"x = nn.Conv{n}d({c}, 2, 3, padding=3 / 2)(x)",
            f"x = nn.ConvTranspose{n}d({c}, 2, 3, padding='same')(x)",
            f"x = nn.ConvTranspose{n}d({c}, 2, 3, padding_mode='reflect')(x)",
            f"x = nn.Conv{n}d({c}, 2, '3')(x)",
            f"x = nn.Conv{n}d({c}, 2, None)(x)",
        )
    )


@illegal(*ANY)
def wrong_rank(p: Draft) -> None:
    n = p.rank
    p.put(
        f"x = nn.Conv{p.one(*[k for k in (1, 2, 3) if k + 2 != n and k + 1 != n])}d({p.shape[min(1, n - 1)]}, 2, 1)(x)"
    )


@illegal(2, 3, 4, 5)
def matrix_mismatch(p: Draft) -> None:
    k = p.shape[-1] + p.whole(1, 3)
    p.put(
        p.one(
            f"x = nn.Linear({k}, 4)(x)",
            f"x = x @ torch.randn({k}, 3)",
            f"x = torch.matmul(x, torch.ones({k}, 2))",
            f"x = F.linear(x, torch.randn(3, {k}))",
            f"x = nn.Linear({k}, 4)(x.flatten(1))",
        )
    )


@illegal(2, 3, 4, 5)
def cat_mismatch(p: Draft) -> None:
    other = list(p.shape)
    axis = p.whole(0, p.rank - 1)
    other[axis] += 1
    dim = p.whole(0, p.rank - 1)
    sizes = ", ".join(map(str, other))
    p.put(
        p.one(
            f"x = torch.cat([x, torch.zeros({sizes})], dim={(axis + 1) % p.rank})",
            f"x = torch.stack([x, torch.zeros({sizes})])",
            f"x = torch.cat([x, x[0]], dim={dim})",
            f"x = torch.cat([x, x], dim={p.rank + p.whole(0, 1)})",
            f"x = torch.cat((x, torch.zeros({sizes})), {(axis + 1) % p.rank})",
        )
    )


@illegal(2, 3, 4, 5)
def view_mismatch(p: Draft) -> None:
    total = 1
    for each in p.shape:
        total *= each
    p.put(
        p.one(
            f"x = x.reshape({total + 1})",
            f"x = x.reshape(-1, {p.shape[-1] + total})",
            f"x = x.contiguous().view({p.shape[0] + 1}, -1, {max(p.shape) * 7 + 1})",
            f"x = torch.reshape(x, (3, {total}))",
            "x = x.reshape(-1, -1)",
            f"x = x.reshape({p.shape[0]}, 0, 3)",
        )
    )


@illegal(2, 3, 4, 5)
def view_not_contiguous(p: Draft) -> None:
    p.put(f"x = x.transpose(0, {p.rank - 1}).view({p.one('-1', f'{p.shape[-1]}, -1')})")


@illegal(2, 3, 4, 5)
def broadcast_mismatch(p: Draft) -> None:
    other = list(p.shape)
    other[p.whole(0, p.rank - 1)] += p.whole(1, 2)
    sizes = ", ".join(map(str, other))
    p.put(
        p.one(
            f"x = x + torch.zeros({sizes})",
            f"x = torch.ones({sizes}) * x",
            f"x += torch.zeros({sizes})",
            f"x = torch.where(x > 0, x, torch.ones({sizes}))",
            f"x = torch.maximum(x, torch.ones({sizes}))",
            f"x = x.expand({sizes})",
            f"x = torch.add(x, torch.ones({sizes}))",
        )
    )


@illegal(*ANY)
def axis_out_of_range(p: Draft) -> None:
    axis = p.one(p.rank + 1, p.rank + 2, -p.rank - 2)
    p.put(
        p.one(
            f"x = x.mean({axis})",
            f"x = x.transpose(0, {axis})",
            f"x = x.flatten({axis})",
            f"x = torch.sum(x, dim={axis})",
            f"x = x.unsqueeze({axis})",
            f"x = x.squeeze({axis})",
            f"x = x.softmax({axis})",
            f"x = x.chunk(1, {axis})[0]",
            f"x = x.size({axis})",
            f"n = x.shape[{axis}]",
            f"x = torch.stack([x, x], {axis})",
            f"x = x.cumsum({axis})",
            f"x = nn.Softmax({axis})(x)",
        )
    )


@illegal(*ANY)
def index_out_of_range(p: Draft) -> None:
    n = p.shape[0]
    p.put(
        p.one(
            f"x = x[{n}]",
            f"x = x[-{n + 1}]",
            f"x = x[{', '.join(['0'] * (p.rank + 1))}]",
            f"x = x[[0, {n}]]",
            f"x = x.select(0, {n})",
            f"x = x.narrow(0, 1, {n})",
            f"x = x[torch.tensor([{n}])]",
            "x = x.chunk(1, 0)[1]",
            f"x = torch.index_select(x, 0, torch.tensor([{n}]))",
        )
    )


@illegal(2, 3, 4, 5)
def permute_wrong(p: Draft) -> None:
    p.put(
        p.one(
            f"x = x.permute({', '.join(map(str, range(p.rank - 1)))},)" if p.rank > 2 else "x = x.permute(0)",
            f"x = x.permute({', '.join(['0'] * p.rank)})",
            f"x = x.permute({', '.join(map(str, range(p.rank + 1)))})",
            "x = x.t()" if p.rank > 2 else "x = x.transpose(0)",
        )
    )


@illegal(2, 3, 4, 5)
def split_wrong(p: Draft) -> None:
    n = p.shape[1]
    p.put(
        p.one(
            f"x = x.split([{n}, 1], dim=1)[0]",
            f"a, b, c = x.split({n}, dim=1)",
            "a, b = x.chunk(1, dim=1)",
            f"x = torch.split(x, [{max(n - 1, 0)}], 1)[0]" if n > 1 else "a, b = x.unbind(0)[:1]",
            f"x = x.unflatten(1, ({n + 1}, 2))",
            f"x = x.unflatten(1, ({n}, 2))",
        )
    )


@illegal(*MAPS)
def norm_wrong(p: Draft) -> None:
    n, c = p.rank - 2, p.shape[1]
    p.put(
        p.one(
            f"x = nn.BatchNorm{n}d({c + 1})(x)",
            f"x = nn.GroupNorm({c + 1}, {c})(x)",
            f"x = nn.GroupNorm({c}, {c * 2})(x)",
            f"x = nn.LayerNorm({p.shape[-1] + 1})(x)",
            f"x = nn.LayerNorm([{p.shape[-2]}, {p.shape[-1] + 1}])(x)",
            f"x = nn.BatchNorm{(n % 3) + 1 if n != 1 else 2}d({c})(x)",
            f"x = F.layer_norm(x, [{p.shape[-1] + 2}])",
            f"x = nn.InstanceNorm{n}d({c + 1}, affine=True)(x)",
            f"x = nn.BatchNorm{n}d({c})(x.mean({tuple(range(2, p.rank))}, keepdim=True)[:1])",
        )
    )


@illegal(*MAPS)
def pool_wrong(p: Draft) -> None:
    n = p.rank - 2
    p.put(
        p.one(
            f"x = nn.MaxPool{n}d(2, padding=2)(x)",
            f"x = nn.AvgPool{n}d(2, padding=2)(x)",
            f"x = nn.MaxPool{n}d(0)(x)",
            f"x = F.max_pool{n}d(x, 2, stride=0)" if p.chance(0.3) else f"x = nn.MaxPool{n}d(3, padding=2)(x)",
            f"x = nn.MaxPool{n % 3 + 1 if n != 1 else 3}d(2)(x)",
            f"x = nn.MaxPool{n}d(2, dilation=0)(x)",
            f"x, i = F.max_pool{n}d(x, 2, return_indices=True)\nx = F.max_unpool{n}d(x, i, 2, output_size={[99] * n})",
        )
    )


@illegal(*MAPS)
def pad_wrong(p: Draft) -> None:
    n = p.rank - 2
    last = p.shape[-1]
    p.put(
        p.one(
            f"x = F.pad(x, {(last,) * 2 + (0,) * (2 * n - 2)}, mode='reflect')",
            f"x = nn.ReflectionPad{n}d({max(p.shape[2:])})(x)",
            "x = F.pad(x, (1,))",
            f"x = F.pad(x, {(1,) * (2 * p.rank + 2)})",
            f"x = F.pad(x, (-{last}, -1))",
            "x = F.pad(x, (1, 1), mode='mirror')",
            f"x = F.pad(x, {(last + 1,) * 2 + (0,) * (2 * n - 2)}, mode='circular')",
            f"x = F.pad(x, {(1,) * (2 * n + 2)}, mode='reflect')",
        )
    )


@illegal(*MAPS)
def resize_wrong(p: Draft) -> None:
    n = p.rank - 2
    p.put(
        p.one(
            "x = F.interpolate(x)",
            "x = F.interpolate(x, size=4, scale_factor=2)",
            f"x = F.interpolate(x, size={[3] * (n + 1)})",
            "x = F.interpolate(x, scale_factor=2, mode='cubic')",
            f"x = F.interpolate(x, scale_factor=2, mode='{ {1: 'bilinear', 2: 'trilinear', 3: 'linear'}[n] }')",
            f"x = nn.PixelShuffle({p.shape[-3] + 1})(x)",
            f"x = nn.PixelUnshuffle({max(p.shape[-2:]) + 1})(x)",
            "x = F.interpolate(x, scale_factor=0.01)",
            "x = F.interpolate(x, size=0)",
            "x = F.interpolate(x, scale_factor=2, mode='nearest', align_corners=True)",
        )
    )


@illegal(2, 3)
def product_wrong(p: Draft) -> None:
    k = p.shape[-1] + 1
    if p.rank == 2:
        p.put(
            p.one(
                f"x = torch.mm(x, torch.ones({k}, 2))",
                f"x = torch.einsum('bc,cd->bd', x, torch.ones({k}, 2))",
                "x = torch.bmm(x, x)",
                "x = torch.einsum('bcd->bd', x)",
                f"x = torch.addmm(torch.zeros(2), x, torch.ones({k}, 2))",
            )
        )
    else:
        p.put(
            p.one(
                f"x = torch.bmm(x, torch.ones({p.shape[0]}, {k}, 2))",
                f"x = torch.bmm(x, torch.ones({p.shape[0] + 1}, {p.shape[2]}, 2))",
                f"x = torch.einsum('bct,td->bcd', x, torch.ones({k}, 2))",
                "x = torch.mm(x, x)",
                "x = torch.einsum('bc->b', x)",
            )
        )


@illegal(*ANY)
def python_wrong(p: Draft) -> None:
    """Errors of Python's own, on the way to a layer."""
    p.put(
        p.one(
            "a, b = x.shape[:1]",
            "x = x.no_such_method()",
            "x = no_such_name(x)",
            "x = [x][1]",
            "x = {'a': x}['b']",
            "x = nn.NoSuchLayer()(x)",
            "k = 1 // 0",
            "raise ValueError('no')",
            "assert x.dim() == 77",
            "x = x.reshape('a')",
            "k = int('a')",
            "x = nn.ReLU(x)(x, x)",
        )
    )


@illegal(*MAPS)
def functional_wrong(p: Draft) -> None:
    n, c = p.rank - 2, p.shape[1]
    ones = ", ".join(["2"] * n)
    p.put(
        p.one(
            f"x = F.conv{n}d(x, torch.ones(4, {c + 1}, {ones}))",
            f"x = F.conv{n}d(x, torch.ones(4, {c}, {ones}), torch.zeros(5))",
            f"x = F.conv{n}d(x, torch.ones(4, {c}, {ones}, 2))",
            f"x = F.conv_transpose{n}d(x, torch.ones({c + 1}, 2, {ones}))",
            f"x = F.conv{n}d(x, torch.ones(4, {c}, {ones}), stride={(1,) * (n + 1)})",
            f"x = F.conv{n}d(x, torch.ones(4, {c}, {ones}), groups={c + 1})",
            f"x = F.conv{n}d(x, torch.ones(4, {c}, {ones}), padding=-2)",
            f"x = F.conv{n}d(x, torch.ones(4, {c}, {ones}), stride=0)",
            f"x = F.conv_transpose{n}d(x, torch.ones({c}, 2, {ones}), torch.zeros(1))",
            f"x = F.conv{n}d(x, torch.ones(4, {c}, {ones}), padding='full')",
            f"x = F.conv{n}d(x, torch.ones(3, {c}, {ones}).long())",
        )
    )


@illegal(*MAPS)
def module_wrong(p: Draft) -> None:
    """Layers within a module that do not fit."""
    n, c = p.rank - 2, p.shape[1]
    name = p.fresh("Bad")
    p.define(
        f"class {name}(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        f"        self.a = nn.Conv{n}d({c}, 4, 3, padding=1)",
        f"        self.b = nn.Conv{n}d({p.whole(5, 8)}, 2, 1)",
        "    def forward(self, x):",
        p.one(
            "        return self.b(self.a(x))",
            "        y = self.a(x)\n        return self.b(torch.cat([y, y, y, y], 1))",
            "        return nn.Sequential(self.a, nn.ReLU(), self.b)(x)",
        ),
    )
    p.put(f"x = {name}()(x)")


@illegal(*MAPS)
def any_layer_wrong(p: Draft) -> None:
    """A convolution with something drawn too large, too small or of the wrong kind."""
    n = p.rank - 2
    transposed = p.chance(0.5)
    values = drawn(p, n, p.shape[1], transposed)
    key = p.one("kernel_size", "padding", "dilation", "in_channels", "groups", "stride")
    values[key] = {
        "kernel_size": [30] * n,
        "padding": [20 if transposed else -1] * n,
        "dilation": [p.one(0, 40)] * n,
        "in_channels": p.shape[1] + 1,
        "groups": p.shape[1] + 2,
        "stride": [p.one(0, -1)] * n,
    }[key]
    p.put(f"x = nn.Conv{'Transpose' if transposed else ''}{n}d({text_of(p, values, transposed)})(x)")
