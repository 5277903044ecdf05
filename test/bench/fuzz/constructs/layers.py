"""Layers that are no convolutions: pooling, resizing, norms, and what flattens."""

import contextlib

from constructs.convolutions import divisor, form, spread
from draft import MAPS, Draft, step


def pool_arguments(p: Draft, spatial: int, dilated: bool) -> str:
    sizes = p.shape[-spatial:]
    kernel = spread(p, spatial, 1, min(3, *sizes) if spatial > 1 else min(3, sizes[0]))
    texts = [p.one("kernel_size=", "") + form(p, kernel)]
    if p.chance(0.6):
        texts.append(("" if texts[0][0] != "k" and p.chance(0.5) else "stride=") + form(p, spread(p, spatial, 1, 3)))
    if p.chance(0.5):
        texts.append("padding=" + form(p, [p.whole(0, each // 2) for each in kernel]))
    if dilated and p.chance(0.25):
        texts.append("dilation=" + form(p, spread(p, spatial, 1, 2)))
    if p.chance(0.5):
        texts.append(f"ceil_mode={p.one(True, True, False)}")
    return ", ".join(texts)


def pooled(p: Draft, kind: str) -> None:
    spatial = p.rank - 2
    made = p.chance(0.7)
    with p.making() if made else contextlib.nullcontext():
        text = pool_arguments(p, spatial, kind == "max")
    if made:
        p.apply(p.made(f"nn.{kind.title()}Pool{spatial}d({text})", "pool"))
    else:
        p.put(f"x = F.{kind}_pool{spatial}d(x, {text})")


@step(*MAPS)
def pool_max(p: Draft) -> None:
    pooled(p, "max")


@step(*MAPS)
def pool_average(p: Draft) -> None:
    pooled(p, "avg")


@step(*MAPS)
def pool_adaptive(p: Draft) -> None:
    spatial = p.rank - 2
    kind = p.one("Avg", "Max")
    sizes = spread(p, spatial, 1, 5)
    made = p.chance(0.7)
    with p.making() if made else contextlib.nullcontext():
        some = f"({', '.join(p.one('None', str(each)) for each in sizes)},)"
        text = form(p, sizes) if p.chance(0.7) else some
    if made:
        p.apply(p.made(f"nn.Adaptive{kind}Pool{spatial}d({text})", "pool"))
    else:
        p.put(f"x = F.adaptive_{kind.lower()}_pool{spatial}d(x, {text})")


@step(*MAPS)
def pool_power(p: Draft) -> None:
    spatial = p.rank - 2
    kernel = form(p, spread(p, spatial, 1, 2))
    p.put(f"x = nn.LPPool{spatial}d({p.one(1, 2)}, {kernel}{p.one('', ', stride=2', ', ceil_mode=True')})(x)")


@step(*MAPS)
def pool_unpool(p: Draft) -> None:
    spatial = p.rank - 2
    kernel = p.one(2, 2, 3)
    name = p.fresh("indices")
    p.put(f"x, {name} = F.max_pool{spatial}d(x, {kernel}, return_indices=True)")
    p.put(p.one(f"x = nn.MaxUnpool{spatial}d({kernel})(x, {name})", f"x = F.max_unpool{spatial}d(x, {name}, {kernel})"))


@step(*MAPS)
def pool_indices(p: Draft) -> None:
    name = p.fresh("where")
    p.put(f"x, {name} = nn.MaxPool{p.rank - 2}d(2, {p.one('return_indices=True', '1, return_indices=True')})(x)")


@step(*MAPS)
def interpolate(p: Draft) -> None:
    spatial = p.rank - 2
    mode = p.one("nearest", {1: "linear", 2: "bilinear", 3: "trilinear"}[spatial], "area", *(["bicubic"] if spatial == 2 else []))
    more = "" if mode == "nearest" and p.chance(0.5) else f", mode='{mode}'"
    if mode.endswith("linear") and p.chance(0.4):
        more += f", align_corners={p.one(True, False)}"
    if p.chance(0.5):
        size = form(p, spread(p, spatial, 1, 9))
        p.put(p.one(f"x = F.interpolate(x, {size}{more})", f"x = F.interpolate(x, size={size}{more})"))
    else:
        factor = p.one("2", "2.0", "0.5", "1.5", "3", "1.3", str(tuple(p.one(1, 2, 0.5, 1.7) for _ in range(spatial))))
        p.put(f"x = F.interpolate(x, scale_factor={factor}{more})")


@step(*MAPS)
def upsample(p: Draft) -> None:
    spatial = p.rank - 2
    mode = p.one("nearest", {1: "linear", 2: "bilinear", 3: "trilinear"}[spatial])
    with p.making():
        size = form(p, spread(p, spatial, 2, 8))
        text = p.one(f"scale_factor={p.one(2, 1.5, 3, 0.5)}", f"size={size}", size)
    p.apply(p.made(f"nn.Upsample({text}, mode='{mode}')", "up"))


@step(4)
def upsample_named(p: Draft) -> None:
    p.apply(p.made(p.one("nn.UpsamplingNearest2d(scale_factor=2)", "nn.UpsamplingBilinear2d(scale_factor=2)", "nn.UpsamplingNearest2d(size=(7, 5))"), "up"))


@step(3, 4, 5)
def pixel_shuffle(p: Draft) -> None:
    factor = p.one(2, 2, 3, 1)
    channels = p.shape[-3]
    if channels % factor**2:
        p.put(f"x = x.repeat_interleave({factor ** 2}, dim=-3)")
    p.put(p.one(f"x = nn.PixelShuffle({p.number(factor)})(x)", f"x = F.pixel_shuffle(x, {factor})", f"x = nn.PixelShuffle(upscale_factor={factor})(x)"))


@step(3, 4, 5)
def pixel_unshuffle(p: Draft) -> None:
    factor = p.one(2, 3)
    height, width = (-(-each // factor) * factor for each in p.shape[-2:])
    p.put(f"x = F.pad(x, (0, {width - p.shape[-1]}, 0, {height - p.shape[-2]}))")
    p.put(p.one(f"x = nn.PixelUnshuffle({factor})(x)", f"x = F.pixel_unshuffle(x, downscale_factor={factor})"))


@step(4)
def channel_shuffle(p: Draft) -> None:
    p.put(f"x = nn.ChannelShuffle({divisor(p, p.shape[1])})(x)")


@step(4)
def unfold_patches(p: Draft) -> None:
    kernel = spread(p, 2, 1, 3)
    more = p.one("", f", stride={form(p, spread(p, 2, 1, 3))}", f", padding={p.whole(0, 1)}", f", dilation={p.whole(1, 2)}")
    p.put(p.one(f"x = F.unfold(x, {form(p, kernel)}{more})", f"x = nn.Unfold({form(p, kernel)}{more})(x)"))


@step(4)
def fold_back(p: Draft) -> None:
    kernel, stride = p.one(2, 3), p.one(1, 2)
    height, width = p.shape[2:]
    name = p.fresh("columns")
    p.put(f"{name} = F.unfold(x, kernel_size={kernel}, padding=1, stride={stride})")
    more = f"output_size=({height}, {width}), kernel_size={kernel}, padding=1, stride={stride}"
    p.put(p.one(f"x = F.fold({name}, {more})", f"x = nn.Fold({more})({name})"))


@step(2, 3, 4, 5)
def tensor_unfold(p: Draft) -> None:
    axis = p.axis()
    size = p.whole(1, p.shape[axis])
    p.put(f"x = x.unfold({axis}, {size}, {p.whole(1, 3)})")
    if p.rank > 5:
        p.put("x = x.flatten(-2)")


@step(*MAPS)
def norm_batch(p: Draft) -> None:
    name = f"nn.{p.one('Batch', 'Batch', 'Instance')}Norm{p.rank - 2}d"
    p.put(f"x = {name}({p.number(p.shape[1])}{p.one('', ', affine=False', ', eps=1e-3')})(x)")


@step(*MAPS)
def norm_group(p: Draft) -> None:
    groups = divisor(p, p.shape[1])
    p.apply(p.made(p.one(f"nn.GroupNorm({groups}, {p.shape[1]})", f"nn.GroupNorm(num_groups={groups}, num_channels={p.shape[1]})"), "norm"))


@step()
def norm_layer(p: Draft) -> None:
    count = p.whole(1, p.rank)
    sizes = p.shape[-count:]
    text = str(sizes[0]) if count == 1 else p.one(str(list(sizes)), f"x.shape[-{count}:]" if not p.inside else str(sizes))
    p.put(p.one(f"x = nn.LayerNorm({text})(x)", f"x = F.layer_norm(x, {str(list(sizes))})"))


@step()
def linear(p: Draft) -> None:
    with p.making():
        text = f"{p.number(p.shape[-1])}, {p.number(p.whole(1, 12))}"
    p.apply(p.made(f"nn.Linear({text}{p.one('', ', bias=False')})", "linear"))


@step()
def linear_functional(p: Draft) -> None:
    out = p.whole(1, 9)
    p.put(f"x = F.linear(x, torch.randn({out}, {p.shape[-1]}){p.one('', f', torch.zeros({out})')})")


@step()
def embedding(p: Draft) -> None:
    if p.rank > 4:
        p.put("x = x.flatten(3)")
    p.put(f"x = nn.Embedding({p.whole(3, 9)}, {p.number(p.whole(2, 6))})({p.one('(x > 0).long()', 'torch.zeros_like(x, dtype=torch.long)', 'x.bool().long()')})")


@step()
def activation(p: Draft) -> None:
    p.apply(p.made(p.one("nn.ReLU()", "nn.ReLU(inplace=True)", "nn.GELU()", "nn.Identity()", "nn.Dropout(0.5)", "nn.SiLU()", "nn.Softmax(dim=-1)", "nn.LeakyReLU(0.2)", "nn.Tanh()"), "act"))


@step(*MAPS)
def activation_channels(p: Draft) -> None:
    if p.shape[1] % 2 == 0:
        p.put(p.one("x = F.glu(x, dim=1)", "x = nn.GLU(dim=1)(x)", "x = nn.GLU(1)(x)"))
    else:
        p.put(f"x = nn.PReLU({p.shape[1]})(x)")


@step(*MAPS)
def dropout_channels(p: Draft) -> None:
    p.put(f"x = nn.Dropout{p.rank - 2}d(0.1)(x)")


@step(2, 3, 4, 5)
def unflatten(p: Draft) -> None:
    axis = p.whole(0, p.rank - 1)
    size = p.shape[axis]
    part = p.rng.choice([each for each in range(1, size + 1) if size % each == 0])
    sizes = p.one(f"({part}, {size // part})", f"({part}, -1)", f"[-1, {size // part}]" if p.chance(0.3) else f"(-1, {size // part})")
    if p.rank == 5:
        p.put("x = x[0]")
        return
    p.put(p.one(f"x = x.unflatten({axis}, {sizes})", f"x = nn.Unflatten({axis}, {sizes.replace('[', '(').replace(']', ')')})(x)", f"x = torch.unflatten(x, {axis - p.rank}, {sizes})"))


@step(*MAPS)
def pad_modes(p: Draft) -> None:
    spatial = p.rank - 2
    pads = [p.whole(0, 2) for _ in range(2 * spatial)]
    mode = p.one("reflect", "replicate", "circular", "constant")
    p.put(p.one(f"x = F.pad(x, {p.one(tuple, list)(pads)}, mode='{mode}')", f"x = F.pad(x, {tuple(pads)}, '{mode}')"))


@step(*MAPS)
def pad_layers(p: Draft) -> None:
    spatial = p.rank - 2
    kind = p.one("Reflection", "Replication", "Zero", "Constant", "Circular")
    with p.making():
        pads = p.number(p.whole(0, 2)) if p.chance(0.4) else str(tuple(p.whole(0, 2) for _ in range(2 * spatial)))
    p.apply(p.made(f"nn.{kind}Pad{spatial}d({pads}{', 0.5' if kind == 'Constant' else ''})", "pad"))


@step(3)
def recurrent(p: Draft) -> None:
    kind = p.one("LSTM", "GRU", "RNN")
    hidden = p.whole(2, 5)
    more = p.one("", ", batch_first=True", ", bidirectional=True", ", num_layers=2")
    p.put(f"x, {p.fresh('state')} = nn.{kind}({p.shape[-1]}, {hidden}{more})(x)")


@step(3)
def attention(p: Draft) -> None:
    width = p.shape[-1]
    p.put(f"x, _ = nn.MultiheadAttention({width}, {divisor(p, width)}, batch_first=True)(x, x, x)")


@step(2)
def recurrent_cell(p: Draft) -> None:
    p.put(f"x = nn.{p.one('GRUCell', 'RNNCell')}({p.shape[1]}, {p.whole(2, 6)})(x)")
