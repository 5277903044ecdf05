"""Tensors made anew, or made to be like another."""

from draft import MAPS, Draft, step


@step()
def made_like(p: Draft) -> None:
    p.put(
        p.one(
            "x = torch.zeros(x.shape)",
            "x = torch.randn(*x.shape)",
            "x = torch.ones(x.size())",
            "x = torch.empty_like(x)",
            "x = torch.full(x.shape, 0.5)",
            "x = torch.rand(tuple(x.shape))",
            "x = x.new_ones(*x.shape)",
            "x = torch.full_like(x, 2.0)",
            "x = torch.zeros([*x.shape])",
            "x = torch.randint(0, 9, x.shape).float()",
            "x = torch.zeros(x.shape, dtype=torch.float32)",
        )
    )


@step()
def made_range(p: Draft) -> None:
    n = p.whole(2, 30)
    p.put(
        p.one(
            f"x = torch.arange({n}).float()",
            f"x = torch.linspace(0, 1, {n})",
            f"x = torch.arange(1, {n}, 2).float()",
            f"x = torch.arange(0, 1, {p.one(0.1, 0.25, 0.3)})",
            f"x = torch.eye({n % 7 + 1})",
            "x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])",
            f"x = torch.arange({n}, -1, -3).float()",
            f"x = torch.hann_window({n})",
            "x = torch.tensor([[[1.0, 2.0]] * 3] * 2)",
            f"x = torch.triu(torch.ones({n % 5 + 2}, 4))",
        )
    )


@step(3, 4)
def grid(p: Draft) -> None:
    a, b = p.fresh("ys"), p.fresh("xs")
    p.put(f"{a}, {b} = torch.meshgrid(torch.arange({p.whole(2, 5)}), torch.arange({p.whole(2, 5)}), indexing='ij')")
    p.put(
        p.one(
            f"x = torch.stack([{a}, {b}], 0).float()",
            f"x = torch.stack(({a}, {b}), dim=-1).float()",
            f"x = ({a} + {b}).float()[None]",
        )
    )


@step(*MAPS)
def stacked_functions(p: Draft) -> None:
    p.put(
        p.one(
            "x = torch.vstack([x, x])",
            "x = torch.hstack((x, x))",
            "x = torch.dstack([x, x])",
            "x = torch.cat([x, torch.zeros_like(x)], dim=1)",
            "x = torch.cat((x, x.flip(-1)), -1)",
            "x = torch.stack([x.mean(1), x.amax(1)], 1)",
            "x = torch.cat([x.mean(1, keepdim=True), x], 1)",
        )
    )


@step(*MAPS)
def in_place(p: Draft) -> None:
    """Methods that change the tensor itself, written as statements."""
    axis, other = p.axis(), p.axis()
    p.put("x = x.clone()")
    p.put(
        p.one(
            f"x.transpose_({axis}, {other})",
            "x.unsqueeze_(0)" if p.rank < 5 else "x.squeeze_(0)",
            "x.squeeze_()",
            "x.mul_(2)",
            "x.relu_()",
            "x.t_()" if p.rank == 2 else "x.swapaxes_(0, 1)",
            "F.relu_(x)",
            "x.resize_(2, 3, 4)",
            "x.zero_()",
            "x[0] = 1.0",
            "x[:, 0] = 0",
            f"x.data = x.data.transpose({axis}, {other}).contiguous()",
        )
    )


@step(*MAPS)
def same_shape_as(p: Draft) -> None:
    other = p.fresh("y")
    p.put(f"{other} = torch.zeros({', '.join(map(str, reversed(p.shape)))})")
    p.put(
        p.one(
            f"x = x.reshape_as({other})",
            f"x = x.reshape({other}.shape)",
            f"x = {other} + 1",
            f"x = x.reshape({other}.size())",
        )
    )


@step(3, 4, 5)
def sizes_unpacked(p: Draft) -> None:
    names = [p.fresh(each) for each in "bchwd"[: p.rank]]
    p.put(f"{', '.join(names)} = {p.one('x.shape', 'x.size()', 'tuple(x.shape)', 'list(x.size())')}")
    merged = f"{names[-2]} * {names[-1]}"
    p.put(
        p.one(
            f"x = x.reshape({', '.join(names[:-2])}, {merged})",
            f"x = x.contiguous().view({', '.join(names[:-2])}, -1)",
            f"x = x.permute({', '.join(map(str, reversed(range(p.rank))))}).reshape({', '.join(reversed(names))})",
            f"x = x[:, : {names[1]} // 2 + 1]",
            f"x = F.pad(x, (0, {names[-1]} % 2))",
        )
    )


@step(*MAPS)
def sizes_starred(p: Draft) -> None:
    first, rest = p.fresh("b"), p.fresh("rest")
    p.put(f"{first}, *{rest} = x.shape")
    p.put(
        p.one(
            f"x = x.reshape({first}, -1, *{rest}[1:])",
            f"x = x.reshape(-1, *{rest})",
            f"x = torch.zeros({first}, *{rest})",
            f"x = x.expand({first}, *{rest})",
        )
    )


@step(2, 3, 4, 5)
def view_by_size(p: Draft) -> None:
    last = p.rank - 1
    p.put(
        p.one(
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
        )
    )


@step(2, 3, 4, 5)
def mask_multiply(p: Draft) -> None:
    p.put(
        p.one(
            "x = x * (x > 0)",
            "x = x.masked_fill(x < 0, 0.0)",
            "x = torch.where(x > 0, x, -x)",
            "x = x.clamp(min=0, max=1)",
            "x = torch.nan_to_num(x)",
            "x = torch.zeros_like(x)",
            "x = torch.randn_like(x)",
            "x = x.new_zeros(x.shape)",
        )
    )
