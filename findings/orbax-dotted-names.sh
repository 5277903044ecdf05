#!/usr/bin/env bash
# Guess: a checkpointer either refuses a tree whose leaves it cannot tell apart, or keeps them apart.
# What happens: Orbax calls an array on the disk by its keys, joined with dots. A leaf "up.kernel", as state dicts of
#   PyTorch have it, and a leaf "kernel" in "up" are one array there. Saved without a word where their shapes are the
#   same; restored, the tree has both leaves, and one has the values of the other. Which one is lost is not always the
#   same.
# Seen with: Orbax 0.12.8, TensorStore 0.1.86, JAX 0.12.0.1, NumPy 2.5.5.
# For us: the name of an array in a checkpoint of Orbax tells its keys only as far as none has a dot; the list that
#   stands beside the arrays, `_METADATA`, has them one by one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet orbax-checkpoint==0.12.8 tensorstore==0.1.86 jax==0.12.0.1 numpy==2.5.5

JAX_PLATFORMS=cpu "$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import logging
import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
import orbax.checkpoint as ocp

logging.disable(logging.CRITICAL)
print(f"orbax-checkpoint {version('orbax-checkpoint')}, tensorstore {version('tensorstore')}")
tree = {"up": {"kernel": np.full(3, 1.0)}, "up.kernel": np.full(3, 2.0)}
formats = {"by default": {}, "as Zarr 3": {"use_zarr3": True}, "in folders": {"use_ocdbt": False}}
with tempfile.TemporaryDirectory() as folder:
    for name, settings in formats.items():
        checkpointer = ocp.Checkpointer(ocp.PyTreeCheckpointHandler(**settings))
        checkpointer.save(Path(folder) / name, tree)
        back = checkpointer.restore(Path(folder) / name)
        leaves = [float(leaf[0]) for leaf in (back["up"]["kernel"], back["up.kernel"])]
        print(f"{name}: two leaves saved, two restored, {len(set(leaves))} value")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
orbax-checkpoint 0.12.8, tensorstore 0.1.86
by default: two leaves saved, two restored, 1 value
as Zarr 3: two leaves saved, two restored, 1 value
in folders: two leaves saved, two restored, 1 value
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: Orbax treats leaves whose dotted names are the same otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
