"""Runs the programs in `../programs` with PyTorch and writes what their convolutions saw. Run by hand:

    python3 -m venv venv
    venv/bin/pip install torch==2.15.0 numpy==2.5.5 einops==0.8.2
    venv/bin/python test/oracle/python/programs.py

A file holds programs about one subject, each after a line `# %% title`; what stands before the first of them belongs to
all. The golden has, for each program, `in -> out` of every convolution in the order in which they ran, and what the
program raised. Tests only read it.
"""

import json
import re
import sys
import warnings
from pathlib import Path

import einops
import numpy
import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = Path(__file__).parent
PINNED = {"torch": "2.15.0", "numpy": "2.5.5", "einops": "0.8.2"}
INPUT = ("input", "x", "a", "x1")
FUNCTIONS = [f"conv{kind}{rank}d" for kind in ("", "_transpose") for rank in (1, 2, 3)]


class Recorder:
    """Notes each convolution once: by the layer, which pads by itself, or else by the function."""

    def __init__(self):
        self.uses = []
        self.inside = 0

    def wrap(self, function, place):
        def run(*args, **kwargs):
            # PyTorch takes NumPy's names of it, too.
            given = args[place] if len(args) > place else next(kwargs[name] for name in INPUT if name in kwargs)
            self.inside += 1
            try:
                result = function(*args, **kwargs)
            finally:
                self.inside -= 1
            if not self.inside:
                shapes = [" ".join(map(str, each.shape)) for each in (given, result)]
                self.uses.append(" -> ".join(shapes))
            return result

        return run

    def patches(self):
        for name in FUNCTIONS:
            yield F, name, self.wrap(getattr(F, name), 0)
            yield torch, name, self.wrap(getattr(torch, name), 0)
        for rank in (1, 2, 3):
            layer = getattr(nn, f"Conv{rank}d")
            yield layer, "_conv_forward", self.wrap(layer._conv_forward, 1)


def run(source):
    recorder = Recorder()
    before = []
    for owner, name, patched in list(recorder.patches()):
        before.append((owner, name, getattr(owner, name)))
        setattr(owner, name, patched)
    torch.manual_seed(0)
    try:
        exec(compile(source, "program", "exec"), {"__name__": "__main__"})
        return {"uses": recorder.uses}
    except Exception as error:
        text = re.sub(r"\b0x[0-9a-f]{6,}", "0x…", str(error)).strip()
        return {"uses": recorder.uses, "raises": f"{type(error).__name__}: {text}"}
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)


def programs(path):
    head, *blocks = re.split(r"^# %% ", path.read_text(), flags=re.MULTILINE)
    for block in blocks:
        title, body = block.split("\n", 1)
        yield f"{path.stem}: {title}", head + body


def main():
    found = {
        "torch": torch.__version__.split("+")[0],
        "numpy": numpy.__version__,
        "einops": einops.__version__,
    }
    if found != PINNED:
        sys.exit(f"These goldens are made with {PINNED}, not {found}. See the head of this file.")
    warnings.simplefilter("ignore")
    results = {
        name: run(source) for path in sorted((HERE.parent / "programs").glob("*.py")) for name, source in programs(path)
    }
    text = json.dumps({"made": found, "programs": results}, indent=1, ensure_ascii=False)
    (HERE.parent / "goldens" / "programs.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
