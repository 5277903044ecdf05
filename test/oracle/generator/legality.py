"""PyTorch's verdict on thousands of configurations: the output shape, or the message with which it refuses.

Three sources: every value of one parameter that lies at or over a limit, for each operation and rank; every pair of two
such values; and random draws. Only what the canonical operation can state is asked: padding lists are per axis, and
negative padding appears where `conv` itself would see it (`F.pad`, which pads for the other modes, reads it as a crop).
"""

import random
from itertools import combinations

import torch

from operations import MODES, Operation, run

LISTS = ("stride", "begin", "end", "dilation", "output_padding")


def base(transposed: bool, rank: int) -> dict:
    return {
        "transposed": transposed,
        "mode": "zeros",
        "groups": 1,
        "bias": None,
        "input": [2, 4] + [6, 5, 4][:rank],
        "weight": ([4, 6] if transposed else [6, 4]) + [3, 2, 3][:rank],
        "stride": [2, 1, 2][:rank],
        "begin": [1] * rank,
        "end": [1] * rank,
        "dilation": [1, 2, 1][:rank],
        "output_padding": [1 if transposed and axis == 0 else 0 for axis in range(rank)],
    }


def with_axis(name, axis, value):
    def change(case):
        case[name] = [value if at == axis else old for at, old in enumerate(case[name])]
        if name == "begin":
            case["end"] = list(case["begin"])

    return change


def with_value(name, value):
    def change(case):
        case[name] = value(case) if callable(value) else value

    return change


def changes(transposed: bool, rank: int) -> list:
    out = []
    for axis in range(rank):
        out += [with_axis("stride", axis, v) for v in (-1, 0, 1, 3, 7)]
        out += [with_axis("dilation", axis, v) for v in (-1, 0, 1, 2, 3, 4)]
        out += [with_axis("begin", axis, v) for v in (-1, 0, 2, 3, 4, 5, 6, 7)]
        out += [with_axis("input", axis + 2, v) for v in (0, 1, 2, 12)]
        out += [with_axis("weight", axis + 2, v) for v in (0, 1, 5, 8)]
        if transposed:
            out += [with_axis("output_padding", axis, v) for v in (-1, 0, 1, 2, 3, 4)]
    out += [with_axis("input", 0, 0), with_axis("input", 1, 0), with_axis("input", 1, 3), with_axis("input", 1, 8)]
    out += [with_axis("weight", at, v) for at in (0, 1) for v in (0, 1, 2, 3, 8)]
    out += [with_value("groups", v) for v in (-1, 0, 2, 3, 4, 8)]
    out += [with_value("input", lambda case: case["input"][1:]), with_value("input", lambda case: [1] + case["input"])]
    out += [with_value("input", lambda case: case["input"][2:])]
    out += [with_value("mode", mode) for mode in MODES[1:]]
    out += [with_value("bias", shape) for shape in ([], [1], [4], [6], [12], [6, 1], [1, 6], [0])]
    return out


def operation_of(case: dict) -> Operation:
    padding = [list(pair) for pair in zip(case["begin"], case["end"])]
    return Operation(
        case["transposed"],
        case["stride"],
        padding,
        case["dilation"],
        case["output_padding"],
        case["groups"],
        case["mode"],
    )


def stated(case: dict) -> bool:
    """Whether PyTorch itself, and not this generator's slicing or F.pad's cropping, gives the verdict."""
    symmetric = case["begin"] == case["end"]
    padded_apart = case["mode"] != "zeros" or not symmetric
    if padded_apart and min(case["begin"] + case["end"]) < 0:
        return False
    return symmetric or not case["transposed"] or (0 not in case["input"])


def ask(case: dict, dtype):
    bias = None if case["bias"] is None else torch.zeros(case["bias"], dtype=dtype)
    try:
        y = run(
            operation_of(case), torch.zeros(case["input"], dtype=dtype), torch.zeros(case["weight"], dtype=dtype), bias
        )
        return list(y.shape)
    except (RuntimeError, ValueError, IndexError) as error:
        return str(error).split("\n")[0]


def verdict(case: dict):
    """Of PyTorch's own kernels, which float64 uses. float32 goes through oneDNN, which checks less: it takes a dilation of 0
    and returns an empty tensor where they say "Output size is too small". It never refuses more."""
    double, single = ask(case, torch.float64), ask(case, torch.float32)
    assert isinstance(double, str) or double == single, (case, double, single)
    return double


def random_case(source: random.Random) -> dict:
    rank = source.randint(1, 3)
    transposed = source.random() < 0.5
    case = base(transposed, rank)
    per_axis = lambda values: [source.choice(values) for _ in range(rank)]
    case["mode"] = "zeros" if source.random() < (0.95 if transposed else 0.5) else source.choice(MODES)
    case["groups"] = source.choice([1, 1, 2, 3, 0 if source.random() < 0.1 else 1])
    groups = max(case["groups"], 1)
    first, second = source.choice([0, 1, 2, 3, 4]) * groups, source.choice([0, 1, 2, 3])
    if first == 0 and source.random() < 0.7:
        first = groups
    channels = first if transposed else second * groups
    if source.random() < 0.1:
        channels += 1
    batch = [[], [0], [1], [2], [2]][source.randint(0, 4)]
    case["input"] = batch + [channels] + per_axis([0, 1, 2, 3, 4, 5, 6, 7, 8])
    if source.random() < 0.8:
        case["input"] = [
            max(size, 1) if at >= len(case["input"]) - rank else size for at, size in enumerate(case["input"])
        ]
    case["weight"] = [first, second] + per_axis([1, 1, 2, 3, 3, 4, 5, 0 if source.random() < 0.1 else 2])
    case["stride"] = per_axis([1, 1, 2, 2, 3, 4, 0 if source.random() < 0.2 else 1])
    case["dilation"] = per_axis([1, 1, 1, 2, 3, 0 if source.random() < 0.2 else 1])
    case["begin"] = per_axis([0, 0, 1, 1, 2, 3, 5, -1 if source.random() < 0.1 else 0])
    case["end"] = list(case["begin"]) if source.random() < 0.6 else per_axis([0, 1, 2, 3, 5])
    if transposed:
        case["output_padding"] = per_axis([0, 0, 1, 1, 2, 3, -1 if source.random() < 0.1 else 0])
    outputs = second * groups if transposed else first
    case["bias"] = source.choice([None, None, [outputs], [outputs], [outputs + 1]])
    return case


def cases(seed: int):
    source = random.Random(seed)
    for transposed in (False, True):
        for rank in (1, 2, 3):
            available = changes(transposed, rank)
            pairs = list(combinations(available, 2))
            source.shuffle(pairs)
            for chosen in [()] + [(change,) for change in available] + pairs[:700]:
                case = base(transposed, rank)
                for change in chosen:
                    try:
                        change(case)
                    except IndexError:
                        break
                yield case
    for _ in range(4000):
        yield random_case(source)


def verdicts(seed: int) -> dict:
    seen, rows = set(), []
    for case in cases(seed):
        if not stated(case):
            continue
        row = [
            int(case["transposed"]),
            MODES.index(case["mode"]),
            case["groups"],
            case["bias"],
            case["input"],
            case["weight"],
            *[case[name] for name in LISTS],
        ]
        if str(row) in seen:
            continue
        seen.add(str(row))
        rows.append([*row, verdict(case)])
    taken = sum(not isinstance(row[-1], str) for row in rows)
    print(f"legality: {len(rows)} configurations, {taken} taken, {len(rows) - taken} refused")
    return {"rows": rows}
