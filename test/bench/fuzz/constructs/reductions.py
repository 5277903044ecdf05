"""Numbers of a tensor put together, in rows and in products."""

from draft import Draft, step


@step(2, 3, 4, 5)
def reduce(p: Draft) -> None:
    axis = p.axis()
    keep = p.one("", ", keepdim=True", ", keepdims=True", ", keepdim=False")
    key = p.one("", "dim=", "axis=")
    name = p.one("mean", "sum", "amax", "amin")
    if name in ("amax", "amin"):
        keep, key = keep.replace("keepdims", "keepdim"), key.replace("axis", "dim")
    p.put(p.one(f"x = x.{name}({key}{axis}{keep})", f"x = torch.{name}(x, {key}{axis}{keep})"))


@step(2, 3, 4, 5)
def reduce_many(p: Draft) -> None:
    axes = p.rng.sample(range(p.rank), p.whole(1, p.rank - 1))
    axes = [axis - p.rank if p.chance(0.3) else axis for axis in axes]
    text = p.one(str(tuple(axes)), str(axes))
    keep = p.one("", ", keepdim=True", ", keepdims=True")
    p.put(
        p.one(
            f"x = x.mean({text}{keep})",
            f"x = torch.sum(x, dim={text}{keep})",
            f"x = x.mean(axis={text}{keep})",
            f"x = torch.std(x, {text}{keep.replace('dims', 'dim')})",
        )
    )


@step(2, 3, 4, 5)
def reduce_pair(p: Draft) -> None:
    """A reduction that gives values and their indices."""
    axis = p.axis()
    keep = p.one("", ", keepdim=True")
    kind = p.one("max", "min", "median", "kthvalue", "mode")
    extra = "1, " if kind == "kthvalue" else ""
    p.put(
        p.one(
            f"x, _ = x.{kind}({extra}{axis}{keep})",
            f"x = x.{kind}({extra}dim={axis}{keep}).values",
            f"x = torch.{kind}(x, {extra}{axis}{keep})[0]",
        )
    )


@step(2, 3, 4, 5)
def sort_tensor(p: Draft) -> None:
    axis = p.axis()
    p.put(
        p.one(
            f"x = x.sort({axis})[0]",
            f"x, order = torch.sort(x, dim={axis}, descending=True)",
            f"x = torch.sort(x, dim={axis}).values",
            f"x = x.argsort({axis}).float()",
            f"x = x.argmax({axis}, keepdim=True).float()",
        )
    )


@step()
def top_k(p: Draft) -> None:
    axis = p.axis()
    k = p.whole(1, p.shape[axis])
    p.put(
        p.one(
            f"x = x.topk({p.number(k)}, dim={axis})[0]",
            f"x = torch.topk(x, {k}, {axis}).values",
            f"x, _ = x.topk(k={k}, dim={axis})",
        )
    )


@step()
def accumulate(p: Draft) -> None:
    axis = p.axis()
    p.put(
        p.one(
            f"x = x.cumsum({axis})",
            f"x = torch.cumsum(x, dim={axis})",
            f"x = torch.cumprod(x, {axis})",
            f"x = x.softmax(dim={axis})",
            f"x = F.softmax(x, {axis})",
            f"x = F.normalize(x, dim={axis})",
            f"x = torch.log_softmax(x, {axis})",
        )
    )


@step()
def difference(p: Draft) -> None:
    axis = p.axis()
    if p.shape[axis] < 2:
        p.put(f"x = torch.cat((x, x), {axis})")
    p.put(p.one(f"x = x.diff(dim={axis})", f"x = torch.diff(x, dim={axis})"))


@step(2, 3, 4, 5)
def any_all(p: Draft) -> None:
    axis = p.axis()
    p.put(
        p.one(
            f"x = (x > 0).any({axis}).float()",
            f"x = (x == 0).all(dim={axis}, keepdim=True).float()",
            f"x = x.norm(dim={axis})",
            f"x = torch.linalg.norm(x, dim={axis}, keepdim=True)",
            f"x = x.var({axis})",
            f"x = x.prod({axis})",
            f"x = torch.logsumexp(x, {axis})",
            f"x = x.argmin({axis}).float()",
            f"x = x.count_nonzero({axis}).float()",
        )
    )


@step(3, 4, 5)
def spectrum(p: Draft) -> None:
    p.put(
        p.one(
            "x = torch.fft.rfft(x).abs()",
            "x = torch.fft.fft(x).real",
            "x = torch.fft.rfft2(x).abs()" if p.rank > 3 else "x = torch.fft.rfft(x, dim=-1).real",
            "x = torch.view_as_real(torch.fft.fft(x)).flatten(-2)",
            "x = torch.fft.irfft(torch.fft.rfft(x))",
        )
    )


@step(2, 3)
def einsum(p: Draft) -> None:
    other = p.whole(1, 6)
    if p.rank == 2:
        p.put(
            p.one(
                f"x = torch.einsum('bc,cd->bd', x, torch.randn({p.shape[1]}, {other}))",
                "x = torch.einsum('bc,bd->bcd', x, x)",
                "x = torch.einsum('ij,kj->ik', [x, x])",
                "x = torch.einsum('ab->ba', x)",
            )
        )
    else:
        p.put(
            p.one(
                f"x = torch.einsum('bct,cd->bdt', x, torch.randn({p.shape[1]}, {other}))",
                "x = torch.einsum('b c i, b c j -> b i j', x, x)",
                "x = torch.einsum('...ij->...ji', x)",
                "x = torch.einsum('bij,bjk', x, x.transpose(1, 2))",
            )
        )


@step(2, 3, 4, 5)
def matmul(p: Draft) -> None:
    inner = p.shape[-1]
    out = p.whole(1, 6)
    p.put(
        p.one(
            f"x = x @ torch.randn({inner}, {out})",
            f"x = torch.matmul(x, torch.randn({inner}, {out}))",
            "x = x @ x.transpose(-1, -2)",
            f"x = torch.randn({out}, {p.shape[-2]}) @ x",
            "x = x.matmul(x.mT)",
        )
    )


@step(3)
def batched_product(p: Draft) -> None:
    p.put(
        p.one(
            "x = torch.bmm(x, x.transpose(1, 2))",
            "x = x.bmm(x.permute(0, 2, 1))",
            f"x = torch.baddbmm(torch.zeros(1), x, torch.randn({p.shape[0]}, {p.shape[2]}, 3))",
        )
    )


@step(2)
def matrix_product(p: Draft) -> None:
    p.put(
        p.one(
            "x = torch.mm(x, x.t())",
            f"x = x.mm(torch.ones({p.shape[1]}, 4))",
            f"x = torch.addmm(torch.zeros(5), x, torch.randn({p.shape[1]}, 5))",
            "x = torch.outer(x[0], x[-1])",
            "x = torch.kron(x[:2, :2], torch.ones(2, 2))",
        )
    )


@step(2, 3, 4, 5)
def broadcast(p: Draft) -> None:
    sizes = ", ".join(p.one("1", str(each)) for each in p.shape)
    p.put(
        p.one(
            f"x = x + torch.randn({sizes})",
            f"x = torch.ones({sizes}) * x",
            f"x = x * torch.rand({p.shape[-1]})",
            f"x = torch.maximum(x, torch.zeros({sizes}))",
            f"x = torch.add(x, torch.zeros({sizes}), alpha=2)",
            f"x += torch.randn({sizes})",
        )
    )


@step(2, 3, 4, 5)
def broadcast_wider(p: Draft) -> None:
    axis = p.whole(0, p.rank - 1)
    p.put(f"x = x.mean({axis}, keepdim=True)")
    sizes = [*p.shape]
    sizes[axis] = p.whole(2, 4)
    p.put(
        p.one(
            f"x = x + torch.zeros({', '.join(map(str, sizes))})",
            f"x = torch.zeros({', '.join(map(str, sizes))}) - x",
            f"x = torch.where(x > 0, x, torch.zeros({', '.join(map(str, sizes))}))",
        )
    )
