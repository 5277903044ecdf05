"""What PyTorch and NumPy say of checkerboards: overlap counts, the pattern of a constant input, spectra, and the cures."""

import json
import subprocess
from itertools import product

import numpy as np
import torch
from torch.nn import functional as F

from copied import run

CONV = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}
TRANSPOSED = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}


def numbers(tensor):
    return [float(value) for value in tensor.reshape(-1)]


def layers(count, random):
    """Counts by a kernel of ones, and the pattern of a constant input under a kernel of whole numbers."""
    rows = []
    while len(rows) < count:
        rank = int(random.integers(1, 4))
        draw = lambda low, high: [int(each) for each in random.integers(low, high + 1, rank)]
        size, kernel, stride, dilation = draw(1, 6), draw(1, 5), draw(1, 4), draw(1, 3)
        padding = [int(random.integers(0, d * (k - 1) + 2)) for k, d in zip(kernel, dilation)]
        op = [int(random.integers(0, max(s, d))) for s, d in zip(stride, dilation)]
        sizes = [(i - 1) * s - 2 * p + d * (k - 1) + o + 1 for i, s, p, d, k, o in zip(size, stride, padding, dilation, kernel, op)]
        if min(sizes) < 1:
            continue
        weight = torch.tensor(random.integers(-4, 5, [1, 1, *kernel]), dtype=torch.float64)
        ones = torch.ones([1, 1, *size], dtype=torch.float64)
        call = lambda w: TRANSPOSED[rank](ones, w, None, stride, padding, op, 1, dilation)
        rows.append(
            {
                "input": size,
                "kernel": kernel,
                "stride": stride,
                "dilation": dilation,
                "padding": padding,
                "outputPadding": op,
                "weight": numbers(weight),
                "counts": numbers(call(torch.ones_like(weight))),
                "constant": numbers(call(weight)),
            }
        )
    return rows


def spectra(random):
    shapes = [[1], [2], [7], [13], [64], [3, 5], [8, 8], [4, 1, 6], [2, 3, 7]]
    rows = []
    for shape in shapes:
        values = random.standard_normal(shape)
        transform = np.fft.fftn(values)
        rows.append({"shape": shape, "values": numbers(values), "re": numbers(transform.real), "im": numbers(transform.imag)})
    return rows


def shuffles():
    rows = []
    for factor, channels, height, width in product((2, 3), (1, 2), (2, 3), (1, 4)):
        shape = [2, channels * factor**2, height, width]
        values = torch.arange(float(np.prod(shape))).reshape(shape)
        rows.append({"factor": factor, "shape": shape, "shuffled": numbers(F.pixel_shuffle(values, factor))})
    return rows


def icnr(random):
    """A layer that begins with ICNR is a convolution with the first sub-kernel, enlarged to the nearest neighbour."""
    rows = []
    for rank, stride, taps in product((1, 2, 3), (2, 3), (1, 2)):
        sub = torch.tensor(random.integers(-4, 5, [2, 1, *[taps] * rank]), dtype=torch.float64)
        x = torch.tensor(random.integers(-4, 5, [1, 2, *[3] * rank]), dtype=torch.float64)
        small = TRANSPOSED[rank](x, sub)
        large = F.interpolate(small, scale_factor=stride, mode="nearest")
        rows.append({"rank": rank, "stride": stride, "taps": taps, "sub": numbers(sub), "input": numbers(x), "output": numbers(large)})
    return rows


def artefacts(root, seed):
    random = np.random.default_rng(seed)
    command = ["node", "scripts/copied-code.mjs", "artefactCases"]
    pieces = json.loads(subprocess.run(command, cwd=root, check=True, capture_output=True).stdout)
    torch.manual_seed(seed)
    return {
        "layers": layers(400, random),
        "spectra": spectra(random),
        "shuffles": shuffles(),
        "icnr": icnr(random),
        "codes": [piece | run("pytorch", piece["text"]) for piece in pieces],
    }
