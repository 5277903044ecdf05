#!/usr/bin/env bash
# Guess: a Keras model gives the same numbers in TensorFlow.js, up to rounding: there is one `UpSampling2D` with one
#   `interpolation="bilinear"`.
# What happens: TensorFlow.js samples from the pixels' corners, Keras 3 from their centres. 0 1 2 3 doubled is 0 .5 1
#   1.5 2 2.5 3 3 in one and 0 .25 .75 1.25 1.75 2.25 2.75 3 in the other: half a pixel of shift in every decoder stage,
#   and no option of the layer to choose.
# Seen with: @tensorflow/tfjs-layers 4.22.0, Keras 3.15.1 (PyTorch backend).
# For us: when a ported decoder's output is shifted, the resize is as likely a cause as the transposed convolution.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts @tensorflow/tfjs-core@4.22.0 \
  @tensorflow/tfjs-layers@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6 keras==3.15.1

cat > "$work/run.mjs" <<'PROGRAM'
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as tfl from '@tensorflow/tfjs-layers';

await tf.setBackend('cpu');
const row = tf.tensor4d([0, 1, 2, 3], [1, 1, 4, 1]);
const doubled = tfl.layers.upSampling2d({ size: [1, 2], interpolation: 'bilinear' }).apply(row);
console.log(`tfjs-layers ${tfl.version_layers}: ${Array.from(doubled.dataSync()).join(' ')}`);
PROGRAM
{
  KERAS_BACKEND=torch "$venv/bin/python" -W ignore - <<'PROGRAM'
import keras
import numpy as np

row = np.arange(4, dtype=np.float32).reshape(1, 1, 4, 1)
doubled = keras.ops.convert_to_numpy(keras.layers.UpSampling2D((1, 2), interpolation="bilinear")(row)).ravel()
print(f"keras {keras.__version__}: {' '.join(f'{value:g}' for value in doubled)}")
PROGRAM
  node "$work/run.mjs"
} | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
keras 3.15.1: 0 0.25 0.75 1.25 1.75 2.25 2.75 3
tfjs-layers 4.22.0: 0 0.5 1 1.5 2 2.5 3 3
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: bilinear upsampling gives other numbers than it did.' >&2
  exit 1
}
echo 'As seen before.'
