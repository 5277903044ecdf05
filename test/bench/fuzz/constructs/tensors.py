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
    p.put(p.one(f"x = x.reshape({inner})", f"x = x.contiguous().view({inner})", f"x = torch.reshape(x, ({inner}))", f"x = x.reshape([{inner}])"))


@step(2, 3, 4, 5)
def narrow(p: Draft) -> None:
    axis = p.axis()
    size = p.shape[axis]
    start = p.whole(0, size - 1)
    length = p.whole(1, size - start)
    p.put(p.one(f"x = x.narrow({axis}, {p.number(start)}, {p.number(length)})", f"x = torch.narrow(x, {axis}, {start}, {length})"))


@step(2, 3, 4, 5)
def slices(p: Draft) -> None:
    texts = []
    for size in p.shape:
        start, stop = p.whole(-size, size - 1), p.whole(1, size + 1)
        by = p.one("", "", f":{p.whole(1, 3)}")
        texts.append(p.one(":", ":", f"{p.number(start, 0.1)}:", f":{p.number(stop, 0.1)}{by}", f"{start}:{stop}{by}", f"::{p.whole(1, 2)}"))
    texts = texts[: p.whole(1, len(texts))]
    if p.chance(0.2):
        texts = ["...", *texts] if len(texts) < p.rank else texts
    p.put(f"x = x[{', '.join(texts)}]")


@step(3, 4, 5)
def index_axis(p: Draft) -> None:
    texts = [p.one(":", ":", "None", str(p.whole(-size, size - 1)), ":1") for size in p.shape[: p.whole(1, p.rank)]]
    p.put(f"x = x[{', '.join(texts)}]")


@step()
def cat(p: Draft) -> None:
    axis = p.axis()
    key = p.one("", "dim=", "axis=")
    count = p.whole(2, 3)
    parts = p.one(f"[{', '.join(['x'] * count)}]", f"({', '.join(['x'] * count)})", f"[x] * {count}", f"[x for _ in range({count})]")
    p.put(f"x = torch.{p.one('cat', 'cat', 'concat')}({parts}, {key}{axis})")


@step(1, 2, 3, 4)
def stack(p: Draft) -> None:
    axis = p.whole(-p.rank - 1, p.rank)
    p.put(f"x = torch.stack([x, x * 2], {p.one('', 'dim=')}{axis})")


@step()
def chunk(p: Draft) -> None:
    axis = p.axis()
    count = p.whole(1, min(4, p.shape[axis]))
    name = p.fresh("parts")
    p.put(f"{name} = {p.one(f'x.chunk({count}, {axis})', f'torch.chunk(x, {count}, dim={axis})', f'x.chunk(chunks={count}, dim={axis})')}")
    p.put(p.one(f"x = {name}[0]", f"x = {name}[-1]", f"x = torch.cat({name}, dim={axis})"))


@step()
def split(p: Draft) -> None:
    axis = p.axis()
    size = p.whole(1, p.shape[axis])
    name = p.fresh("parts")
    p.put(f"{name} = {p.one(f'x.split({size}, {axis})', f'torch.split(x, {p.number(size)}, dim={axis})')}")
    p.put(p.one(f"x = {name}[0]", f"x = {name}[-1]", f"x = {name}[len({name}) - 1]"))


@step(2, 3, 4, 5)
def reduce(p: Draft) -> None:
    axis = p.axis()
    keep = p.one("", ", keepdim=True", ", keepdims=True", ", keepdim=False")
    key = p.one("", "dim=", "axis=")
    name = p.one("mean", "sum", "amax", "amin")
    if name in ("amax", "amin"):
        keep, key = keep.replace("keepdims", "keepdim"), key.replace("axis", "dim")
    p.put(p.one(f"x = x.{name}({key}{axis}{keep})", f"x = torch.{name}(x, {key}{axis}{keep})"))


@step(*MAPS)
def functional_pad(p: Draft) -> None:
    sides = 2 * p.whole(1, min(3, p.rank))
    pads = [p.whole(-1 if p.chance(0.2) else 0, 2) for _ in range(sides)]
    inner = ", ".join(p.number(each, 0.1) if each >= 0 else str(each) for each in pads)
    p.put(p.one(f"x = F.pad(x, ({inner}))", f"x = F.pad(x, [{inner}], value=1.0)", f"x = F.pad(x, ({inner}), mode='constant')"))
