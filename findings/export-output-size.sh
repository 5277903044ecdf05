#!/usr/bin/env bash
# Guess: a decoder that asks for its skip connection's size (`output_size=x.shape[2:]`) runs on every size, so
#   `torch.export` takes it with sizes left open; what it suggests when it refuses is a restriction that the model has.
# What happens: with `Dim("h", min=4)` it refuses, since it cannot prove H ≥ 1 + 2·⌊(H−1)/2⌋, true of every integer, and
#   it suggests `h = 2*_h`: even sizes only, for the one model that is made for odd ones. With `Dim.AUTO` the same model
#   exports, and the result runs on odd and even sizes.
# Seen with: PyTorch 2.15.0.
# For us: a restriction that an export names is not evidence that a size is illegal.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
from torch import nn
from torch.export import Dim, export

print(f"torch {torch.__version__.split('+')[0]}")


class Restoring(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(1, 4, 3, stride=2, padding=1)
        self.up = nn.ConvTranspose2d(4, 2, 3, stride=2, padding=1)

    def forward(self, x):
        return torch.cat([self.up(self.down(x), output_size=x.shape[2:]), x], 1)


model = Restoring().eval()
image = torch.zeros(1, 1, 32, 32)
for size in (32, 33):
    print(f"eager, {size}: {tuple(model(torch.zeros(1, 1, size, size)).shape)}")
try:
    export(model, (image,), dynamic_shapes=({2: Dim("h", min=4), 3: Dim("w", min=4)},))
    print("export with Dim: passes")
except Exception as error:
    lines = [line.strip() for line in str(error).splitlines()]
    print(f"export with Dim: {type(error).__name__}")
    guard = next(line for line in lines if "[2] >=" in line)
    print("  not proved: " + guard.split("guard ")[1].replace("L['x'].size()[2]", "H"))
    print("  suggested: " + next(line for line in lines if line.startswith("h = ")))
exported = export(model, (image,), dynamic_shapes=({2: Dim.AUTO, 3: Dim.AUTO},)).module()
for size in (32, 33):
    print(f"export with Dim.AUTO, {size}: {tuple(exported(torch.zeros(1, 1, size, size)).shape)}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0
eager, 32: (1, 3, 32, 32)
eager, 33: (1, 3, 33, 33)
export with Dim: UserError
  not proved: H >= 1 + 2*(((-1) + H) // 2).
  suggested: h = 2*_h
export with Dim.AUTO, 32: (1, 3, 32, 32)
export with Dim.AUTO, 33: (1, 3, 33, 33)
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: torch.export treats a size asked for at the call otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
