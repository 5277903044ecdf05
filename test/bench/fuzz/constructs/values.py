"""Whole numbers that tensors and arrays hold."""

from draft import Draft, number


def four(p: Draft, low: int = 0, high: int = 4) -> str:
    return str([p.whole(low, high) for _ in range(4)])


def held(p: Draft, *changes: str) -> str:
    """A tensor of four small numbers, changed as a statement or as an expression says; the text names it `T`."""
    name = p.fresh("t")
    p.put(f"{name} = torch.tensor({four(p)})")
    change = p.one(*changes)
    p.put(change.replace("T", name))
    return name


def entry(p: Draft, name: str) -> str:
    at = p.one("0", "1", "-1")
    return p.one(
        f"int({name}[{at}])",
        f"{name}[{at}].item()",
        f"{name}.tolist()[{at}]",
        f"int({name}.sum())",
        f"{name}.max().item()",
    )


@number
def tensor_cumsum(p: Draft, wanted: int) -> str:
    return entry(p, held(p, "T = T.cumsum(0)", "T = torch.cumsum(T, dim=0)", "T.cumsum_(0)", "T = T.cumsum(-1)"))


@number
def tensor_round(p: Draft, wanted: int) -> str:
    name = p.fresh("t")
    p.put(
        f"{name} = torch.tensor([{p.one(1.5, 2.5, 0.4)}, {p.one(3.7, 2.2, 4.5)}])",
        p.one(
            f"{name} = {name}.round()",
            f"{name} = torch.round({name})",
            f"{name}.round_()",
            f"{name} = {name}.floor()",
            f"{name} = torch.ceil({name})",
            f"{name} = {name}.trunc()",
            f"{name}.ceil_()",
        ),
    )
    return f"int({name}[{p.one(0, 1, -1)}])"


@number
def tensor_sorted(p: Draft, wanted: int) -> str:
    return entry(
        p,
        held(
            p,
            "T = T.sort()[0]",
            "T, _ = torch.sort(T)",
            "T = T.sort(descending=True).values",
            "T = torch.sort(T, 0)[0]",
            "T = T.argsort(stable=True)",
            "T = T.msort()",
            "T = T[T.argsort(stable=True)]",
        ),
    )


@number
def tensor_flipped(p: Draft, wanted: int) -> str:
    return entry(
        p,
        held(
            p,
            "T = T.flip(0)",
            "T = torch.flip(T, [0])",
            "T = T.roll(1)",
            "T = torch.roll(T, -1, 0)",
            "T = T[[3, 2, 1, 0]]",
            "T = T.flipud()",
        ),
    )


@number
def tensor_where(p: Draft, wanted: int) -> str:
    return entry(
        p,
        held(
            p,
            "T = torch.where(T > 2, T, 1)",
            "T = T.where(T > 1, torch.tensor(2))",
            "T = T.masked_fill(T == 0, 5)",
            "T.masked_fill_(T > 2, 1)",
            "T = T.clamp(1, 3)",
            "T.clamp_(min=2)",
            "T = torch.clamp(T, max=2)",
        ),
    )


@number
def tensor_filled(p: Draft, wanted: int) -> str:
    return entry(
        p,
        held(
            p,
            "T.fill_(3)",
            "T.zero_()",
            "T = torch.full((4,), 2)",
            "T = torch.ones(4, dtype=torch.long)",
            "T = torch.zeros_like(T) + 3",
            "T = T.new_full((2,), 4)",
            "T = torch.full_like(T, 5)",
        ),
    )


@number
def tensor_set_item(p: Draft, wanted: int) -> str:
    return entry(
        p,
        held(
            p,
            "T[0] = 4",
            "T[1:3] = 2",
            "T[-1] += 3",
            "T[T > 2] = 1",
            "T[:] = 3",
            "T[[0, 2]] = 5",
            "T[::2] *= 2",
            "T[1] = T[0]",
            "T[:2] = torch.tensor([4, 1])",
            "T.index_fill_(0, torch.tensor([0, 1]), 2)",
        ),
    )


@number
def tensor_in_place(p: Draft, wanted: int) -> str:
    return entry(
        p,
        held(
            p,
            "T.add_(2)",
            "T.mul_(2)",
            "T.sub_(1)",
            "T += 1",
            "T *= 3",
            "T.neg_()",
            "T.pow_(2)",
            "T //= 2",
            "T.copy_(torch.tensor([4, 3, 2, 1]))",
            "T.abs_()",
            "T.remainder_(3)",
        ),
    )


@number
def tensor_arithmetic(p: Draft, wanted: int) -> str:
    return entry(
        p,
        held(
            p,
            "T = T * 2 + 1",
            "T = T ** 2",
            "T = T // 2",
            "T = T % 3",
            "T = -T",
            "T = T - T.min()",
            "T = 5 - T",
            "T = T.pow(2)",
            "T = torch.add(T, 1)",
            "T = T.mul(T)",
            "T = T + torch.arange(4)",
            "T = T.square()",
            "T = (T > 1).long()",
            "T = T & 3",
            "T = torch.abs(T - 2)",
            "T = (T == T.max()).int()",
            "T = T.neg().abs()",
        ),
    )


@number
def tensor_view_kept(p: Draft, wanted: int) -> str:
    """A view shares its numbers; a clone does not."""
    a, b = p.fresh("t"), p.fresh("u")
    how = p.one(
        f"{a}[1:]",
        f"{a}.view(-1)",
        f"{a}.clone()",
        f"{a}",
        f"{a}.reshape(2, 2)",
        f"{a}.detach()",
        f"torch.tensor({a}.tolist())",
        f"{a}[[0, 1]]",
        f"{a}.flip(0)",
        f"{a}.unsqueeze(0)",
        f"{a}.flatten()",
    )
    p.put(
        f"{a} = torch.tensor({four(p)})",
        f"{b} = {how}",
        p.one(f"{b}[0] = 5", f"{b} += 1", f"{b}.fill_(2)", f"{b}.add_(1)"),
    )
    return entry(p, a)


@number
def tensor_reduced(p: Draft, wanted: int) -> str:
    name = held(p, "T = T * 1")
    return p.one(
        f"int({name}.sum())",
        f"{name}.max().item()",
        f"int({name}.float().mean())",
        f"{name}.argmax().item()",
        f"int({name}.prod())",
        f"{name}.min().item()",
        f"int(torch.count_nonzero({name}))",
        f"{name}.numel()",
        f"len({name})",
        f"int(({name} > 1).sum())",
        f"int(torch.max({name}))",
        f"{name}.unique().numel()",
        f"int({name}.any()) + 1",
        f"len({name}.nonzero())",
        f"sum({name}.tolist())",
        f"int(max({name}))",
        f"int(torch.argmin({name}))",
    )


@number
def tensor_matrix(p: Draft, wanted: int) -> str:
    name = p.fresh("m")
    p.put(f"{name} = torch.tensor([[{p.whole(0, 4)}, 1], [2, {p.whole(0, 4)}]])")
    return p.one(
        f"int({name}.sum(0)[1])",
        f"int({name}.t()[0, 1])",
        f"int({name}[1, 0])",
        f"int({name}.max(dim=1).values[0])",
        f"int({name}.diagonal().sum())",
        f"int(({name} @ {name})[0, 0])",
        f"{name}.flatten().tolist()[-1]",
        f"int({name}[:, 0].sum())",
        f"int({name}.trace())",
        f"{name}.shape[1]",
        f"int({name}.sum(dim=1, keepdim=True)[1, 0])",
        f"{name}.size(0)",
        f"int({name}.cumsum(1)[0, -1])",
        f"int({name}.amax((0, 1)))",
    )


@number
def tensor_scalar(p: Draft, wanted: int) -> str:
    value = p.one(2, 4, 8, 5, 9)
    return p.one(
        f"int(torch.tensor({value}).log2())",
        f"int(torch.tensor({value}.0).sqrt())",
        f"int(-torch.tensor({value}))",
        f"int(torch.sqrt(torch.tensor({value}.0)))",
        f"torch.tensor({value}).item()",
        f"int(torch.tensor({value}) / 2)",
        f"(torch.tensor({value}) // 2).item()",
        f"int(torch.tensor({value}.0).exp().log().round())",
        f"int(torch.ceil(torch.tensor({value} / 2)))",
        f"int(torch.tensor([{value}]))",
        f"int(abs(torch.tensor(-{value})))",
        f"int(torch.tensor({value}) ** 2)",
        f"torch.tensor(3) + 0 == 3 and {value} or 1",
        f"int(2 ** torch.tensor({value % 4}))",
    )


@number
def tensor_range(p: Draft, wanted: int) -> str:
    n = p.whole(3, 8)
    return p.one(
        f"int(torch.arange({n})[-1])",
        f"int(torch.arange(1, {n}).prod())",
        f"int(torch.linspace(0, {n}, 3)[1])",
        f"len(torch.arange(0, {n}, 2))",
        f"int(torch.arange({n}).flip(0)[0])",
        f"int(torch.arange({n}).view(-1, 1)[1, 0])",
        "int(torch.arange(4).reshape(2, 2)[1, 0])",
        f"int(torch.eye({n}).sum())",
        f"int(torch.ones({n}).sum())",
        f"torch.arange({n}).tolist()[1]",
        f"int(torch.arange({n}).sum())",
        f"int(torch.cat([torch.arange(2), torch.tensor([{n}])])[-1])",
        f"int(torch.stack([torch.tensor(1), torch.tensor({n})]).max())",
    )


@number
def tensor_unpacked(p: Draft, wanted: int) -> str:
    a, b = p.fresh("a"), p.fresh("b")
    p.put(
        p.one(
            f"{a}, {b} = torch.tensor({[p.whole(1, 5), 2]})",
            f"{a}, {b} = torch.tensor({[p.whole(1, 5), 2]}).tolist()",
            f"{a}, {b} = torch.tensor([[1, 2], [3, 4]]).sum(1)",
            f"{a}, {b} = torch.tensor({[4, 1]}).sort()[0]",
            f"{a}, {b} = torch.tensor([3, 6]).unbind()",
        )
    )
    return p.one(f"int({a})", f"int({b})")


@number
def tensor_loop(p: Draft, wanted: int) -> str:
    name, each = p.fresh("total"), p.fresh("v")
    p.put(
        f"{name} = 0", f"for {each} in torch.tensor({four(p)}){p.one('', '.tolist()')}:", f"    {name} += int({each})"
    )
    return name


@number
def shape_numbers(p: Draft, wanted: int) -> str:
    """The sizes of a tensor, by way of everything that has them."""
    name = p.fresh("z")
    p.put(f"{name} = torch.zeros({p.whole(1, 5)}, {p.whole(1, 5)}, 3)")
    return p.one(
        f"{name}.shape[{p.one(0, 1, -1)}]",
        f"{name}.size(1)",
        f"{name}.size()[-1]",
        f"{name}.dim()",
        f"{name}.ndim",
        f"len({name})",
        f"{name}.numel()",
        f"{name}.shape.numel()",
        f"{name}.nelement()",
        f"max({name}.shape)",
        f"sum({name}.shape[1:])",
        f"list({name}.shape)[0]",
        f"len({name}.shape)",
        f"{name}.ndimension()",
        f"{name}.stride(0)",
        f"{name}.shape[:2].numel()",
        f"{name}[0].shape[0]",
        f"{name}.mean(0).shape[-1]",
        f"tuple({name}.shape)[1]",
        f"{name}.view(-1).shape[0]",
    )


@number
def layer_numbers(p: Draft, wanted: int) -> str:
    """What a layer says of itself."""
    name = p.fresh("asked")
    p.put(f"{name} = nn.Conv2d({p.whole(1, 4)}, {p.whole(1, 4)}, {p.one('3', '(1, 2)')}, padding=1)")
    return p.one(
        f"{name}.in_channels",
        f"{name}.out_channels",
        f"{name}.kernel_size[1]",
        f"{name}.stride[0]",
        f"{name}.padding[0]",
        f"{name}.weight.shape[0]",
        f"{name}.bias.numel()",
        f"{name}.groups",
        f"{name}.weight.size(1)",
        f"len(list({name}.parameters()))",
        f"sum(each.numel() for each in {name}.parameters())",
        f"{name}.dilation[0]",
        f"{name}.weight.dim()",
        f"nn.Linear(3, {p.whole(2, 5)}).out_features",
        f"nn.BatchNorm2d({p.whole(2, 5)}).num_features",
        f"nn.Embedding(4, {p.whole(2, 5)}).embedding_dim",
        f"nn.MaxPool2d({p.whole(2, 3)}).kernel_size",
    )


@number
def numpy_numbers(p: Draft, wanted: int) -> str:
    p.use("import numpy as np")
    name = p.fresh("a")
    p.put(f"{name} = np.array({four(p)})")
    if p.chance(0.6):
        p.put(
            p.one(
                f"{name}[0] = 4",
                f"{name}[1:3] = 2",
                f"{name} += 1",
                f"{name} = {name}.cumsum()",
                f"{name} = np.sort({name})",
                f"{name}.sort()",
                f"{name} = {name}[::-1]",
                f"{name}.fill(2)",
                f"{name} = np.where({name} > 2, 1, {name})",
                f"{name} = {name} * 2",
                f"{name} = np.clip({name}, 1, 3)",
                f"{name} = {name}[{name} > 0]\n{name} = np.append({name}, 2)",
                f"{name} = {name}.reshape(2, 2).T.ravel()",
            )
        )
    return p.one(
        f"int({name}[0])",
        f"int({name}.sum())",
        f"len({name})",
        f"int({name}.max())",
        f"{name}.shape[0]",
        f"int(np.prod({name}.shape))",
        f"{name}.size",
        f"{name}.tolist()[-1]",
        f"int(np.ceil({name}[0] / 2))",
        f"int(np.argmax({name}))",
    )


@number
def numpy_functions(p: Draft, wanted: int) -> str:
    p.use("import numpy as np")
    n = p.whole(2, 8)
    return p.one(
        f"int(np.log2({n}))",
        f"int(np.prod([{n}, 2]))",
        f"int(np.ceil({n} / 3))",
        f"int(np.floor({n} / 3))",
        f"int(np.sqrt({n}))",
        f"int(np.arange({n})[-1])",
        f"len(np.arange(0, {n}, 2))",
        f"int(np.linspace(0, {n}, 3)[1])",
        f"int(np.cumsum([1, {n}])[1])",
        f"np.zeros(({n}, 2)).shape[0]",
        f"int(np.power(2, {n % 4}))",
        f"int(np.round({n} / 3))",
        f"int(np.max([1, {n}]))",
        f"int(np.maximum({n}, 3))",
        f"int(np.abs(-{n}))",
        f"int(np.array([1, {n}]).mean())",
        f"int(np.exp2({n % 4}))",
        f"int(np.sum([{n}, 1]))",
        f"int(np.dot([1, 2], [{n}, 1]))",
        f"np.ones({n}).size",
        f"int(np.int64({n}))",
    )
