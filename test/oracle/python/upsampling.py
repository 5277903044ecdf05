"""Writes `test/oracle/goldens/upsampling.json.gz` and `pixelTransposed.json.gz`: ways to make a plane larger by PyTorch,
their PSNR and SSIM by scikit-image, and pixel transposed convolutions from convolutions and slices of PyTorch.

    python3 -m venv venv && venv/bin/pip install torch==2.15.0 numpy==2.5.5 scikit-image==0.26.0
    venv/bin/python test/oracle/python/upsampling.py

Operands are made from a seed on both sides (`generator/seeded.py`), all in float64.
"""

import gzip
import json
import random
import sys
from importlib.metadata import version
from itertools import product
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "generator"))
from seeded import reals  # noqa: E402

SEED = 20261129
SAMPLES = 64
GOLDENS = HERE.parent / "goldens"
CONV = (F.conv1d, F.conv2d, F.conv3d)
TRANSPOSED = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)
AVERAGE = (F.avg_pool1d, F.avg_pool2d, F.avg_pool3d)
POOL = (F.max_pool1d, F.max_pool2d, F.max_pool3d)
UNPOOL = (F.max_unpool1d, F.max_unpool2d, F.max_unpool3d)
LINEAR = ("linear", "bilinear", "trilinear")


def tensor(seed, shape):
    return torch.from_numpy(reals(seed, shape))


def smooth(seed, shape):
    """What is not noise alone: a slope and a wave, and a little of it. `test/oracle/upsampling.test.ts` has the same."""
    places = np.meshgrid(*[np.arange(size, dtype=np.float64) for size in shape], indexing="ij")
    slope = sum((axis + 1) * place / size for axis, (place, size) in enumerate(zip(places, shape)))
    return torch.from_numpy(slope + 0.25 * reals(seed, shape))


def shuffle(channels, factors):
    """`F.pixel_shuffle` where it has one; else its definition, by reshaping."""
    sizes = channels.shape[1:]
    rank = len(sizes)
    made = channels.reshape(*factors, *sizes)
    made = made.permute([each for axis in range(rank) for each in (rank + axis, axis)])
    made = made.reshape([size * factor for size, factor in zip(sizes, factors)])
    if rank == 2 and factors[0] == factors[1]:
        assert torch.equal(made, F.pixel_shuffle(channels[None], factors[0])[0, 0])
    return made


def fitted(small, wanted, factors):
    """The convolution of 3 taps and its shuffle that come nearest to `wanted`, by `torch.linalg.lstsq`."""
    rank = small.dim()
    padded = F.pad(small, [1, 1] * rank)
    taps = [padded[tuple(slice(at, at + size) for at, size in zip(tap, small.shape))].reshape(-1) for tap in product(range(3), repeat=rank)]
    matrix = torch.stack(taps, 1)
    phases = [wanted[tuple(slice(at, None, factor) for at, factor in zip(phase, factors))].reshape(-1) for phase in product(*map(range, factors))]
    weights = torch.linalg.lstsq(matrix, torch.stack(phases, 1), driver="gelsd").solution
    return shuffle((matrix @ weights).T.reshape(-1, *small.shape), factors)


def bilinear_weights(factors):
    weight = torch.ones([1, 1] + [1] * len(factors), dtype=torch.float64)
    for axis, factor in enumerate(factors):
        taps = 2 * factor - factor % 2
        line = 1 - (torch.arange(taps, dtype=torch.float64) - (taps - 1) / 2).abs() / factor
        weight = weight * line.reshape([1, 1] + [taps if each == axis else 1 for each in range(len(factors))])
    return weight


def nearest_is_exact(made, small, factors):
    for axis, factor in enumerate(factors):
        small = small.repeat_interleave(factor, axis)
    assert torch.equal(made, small)


def methods(case, small, reference):
    factors, rank = case["factors"], small.dim()
    x = small[None, None]
    large = [size * factor for size, factor in zip(small.shape, factors)]
    made = {"nearest": F.interpolate(x, size=large, mode="nearest")}
    assert torch.equal(made["nearest"], F.interpolate(x, scale_factor=tuple(map(float, factors)), mode="nearest"))
    nearest_is_exact(made["nearest"][0, 0], small, factors)
    made["linear"] = F.interpolate(x, size=large, mode=LINEAR[rank - 1], align_corners=False)
    made["linearCorners"] = F.interpolate(x, size=large, mode=LINEAR[rank - 1], align_corners=True)
    if rank == 2:
        made["cubic"] = F.interpolate(x, size=large, mode="bicubic", align_corners=False)
    if rank < 3:
        phases = int(np.prod(factors))
        made["shuffle"] = (
            shuffle(small.expand(phases, *small.shape), factors) if reference is None else fitted(small, reference, factors)
        )[None, None]
    if case["against"] == "none":
        # The indices that pooling a constant gives: the first cell of every block.
        _, indices = POOL[rank - 1](torch.zeros([1, 1, *large], dtype=torch.float64), factors, return_indices=True)
        pooled = x
    else:
        pooled, indices = POOL[rank - 1](reference[None, None], factors, return_indices=True)
        if case["against"] == "given":
            pooled = x
    made["unpool"] = UNPOOL[rank - 1](pooled, indices, factors, output_size=large)
    made["transposedLinear"] = TRANSPOSED[rank - 1](
        x, bilinear_weights(factors), stride=factors, padding=[-(-(factor - 1) // 2) for factor in factors]
    )
    own = case["own"]
    weight = tensor(case["seed"] + 2, own["kernel"])[None, None]
    # In PyTorch both sides are cropped alike; what differs is cut from what is not cropped.
    y = TRANSPOSED[rank - 1](x, weight, stride=factors, dilation=own["dilation"])
    y = F.pad(y, [each for op in reversed(own["outputPadding"]) for each in (0, op)])
    for axis, (begin, end) in enumerate(own["padding"]):
        y = y.narrow(axis + 2, begin, y.shape[axis + 2] - begin - end)
    made["own"] = y
    return {name: values[0, 0] for name, values in made.items()}


def summary(made, seed):
    """Of a large grid some of the values, about evenly spread, and what all make together with a known vector."""
    values = made.reshape(-1)
    # Never a multiple of a side: else all would be of few columns.
    every = max(1, values.numel() // SAMPLES) | 1
    return {
        "every": every,
        "values": values[::every].tolist(),
        "dot": float(values @ torch.from_numpy(reals(seed + 7, [values.numel()]))),
    }


def compared(made, reference, name, case):
    """The values, and what scikit-image measures of them over what there is of both."""
    entry = {"shape": list(made.shape), **summary(made, case["seed"])}
    if reference is None:
        return entry
    if name == "own":
        ours, theirs = [], []
        for size, wanted in zip(made.shape, reference.shape):
            begin = int((size - wanted) / 2)
            first = max(0, -begin)
            last = min(wanted, size - begin)
            ours.append(slice(first + begin, last + begin))
            theirs.append(slice(first, last))
        made, reference = made[tuple(ours)], reference[tuple(theirs)]
        gain = case["gain"]
        made = made / gain if gain != 0 else made
    entry |= measures(reference, made, case["range"])
    return entry


def measures(reference, made, data_range):
    one, other = reference.numpy(), made.numpy()
    if one.size == 0:
        return {}
    with np.errstate(divide="ignore"):
        measured = {"psnr": peak_signal_noise_ratio(one, other, data_range=data_range)}
    if not np.isfinite(measured["psnr"]):
        measured["psnr"] = "inf"
    if min(one.shape) >= 7:
        measured["ssim"] = structural_similarity(one, other, data_range=data_range)
    return measured


def case_of(pick, number):
    rank = pick.choice([1, 2, 2, 2, 3])
    against = pick.choice(["back", "back", "given", "none"])
    factor = pick.choice([2, 2, 3, 4, 5])
    factors = [factor] * rank if pick.random() < 0.7 else [pick.randint(1, 5) for _ in range(rank)]
    if rank == 3:
        factors = [min(each, 3) for each in factors]
    largest = {1: 40, 2: 14, 3: 5}[rank]
    small = [pick.randint(1, largest) for _ in range(rank)]
    rest = [pick.randint(0, each - 1) for each in factors]
    plane = [size * each + over for size, each, over in zip(small, factors, rest)] if against == "back" else small
    kernel = [pick.randint(1, 6) for _ in range(rank)]
    dilation = [pick.choice([1, 1, 1, 2]) for _ in range(rank)]
    padding, output_padding = [], []
    for axis in range(rank):
        full = (small[axis] - 1) * factors[axis] + dilation[axis] * (kernel[axis] - 1) + 1
        op = pick.randint(0, max(factors[axis], dilation[axis]) - 1) if pick.random() < 0.4 else 0
        pads = [pick.randint(0, 2), pick.randint(0, 2)] if pick.random() < 0.3 else [pick.randint(0, 2)] * 2
        if full + op - sum(pads) < 1:
            pads, op = [0, 0], 0
        padding.append(pads)
        output_padding.append(op)
    own = {"kernel": kernel, "dilation": dilation, "padding": padding, "outputPadding": output_padding}
    return {"seed": 1000 + 10 * number, "against": against, "factors": factors, "plane": plane, "own": own}


def upsampling():
    pick = random.Random(SEED)
    cases = []
    for number in range(200):
        case = case_of(pick, number)
        plane = smooth(case["seed"], case["plane"])
        rank, factors = plane.dim(), case["factors"]
        reference, small = None, plane
        if case["against"] == "back":
            reference = plane[tuple(slice(0, size - size % factor) for size, factor in zip(plane.shape, factors))]
            small = AVERAGE[rank - 1](reference[None, None], factors)[0, 0]
        elif case["against"] == "given":
            reference = smooth(case["seed"] + 1, [size * factor for size, factor in zip(plane.shape, factors)])
        if reference is not None:
            case["range"] = float(reference.max() - reference.min())
            if case["range"] == 0:
                continue
        weight = tensor(case["seed"] + 2, case["own"]["kernel"])
        case["gain"] = float(weight.sum()) / float(np.prod(factors))
        case["small"] = list(small.shape)
        case["methods"] = {name: compared(made, reference, name, case) for name, made in methods(case, small, reference).items()}
        cases.append(case)
    return cases


CORNERS = {1: [(0,), (1,)], 2: [(0, 0), (1, 1), (0, 1), (1, 0)]}


def pixel_case(pick, number):
    """`[F, F1, …]` joined along channels, convolved at stride 1, and written into every second place."""
    rank = pick.choice([1, 2])
    inputs, outputs = (1, 1) if pick.random() < 0.5 else (pick.randint(1, 3), pick.randint(1, 3))
    sizes = [pick.randint(1, 7) for _ in range(rank)]
    kernel = [pick.randint(1, 4) for _ in range(rank)]
    variant = pick.choice(["inputPixel", "pixel"])
    seed = 5000 + 10 * number
    x = tensor(seed, [1, inputs, *sizes])
    maps = []
    for at, corner in enumerate(CORNERS[rank]):
        read = [x] if at == 0 else ([x] if variant == "inputPixel" else []) + maps
        joined = torch.cat(read, 1)
        weight = tensor(seed + 1 + at, [outputs, joined.shape[1], *kernel])
        # What keeps the size: of an even kernel the odd zero stands at the end.
        pads = [each for size in reversed(kernel) for each in ((size - 1) // 2, size - 1 - (size - 1) // 2)]
        maps.append(CONV[rank - 1](F.pad(joined, pads), weight))
    output = torch.zeros([1, outputs, *[2 * size for size in sizes]], dtype=torch.float64)
    for corner, made in zip(CORNERS[rank], maps):
        output[(slice(None), slice(None), *[slice(at, None, 2) for at in corner])] = made
    # Each map by itself from F alone, with its own part of the weights: four phases that do not see each other.
    alone = torch.zeros_like(output)
    for at, corner in enumerate(CORNERS[rank]):
        weight = tensor(seed + 1 + at, [outputs, maps_read(at, variant, inputs, outputs), *kernel])[:, :inputs]
        if weight.shape[1] < inputs:
            continue
        pads = [each for size in reversed(kernel) for each in ((size - 1) // 2, size - 1 - (size - 1) // 2)]
        alone[(slice(None), slice(None), *[slice(at, None, 2) for at in corner])] = CONV[rank - 1](F.pad(x, pads), weight)
    return {
        "seed": seed,
        "variant": variant,
        "input": [1, inputs, *sizes],
        "outputs": outputs,
        "kernel": kernel,
        "maps": [made.reshape(-1).tolist() for made in maps],
        "output": output.reshape(-1).tolist(),
        "alone": alone.reshape(-1).tolist() if variant == "inputPixel" else None,
    }


def maps_read(at, variant, inputs, outputs):
    return inputs if at == 0 else (inputs if variant == "inputPixel" else 0) + at * outputs


def write(name, content):
    packages = {each: version(each).split("+")[0] for each in ("torch", "numpy", "scikit-image")}
    text = json.dumps({"header": {"packages": packages, "seed": SEED}, **content}, separators=(",", ":"))
    (GOLDENS / f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    torch.set_num_threads(1)
    write("upsampling", {"cases": upsampling()})
    pick = random.Random(SEED)
    write("pixelTransposed", {"cases": [pixel_case(pick, number) for number in range(120)]})
