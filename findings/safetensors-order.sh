#!/usr/bin/env bash
# Guess: a safetensors file keeps the tensors in the order in which they were given, as .npz and a PyTorch checkpoint
#   do; the header is JSON, and Python's dictionaries keep their order.
# What happens: the writer sorts, widest type first, then by name as text. `layer10` comes before `layer2`, a float64
#   before all float32. `load_file` gives that order, and `keys()` a third one, by name alone.
# Seen with: safetensors 0.8.0.
# For us: layers cannot be paired with a file's tensors one after another; only the names tell which is which.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6 safetensors==0.8.0

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import tempfile
from importlib.metadata import version
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

print(f"safetensors {version('safetensors')}")
given = {
    "stem": torch.zeros(1),
    "layer2": torch.zeros(1),
    "layer10": torch.zeros(1),
    "half": torch.zeros(1, dtype=torch.float16),
    "steps": torch.zeros(1, dtype=torch.float64),
}
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "weights.safetensors"
    save_file(given, file)
    print(f"given:     {', '.join(given)}")
    print(f"load_file: {', '.join(load_file(file))}")
    with safe_open(file, "pt") as opened:
        print(f"keys():    {', '.join(opened.keys())}")
    checkpoint = Path(folder) / "weights.pt"
    torch.save(given, checkpoint)
    print(f"torch.save and torch.load: {', '.join(torch.load(checkpoint))}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
safetensors 0.8.0
given:     stem, layer2, layer10, half, steps
load_file: steps, layer10, layer2, stem, half
keys():    half, layer10, layer2, stem, steps
torch.save and torch.load: stem, layer2, layer10, half, steps
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a safetensors file has its tensors in another order than it had.' >&2
  exit 1
}
echo 'As seen before.'
