"""Random legal configurations with PyTorch's values.

`agreement`: every element of the output, float64.
`breadth`: output, input gradient and weight gradient, 1,000 configurations and more for each rank and dtype; `layers` the
same at the sizes of real layers, where a fast kernel has its tiles and their remainders. Storing each in full would take tens of megabytes, so each is stored as one dot product with a known random vector and three
sampled elements: a wrong element anywhere moves the dot product by (error x random real), which vanishes with
probability nought, and the samples tell an ordering error from an arithmetic one.
The truth is float64 arithmetic for float32 too: its inputs are values that float32 holds exactly.
"""

import random

import numpy as np
import torch

from seeded import reals
from operations import MODES, Operation, run, tensor

LARGEST = {1: (12, 6), 2: (7, 4), 3: (4, 3)}


def draw(source: random.Random, rank: int):
    """A configuration that may be illegal: PyTorch throws those out."""
    transposed = source.random() < 0.5
    size, kernel = LARGEST[rank]
    dilation = [source.choice([1, 1, 1, 2, 3]) for _ in range(rank)]
    stride = [source.choice([1, 1, 2, 2, 3, 4]) for _ in range(rank)]
    kernels = [source.randint(1, kernel) for _ in range(rank)]
    padding = []
    for axis in range(rank):
        most = dilation[axis] * (kernels[axis] - 1) + (2 if source.random() < 0.2 else 0)
        begin = source.randint(0, most)
        padding.append([begin, begin])
    if source.random() < 0.4:
        padding = [[begin, source.randint(0, begin + 1)] for begin, _ in padding]
    output_padding = [0] * rank
    if transposed and source.random() < 0.6:
        output_padding = [source.randint(0, max(s, d) - 1) for s, d in zip(stride, dilation)]
    groups = source.choice([1, 1, 1, 2, 3])
    op = Operation(
        transposed,
        stride,
        padding,
        dilation,
        output_padding,
        groups,
        "zeros" if transposed or source.random() < 0.5 else source.choice(MODES[1:]),
    )
    batch = source.choice([-1, 1, 1, 2, 3]) if source.random() > 0.03 else 0
    input_per_group, output_per_group = source.randint(1, 3), source.randint(1, 3)
    sizes = [source.randint(1, size) for _ in range(rank)]
    x_shape = ([] if batch < 0 else [batch]) + [input_per_group * groups] + sizes
    w_shape = (
        [input_per_group * groups, output_per_group] if transposed else [output_per_group * groups, input_per_group]
    ) + kernels
    return op, x_shape, w_shape, source.random() < 0.5


def encode(op: Operation, x_shape, w_shape, bias: bool) -> list:
    """Whole numbers in a fixed order; `test/oracle/goldens.ts` reads them back."""
    begins, ends = zip(*op.padding)
    return [
        int(op.transposed),
        MODES.index(op.mode),
        op.groups,
        int(bias),
        len(x_shape),
        *x_shape,
        *w_shape,
        *op.stride,
        *begins,
        *ends,
        *op.dilation,
        *op.output_padding,
    ]


def output_channels(op: Operation, w_shape) -> int:
    return w_shape[1] * op.groups if op.transposed else w_shape[0]


def operands(seed: int, op, x_shape, w_shape, bias, dtype):
    x = tensor(reals(seed, x_shape, dtype)).requires_grad_()
    w = tensor(reals(seed + 1, w_shape, dtype)).requires_grad_()
    b = tensor(reals(seed + 2, [output_channels(op, w_shape)], dtype)) if bias else None
    return x, w, b


def legal(draw_case, most_elements, make):
    """Draws until PyTorch takes a configuration whose output is small enough to keep."""
    while True:
        drawn = draw_case()
        try:
            y, *rest = make(*drawn)
        except (RuntimeError, ValueError):
            continue
        if y.numel() <= most_elements:
            return drawn, y, rest


def agreement(count: int, seed: int):
    source = random.Random(seed)
    cases, values = [], []
    for index in range(count):
        rank = index % 3 + 1

        def make(op, x_shape, w_shape, bias):
            x, w, b = operands(index * 16, op, x_shape, w_shape, bias, "float64")
            return [run(op, x, w, b)]

        drawn, y, _ = legal(lambda rank=rank: draw(source, rank), 96, make)
        cases.append([rank, *encode(*drawn)])
        values.append(y.detach().numpy().ravel())
    return cases, np.concatenate(values)


def summary(array: np.ndarray, seed: int) -> list:
    flat = array.ravel()
    if flat.size == 0:
        return [0, 0, 0, 0]
    return [
        float(np.dot(flat, reals(seed, flat.shape))),
        flat[0],
        flat[flat.size // 2],
        flat[-1],
    ]


def check_float32(op, x, w, b, y):
    """The promise of the engine, kept by PyTorch itself: within 1e-5 of the truth, scaled by the sum of |x||w|."""
    single = run(op, x.float(), w.float(), None if b is None else b.float()).double()
    scale = run(op, x.abs(), w.abs(), None if b is None else b.abs())
    assert bool(((single - y).abs() <= 1e-5 * scale + 1e-30).all()), op


def draw_layer(source: random.Random):
    """Of the sizes of real layers: many channels, whole tiles and their remainders, long strides, one channel, one pixel."""
    kind = source.choice(["dense", "dense", "depthwise", "plane", "upsample", "pixel", "line", "volume"])
    rank = {"line": 1, "volume": 3}.get(kind, 2)
    transposed = kind == "upsample" or source.random() < 0.5
    groups, c_in, c_out, size, kernel, stride = (
        1,
        source.randint(8, 90),
        source.randint(8, 90),
        source.randint(3, 14),
        3,
        source.randint(1, 2),
    )
    if kind == "depthwise":
        groups, c_in, c_out, size = source.randint(8, 40), 1, source.randint(1, 2), source.randint(8, 24)
    elif kind == "plane":
        c_in, c_out, size = 1, 1, source.randint(60, 200)
    elif kind == "upsample":
        stride = source.choice([4, 8])
        groups, c_in, c_out, size, kernel = source.randint(1, 5), 1, 1, source.randint(6, 20), 2 * stride
    elif kind == "pixel":
        transposed, c_in, c_out, size, kernel = True, source.randint(60, 300), source.randint(20, 120), 1, 4
    elif kind == "line":
        size, kernel = source.randint(40, 300), source.randint(1, 9)
    elif kind == "volume":
        c_in, c_out, size = source.randint(3, 24), source.randint(3, 24), source.randint(3, 7)
    sizes = [size + source.randint(0, 2) if size > 1 else 1 for _ in range(rank)]
    kernels = [max(1, kernel + source.choice([0, 0, 0, -1, 1])) if kind != "upsample" else kernel for _ in range(rank)]
    dilation = [source.choice([1, 1, 1, 2])] * rank
    padding = [[source.randint(0, k // 2)] * 2 for k in kernels]
    if source.random() < 0.2:
        padding = [[begin, begin + 1] for begin, _ in padding]
    output_padding = [source.randint(0, stride - 1) if transposed else 0] * rank
    mode = "zeros" if transposed or source.random() < 0.7 else source.choice(MODES[1:])
    op = Operation(transposed, [stride] * rank, padding, dilation, output_padding, groups, mode)
    first, second = (c_in * groups, c_out) if transposed else (c_out * groups, c_in)
    return op, [source.choice([1, 1, 2]), c_in * groups, *sizes], [first, second, *kernels], source.random() < 0.5


def breadth(rank: int, dtype: str, count: int, seed: int):
    source = random.Random(f"{seed}/{rank}/{dtype}")
    return summaries(lambda: draw(source, rank), dtype, count, 600)


def layers(dtype: str, count: int, seed: int):
    source = random.Random(f"{seed}/layers/{dtype}")
    return summaries(lambda: draw_layer(source), dtype, count, 2**17)


def summaries(draw_case, dtype: str, count: int, most_elements: int):
    cases, values = [], []
    for index in range(count):
        case_seed = index * 16

        def make(op, x_shape, w_shape, bias):
            x, w, b = operands(case_seed, op, x_shape, w_shape, bias, dtype)
            y = run(op, x, w, b)
            g = tensor(reals(case_seed + 3, y.shape, dtype))
            dx, dw = torch.autograd.grad(y, [x, w], g)
            if dtype == "float32":
                with torch.no_grad():
                    check_float32(op, x, w, b, y)
            return [y, dx, dw]

        drawn, y, gradients = legal(draw_case, most_elements, make)
        cases.append([len(drawn[2]) - 2, *encode(*drawn)])
        for offset, each in enumerate([y, *gradients]):
            values.extend(summary(each.detach().numpy(), case_seed + 4 + offset))
    return cases, np.array(values)
