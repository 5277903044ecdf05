"""Writes the goldens beside this file. Run by hand, on Python 3.12 or newer, with `PINNED`; tests only read the result.

    python3 -m venv venv
    venv/bin/pip install torch==2.15.0 numpy==2.5.5 jax==0.12.0.1 flax==0.12.12 keras==3.15.1 tensorflow-cpu==2.21.0 \
        onnx==1.23.2 onnxruntime==1.32.0 paddlepaddle==3.3.1 sympy==1.14.0
    venv/bin/python test/oracle/generate.py [values] [breadth] [layers] [legality] [classes] [copied] [symbols] [frameworks] \
        [layers-everywhere] [artefacts]

Each golden is a gzipped JSON document (header and parameters) and, where there are float64 values, a `.f64` file of
little-endian doubles beside it. The header names the packages and the seed.
"""

import gzip
import json
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "generator"))

SEED = 20261121
PINNED = {
    "torch": "2.15.0",
    "numpy": "2.5.5",
    "jax": "0.12.0.1",
    "flax": "0.12.12",
    "keras": "3.15.1",
    "tensorflow-cpu": "2.21.0",
    "onnx": "1.23.2",
    "onnxruntime": "1.32.0",
    "paddlepaddle": "3.3.1",
    "sympy": "1.14.0",
}
TORCH = ("torch", "numpy")
COPIED = (*TORCH, "jax", "keras")
SYMBOLS = (*TORCH, "sympy")
EVERYWHERE = tuple(name for name in PINNED if name != "sympy")
PEERS = tuple(name for name in PINNED if name not in ("torch", "sympy"))
FAMILIES = ("values", "breadth", "layers", "legality", "classes", "copied", "symbols", "frameworks", "layers-everywhere", "artefacts")


def check_versions(packages):
    for package in packages:
        found = version(package).split("+")[0]
        if found != PINNED[package]:
            sys.exit(f"{package} is {found}; these goldens are made with {PINNED[package]}. See the head of this file.")


def write(name: str, content: dict, values=None, packages=TORCH):
    header = {"packages": {package: PINNED[package] for package in packages}, "seed": SEED}
    text = json.dumps({"header": header, **content}, separators=(",", ":"))
    (HERE / "goldens").mkdir(exist_ok=True)
    # No time stamp and no name inside: the same goldens are the same bytes.
    (HERE / "goldens" / f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    if values is not None:
        (HERE / "goldens" / f"{name}.f64").write_bytes(values.astype("<f8").tobytes())


def main(families):
    if "frameworks" in families:
        check_versions(PEERS)
        from frameworks import translations

        write("frameworks", translations(SEED), packages=PEERS)
    if "copied" in families:
        check_versions(COPIED)
        from copied import copied

        write("copied", copied(HERE.parent.parent), packages=COPIED)
    if "symbols" in families:
        check_versions(SYMBOLS)
        from symbols import symbols

        write("symbols", symbols(HERE.parent.parent), packages=SYMBOLS)
    if "layers-everywhere" in families:
        check_versions(EVERYWHERE)
        from everywhere import everywhere

        write("layers-everywhere", everywhere(HERE.parent.parent), packages=EVERYWHERE)
    if "artefacts" in families:
        check_versions(TORCH)
        from artefacts import artefacts

        write("artefacts", artefacts(HERE.parent.parent, SEED))
    if not set(families) - {"frameworks", "copied", "symbols", "layers-everywhere", "artefacts"}:
        return
    check_versions(TORCH)
    import torch

    torch.set_num_threads(1)
    if "classes" in families:
        from classes import ancestries

        write("classes", {"ancestries": ancestries()})
    if "values" in families:
        from values import agreement

        cases, values = agreement(2400, SEED)
        write("values", {"cases": cases}, values)
    if "breadth" in families:
        from values import breadth

        for rank in (1, 2, 3):
            for dtype in ("float32", "float64"):
                cases, values = breadth(rank, dtype, 1000, SEED)
                write(f"breadth-{rank}d-{dtype}", {"cases": cases}, values)
    if "layers" in families:
        from values import layers

        for dtype in ("float32", "float64"):
            cases, values = layers(dtype, 80, SEED)
            write(f"layers-{dtype}", {"cases": cases}, values)
    if "legality" in families:
        from legality import verdicts

        write("legality", verdicts(SEED))


if __name__ == "__main__":
    main(sys.argv[1:] or FAMILIES)
