#!/usr/bin/env bash
# Guess: convolution and transposed convolution take the same types on the CPU: either integers run in both, or in none.
# What happens: `F.conv2d` runs on all five integer types, and what it sums wraps at 8 bits where they have 8. The
#   transposed one runs on int64 and on no other, and so does the plain one with a dilation of 2. The meta device takes
#   everything, bool included, so that shapes can be had for calls which fail.
# Seen with: PyTorch 2.15.0, CPU.
# For us: that a program with integer images runs up to its decoder says nothing about the decoder.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
import torch.nn.functional as F

print(f"torch {torch.__version__.split('+')[0]}")


def outcome(operation, dtype, device="cpu", **options):
    x = torch.ones((1, 1, 9, 9), dtype=dtype, device=device)
    weight = torch.ones((1, 1, 3, 3), dtype=dtype, device=device)
    try:
        operation(x, weight, **options)
    except NotImplementedError:
        return "refused"
    return "runs"


for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.bool):
    print(
        f"{str(dtype).removeprefix('torch.')}: conv2d {outcome(F.conv2d, dtype)}, "
        f"with dilation 2 {outcome(F.conv2d, dtype, dilation=2)}, "
        f"conv_transpose2d {outcome(F.conv_transpose2d, dtype)}, "
        f"on meta {outcome(F.conv_transpose2d, dtype, device='meta')}"
    )
x = torch.full((1, 1, 3), 200, dtype=torch.uint8)
print(f"3 · 200 in uint8: {F.conv1d(x, torch.ones_like(x)).item()}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0
uint8: conv2d runs, with dilation 2 refused, conv_transpose2d refused, on meta runs
int8: conv2d runs, with dilation 2 refused, conv_transpose2d refused, on meta runs
int16: conv2d runs, with dilation 2 refused, conv_transpose2d refused, on meta runs
int32: conv2d runs, with dilation 2 refused, conv_transpose2d refused, on meta runs
int64: conv2d runs, with dilation 2 runs, conv_transpose2d runs, on meta runs
bool: conv2d refused, with dilation 2 refused, conv_transpose2d refused, on meta runs
3 · 200 in uint8: 88
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a convolution takes other integer types than it did.' >&2
  exit 1
}
echo 'As seen before.'
