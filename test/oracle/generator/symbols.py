"""Runs the programs that the inspector writes in symbols, each by itself, and PyTorch's operation on the same tensors."""

import contextlib
import io
import json
import subprocess

import numpy as np
import torch
import torch.nn.functional as F


def result(library, text):
    names = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(text, library, "exec"), names)
    y = names["y"]
    if hasattr(y, "tolist") and library == "sympy":
        y = y.tolist()
    return {
        "values": [float(value) for value in np.array(y, dtype=np.float64).ravel()],
        "prints": printed.getvalue() != "",
    }


def convolved(layer):
    """The output by PyTorch, in float64 of the layer's own numbers."""
    tensor = lambda each: torch.tensor(each["data"], dtype=torch.float64).reshape(each["shape"])
    x, w = tensor(layer["input"]), tensor(layer["weight"])
    b = torch.tensor(layer["bias"], dtype=torch.float64) if layer.get("bias") is not None else None
    axes, rank = layer["axes"], len(layer["axes"])
    of = lambda key: tuple(axis[key] for axis in axes)
    if layer["kind"] == "conv":
        pads = [side for axis in reversed(axes) for side in (axis["padBegin"], axis["padEnd"])]
        modes = {"zeros": "constant", "reflect": "reflect", "replicate": "replicate", "circular": "circular"}
        x = F.pad(x, pads, mode=modes[layer["paddingMode"]])
        operation = (F.conv1d, F.conv2d, F.conv3d)[rank - 1]
        y = operation(x, w, b, stride=of("stride"), dilation=of("dilation"), groups=layer["groups"])
    else:
        # PyTorch crops both sides alike; what differs is cut from an output that is not cropped.
        operation = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)[rank - 1]
        y = operation(
            x, w, b, stride=of("stride"), output_padding=of("outputPadding"), groups=layer["groups"], dilation=of("dilation")
        )
        for axis, each in enumerate(axes):
            y = y.narrow(y.dim() - rank + axis, each["padBegin"], each["output"])
    return {"title": layer["title"], "shape": list(y.shape), "values": [float(value) for value in y.ravel()]}


def symbols(root):
    pieces = subprocess.run(
        ["node", "scripts/copied-code.mjs", "symbolCases"], cwd=root, check=True, capture_output=True
    ).stdout
    given = json.loads(pieces)
    return {
        "rows": [row | result(row["library"], row["text"]) for row in given["rows"]],
        "outputs": [convolved(layer) for layer in given["layers"]],
    }
