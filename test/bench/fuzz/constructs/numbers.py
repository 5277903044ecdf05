"""Whole numbers, by way of everything that Python has."""

from draft import Draft, number


@number
def local_name(p: Draft, wanted: int) -> str:
    name = p.fresh("k")
    p.put(f"{name} = {wanted}")
    return name


@number
def arithmetic(p: Draft, wanted: int) -> str:
    a, b = p.whole(1, 9), p.whole(1, 5)
    return p.one(f"{a} * {b} // 2", f"{a} ** 2 % {b}", f"-{a} // {b}", f"divmod({a}, {b})[1]", f"{a} << {b} >> 1", f"{a} ^ {b} | 1")


@number
def for_loop(p: Draft, wanted: int) -> str:
    name, each = p.fresh("total"), p.fresh("i")
    p.put(f"{name} = 0", f"for {each} in range({p.whole(1, 5)}):", f"    {name} += {each}")
    return name


@number
def list_sorted(p: Draft, wanted: int) -> str:
    name = p.fresh("values")
    values = [p.whole(0, 9) for _ in range(4)]
    p.put(f"{name} = {values}", p.one(f"{name}.sort()", f"{name}.reverse()", f"{name}.sort(reverse=True)"))
    return f"{name}[{p.one(0, 1, -1)}]"


@number
def cumsum(p: Draft, wanted: int) -> str:
    name = p.fresh("t")
    p.put(f"{name} = torch.tensor({[p.whole(0, 4) for _ in range(4)]}).cumsum(0)")
    return f"int({name}[{p.one(1, 2, -1)}])"
