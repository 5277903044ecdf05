#!/usr/bin/env bash
# Guess: TensorFlow.js has Keras's layers, and where one lacks an option it refuses it, as it does an unknown padding.
# What happens: `depthwiseConv2d` and `conv2dTranspose` take `dilationRate` and compute without it. A Keras
#   configuration with a dilation loads the same way. Shapes and values are those of dilation 1; `conv2d` and
#   `separableConv2d` honour it.
# Seen with: @tensorflow/tfjs-layers 4.22.0.
# For us: a size that differs from one seen in the browser may be the browser's fault: look for a dilation first.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts @tensorflow/tfjs-core@4.22.0 \
  @tensorflow/tfjs-layers@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0

cat > "$work/run.mjs" <<'PROGRAM'
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as tfl from '@tensorflow/tfjs-layers';

await tf.setBackend('cpu');
console.log(`tfjs-layers ${tfl.version_layers}`);
const image = tf.ones([1, 9, 9, 1]);
const common = { filters: 1, kernelSize: 3 };
const makers = {
  conv2d: tfl.layers.conv2d,
  separableConv2d: tfl.layers.separableConv2d,
  depthwiseConv2d: tfl.layers.depthwiseConv2d,
  conv2dTranspose: tfl.layers.conv2dTranspose,
};
for (const [name, make] of Object.entries(makers)) {
  const [plain, dilated] = [1, 2].map((dilationRate) => make({ ...common, dilationRate }).apply(image));
  console.log(`${name}: 9 × 9 with k3 gives ${plain.shape[1]}, with dilation 2 ${dilated.shape[1]}`);
}

const model = await tfl.models.modelFromJSON({
  class_name: 'Sequential',
  config: {
    name: 'one',
    layers: [
      {
        class_name: 'Conv2DTranspose',
        config: {
          name: 'up',
          filters: 1,
          kernel_size: [3, 3],
          dilation_rate: [2, 2],
          batch_input_shape: [null, 9, 9, 1],
        },
      },
    ],
  },
});
console.log(`a Keras Conv2DTranspose with dilation_rate 2 loads, with outputs of ${model.outputs[0].shape[1]}, not 13`);
PROGRAM
node "$work/run.mjs" | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
tfjs-layers 4.22.0
conv2d: 9 × 9 with k3 gives 7, with dilation 2 5
separableConv2d: 9 × 9 with k3 gives 7, with dilation 2 5
depthwiseConv2d: 9 × 9 with k3 gives 7, with dilation 2 7
conv2dTranspose: 9 × 9 with k3 gives 11, with dilation 2 11
a Keras Conv2DTranspose with dilation_rate 2 loads, with outputs of 11, not 13
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: TensorFlow.js treats a dilation otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
