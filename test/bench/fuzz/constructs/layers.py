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
def norm_batch(p: Draft) -> None:
    name = f"nn.{p.one('Batch', 'Batch', 'Instance')}Norm{p.rank - 2}d"
    p.put(f"x = {name}({p.number(p.shape[1])}{p.one('', ', affine=False', ', eps=1e-3')})(x)")


@step(*MAPS)
def norm_group(p: Draft) -> None:
    groups = divisor(p, p.shape[1])
    p.apply(
        p.made(
            p.one(
                f"nn.GroupNorm({groups}, {p.shape[1]})", f"nn.GroupNorm(num_groups={groups}, num_channels={p.shape[1]})"
            ),
            "norm",
        )
    )


@step()
def norm_layer(p: Draft) -> None:
    count = p.whole(1, p.rank)
    sizes = p.shape[-count:]
    text = (
        str(sizes[0]) if count == 1 else p.one(str(list(sizes)), f"x.shape[-{count}:]" if not p.inside else str(sizes))
    )
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
    p.put(
        f"x = nn.Embedding({p.whole(3, 9)}, {p.number(p.whole(2, 6))})({p.one('(x > 0).long()', 'torch.zeros_like(x, dtype=torch.long)', 'x.bool().long()')})"
    )


@step()
def activation(p: Draft) -> None:
    p.apply(
        p.made(
            p.one(
                "nn.ReLU()",
                "nn.ReLU(inplace=True)",
                "nn.GELU()",
                "nn.Identity()",
                "nn.Dropout(0.5)",
                "nn.SiLU()",
                "nn.Softmax(dim=-1)",
                "nn.LeakyReLU(0.2)",
                "nn.Tanh()",
            ),
            "act",
        )
    )


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
    sizes = p.one(
        f"({part}, {size // part})",
        f"({part}, -1)",
        f"[-1, {size // part}]" if p.chance(0.3) else f"(-1, {size // part})",
    )
    if p.rank == 5:
        p.put("x = x[0]")
        return
    p.put(
        p.one(
            f"x = x.unflatten({axis}, {sizes})",
            f"x = nn.Unflatten({axis}, {sizes.replace('[', '(').replace(']', ')')})(x)",
            f"x = torch.unflatten(x, {axis - p.rank}, {sizes})",
        )
    )


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
