#!/usr/bin/env bash
# Guess: `self.norm = nn.Conv2d(…)` is what `self.norm` gives from then on, also where the class says `norm = None`.
# What happens: PyTorch keeps a module that is assigned beside the object's own attributes, and Python asks for that only
#   where neither the object nor its class has the name. So the class's `None` is found, though the module is registered,
#   trained and saved; a model that asks `if self.norm is not None` runs on without it. A parameter is refused instead,
#   with `attribute 'scale' already exists`, and an annotation without a value, `norm: nn.Module`, hides nothing.
# Seen with: PyTorch 2.15.0, torch.nn.Module, CPU.
# For us: what a class has under the name of a module is what the module's users see.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
from torch import nn


class Hidden(nn.Module):
    norm = None

    def __init__(self):
        super().__init__()
        self.norm = nn.Conv2d(3, 6, 1)


class Annotated(nn.Module):
    norm: nn.Module

    def __init__(self):
        super().__init__()
        self.norm = nn.Conv2d(3, 6, 1)


class Parameter(nn.Module):
    scale = None

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(3))


print(f"torch {torch.__version__.split('+')[0]}")
for each in (Hidden(), Annotated()):
    found = type(each.norm).__name__
    children = [name for name, _ in each.named_children()]
    print(f"{type(each).__name__}: self.norm is {found}, children {children}, in the state {sorted(each.state_dict())}")
try:
    print(Parameter().scale)
except KeyError as error:
    print(f"Parameter: {error.args[0]}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0
Hidden: self.norm is NoneType, children ['norm'], in the state ['norm.bias', 'norm.weight']
Annotated: self.norm is Conv2d, children ['norm'], in the state ['norm.bias', 'norm.weight']
Parameter: attribute 'scale' already exists
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a class hides its modules in another way than it did.' >&2
  exit 1
}
