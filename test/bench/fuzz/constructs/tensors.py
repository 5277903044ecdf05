"""What is done to tensors between layers."""

from draft import MAPS, Draft, step


@step()
def flip_sign(p: Draft) -> None:
    p.put(p.one("x = -x", "x = x * 2", "x = torch.relu(x)", "x = x.abs()", "x = F.gelu(x)", "x = x / 3 + 1"))


@step(2, 3, 4, 5)
def transpose(p: Draft) -> None:
    a, b = p.axis(), p.axis()
    p.put(p.one(f"x = x.transpose({a}, {b})", f"x = torch.transpose(x, {a}, {b})", f"x = x.swapaxes({a}, {b})"))


@step(2, 3, 4, 5)
def permute(p: Draft) -> None:
    order = p.rng.sample(range(p.rank), p.rank)
    inner = ", ".join(map(str, order))
    p.put(p.one(f"x = x.permute({inner})", f"x = x.permute(({inner}))", f"x = torch.permute(x, ({inner}))"))


@step(2, 3, 4, 5)
def flatten(p: Draft) -> None:
    start = p.whole(0, p.rank - 1)
    end = p.whole(start, p.rank - 1)
    text = p.one(f"{start}, {end}", f"start_dim={start}, end_dim={end}", f"{start}, {end - p.rank}")
    p.put(p.one(f"x = x.flatten({text})", f"x = torch.flatten(x, {text})", f"x = nn.Flatten({text})(x)"))


@step(1, 2, 3, 4)
def unsqueeze(p: Draft) -> None:
    axis = p.whole(-p.rank - 1, p.rank)
    p.put(p.one(f"x = x.unsqueeze({axis})", f"x = torch.unsqueeze(x, {axis})", f"x = x.unsqueeze(dim={axis})"))


@step(2, 3, 4, 5)
def squeeze(p: Draft) -> None:
    axis = p.axis()
    p.put(p.one(f"x = x.squeeze({axis})", f"x = torch.squeeze(x, {axis})", "x = x.squeeze()"))


@step(2, 3, 4, 5)
def view_split(p: Draft) -> None:
    """One axis as two."""
    axis = p.whole(0, p.rank - 1)
    size = p.shape[axis]
    part = p.rng.choice([each for each in range(1, size + 1) if size % each == 0])
    sizes = [*p.shape[:axis], part, size // part, *p.shape[axis + 1 :]]
    if p.chance(0.4):
        sizes[p.whole(0, len(sizes) - 1)] = -1
    texts = [p.number(each, 0.1) if each >= 0 else "-1" for each in sizes]
    inner = ", ".join(texts)
    p.put(
        p.one(
            f"x = x.reshape({inner})",
            f"x = x.contiguous().view({inner})",
            f"x = torch.reshape(x, ({inner}))",
            f"x = x.reshape([{inner}])",
        )
    )


@step()
def cat(p: Draft) -> None:
    axis = p.axis()
    key = p.one("", "dim=", "axis=")
    count = p.whole(2, 3)
    parts = p.one(
        f"[{', '.join(['x'] * count)}]",
        f"({', '.join(['x'] * count)})",
        f"[x] * {count}",
        f"[x for _ in range({count})]",
    )
    p.put(f"x = torch.{p.one('cat', 'cat', 'concat')}({parts}, {key}{axis})")


@step(1, 2, 3, 4)
def stack(p: Draft) -> None:
    axis = p.whole(-p.rank - 1, p.rank)
    p.put(f"x = torch.stack([x, x * 2], {p.one('', 'dim=')}{axis})")


@step(*MAPS)
def functional_pad(p: Draft) -> None:
    sides = 2 * p.whole(1, min(3, p.rank))
    pads = [p.whole(-1 if p.chance(0.2) else 0, 2) for _ in range(sides)]
    inner = ", ".join(p.number(each, 0.1) if each >= 0 else str(each) for each in pads)
    p.put(
        p.one(
            f"x = F.pad(x, ({inner}))",
            f"x = F.pad(x, [{inner}], value=1.0)",
            f"x = F.pad(x, ({inner}), mode='constant')",
        )
    )


@step(1, 2, 3, 4)
def expand(p: Draft) -> None:
    count = p.whole(1, 3)
    p.put(
        p.one(
            f"x = x[None].expand({count}, {', '.join(['-1'] * p.rank)})",
            f"x = x.unsqueeze(0).expand({count}, *x.shape)",
            f"x = x.unsqueeze(-1).expand({', '.join(['-1'] * p.rank)}, {count})",
            f"x = x.expand({count}, *([-1] * x.dim()))",
            f"x = torch.broadcast_to(x, ({count}, {', '.join(map(str, p.shape))}))",
        )
    )


@step()
def repeat(p: Draft) -> None:
    counts = [p.one(1, 1, 2) for _ in range(p.rank)]
    inner = ", ".join(map(str, counts))
    p.put(
        p.one(
            f"x = x.repeat({inner})",
            f"x = x.repeat({counts})",
            f"x = x.tile(({inner},))",
            f"x = torch.tile(x, ({inner},))",
        )
    )


@step()
def repeat_interleave(p: Draft) -> None:
    axis = p.axis()
    p.put(p.one(f"x = x.repeat_interleave({p.number(2)}, dim={axis})", f"x = torch.repeat_interleave(x, 2, {axis})"))


@step()
def roll_and_flip(p: Draft) -> None:
    axis = p.axis()
    p.put(
        p.one(
            f"x = x.flip({axis})",
            f"x = torch.flip(x, [{axis}])",
            f"x = torch.roll(x, 1, {axis})",
            f"x = x.roll(shifts=2, dims={axis})",
            "x = x.contiguous()",
            "x = x.clone()",
            "x = x.detach()",
        )
    )


@step(2, 3, 4, 5)
def rotated(p: Draft) -> None:
    p.put(f"x = torch.rot90(x, {p.whole(0, 3)}, [{p.rank - 2}, {p.rank - 1}])")


@step(2, 3, 4, 5)
def move_axis(p: Draft) -> None:
    a, b = p.axis(), p.axis()
    p.put(p.one(f"x = x.movedim({a}, {b})", f"x = torch.moveaxis(x, {a}, {b})", f"x = torch.movedim(x, {a}, {b})"))


@step(2, 3, 4, 5)
def transposed_short(p: Draft) -> None:
    p.put("x = x.mT" if p.rank > 2 else p.one("x = x.T", "x = x.t()", "x = x.mT"))


@step(2, 3, 4, 5)
def squeeze_many(p: Draft) -> None:
    p.put(
        p.one(
            "x = x.unsqueeze(0).squeeze(0)",
            "x = x[None].squeeze()",
            "x = x.unsqueeze(1).squeeze((0, 1))" if p.rank < 5 else "x = x.squeeze((0, 1))",
            "x = torch.squeeze(x, dim=0)",
            "x = torch.atleast_3d(x)",
        )
    )
