"""Parts of tensors."""

from draft import Draft, step


@step(2, 3, 4, 5)
def narrow(p: Draft) -> None:
    axis = p.axis()
    size = p.shape[axis]
    start = p.whole(0, size - 1)
    length = p.whole(1, size - start)
    p.put(
        p.one(
            f"x = x.narrow({axis}, {p.number(start)}, {p.number(length)})",
            f"x = torch.narrow(x, {axis}, {start}, {length})",
        )
    )


@step(2, 3, 4, 5)
def slices(p: Draft) -> None:
    texts = []
    for size in p.shape:
        start, stop = p.whole(-size, size - 1), p.whole(1, size + 1)
        by = p.one("", "", f":{p.whole(1, 3)}")
        texts.append(
            p.one(
                ":",
                ":",
                f"{p.number(start, 0.1)}:",
                f":{p.number(stop, 0.1)}{by}",
                f"{start}:{stop}{by}",
                f"::{p.whole(1, 2)}",
            )
        )
    texts = texts[: p.whole(1, len(texts))]
    if p.chance(0.2):
        texts = ["...", *texts] if len(texts) < p.rank else texts
    p.put(f"x = x[{', '.join(texts)}]")


@step(3, 4, 5)
def index_axis(p: Draft) -> None:
    texts = [p.one(":", ":", "None", str(p.whole(-size, size - 1)), ":1") for size in p.shape[: p.whole(1, p.rank)]]
    p.put(f"x = x[{', '.join(texts)}]")


@step(2, 3, 4, 5)
def select(p: Draft) -> None:
    axis = p.axis()
    at = p.whole(-p.shape[axis], p.shape[axis] - 1)
    p.put(
        p.one(
            f"x = x.select({axis}, {at})",
            f"x = torch.select(x, {axis}, {at})",
            f"x = x.index_select({axis}, torch.tensor([{at % p.shape[axis]}, 0]))",
        )
    )


@step(2, 3, 4, 5)
def unbind(p: Draft) -> None:
    axis = p.axis()
    name = p.fresh("rows")
    p.put(f"{name} = {p.one(f'x.unbind({axis})', f'torch.unbind(x, dim={axis})')}")
    p.put(p.one(f"x = {name}[0]", f"x = torch.stack({name}, 0)", f"x = torch.stack(list(reversed({name})), -1)"))


@step(2, 3, 4, 5)
def mask_select(p: Draft) -> None:
    """A boolean mask of known entries selects along an axis."""
    keeps = [p.chance(0.6) for _ in range(p.shape[0])]
    if not any(keeps):
        keeps[0] = True
    axis = p.one(0, 0, 1) if p.rank > 1 else 0
    if axis == 1:
        keeps = [True] + [p.chance(0.5) for _ in range(p.shape[1] - 1)]
    mask = f"torch.tensor({keeps})" if p.chance(0.6) else str(keeps) if axis == 0 else f"torch.tensor({keeps})"
    p.put(f"x = x[{mask}]" if axis == 0 else f"x = x[:, {mask}]")


@step(2, 3, 4, 5)
def index_list(p: Draft) -> None:
    picks = [p.whole(0, p.shape[0] - 1) for _ in range(p.whole(1, 4))]
    if p.rank > 1 and p.chance(0.5):
        picks = [p.whole(0, p.shape[1] - 1) for _ in range(p.whole(1, 4))]
        p.put(
            p.one(
                f"x = x[:, {picks}]",
                f"x = x[:, torch.tensor({picks})]",
                f"x = torch.index_select(x, 1, torch.tensor({picks}))",
            )
        )
    else:
        p.put(p.one(f"x = x[{picks}]", f"x = x[torch.tensor({picks})]", f"x = x[torch.arange({len(picks)}) * 0]"))


@step(2, 3, 4, 5)
def index_ellipsis(p: Draft) -> None:
    p.put(
        p.one(
            "x = x[..., None]" if p.rank < 5 else "x = x[..., 0]",
            f"x = x[..., :{p.whole(1, 4)}]",
            "x = x[..., 0]",
            "x = x[None, ..., 0]",
            "x = x[..., ::2]",
            "x = x[0, ...]",
            "x = x[:1, ..., -1:]",
        )
    )


@step()
def gather(p: Draft) -> None:
    axis = p.axis()
    p.put(
        p.one(
            f"x = x.gather({axis}, torch.zeros_like(x, dtype=torch.long))",
            f"x = torch.take_along_dim(x, x.argsort({axis}), dim={axis})",
        )
    )


@step()
def chunk(p: Draft) -> None:
    axis = p.axis()
    count = p.whole(1, min(4, p.shape[axis]))
    name = p.fresh("parts")
    p.put(
        f"{name} = {p.one(f'x.chunk({count}, {axis})', f'torch.chunk(x, {count}, dim={axis})', f'x.chunk(chunks={count}, dim={axis})')}"
    )
    p.put(p.one(f"x = {name}[0]", f"x = {name}[-1]", f"x = torch.cat({name}, dim={axis})"))


@step()
def split(p: Draft) -> None:
    axis = p.axis()
    size = p.whole(1, p.shape[axis])
    name = p.fresh("parts")
    p.put(f"{name} = {p.one(f'x.split({size}, {axis})', f'torch.split(x, {p.number(size)}, dim={axis})')}")
    p.put(p.one(f"x = {name}[0]", f"x = {name}[-1]", f"x = {name}[len({name}) - 1]"))


@step()
def split_sizes(p: Draft) -> None:
    axis = p.axis()
    first = p.whole(0, p.shape[axis])
    name = p.fresh("part")
    sizes = f"[{p.number(first, 0.2)}, {p.shape[axis] - first}]"
    target = p.one(f"{name}, x", f"x, {name}", f"(x, *{name})", f"*{name}, x")
    p.put(
        f"{target} = torch.split(x, {sizes}, dim={axis})" if p.chance(0.5) else f"{target} = x.split({sizes}, {axis})"
    )


@step()
def chunk_unpacked(p: Draft) -> None:
    axis = p.axis()
    if p.shape[axis] < 2:
        p.put(f"x = torch.cat([x, x], {axis})")
    name = p.fresh("part")
    p.put(
        f"{p.one(f'x, {name}', f'{name}, x')} = {p.one(f'x.chunk(2, dim={axis})', f'torch.chunk(x, 2, {axis})', f'torch.tensor_split(x, 2, dim={axis})')}"
    )


@step(2, 3, 4, 5)
def diagonal(p: Draft) -> None:
    p.put(
        p.one(
            "x = x.diagonal(0, -2, -1)", "x = torch.diagonal(x, dim1=-2, dim2=-1)", "x = torch.tril(x)", "x = x.triu()"
        )
    )
