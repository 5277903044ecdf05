"""Numbers and layers that are kept somewhere and come back: queues, states of modules, choices by `or`, factors."""

from constructs.numbers import some
from draft import MAPS, Draft, number, step


@number
def queue_bounded(p: Draft, wanted: int) -> str:
    p.use("from collections import deque")
    name = p.fresh("queue")
    p.put(
        f"{name} = deque(maxlen={p.whole(2, 4)})",
        f"{name}.extend({some(p, 5)})",
        p.one(f"{name}.append(6)", f"{name}.appendleft(6)", f"{name}.popleft()", f"{name}.pop()"),
    )
    return p.one(f"{name}[0]", f"{name}[-1]", f"len({name})", f"sum({name})", f"{name}.popleft()")


@number
def pairs_sorted(p: Draft, wanted: int) -> str:
    name = p.fresh("pairs")
    p.put(f"{name} = dict(b={p.whole(1, 5)}, a={p.whole(1, 5)}, c={p.whole(1, 5)})")
    return p.one(
        f"sorted({name}.items())[{p.one(0, 1, -1)}][1]",
        f"dict(sorted({name}.items(), reverse=True))['b']",
        f"list(dict(sorted({name}.items(), key=lambda pair: pair[1])).values())[0]",
        f"min({name}.items())[1]",
        f"max({name}.items(), key=lambda pair: pair[0])[1]",
    )


@number
def given_or(p: Draft, wanted: int) -> str:
    name = p.fresh("given")
    p.put(f"{name} = {p.one('None', '0', '3', '[]', '()', str(p.whole(1, 5)))}")
    return p.one(
        f"({name} or 4)" if p.value(f"isinstance({name} or 4, int)") else "4",
        f"({name} and 2 or 5)",
        f"(5 if not {name} else 2)",
        f"len({name} or (1, 2))" if not p.value(f"{name}") else "2",
    )


@number
def tensor_truth(p: Draft, wanted: int) -> str:
    name = p.fresh("same")
    p.put(f"{name} = torch.tensor({p.whole(1, 3)}) {p.one('==', '>', '<=', '!=')} {p.whole(1, 3)}")
    return p.one(f"({name} and 2 or 5)", f"(3 if {name} else 1)", f"((not {name}) + 2)", f"(int(bool({name})) + 1)")


@number
def state_sizes(p: Draft, wanted: int) -> str:
    name = p.fresh("state")
    p.put(f"{name} = nn.Sequential(nn.Conv2d({p.whole(1, 4)}, {p.whole(1, 4)}, 3), nn.ReLU()).state_dict()")
    return p.one(f"{name}['0.weight'].shape[{p.one(0, 1, -1)}]", f"len({name}['0.bias'])", f"{name}['0.weight'].size(1)")


@step(*MAPS)
def factors_of_kernel(p: Draft) -> None:
    channels = p.shape[1]
    axes = p.rank - 2
    name = p.fresh("kernel")
    rows = p.whole(1, 5)
    p.put(f"{name} = torch.linalg.qr(torch.randn({rows}, {channels}))[{p.one(0, 1)}]")
    if p.value(f"{name}.shape[1]") != channels:
        p.put(f"{name} = torch.linalg.qr(torch.randn({rows}, {channels})).R")
    p.put(f"x = F.conv{axes}d(x, {name}[(...,) + (None,) * {axes}])")


@step(*MAPS)
def lazy_normalised(p: Draft) -> None:
    axes = p.rank - 2
    name = p.fresh("lazy")
    p.put(f"{name} = nn.Sequential(nn.LazyConv{axes}d({p.whole(1, 5)}, 1), nn.LazyBatchNorm{axes}d(affine=False).eval())")
    p.put(f"x = {name}(x)")


@step(*MAPS)
def queue_of_maps(p: Draft) -> None:
    p.use("from collections import deque")
    name = p.fresh("maps")
    p.put(
        f"{name} = deque([x], maxlen=2)",
        f"for turn in range({p.whole(1, 3)}):",
        f"    {name}.append({p.one('x', '-x', 'x * 2', 'F.relu(x)')})",
        f"x = torch.cat(list({name}), dim=1)" if p.chance(0.5) else f"x = {name}.popleft()",
    )


@step(*MAPS)
def position_added(p: Draft) -> None:
    name = p.fresh("position")
    sizes = [1 if p.chance(0.3) else size for size in p.shape[1:]]
    p.put(f"{name} = nn.Parameter(torch.zeros({', '.join(map(str, [1, *sizes]))}))", f"x = x {p.one('+', '*', '-')} {name}")


@step(*MAPS)
def state_copied(p: Draft) -> None:
    """A layer like one that is there, from what it has saved."""
    axes = p.rank - 2
    state, name = p.fresh("saved"), p.fresh("again")
    p.put(
        f"{state} = nn.Conv{axes}d({p.shape[1]}, {p.whole(1, 5)}, {p.whole(1, 2)}).state_dict()",
        f"{name} = nn.Conv{axes}d({state}['weight'].shape[1], {state}['weight'].shape[0], tuple({state}['weight'].shape[2:]))",
        f"{name}.load_state_dict({state})",
        f"x = {name}(x)",
    )
