"""What makes maps larger or smaller, and pads them."""

from constructs.convolutions import divisor, form, spread
from draft import MAPS, Draft, step


@step(*MAPS)
def interpolate(p: Draft) -> None:
    spatial = p.rank - 2
    mode = p.one(
        "nearest", {1: "linear", 2: "bilinear", 3: "trilinear"}[spatial], "area", *(["bicubic"] if spatial == 2 else [])
    )
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
    p.apply(
        p.made(
            p.one(
                "nn.UpsamplingNearest2d(scale_factor=2)",
                "nn.UpsamplingBilinear2d(scale_factor=2)",
                "nn.UpsamplingNearest2d(size=(7, 5))",
            ),
            "up",
        )
    )


@step(3, 4, 5)
def pixel_shuffle(p: Draft) -> None:
    factor = p.one(2, 2, 3, 1)
    channels = p.shape[-3]
    if channels % factor**2:
        p.put(f"x = x.repeat_interleave({factor**2}, dim=-3)")
    p.put(
        p.one(
            f"x = nn.PixelShuffle({p.number(factor)})(x)",
            f"x = F.pixel_shuffle(x, {factor})",
            f"x = nn.PixelShuffle(upscale_factor={factor})(x)",
        )
    )


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
    more = p.one(
        "", f", stride={form(p, spread(p, 2, 1, 3))}", f", padding={p.whole(0, 1)}", f", dilation={p.whole(1, 2)}"
    )
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
