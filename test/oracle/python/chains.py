"""Writes `test/oracle/goldens/chains.json.gz`: what one cell of random chains of layers is made of, by PyTorch's gradient.

    python3 -m venv venv && venv/bin/pip install torch==2.15.0
    venv/bin/python test/oracle/python/chains.py

Each chain is written in the inspector's own words (`src/core/chain/text.ts`), with the size of its input, the sizes that
PyTorch gives after each stage, a cell of the last one, and the flat indices at which the gradient of that cell with
respect to the input is not zero. All weights are positive and there is one channel, so that nothing cancels. A pooling is
an average here: the gradient of a maximum reaches one place only.
"""

import gzip
import json
import random
from importlib.metadata import version
from pathlib import Path

import torch
import torch.nn.functional as F

SEED = 20261129
WANTED = 600
GOLDEN = Path(__file__).parent.parent / "goldens" / "chains.json.gz"


def sliding(rank, pick):
    kernel = pick.randint(1, 4)
    dilation = pick.choice([1, 1, 1, 2, 3])
    return kernel, pick.choice([1, 1, 2, 2, 3]), pick.randint(0, dilation * (kernel - 1)), dilation


def stage(rank, pick, sizes):
    """A line, and the function that it stands for: of all outputs so far, the last at the end."""
    ones = lambda kernel: torch.ones([1, 1] + [kernel] * rank, dtype=torch.float64)
    kind = pick.choice(["conv", "conv", "tconv", "tconv", "avgpool", "resize", "shuffle", "pad", "crop", "join", "join"])
    if kind == "conv":
        k, s, p, d = sliding(rank, pick)
        run = [F.conv1d, F.conv2d][rank - 1]
        return f"conv k{k} s{s} p{p} d{d}", lambda all: run(all[-1], ones(k), stride=s, padding=p, dilation=d)
    if kind == "tconv":
        k, s, p, d = sliding(rank, pick)
        op = pick.randint(0, max(s, d) - 1)
        run = [F.conv_transpose1d, F.conv_transpose2d][rank - 1]
        return (
            f"tconv k{k} s{s} p{p} d{d} op{op}",
            lambda all: run(all[-1], ones(k), stride=s, padding=p, output_padding=op, dilation=d),
        )
    if kind == "avgpool":
        k = pick.randint(1, 3)
        s, p, ceil = pick.randint(1, 3), pick.randint(0, k // 2), pick.random() < 0.4
        run = [F.avg_pool1d, F.avg_pool2d][rank - 1]
        line = f"avgpool k{k} s{s} p{p}" + (" ceil" if ceil else "")
        return line, lambda all: run(all[-1], k, stride=s, padding=p, ceil_mode=ceil)
    if kind == "resize":
        scale = pick.choice([2, 2, 3, 0.5, 1.5])
        mode = pick.choice(["nearest", "linear"])
        corners = mode == "linear" and pick.random() < 0.4
        line = f"resize x{scale} {mode}" + (" corners" if corners else "")
        torch_mode = "nearest" if mode == "nearest" else ["linear", "bilinear"][rank - 1]
        more = {} if mode == "nearest" else {"align_corners": corners}
        return line, lambda all: F.interpolate(all[-1], scale_factor=scale, mode=torch_mode, **more)
    if kind == "shuffle":
        factor = pick.choice([2, 3])

        def shuffle(all):
            # Of one channel: each place becomes a block of places that all read it, as after a layer that mixes channels.
            value = all[-1]
            for axis in range(2, 2 + rank):
                value = value.repeat_interleave(factor, dim=axis)
            return value

        return f"shuffle {factor}", shuffle
    if kind in ("pad", "crop"):
        begin, end = pick.randint(0, 2), pick.randint(0, 2)
        sign = 1 if kind == "pad" else -1
        return f"{kind} {begin}:{end}", lambda all: F.pad(all[-1], [sign * begin, sign * end] * rank)
    # A skip that is larger by as much on every axis is cropped, as U-Nets do.
    more = lambda size: {there - here for there, here in zip(size, sizes[-1])}
    fitting = [at for at, size in enumerate(sizes[:-1]) if len(more(size)) == 1 and min(more(size)) >= 0]
    if not fitting:
        return None
    source = pick.choice(fitting)
    cut = min(more(sizes[source]))
    begin = pick.randint(0, cut)
    crop = f" crop{begin}:{cut - begin}" if cut else ""
    line = f"{pick.choice(['cat', 'add'])} {source}{crop}"
    return line, lambda all: all[-1] + F.pad(all[source], [-begin, begin - cut] * rank)


def chain(pick):
    rank = pick.choice([1, 1, 2])
    size = [pick.randint(3, 24 if rank == 1 else 9) for _ in range(rank)]
    source = torch.ones([1, 1] + size, dtype=torch.float64, requires_grad=True)
    values, lines, sizes = [source], [], [size]
    for _ in range(pick.randint(1, 9)):
        made = stage(rank, pick, sizes)
        if made is None:
            continue
        line, run = made
        try:
            value = run(values)
        except RuntimeError:
            continue
        shape = list(value.shape[2:])
        if min(shape) < 1 or max(shape) > (80 if rank == 1 else 30):
            continue
        values.append(value)
        lines.append(line)
        sizes.append(shape)
    if not lines:
        return None
    cell = [pick.randrange(size) for size in sizes[-1]]
    values[-1][(0, 0, *cell)].backward()
    field = torch.nonzero(source.grad.flatten()).flatten().tolist() if source.grad is not None else []
    return {"input": size, "stages": lines, "sizes": sizes[1:], "cell": cell, "field": field}


def main():
    pick = random.Random(SEED)
    chains = []
    while len(chains) < WANTED:
        made = chain(pick)
        if made:
            chains.append(made)
    header = {"packages": {"torch": version("torch").split("+")[0]}, "seed": SEED}
    text = json.dumps({"header": header, "chains": chains}, separators=(",", ":"))
    GOLDEN.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{len(chains)} chains, {GOLDEN.stat().st_size} bytes")


if __name__ == "__main__":
    main()
