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


@step(2, 3, 4, 5)
def select(p: Draft) -> None:
    axis = p.axis()
    at = p.whole(-p.shape[axis], p.shape[axis] - 1)
    p.put(p.one(f"x = x.select({axis}, {at})", f"x = torch.select(x, {axis}, {at})", f"x = x.index_select({axis}, torch.tensor([{at % p.shape[axis]}, 0]))"))


@step(2, 3, 4, 5)
def unbind(p: Draft) -> None:
    axis = p.axis()
    name = p.fresh("rows")
    p.put(f"{name} = {p.one(f'x.unbind({axis})', f'torch.unbind(x, dim={axis})')}")
    p.put(p.one(f"x = {name}[0]", f"x = torch.stack({name}, 0)", f"x = torch.stack(list(reversed({name})), -1)"))


@step()
def split_sizes(p: Draft) -> None:
    axis = p.axis()
    first = p.whole(0, p.shape[axis])
    name = p.fresh("part")
    sizes = f"[{p.number(first, 0.2)}, {p.shape[axis] - first}]"
    target = p.one(f"{name}, x", f"x, {name}", f"(x, *{name})", f"*{name}, x")
    p.put(f"{target} = torch.split(x, {sizes}, dim={axis})" if p.chance(0.5) else f"{target} = x.split({sizes}, {axis})")


@step()
def chunk_unpacked(p: Draft) -> None:
    axis = p.axis()
    if p.shape[axis] < 2:
        p.put(f"x = torch.cat([x, x], {axis})")
    name = p.fresh("part")
    p.put(f"{p.one(f'x, {name}', f'{name}, x')} = {p.one(f'x.chunk(2, dim={axis})', f'torch.chunk(x, 2, {axis})', f'torch.tensor_split(x, 2, dim={axis})')}")


@step(1, 2, 3, 4)
def expand(p: Draft) -> None:
    count = p.whole(1, 3)
    p.put(p.one(
        f"x = x[None].expand({count}, {', '.join(['-1'] * p.rank)})",
        f"x = x.unsqueeze(0).expand({count}, *x.shape)",
        f"x = x.unsqueeze(-1).expand({', '.join(['-1'] * p.rank)}, {count})",
        f"x = x.expand({count}, *([-1] * x.dim()))",
        f"x = torch.broadcast_to(x, ({count}, {', '.join(map(str, p.shape))}))",
    ))


@step()
def repeat(p: Draft) -> None:
    counts = [p.one(1, 1, 2) for _ in range(p.rank)]
    inner = ", ".join(map(str, counts))
    p.put(p.one(f"x = x.repeat({inner})", f"x = x.repeat({counts})", f"x = x.tile(({inner},))", f"x = torch.tile(x, ({inner},))"))


@step()
def repeat_interleave(p: Draft) -> None:
    axis = p.axis()
    p.put(p.one(f"x = x.repeat_interleave({p.number(2)}, dim={axis})", f"x = torch.repeat_interleave(x, 2, {axis})"))


@step()
def roll_and_flip(p: Draft) -> None:
    axis = p.axis()
    p.put(p.one(f"x = x.flip({axis})", f"x = torch.flip(x, [{axis}])", f"x = torch.roll(x, 1, {axis})", f"x = x.roll(shifts=2, dims={axis})", "x = x.contiguous()", "x = x.clone()", "x = x.detach()"))


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
def reduce_many(p: Draft) -> None:
    axes = p.rng.sample(range(p.rank), p.whole(1, p.rank - 1))
    axes = [axis - p.rank if p.chance(0.3) else axis for axis in axes]
    text = p.one(str(tuple(axes)), str(axes))
    keep = p.one("", ", keepdim=True", ", keepdims=True")
    p.put(p.one(f"x = x.mean({text}{keep})", f"x = torch.sum(x, dim={text}{keep})", f"x = x.mean(axis={text}{keep})", f"x = torch.std(x, {text}{keep.replace('dims', 'dim')})"))


@step(2, 3, 4, 5)
def reduce_pair(p: Draft) -> None:
    """A reduction that gives values and their indices."""
    axis = p.axis()
    keep = p.one("", ", keepdim=True")
    kind = p.one("max", "min", "median", "kthvalue", "mode")
    extra = "1, " if kind == "kthvalue" else ""
    p.put(p.one(f"x, _ = x.{kind}({extra}{axis}{keep})", f"x = x.{kind}({extra}dim={axis}{keep}).values", f"x = torch.{kind}(x, {extra}{axis}{keep})[0]"))


@step(2, 3, 4, 5)
def sort_tensor(p: Draft) -> None:
    axis = p.axis()
    p.put(p.one(f"x = x.sort({axis})[0]", f"x, order = torch.sort(x, dim={axis}, descending=True)", f"x = torch.sort(x, dim={axis}).values", f"x = x.argsort({axis}).float()", f"x = x.argmax({axis}, keepdim=True).float()"))


@step()
def top_k(p: Draft) -> None:
    axis = p.axis()
    k = p.whole(1, p.shape[axis])
    p.put(p.one(f"x = x.topk({p.number(k)}, dim={axis})[0]", f"x = torch.topk(x, {k}, {axis}).values", f"x, _ = x.topk(k={k}, dim={axis})"))


@step()
def accumulate(p: Draft) -> None:
    axis = p.axis()
    p.put(p.one(f"x = x.cumsum({axis})", f"x = torch.cumsum(x, dim={axis})", f"x = torch.cumprod(x, {axis})", f"x = x.softmax(dim={axis})", f"x = F.softmax(x, {axis})", f"x = F.normalize(x, dim={axis})", f"x = torch.log_softmax(x, {axis})"))


@step()
def difference(p: Draft) -> None:
    axis = p.axis()
    if p.shape[axis] < 2:
        p.put(f"x = torch.cat((x, x), {axis})")
    p.put(p.one(f"x = x.diff(dim={axis})", f"x = torch.diff(x, dim={axis})"))


@step(2, 3)
def einsum(p: Draft) -> None:
    other = p.whole(1, 6)
    if p.rank == 2:
        p.put(p.one(
            f"x = torch.einsum('bc,cd->bd', x, torch.randn({p.shape[1]}, {other}))",
            "x = torch.einsum('bc,bd->bcd', x, x)",
            "x = torch.einsum('ij,kj->ik', [x, x])",
            "x = torch.einsum('ab->ba', x)",
        ))
    else:
        p.put(p.one(
            f"x = torch.einsum('bct,cd->bdt', x, torch.randn({p.shape[1]}, {other}))",
            "x = torch.einsum('b c i, b c j -> b i j', x, x)",
            "x = torch.einsum('...ij->...ji', x)",
            "x = torch.einsum('bij,bjk', x, x.transpose(1, 2))",
        ))


@step(2, 3, 4, 5)
def matmul(p: Draft) -> None:
    inner = p.shape[-1]
    out = p.whole(1, 6)
    p.put(p.one(f"x = x @ torch.randn({inner}, {out})", f"x = torch.matmul(x, torch.randn({inner}, {out}))", "x = x @ x.transpose(-1, -2)", f"x = torch.randn({out}, {p.shape[-2]}) @ x", "x = x.matmul(x.mT)"))


@step(3)
def batched_product(p: Draft) -> None:
    p.put(p.one("x = torch.bmm(x, x.transpose(1, 2))", "x = x.bmm(x.permute(0, 2, 1))", f"x = torch.baddbmm(torch.zeros(1), x, torch.randn({p.shape[0]}, {p.shape[2]}, 3))"))


@step(2)
def matrix_product(p: Draft) -> None:
    p.put(p.one("x = torch.mm(x, x.t())", f"x = x.mm(torch.ones({p.shape[1]}, 4))", f"x = torch.addmm(torch.zeros(5), x, torch.randn({p.shape[1]}, 5))", "x = torch.outer(x[0], x[-1])", "x = torch.kron(x[:2, :2], torch.ones(2, 2))"))


@step(2, 3, 4, 5)
def broadcast(p: Draft) -> None:
    sizes = ", ".join(p.one("1", str(each)) for each in p.shape)
    p.put(p.one(f"x = x + torch.randn({sizes})", f"x = torch.ones({sizes}) * x", f"x = x * torch.rand({p.shape[-1]})", f"x = torch.maximum(x, torch.zeros({sizes}))", f"x = torch.add(x, torch.zeros({sizes}), alpha=2)", f"x += torch.randn({sizes})"))


@step(2, 3, 4, 5)
def broadcast_wider(p: Draft) -> None:
    axis = p.whole(0, p.rank - 1)
    p.put(f"x = x.mean({axis}, keepdim=True)")
    sizes = [*p.shape]
    sizes[axis] = p.whole(2, 4)
    p.put(p.one(f"x = x + torch.zeros({', '.join(map(str, sizes))})", f"x = torch.zeros({', '.join(map(str, sizes))}) - x", f"x = torch.where(x > 0, x, torch.zeros({', '.join(map(str, sizes))}))"))


@step(2, 3, 4, 5)
def mask_multiply(p: Draft) -> None:
    p.put(p.one("x = x * (x > 0)", "x = x.masked_fill(x < 0, 0.0)", "x = torch.where(x > 0, x, -x)", "x = x.clamp(min=0, max=1)", "x = torch.nan_to_num(x)", "x = torch.zeros_like(x)", "x = torch.randn_like(x)", "x = x.new_zeros(x.shape)"))


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
        p.put(p.one(f"x = x[:, {picks}]", f"x = x[:, torch.tensor({picks})]", f"x = torch.index_select(x, 1, torch.tensor({picks}))"))
    else:
        p.put(p.one(f"x = x[{picks}]", f"x = x[torch.tensor({picks})]", f"x = x[torch.arange({len(picks)}) * 0]"))


@step(2, 3, 4, 5)
def index_ellipsis(p: Draft) -> None:
    p.put(p.one("x = x[..., None]" if p.rank < 5 else "x = x[..., 0]", f"x = x[..., :{p.whole(1, 4)}]", "x = x[..., 0]", "x = x[None, ..., 0]", "x = x[..., ::2]", "x = x[0, ...]", "x = x[:1, ..., -1:]"))


@step()
def gather(p: Draft) -> None:
    axis = p.axis()
    p.put(p.one(f"x = x.gather({axis}, torch.zeros_like(x, dtype=torch.long))", f"x = torch.take_along_dim(x, x.argsort({axis}), dim={axis})"))


@step(2, 3, 4, 5)
def squeeze_many(p: Draft) -> None:
    p.put(p.one("x = x.unsqueeze(0).squeeze(0)", "x = x[None].squeeze()", "x = x.unsqueeze(1).squeeze((0, 1))" if p.rank < 5 else "x = x.squeeze((0, 1))", "x = torch.squeeze(x, dim=0)", "x = torch.atleast_3d(x)"))


@step(2, 3, 4, 5)
def view_by_size(p: Draft) -> None:
    last = p.rank - 1
    p.put(p.one(
        "x = x.reshape(x.size(0), -1)",
        "x = x.reshape(x.shape[0], -1)[:, None]",
        f"x = x.contiguous().view(x.shape[0], {'x.shape[1], ' if p.rank > 2 else ''}-1)",
        "x = x.reshape(-1, x.size(-1))",
        f"x = x.reshape(*x.shape[:{last}], 1, x.shape[{last}])" if p.rank < 5 else "x = x.flatten(3)",
        "x = x.reshape(x.shape[:-1] + (x.shape[-1], 1))" if p.rank < 5 else "x = x.flatten(3)",
        "x = x.view_as(x)",
        "x = x.reshape(len(x), -1, x.shape[-1])",
        "x = x.reshape(x.numel() // x.size(-1), x.size(-1))",
        "x = x.reshape([x.shape[0], -1])",
        "x = x.reshape(torch.Size([x.shape[0], -1]))" if p.chance(0.2) else "x = x.reshape((x.shape[0], -1))",
    ))


@step(3, 4, 5)
def sizes_unpacked(p: Draft) -> None:
    names = [p.fresh(each) for each in "bchwd"[: p.rank]]
    p.put(f"{', '.join(names)} = {p.one('x.shape', 'x.size()', 'tuple(x.shape)', 'list(x.size())')}")
    merged = f"{names[-2]} * {names[-1]}"
    p.put(p.one(
        f"x = x.reshape({', '.join(names[:-2])}, {merged})",
        f"x = x.contiguous().view({', '.join(names[:-2])}, -1)",
        f"x = x.permute({', '.join(map(str, reversed(range(p.rank))))}).reshape({', '.join(reversed(names))})",
        f"x = x[:, : {names[1]} // 2 + 1]",
        f"x = F.pad(x, (0, {names[-1]} % 2))",
    ))


@step(*MAPS)
def sizes_starred(p: Draft) -> None:
    first, rest = p.fresh("b"), p.fresh("rest")
    p.put(f"{first}, *{rest} = x.shape")
    p.put(p.one(f"x = x.reshape({first}, -1, *{rest}[1:])", f"x = x.reshape(-1, *{rest})", f"x = torch.zeros({first}, *{rest})", f"x = x.expand({first}, *{rest})"))


@step()
def made_like(p: Draft) -> None:
    p.put(p.one(
        "x = torch.zeros(x.shape)", "x = torch.randn(*x.shape)", "x = torch.ones(x.size())", "x = torch.empty_like(x)",
        "x = torch.full(x.shape, 0.5)", "x = torch.rand(tuple(x.shape))", "x = x.new_ones(*x.shape)", "x = torch.full_like(x, 2.0)",
        "x = torch.zeros([*x.shape])", "x = torch.randint(0, 9, x.shape).float()", "x = torch.zeros(x.shape, dtype=torch.float32)",
    ))


@step()
def made_range(p: Draft) -> None:
    n = p.whole(2, 30)
    p.put(p.one(
        f"x = torch.arange({n}).float()", f"x = torch.linspace(0, 1, {n})", f"x = torch.arange(1, {n}, 2).float()", f"x = torch.arange(0, 1, {p.one(0.1, 0.25, 0.3)})",
        f"x = torch.eye({n % 7 + 1})", f"x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])", f"x = torch.arange({n}, -1, -3).float()",
        f"x = torch.hann_window({n})", "x = torch.tensor([[[1.0, 2.0]] * 3] * 2)", f"x = torch.triu(torch.ones({n % 5 + 2}, 4))",
    ))


@step(3, 4)
def grid(p: Draft) -> None:
    a, b = p.fresh("ys"), p.fresh("xs")
    p.put(f"{a}, {b} = torch.meshgrid(torch.arange({p.whole(2, 5)}), torch.arange({p.whole(2, 5)}), indexing='ij')")
    p.put(p.one(f"x = torch.stack([{a}, {b}], 0).float()", f"x = torch.stack(({a}, {b}), dim=-1).float()", f"x = ({a} + {b}).float()[None]"))


@step(*MAPS)
def stacked_functions(p: Draft) -> None:
    p.put(p.one("x = torch.vstack([x, x])", "x = torch.hstack((x, x))", "x = torch.dstack([x, x])", "x = torch.cat([x, torch.zeros_like(x)], dim=1)", "x = torch.cat((x, x.flip(-1)), -1)", "x = torch.stack([x.mean(1), x.amax(1)], 1)", "x = torch.cat([x.mean(1, keepdim=True), x], 1)"))


@step(*MAPS)
def in_place(p: Draft) -> None:
    """Methods that change the tensor itself, written as statements."""
    axis, other = p.axis(), p.axis()
    p.put("x = x.clone()")
    p.put(p.one(f"x.transpose_({axis}, {other})", "x.unsqueeze_(0)" if p.rank < 5 else "x.squeeze_(0)", "x.squeeze_()", "x.mul_(2)", "x.relu_()", "x.t_()" if p.rank == 2 else "x.swapaxes_(0, 1)", "F.relu_(x)", "x.resize_(2, 3, 4)", "x.zero_()", "x[0] = 1.0", "x[:, 0] = 0", f"x.data = x.data.transpose({axis}, {other}).contiguous()"))


@step(*MAPS)
def same_shape_as(p: Draft) -> None:
    other = p.fresh("y")
    p.put(f"{other} = torch.zeros({', '.join(map(str, reversed(p.shape)))})")
    p.put(p.one(f"x = x.reshape_as({other})", f"x = x.reshape({other}.shape)", f"x = {other} + 1", f"x = x.reshape({other}.size())"))


@step(2, 3, 4, 5)
def diagonal(p: Draft) -> None:
    p.put(p.one("x = x.diagonal(0, -2, -1)", "x = torch.diagonal(x, dim1=-2, dim2=-1)", "x = torch.tril(x)", "x = x.triu()"))


@step(2, 3, 4, 5)
def any_all(p: Draft) -> None:
    axis = p.axis()
    p.put(p.one(f"x = (x > 0).any({axis}).float()", f"x = (x == 0).all(dim={axis}, keepdim=True).float()", f"x = x.norm(dim={axis})", f"x = torch.linalg.norm(x, dim={axis}, keepdim=True)", f"x = x.var({axis})", f"x = x.prod({axis})", f"x = torch.logsumexp(x, {axis})", f"x = x.argmin({axis}).float()", f"x = x.count_nonzero({axis}).float()"))


@step(3, 4, 5)
def spectrum(p: Draft) -> None:
    p.put(p.one("x = torch.fft.rfft(x).abs()", "x = torch.fft.fft(x).real", "x = torch.fft.rfft2(x).abs()" if p.rank > 3 else "x = torch.fft.rfft(x, dim=-1).real", f"x = torch.view_as_real(torch.fft.fft(x)).flatten(-2)", "x = torch.fft.irfft(torch.fft.rfft(x))"))
