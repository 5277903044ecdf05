#!/usr/bin/env bash
# Guess: an initialiser with the same name draws from the same distribution in every framework, and `fan_in` of a layer
#   from 100 to 10 channels counts the 100.
# What happens: PyTorch and Keras take the fans off the weight's shape, in which a transposed convolution has its
#   channels the other way round. Its `fan_in` is then 10 · k², and He's normal is √10 times as wide as for a
#   convolution of the same channels. Flax stores (…, in, out) for both and gives them the same, until
#   `transpose_kernel=True` swaps the axes.
# Seen with: PyTorch 2.15.0, Keras 3.15.1, JAX 0.10.2, Flax 0.12.8.
# For us: "as PyTorch starts its layers" has to be said with the weight's own axes, not with C_in.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6 keras==3.15.1 jax==0.10.2 flax==0.12.8

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import os

os.environ["KERAS_BACKEND"] = "torch"

import flax
import flax.linen as linen
import jax
import keras
import numpy as np
import torch
from torch import nn

print(f"torch {torch.__version__.split('+')[0]}, keras {keras.__version__}, flax {flax.__version__}")
torch.manual_seed(0)
keras.utils.set_random_seed(0)
IMAGE = (1, 9, 9, 100)
WIDTHS = {"C_in": (2 / (100 * 16)) ** 0.5, "C_out": (2 / (10 * 16)) ** 0.5}


def told(name, kernel):
    width = float(np.std(kernel))
    fan = min(WIDTHS, key=lambda each: abs(WIDTHS[each] - width))
    assert abs(WIDTHS[fan] / width - 1) < 0.05
    print(f"{name}: He's normal with fan_in = {fan} · k²")


for make in (nn.Conv2d, nn.ConvTranspose2d):
    weight = make(100, 10, 4).weight
    nn.init.kaiming_normal_(weight)
    told(f"torch {make.__name__}", weight.detach().numpy())

for make in (keras.layers.Conv2D, keras.layers.Conv2DTranspose):
    layer = make(10, 4, kernel_initializer="he_normal")
    layer.build(IMAGE)
    told(f"keras {make.__name__}", keras.ops.convert_to_numpy(layer.kernel))

he = jax.nn.initializers.he_normal()
for make, options in (
    (linen.Conv, {}),
    (linen.ConvTranspose, {}),
    (linen.ConvTranspose, {"transpose_kernel": True}),
):
    layer = make(10, (4, 4), kernel_init=he, **options)
    kernel = layer.init(jax.random.key(0), np.zeros(IMAGE, np.float32))["params"]["kernel"]
    told(f"flax {make.__name__}{' transpose_kernel=True' if options else ''}", kernel)
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, keras 3.15.1, flax 0.12.8
torch Conv2d: He's normal with fan_in = C_in · k²
torch ConvTranspose2d: He's normal with fan_in = C_out · k²
keras Conv2D: He's normal with fan_in = C_in · k²
keras Conv2DTranspose: He's normal with fan_in = C_out · k²
flax Conv: He's normal with fan_in = C_in · k²
flax ConvTranspose: He's normal with fan_in = C_in · k²
flax ConvTranspose transpose_kernel=True: He's normal with fan_in = C_out · k²
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: an initialiser counts other channels of a transposed convolution than it did.' >&2
  exit 1
}
echo 'As seen before.'
