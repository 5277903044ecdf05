"""Generates the corpus: programs with convolution call sites, and their truth from running PyTorch and Keras.

    python generate.py [number of sites]

Writes `corpus.json.gz` beside this file: `{"made": …, "programs": [{"id", "source", "sites", "raised"}]}`. A site is
`{"at": [line, column, end line, end column], "callee", "uses": [[input shape, output shape]], "error"}`; lines count from 1,
columns from 0; `None` is a batch that Keras leaves open. Programs are pure ASCII, so columns are characters.
"""

import gzip
import io
import contextlib
import json
import os
import random
import sys
import warnings

sys.argv, wanted = ["train.py"], int(sys.argv[1]) if len(sys.argv) > 1 else 3600
warnings.filterwarnings("ignore")
from record import patch_keras, patch_torch, run, stub_summaries  # noqa: E402
from keras_models import KERAS  # noqa: E402
from program import Program  # noqa: E402
from torch_habits import HABITS  # noqa: E402
from torch_models import MODELS  # noqa: E402

LIMIT = 1_500_000


def main() -> None:
    import keras
    import torch

    torch.manual_seed(0)
    holder: list = []
    patch_torch(holder)
    patch_keras(holder)
    stub_summaries()
    programs, sites, seen, seed = [], 0, set(), 0
    while sites < wanted:
        seed += 1
        rng = random.Random(seed)
        habit = rng.choice([*MODELS, *HABITS, *KERAS, *KERAS])
        program = Program(rng, sabotage=rng.random() < 0.6)
        habit(program, rng)
        source = program.text()
        if source in seen:
            continue
        seen.add(source)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            truth = run(source, "\n".join(program.driver), holder)
        if any(site["callee"] is None for site in truth["sites"]) or not truth["sites"]:
            continue
        refused = any(site["error"] for site in truth["sites"])
        if truth["raised"] and not refused and os.environ.get("VERBOSE"):
            print(f"--- {habit.__module__}.{habit.__name__} {seed}: {truth['raised']}\n{source}", file=sys.stderr)
        programs.append({"id": f"{habit.__module__}.{habit.__name__}.{seed}", "source": source, **truth})
        sites += len(truth["sites"])
        keras.backend.clear_session(False)
    corpus = {
        "made": {
            "torch": torch.__version__,
            "keras": keras.__version__,
            "sites": sites,
            "refused": sum(1 for each in programs for site in each["sites"] if site["error"]),
        },
        "programs": programs,
    }
    packed = gzip.compress(json.dumps(corpus, separators=(",", ":")).encode(), 9, mtime=0)
    assert len(packed) < LIMIT, len(packed)
    with open(os.path.join(os.path.dirname(__file__), "corpus.json.gz"), "wb") as file:
        file.write(packed)
    print(corpus["made"], len(programs), "programs,", len(packed), "bytes")


main()
