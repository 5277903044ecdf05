"""Writes which of PyTorch's functions and methods are native: NumPy's names of arguments are taken by those alone. Run by hand:

    venv/bin/python test/oracle/python/native.py

with the venv of `programs.py`. Tests only read the golden.
"""

import inspect
import json
import sys
import types
from pathlib import Path

import torch
import torch.nn.functional as F

PINNED = "2.15.0"
OWNERS = {
    "torch": torch,
    "torch.Tensor": torch.Tensor,
    "torch.nn.functional": F,
    "torch.linalg": torch.linalg,
    "torch.fft": torch.fft,
}


def functions(owner):
    for name in sorted(dir(owner)):
        value = getattr(owner, name)
        if name.startswith("_") or not callable(value) or inspect.isclass(value):
            continue
        yield name, not isinstance(value, types.FunctionType)


def main():
    found = torch.__version__.split("+")[0]
    if found != PINNED:
        sys.exit(f"This golden is made with {PINNED}, not {found}.")
    native = {f"{owner}.{name}": value for owner, within in OWNERS.items() for name, value in functions(within)}
    lists = {
        "torch": found,
        "native": [name for name, value in native.items() if value],
        "python": [name for name, value in native.items() if not value],
    }
    (Path(__file__).parent.parent / "goldens" / "native.json").write_text(json.dumps(lists, indent=1) + "\n")


if __name__ == "__main__":
    main()
