"""Convolutions in every form in which their parameters are written."""

from draft import MAPS, Draft, step

DEFAULTS = {"stride": 1, "padding": 0, "dilation": 1, "output_padding": 0, "groups": 1, "bias": True}


def form(p: Draft, values) -> str:
    """One value for each axis, as people write it."""
    if isinstance(values, str):
        return repr(values)
    if len(set(values)) == 1 and p.chance(0.6):
        return p.number(values[0])
    texts = [p.number(each, 0.15) for each in values]
    inner = ", ".join(texts)
    tuple_ = f"({inner},)" if len(texts) == 1 else f"({inner})"
    return p.one(tuple_, tuple_, f"[{inner}]", f"tuple([{inner}])")


def spread(p: Draft, spatial: int, low: int, high: int) -> list:
    value = p.whole(low, high)
    return [value] * spatial if p.chance(0.6) else [p.whole(low, high) for _ in range(spatial)]


def call(p: Draft, order, values: dict, fixed: int) -> str:
    """Arguments: the first by position, the rest by their names, in some order."""
    given = [(name, values[name]) for name in order if name in values]
    count = fixed
    while count < len(given) and count < len(order) and given[count][0] == order[count] and p.chance(0.35):
        count += 1
    if p.chance(0.15):
        count = p.whole(0, count)
    rest = given[count:]
    if p.chance(0.3):
        p.rng.shuffle(rest)
    return ", ".join([text for _, text in given[:count]] + [f"{name}={text}" for name, text in rest])


LAYER = ["in_channels", "out_channels", "kernel_size", "stride", "padding"]
CONV = [*LAYER, "dilation", "groups", "bias", "padding_mode"]
TRANSPOSED = [*LAYER, "output_padding", "groups", "bias", "dilation", "padding_mode"]


def channels_of(p: Draft) -> tuple:
    """Number of spatial axes and of channels: the input may be without a batch."""
    spatial = p.rank - 2
    if spatial == 0 or (spatial < 3 and p.chance(0.07)):
        spatial = p.rank - 1
    return spatial, p.shape[p.rank - spatial - 1]


def divisor(p: Draft, *numbers: int) -> int:
    return p.rng.choice([each for each in range(1, min(numbers) + 1) if all(n % each == 0 for n in numbers)])


def drawn(p: Draft, spatial: int, channels: int, transposed: bool) -> dict:
    sizes = p.shape[-spatial:]
    values: dict = {"kernel_size": spread(p, spatial, 1, min(4, *(size + 1 for size in sizes)))}
    cout = p.whole(1, 8)
    if p.chance(0.25):
        groups = divisor(p, channels)
        cout = groups * p.whole(1, 2)
        values["groups"] = groups
    values |= {"in_channels": channels, "out_channels": cout}
    if p.chance(0.4):
        values["stride"] = spread(p, spatial, 1, 3)
    if p.chance(0.5):
        values["padding"] = spread(p, spatial, 0, 2)
    if p.chance(0.2):
        values["dilation"] = spread(p, spatial, 1, 2)
    if p.chance(0.2):
        values["bias"] = p.chance(0.5)
    if transposed and p.chance(0.3):
        values["output_padding"] = spread(p, spatial, 0, 1)
    return values


def text_of(p: Draft, values: dict, transposed: bool, plain: bool = False) -> str:
    def one(name: str, value) -> str:
        if isinstance(value, bool) or isinstance(value, str):
            return repr(value)
        if isinstance(value, int):
            return str(value) if plain else p.number(value)
        return form(p, value)

    order = TRANSPOSED if transposed else CONV
    return call(p, order, {name: one(name, values[name]) for name in order if name in values}, 3)


def layer(p: Draft, transposed: bool = False, **more) -> None:
    spatial, channels = channels_of(p)
    values = drawn(p, spatial, channels, transposed) | more
    with p.making():
        text = text_of(p, values, transposed)
    p.apply(p.made(f"nn.Conv{'Transpose' if transposed else ''}{spatial}d({text})", p.one("conv", "layer", "up")))


@step(2, 3, 4, 5)
def conv(p: Draft) -> None:
    layer(p)


@step(2, 3, 4, 5)
def conv_transposed(p: Draft) -> None:
    layer(p, transposed=True)


@step(2, 3, 4, 5)
def conv_same(p: Draft) -> None:
    layer(p, padding="same", stride=[1] * max(1, p.rank - 2))


@step(2, 3, 4, 5)
def conv_valid(p: Draft) -> None:
    layer(p, padding="valid")


@step(3, 4, 5)
def conv_padding_mode(p: Draft) -> None:
    layer(p, padding_mode=p.one("zeros", "reflect", "replicate", "circular"))


@step(3, 4, 5)
def conv_output_size(p: Draft) -> None:
    spatial = p.rank - 2
    values = drawn(p, spatial, p.shape[1], True)
    values.pop("output_padding", None)
    stride = values.get("stride", [1] * spatial)
    padding = values.get("padding", [0] * spatial)
    dilation = values.get("dilation", [1] * spatial)
    sizes = [
        (size - 1) * stride[axis]
        - 2 * padding[axis]
        + dilation[axis] * (values["kernel_size"][axis] - 1)
        + 1
        + p.whole(0, max(stride[axis], 1) - 1)
        for axis, size in enumerate(p.shape[2:])
    ]
    with p.making():
        text = text_of(p, values, True)
    name = p.made(f"nn.ConvTranspose{spatial}d({text})", "up")
    p.put(f"x = {name}(x, output_size={p.one(tuple, list)(sizes)!r})")


def functional(p: Draft, transposed: bool) -> None:
    spatial, channels = channels_of(p)
    values = drawn(p, spatial, channels, transposed)
    groups = values.get("groups", 1)
    first, second = (
        (channels, values["out_channels"] // groups) if transposed else (values["out_channels"], channels // groups)
    )
    weight = f"torch.{p.one('randn', 'ones', 'zeros')}({', '.join(p.number(each, 0.1) for each in [first, second, *values['kernel_size']])})"
    if p.chance(0.5):
        name = p.fresh("w")
        p.put(f"{name} = {weight}")
        weight = name
    bias = f"torch.zeros({values['out_channels']})" if values.pop("bias", False) else None
    order = (
        ["stride", "padding", "output_padding", "groups", "dilation"]
        if transposed
        else ["stride", "padding", "dilation", "groups"]
    )
    given = {name: str(values[name]) if name == "groups" else form(p, values[name]) for name in order if name in values}
    if bias and p.chance(0.5):
        text = call(p, ["bias", *order], {"bias": bias, **given}, 0)
    else:
        text = ", ".join(([f"bias={bias}"] if bias else []) + [f"{name}={each}" for name, each in given.items()])
    p.put(
        f"x = {p.one('F', 'F', 'nn.functional')}.conv{'_transpose' if transposed else ''}{spatial}d(x, {weight}{', ' if text else ''}{text})"
    )


@step(3, 4, 5)
def functional_conv(p: Draft) -> None:
    functional(p, False)


@step(3, 4, 5)
def functional_conv_transposed(p: Draft) -> None:
    functional(p, True)


def probe(p: Draft) -> None:
    """A plain convolution, which shows what the shape is by now."""
    if p.rank == 2:
        p.put(p.one("x = x.unsqueeze(0)", "x = x[None]", "x = x[:, None]"))
    elif p.rank not in MAPS:
        p.put("x = x.reshape(1, 1, -1)")
    spatial = max(1, p.rank - 2)
    channels = p.shape[p.rank - spatial - 1]
    low = [max(0, 2 - size) for size in p.shape[-spatial:]]
    padding = f", padding={max(low)}" if max(low) else p.one("", ", padding=1")
    kernel = p.one(1, 2, 3 if min(p.shape[-spatial:]) > 2 or "padding=1" in padding else 2)
    p.apply(p.made(f"nn.Conv{spatial}d({channels}, {p.one(2, 3, 4, 6)}, {kernel}{padding})", "probe"))


probe.ranks = (1, 2, 3, 4, 5, 6)
