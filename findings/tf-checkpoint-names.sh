#!/usr/bin/env bash
# Guess: `tf.train.Checkpoint(model=model)` keeps the weights of a Keras model under the names of its layers, whether it
#   was compiled or not, and `optimizer=model.optimizer` adds the optimizer's own state under `optimizer/…`.
# What happens: a variable has one key, the shortest way that leads to it. An optimizer has a list of what it trains,
#   which is a shorter way than through the layers: once the model is compiled and its optimizer built, every weight is
#   `model/optimizer/_trainable_variables/3`, and beside the optimizer no key begins with `model` at all. Before, the
#   same weights are `model/_functional/_operations/…`, where the kernel of a Conv2D is `_kernel` and that of a
#   Conv2DTranspose `kernel`.
# Seen with: TensorFlow 2.21.0, Keras 3.15.1, NumPy 2.5.5.
# For us: what a variable is called in its model stands in the graph of objects within the checkpoint, not in its key.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet tensorflow-cpu==2.21.0 keras==3.15.1 numpy==2.5.5

KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 "$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import tempfile
from pathlib import Path

import keras
import tensorflow as tf

print(f"tensorflow {tf.__version__}, keras {keras.__version__}")
layers = [keras.layers.Conv2D(2, 3), keras.layers.Conv2DTranspose(1, 3)]
model = keras.Sequential([keras.Input((4, 4, 1)), *layers])


def keys(title, **objects):
    print(f"{title}:")
    with tempfile.TemporaryDirectory() as folder:
        prefix = str(Path(folder) / "checkpoint")
        tf.train.Checkpoint(**objects).write(prefix)
        for key, shape in sorted(tf.train.load_checkpoint(prefix).get_variable_to_shape_map().items()):
            if len(shape) == 4:
                print(f"  {key.removesuffix('/.ATTRIBUTES/VARIABLE_VALUE')} {shape}")


keys("a model", model=model)
model.compile("sgd", "mse")
model.optimizer.build(model.trainable_variables)
keys("the same, compiled", model=model)
keys("and with its optimizer", model=model, optimizer=model.optimizer)
PROGRAM

cat > "$work/expected" <<'EXPECTED'
tensorflow 2.21.0, keras 3.15.1
a model:
  model/_functional/_operations/1/_kernel [3, 3, 1, 2]
  model/_functional/_operations/2/kernel [3, 3, 1, 2]
the same, compiled:
  model/optimizer/_trainable_variables/0 [3, 3, 1, 2]
  model/optimizer/_trainable_variables/2 [3, 3, 1, 2]
and with its optimizer:
  optimizer/_trainable_variables/0 [3, 3, 1, 2]
  optimizer/_trainable_variables/2 [3, 3, 1, 2]
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a checkpoint of a model and its optimizer has other keys than it had.' >&2
  exit 1
}
echo 'As seen before.'
