#!/usr/bin/env bash
# Guess: Keras takes a stride above 1 or a dilation above 1, not both, on the same axis: on one axis stride, on the other
#   dilation, the two have nothing to do with each other.
# What happens: the plain convolution refuses them wherever they stand, `strides=(2, 1)` beside `dilation_rate=(1, 2)` too;
#   `DepthwiseConv2D` takes the same two, and PyTorch computes the layer.
# Seen with: Keras 3.15.1 on PyTorch 2.15.0.
# For us: a layer that is legal in PyTorch has no Keras equivalent, which is said instead of code that raises.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6 keras==3.15.1

KERAS_BACKEND=torch "$venv/bin/python" -W ignore - 2>/dev/null <<'PROGRAM' | tee "$work/seen"
import keras
import torch

print(f"Keras {keras.__version__}, torch {torch.__version__.split('+')[0]}")
layers = {
    "Conv2D": lambda **options: keras.layers.Conv2D(2, 3, **options),
    "DepthwiseConv2D": lambda **options: keras.layers.DepthwiseConv2D(3, **options),
}
for name, layer in layers.items():
    for strides, dilation in (((2, 1), (1, 1)), ((1, 1), (1, 2)), ((2, 1), (1, 2))):
        try:
            layer(strides=strides, dilation_rate=dilation)
            outcome = "made"
        except ValueError as error:
            outcome = f"refused: {str(error).splitlines()[0].split('. ')[0]}"
        print(f"{name} strides={strides} dilation_rate={dilation}: {outcome}")
shape = tuple(torch.nn.Conv2d(1, 2, 3, stride=(2, 1), dilation=(1, 2))(torch.zeros(1, 1, 9, 9)).shape)
print(f"PyTorch, stride=(2, 1), dilation=(1, 2): {shape}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
Keras 3.15.1, torch 2.15.0
Conv2D strides=(2, 1) dilation_rate=(1, 1): made
Conv2D strides=(1, 1) dilation_rate=(1, 2): made
Conv2D strides=(2, 1) dilation_rate=(1, 2): refused: `strides > 1` not supported in conjunction with `dilation_rate > 1`
DepthwiseConv2D strides=(2, 1) dilation_rate=(1, 1): made
DepthwiseConv2D strides=(1, 1) dilation_rate=(1, 2): made
DepthwiseConv2D strides=(2, 1) dilation_rate=(1, 2): made
PyTorch, stride=(2, 1), dilation=(1, 2): (1, 2, 4, 5)
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: Keras takes strides and dilations together where it did not, or the other way round.' >&2
  exit 1
}
echo 'As seen before.'
