"""Values of TensorFlow's, and a layer of Keras's on top of it, debugged over a port. Writes what each is into the file that it is told."""
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import debugpy
import keras
import numpy as np
import tensorflow as tf


def listed(values):
    array = np.asarray(values, np.float64)
    return [list(array.shape), [value if np.isfinite(value) else str(value) for value in array.ravel().tolist()]]


def main(path):
    ramp = tf.reshape(tf.range(24.0), (1, 2, 3, 4))
    fine = tf.constant([0.1, 1 / 3], tf.float64)
    half = tf.constant([0.5, -2.0, 65504.0, float("inf")], tf.float16)
    brain = tf.cast(tf.constant([1.0, 3.140625, -0.0078125]), tf.bfloat16)
    tiny = tf.cast(tf.constant([1.0, -0.5, 448.0]), tf.dtypes.experimental.float8_e4m3fn)
    large = tf.constant([2**53 - 1, -5], tf.int64)
    small = tf.constant([[0, 255]], tf.uint8)
    flags = tf.constant([[True, False]])
    waves = tf.constant([1 + 2j, -3j], tf.complex64)
    scalar = tf.constant(2.5)
    empty = tf.zeros((0, 3))
    deep = tf.reshape(tf.range(120.0), (1, 2, 3, 4, 5))
    variable = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    thin = tf.sparse.from_dense(np.eye(3))
    ragged = tf.ragged.constant([[1.0], [2.0, 3.0]])
    words = tf.constant(["a", "b"])
    huge = tf.zeros((3000, 1000, 4))
    layer = keras.layers.Conv2DTranspose(2, 3, strides=2, padding="same", bias_initializer="random_normal")
    image = np.random.default_rng(0).normal(size=(1, 5, 4, 3)).astype(np.float32)
    made = layer(image)
    wanted = {
        "ramp": listed(ramp),
        "fine": listed(fine),
        "half": listed(half),
        "brain": listed([1.0, 3.140625, -0.0078125]),
        "tiny": listed([1.0, -0.5, 448.0]),
        "large": listed(large),
        "small": listed(small),
        "flags": listed([[1, 0]]),
        "waves": listed(np.asarray(waves.numpy()).real),
        "scalar": listed(2.5),
        "deep": listed(deep),
        "variable": listed(variable),
        "thin": listed(np.eye(3)),
        "made": listed(made),
    }
    with open(path, "w") as file:
        json.dump(wanted, file)
    debugpy.breakpoint()  # first stop: everything is looked at

    def doubled_twice(given, stops):
        doubled = given * 2
        if stops:
            debugpy.breakpoint()  # second stop: while TensorFlow traces
        return doubled * 2

    counts = []
    for stops in (False, True):
        traced = tf.function(doubled_twice, autograph=False)
        counts.append(len(traced.get_concrete_function(variable, stops).graph.get_operations()))
    print("same graph:", counts[0] == counts[1], flush=True)


port = debugpy.listen(("127.0.0.1", 0))[1]
print("port", port, flush=True)
debugpy.wait_for_client()
main(sys.argv[1])
