"""Writes the goldens beside this file. Run by hand, with the packages of `PINNED` installed; tests only read the result.

    python3 -m venv venv
    venv/bin/pip install torch==2.13.0 numpy==2.4.6 jax==0.10.2 flax==0.12.8 keras==3.15.1 tensorflow-cpu==2.21.0 \
        onnx==1.23.1 onnxruntime==1.30.0 paddlepaddle==3.3.1
    venv/bin/python test/oracle/generate.py [values] [breadth] [layers] [legality] [frameworks]
    venv/bin/pip install torch==2.15.0
    venv/bin/python test/oracle/generate.py classes [copied]

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
TORCH = {"torch": "2.13.0", "numpy": "2.4.6"}
CLASSES = {"torch": "2.15.0"}
COPIED = {"torch": "2.15.0", "numpy": "2.4.6", "jax": "0.10.2", "keras": "3.15.1"}
PEERS = {
    "numpy": "2.4.6",
    "jax": "0.10.2",
    "flax": "0.12.8",
    "keras": "3.15.1",
    "tensorflow-cpu": "2.21.0",
    "onnx": "1.23.1",
    "onnxruntime": "1.30.0",
    "paddlepaddle": "3.3.1",
}


def check_versions(packages):
    for package, wanted in packages.items():
        found = version(package).split("+")[0]
        if found != wanted:
            sys.exit(f"{package} is {found}; these goldens are made with {wanted}. See the head of this file.")


def write(name: str, content: dict, values=None, packages=TORCH):
    header = {"packages": packages, "seed": SEED}
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
    if "classes" in families:
        check_versions(CLASSES)
        from classes import ancestries

        write("classes", {"ancestries": ancestries()}, packages=CLASSES)
    if "copied" in families:
        check_versions(COPIED)
        from copied import copied

        write("copied", copied(HERE.parent.parent), packages=COPIED)
    if not set(families) - {"frameworks", "classes", "copied"}:
        return
    check_versions(TORCH)
    import torch

    torch.set_num_threads(1)
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
    main(sys.argv[1:] or ["values", "breadth", "layers", "legality", "frameworks"])
