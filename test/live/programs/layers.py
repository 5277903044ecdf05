"""Layers of Keras's and Flax's, debugged over a port. Writes what each makes of a tensor into the file that it is told."""
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"

import debugpy
import flax.linen as nn
import jax
import jax.numpy as jnp
import keras
import numpy as np
import torch
from flax import nnx


def listed(values):
    array = np.asarray(values, np.float64)
    return [list(array.shape), array.ravel().tolist()]


def keras_layers():
    transposed, plain = keras.layers.Conv2DTranspose, keras.layers.Conv2D
    yield "transposed same", transposed(2, 3, strides=2, padding="same", bias_initializer="random_normal"), 2
    yield "transposed same, even", transposed(2, 4, strides=2, padding="same"), 2
    yield "transposed valid", transposed(2, (2, 3), strides=3), 2
    yield "transposed with output padding", transposed(2, 3, strides=2, padding="same", output_padding=1), 2
    yield "transposed, one axis", keras.layers.Conv1DTranspose(2, 5, strides=3, padding="same"), 1
    yield "plain same, strided", plain(4, 3, strides=2, padding="same", groups=2), 2
    yield "plain dilated", plain(4, 2, dilation_rate=(2, 1), padding="same"), 2
    yield "causal", keras.layers.Conv1D(2, 3, dilation_rate=2, padding="causal"), 1
    yield "depthwise", keras.layers.DepthwiseConv2D(3, depth_multiplier=2), 2
    yield "volumes", keras.layers.Conv3D(2, 2, padding="same"), 3


def flax_layers(rngs):
    yield "transposed same", nnx.ConvTranspose(4, 2, (3, 3), strides=2, rngs=rngs), 2
    yield "transposed valid", nnx.ConvTranspose(4, 2, (2, 3), strides=(3, 2), padding="VALID", rngs=rngs), 2
    yield "transposed in numbers", nnx.ConvTranspose(4, 2, (4, 4), strides=2, padding=((2, 2), (1, 2)), rngs=rngs), 2
    yield "transposed as trained", nnx.ConvTranspose(4, 2, (3, 3), strides=2, transpose_kernel=True, rngs=rngs), 2
    yield "plain same, strided", nnx.Conv(4, 6, (3, 3), strides=2, feature_group_count=2, rngs=rngs), 2
    yield "plain in numbers", nnx.Conv(4, 2, (3, 2), padding=((0, 1), 2), kernel_dilation=2, rngs=rngs), 2
    yield "circular", nnx.Conv(4, 2, (3, 3), padding="CIRCULAR", rngs=rngs), 2
    yield "causal", nnx.Conv(4, 2, (3,), padding="CAUSAL", rngs=rngs), 1


def shaped(axes, seed):
    sizes = {1: (9,), 2: (7, 6), 3: (4, 5, 3)}[axes]
    return np.random.default_rng(seed).normal(size=(2, *sizes, 4)).astype(np.float32)


def main(path):
    wanted, theirs, inputs = {}, {}, {}
    for family, layers in (("keras", keras_layers()), ("flax", flax_layers(nnx.Rngs(0)))):
        for title, layer, axes in layers:
            name = family + " " + title
            theirs[name], inputs[name] = layer, shaped(axes, len(inputs))
            made = layer(torch.from_numpy(inputs[name]) if family == "keras" else jnp.asarray(inputs[name]))
            wanted[name] = listed(made.detach().numpy() if family == "keras" else made)
    linen = nn.ConvTranspose(3, (3, 3), strides=(2, 2))
    inputs["linen"] = shaped(2, 99)
    variables = linen.init(jax.random.key(0), inputs["linen"])
    wanted["linen"] = listed(linen.apply(variables, inputs["linen"]))
    unbuilt = keras.layers.Conv2D(2, 3)
    reflected = nnx.Conv(4, 2, (3, 3), strides=2, padding="REFLECT", rngs=nnx.Rngs(1))
    model = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(2, 3, name="first")])
    with open(path, "w") as file:
        json.dump(wanted, file)
    debugpy.breakpoint()
    print("end", flush=True)


port = debugpy.listen(("127.0.0.1", 0))[1]
print("port", port, flush=True)
debugpy.wait_for_client()
main(sys.argv[1])
