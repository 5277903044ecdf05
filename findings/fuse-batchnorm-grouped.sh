#!/usr/bin/env bash
# Guess: `fuse_conv_bn_eval(conv, bn, transpose=True)` folds a batch norm into any transposed convolution, and leaving
#   `transpose` out is an error.
# What happens: with groups it raises, because it lays the norm's scale along an axis that holds only C_out / groups.
#   For a depthwise layer it is the call *without* `transpose` that is right. And without it a layer with as many
#   channels in as out is fused along its input channels: no error, the same shape, other values.
# Seen with: PyTorch 2.15.0.
# For us: weights of a fused grouped decoder cannot have come from this function; compare values, not shapes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

print(f"torch {torch.__version__.split('+')[0]}")
torch.manual_seed(0)


def pair(channels_in, channels_out, groups):
    conv = nn.ConvTranspose2d(channels_in, channels_out, 3, stride=2, groups=groups).eval()
    norm = nn.BatchNorm2d(channels_out).eval()
    norm.running_mean.normal_()
    norm.running_var.uniform_(1, 3)
    nn.init.uniform_(norm.weight, 0.5, 2)
    return conv, norm


def outcome(conv, norm, x, **options):
    try:
        fused = fuse_conv_bn_eval(conv, norm, **options)(x)
    except RuntimeError:
        return "raises RuntimeError"
    same = torch.allclose(fused, norm(conv(x)), atol=1e-4)
    return f"{'the same' if same else 'other'} values"


with torch.no_grad():
    for channels_in, channels_out, groups in ((4, 4, 1), (4, 6, 2), (4, 4, 2), (4, 4, 4)):
        conv, norm = pair(channels_in, channels_out, groups)
        x = torch.randn(1, channels_in, 5, 5)
        for options in ({"transpose": True}, {}):
            told = "transpose=True" if options else "without"
            print(f"{channels_in} → {channels_out}, {groups} groups, {told}: {outcome(conv, norm, x, **options)}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0
4 → 4, 1 groups, transpose=True: the same values
4 → 4, 1 groups, without: other values
4 → 6, 2 groups, transpose=True: raises RuntimeError
4 → 6, 2 groups, without: raises RuntimeError
4 → 4, 2 groups, transpose=True: raises RuntimeError
4 → 4, 2 groups, without: other values
4 → 4, 4 groups, transpose=True: raises RuntimeError
4 → 4, 4 groups, without: the same values
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: fuse_conv_bn_eval treats transposed convolutions otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
