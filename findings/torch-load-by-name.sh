#!/usr/bin/env bash
# Guess: what `torch.save` wrote, `torch.load` reads, whatever the file is called; and PyTorch's own reader knows
#   nothing of safetensors, which is another project.
# What happens: `torch.load` looks at the name first. A path that ends in `.safetensors` goes to the safetensors
#   library, and a real file of that kind loads. `torch.save` to the same name writes PyTorch's zip all the same, so its
#   own file cannot be loaded back by its path, though it can as an open stream.
# Seen with: PyTorch 2.15.0, safetensors 0.8.0.
# For us: `torch.load("….safetensors")` is a source of weights that can be read without a pickle; and what kind of file
#   it is has to be told by its first bytes.
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
from safetensors.torch import save_file

print(f"torch {torch.__version__.split('+')[0]}, safetensors {version('safetensors')}")
weights = {"weight": torch.ones(2)}


def outcome(source):
    try:
        return f"reads {list(torch.load(source))}"
    except Exception as error:
        return type(error).__name__


with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "weights.safetensors"
    save_file(weights, file)
    print(f"written by safetensors: torch.load of the path {outcome(file)}")
    torch.save(weights, file)
    print(f"written by torch.save: first bytes {file.read_bytes()[:2]}, torch.load of the path {outcome(file)}")
    with file.open("rb") as stream:
        print(f"written by torch.save: torch.load of the stream {outcome(stream)}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, safetensors 0.8.0
written by safetensors: torch.load of the path reads ['weight']
written by torch.save: first bytes b'PK', torch.load of the path SafetensorError
written by torch.save: torch.load of the stream reads ['weight']
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: torch.load treats names that end in .safetensors otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
