#!/usr/bin/env bash
# Guess: `nn.Sequential.insert(0, module)` puts a module before the others, whatever they are called, or does nothing.
# What happens: it moves what stands behind by the number that is its name. Where a module was added under a name of its
#   own (`add_module("stem", …)`, an OrderedDict) it raises KeyError: '0', and what it had moved by then stays: the last
#   module stands there twice, and runs twice.
# Seen with: PyTorch 2.15.0.
# For us: such a call ends the function in which it stands.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
from torch import nn

print(f"torch {torch.__version__.split('+')[0]}")
net = nn.Sequential()
net.add_module("stem", nn.Conv2d(3, 3, 3))
net.append(nn.Conv2d(3, 3, 5))
print("names", [name for name, _ in net.named_children()], "size", net(torch.zeros(1, 3, 16, 16)).shape[-1])
try:
    net.insert(0, nn.Identity())
except KeyError as error:
    print("KeyError", error)
print("modules", list(net._modules), "size", net(torch.zeros(1, 3, 16, 16)).shape[-1])
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0
names ['stem', '1'] size 10
KeyError '0'
modules ['stem', '1', '2'] size 6
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a module is put before named ones in another way than it was.' >&2
  exit 1
}
echo 'As seen before.'
