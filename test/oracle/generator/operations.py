"""Configurations, and what PyTorch makes of them."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F

MODES = ["zeros", "reflect", "replicate", "circular"]


@dataclass
class Operation:
    transposed: bool
    stride: list
    padding: list  # of [begin, end]
    dilation: list
    output_padding: list
    groups: int = 1
    mode: str = "zeros"


def _pad(x, padding, mode):
    """F.pad wants the last axis first; `nn.ConvNd` pads in just this way when its mode is not zeros."""
    flat = [side for begin_end in reversed(padding) for side in begin_end]
    return F.pad(x, flat, mode="constant" if mode == "zeros" else mode)


def run(op: Operation, x, w, b=None):
    rank = w.dim() - 2
    conv = [F.conv1d, F.conv2d, F.conv3d][rank - 1]
    transpose = [F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d][rank - 1]
    symmetric = all(begin == end for begin, end in op.padding)
    begins = [begin for begin, _ in op.padding]
    if not op.transposed:
        if symmetric and op.mode == "zeros":
            return conv(x, w, b, op.stride, begins, op.dilation, op.groups)
        return conv(_pad(x, op.padding, op.mode), w, b, op.stride, [0] * rank, op.dilation, op.groups)
    if op.mode != "zeros":
        raise ValueError('Only "zeros" padding mode is supported for ConvTranspose%dd' % rank)
    if symmetric:
        return transpose(x, w, b, op.stride, begins, op.output_padding, op.groups, op.dilation)
    # PyTorch crops both sides alike; the general crop is a slice of the uncropped output.
    y = transpose(x, w, b, op.stride, [0] * rank, op.output_padding, op.groups, op.dilation)
    for axis, (begin, end) in enumerate(op.padding):
        dim = y.dim() - rank + axis
        if begin + end >= y.shape[dim]:
            raise RuntimeError("Output size is too small")
        y = y.narrow(dim, begin, y.shape[dim] - begin - end)
    return y


def tensor(array, dtype=torch.float64):
    return torch.tensor(array, dtype=dtype)
