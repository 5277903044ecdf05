"""Writes `test/oracle/goldens/training.json.gz`: kernels learned by PyTorch's own optimizers, the least-squares optimum
by `torch.linalg.lstsq`, and gradients of three losses by autograd.

    python3 -m venv venv && venv/bin/pip install torch==2.15.0 numpy==2.5.5
    venv/bin/python test/oracle/python/training.py

Operands are made from a seed on both sides (`generator/seeded.py`), all in float64.
"""

import gzip
import json
import random
import sys
from importlib.metadata import version
from pathlib import Path

import torch
import torch.nn.functional as F

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "generator"))
from seeded import reals  # noqa: E402

SEED = 20261129
STEPS = 60
KEPT = (0, 1, 2, 10, STEPS)
CONV = (F.conv1d, F.conv2d, F.conv3d)
TRANSPOSED = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)
OPTIMIZERS = {
    "descent": lambda weight, rate: torch.optim.SGD([weight], lr=rate),
    "momentum": lambda weight, rate: torch.optim.SGD([weight], lr=rate, momentum=0.9),
    "adam": lambda weight, rate: torch.optim.Adam([weight], lr=rate),
}


def tensor(seed, shape):
    return torch.from_numpy(reals(seed, shape))


def mulberry32(seed):
    """`src/core/state/random.ts`: the kernel that a run begins with."""
    state = seed & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        mixed ^= (mixed + ((mixed ^ (mixed >> 7)) * (mixed | 61) & 0xFFFFFFFF)) & 0xFFFFFFFF
        yield ((mixed ^ (mixed >> 14)) & 0xFFFFFFFF) / 2**32


def first_kernel(sizes, seed):
    taps = 1
    for size in sizes:
        taps *= size
    source = mulberry32(seed)
    return torch.tensor([(2 * next(source) - 1) / taps**0.5 for _ in range(taps)], dtype=torch.float64).reshape(1, 1, *sizes)


def layer_of(case):
    rank = len(case["input"])

    def run(x, w):
        options = {"stride": case["stride"], "padding": case["padding"], "dilation": case["dilation"]}
        if case["kind"] == "conv":
            return CONV[rank - 1](x, w, **options)
        return TRANSPOSED[rank - 1](x, w, output_padding=case["outputPadding"], **options)

    return run


def case_of(pick, number):
    while True:
        rank = pick.choice([1, 1, 2, 2, 2, 3])
        case = {
            "seed": 1000 + 10 * number,
            "kind": pick.choice(["conv", "convTranspose"]),
            "input": [pick.randint(2, 9 if rank < 3 else 4) for _ in range(rank)],
            "kernel": [pick.randint(1, 4 if rank < 3 else 3) for _ in range(rank)],
            "stride": [pick.randint(1, 3) for _ in range(rank)],
            "dilation": [pick.randint(1, 2) for _ in range(rank)],
            "padding": [pick.randint(0, 1) for _ in range(rank)],
            "outputPadding": [0] * rank,
        }
        if case["kind"] == "convTranspose":
            case["outputPadding"] = [pick.randint(0, max(s, d) - 1) for s, d in zip(case["stride"], case["dilation"])]
        try:
            output = layer_of(case)(tensor(1, [1, 1, *case["input"]]), tensor(2, [1, 1, *case["kernel"]]))
        except RuntimeError:
            continue
        if output.numel() > 0:
            return case


def trained(case, optimizer, rate):
    run = layer_of(case)
    x = tensor(case["seed"], [1, 1, *case["input"]])
    weight = first_kernel(case["kernel"], case["seed"]).requires_grad_()
    target = tensor(case["seed"] + 1, run(x, weight).shape)
    step = OPTIMIZERS[optimizer](weight, rate)
    kernels, losses = [], []
    for at in range(STEPS + 1):
        loss = F.mse_loss(run(x, weight), target)
        if at in KEPT:
            kernels.append(weight.detach().reshape(-1).tolist())
            losses.append(loss.item())
        step.zero_grad()
        loss.backward()
        step.step()
    return {"optimizer": optimizer, "rate": rate, "kernels": kernels, "losses": losses}


def optimum(case):
    """The rows of the system are what the layer makes of each unit kernel."""
    run = layer_of(case)
    x = tensor(case["seed"], [1, 1, *case["input"]])
    taps = first_kernel(case["kernel"], 1).numel()
    rows = torch.stack(
        [run(x, torch.eye(taps, dtype=torch.float64)[at].reshape(1, 1, *case["kernel"])).reshape(-1) for at in range(taps)], 1
    )
    target = tensor(case["seed"] + 1, [rows.shape[0]])
    solution = torch.linalg.lstsq(rows, target[:, None], driver="gelsd").solution[:, 0]
    return {"weights": solution.tolist(), "loss": float(F.mse_loss(rows @ solution, target))}


def gradients(case):
    run = layer_of(case)
    x = tensor(case["seed"], [1, 1, *case["input"]]).requires_grad_()
    w = tensor(case["seed"] + 2, [1, 1, *case["kernel"]]).requires_grad_()
    b = torch.tensor([0.25], dtype=torch.float64, requires_grad=True)
    answers = {}
    for name in ("sum", "squares", "one"):
        output = run(x, w) + b
        flat = output.reshape(-1)
        one = flat.numel() // 2
        loss = {"sum": flat.sum(), "squares": 0.5 * (flat**2).sum(), "one": flat[one]}[name]
        grads = torch.autograd.grad(loss, [x, w, b])
        answers[name] = [each.reshape(-1).tolist() for each in grads]
    return answers


if __name__ == "__main__":
    torch.set_num_threads(1)
    pick = random.Random(SEED)
    cases = []
    for number in range(150):
        case = case_of(pick, number)
        case["runs"] = [trained(case, name, rate) for name, rate in (("descent", 0.05), ("momentum", 0.01), ("adam", 0.02))]
        case["optimum"] = optimum(case)
        case["gradients"] = gradients(case)
        cases.append(case)
    packages = {each: version(each).split("+")[0] for each in ("torch", "numpy")}
    content = {"header": {"packages": packages, "seed": SEED}, "steps": STEPS, "kept": KEPT, "cases": cases}
    text = json.dumps(content, separators=(",", ":"))
    (HERE.parent / "goldens" / "training.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
