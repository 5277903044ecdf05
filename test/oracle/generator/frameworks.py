"""What other frameworks compute, with their own parameters and layouts; operands are small integers, so values are exact.

Keras runs on its JAX backend, which takes every parameter that Keras documents (TensorFlow's CPU kernels lack dilation, and
on it `padding="same"` with an explicit `output_padding` is refused for even kernels).
"""

import os
import random

os.environ["KERAS_BACKEND"] = "jax"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import flax.linen
import jax
import keras
import numpy as np
import onnx
import onnxruntime
import paddle
import tensorflow as tf

from seeded import integers

LETTERS = {1: "W", 2: "HW", 3: "DHW"}


def first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200]


def row(framework: str, call: dict, input_shape, weight_shape, seed: int, compute, biased=False):
    """`compute(x, w)` in the framework's own layout."""
    x, w = integers(seed, input_shape).astype(np.float32), integers(seed + 1, weight_shape).astype(np.float32)
    out = {"framework": framework, "call": call, "input": list(input_shape), "weight": list(weight_shape), "seed": seed}
    try:
        y = np.asarray(compute(x, w))
        if 0 in y.shape:
            raise ValueError("empty output")  # JAX, and Keras on it, make one where PyTorch's operation refuses
    except Exception as error:  # every framework has its own classes; which one it is does not matter here
        return {**out, "error": first_line(error)}
    return {**out, "shape": list(y.shape), "values": [int(value) for value in y.ravel()]}


def sizes(source, rank, most_input=5, most_kernel=5):
    smaller = {1: 0, 2: 0, 3: 2}[rank]
    return (
        [source.randint(1, most_input - smaller) for _ in range(rank)],
        [source.randint(1, most_kernel - smaller) for _ in range(rank)],
        source.randint(1, 2),
        source.randint(1, 3),
    )


def keras_transpose(source, seed):
    rank = source.randint(1, 3)
    inputs, kernel, c_in, c_out = sizes(source, rank)
    stride = [source.randint(1, 4) for _ in range(rank)]
    dilation = [source.choice([1, 1, 1, 2, 3])] * rank
    if max(dilation) > 1 and source.random() < 0.8:
        stride = [1] * rank
    padding = source.choice(["valid", "same"])
    output_padding = [source.randint(0, max(s, 2) - 1) for s in stride] if source.random() < 0.4 else None
    call = {"padding": padding, "strides": stride, "dilation_rate": dilation, "output_padding": output_padding}

    def compute(x, w):
        layer = [keras.layers.Conv1DTranspose, keras.layers.Conv2DTranspose, keras.layers.Conv3DTranspose][rank - 1](
            c_out, kernel, use_bias=False, **call
        )
        layer.build(x.shape)
        layer.set_weights([w])
        return layer(x)

    return row("keras.ConvTranspose", call, [1, *inputs, c_in], [*kernel, c_out, c_in], seed, compute)


def keras_conv(source, seed):
    rank = source.randint(1, 3)
    inputs, kernel, c_in, c_out = sizes(source, rank, 7, 4)
    groups = source.choice([1, 1, 2])
    stride = [source.randint(1, 3) for _ in range(rank)]
    dilation = [source.choice([1, 1, 2])] * rank
    if max(dilation) > 1:
        stride = [1] * rank
    call = {
        "padding": source.choice(["valid", "same", "causal"] if rank == 1 else ["valid", "same"]),
        "strides": stride,
        "dilation_rate": dilation,
        "groups": groups,
    }

    def compute(x, w):
        layer = [keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D][rank - 1](
            c_out * groups, kernel, use_bias=False, **call
        )
        layer.build(x.shape)
        layer.set_weights([w])
        return layer(x)

    return row("keras.Conv", call, [1, *inputs, c_in * groups], [*kernel, c_in, c_out * groups], seed, compute)


def keras_depthwise(source, seed):
    rank = source.randint(1, 2)
    inputs, kernel, c_in, multiplier = sizes(source, rank, 7, 4)
    stride = [source.randint(1, 3)] * rank
    call = {"padding": source.choice(["valid", "same"]), "strides": stride, "dilation_rate": [1] * rank}

    def compute(x, w):
        layer = [keras.layers.DepthwiseConv1D, keras.layers.DepthwiseConv2D][rank - 1](
            kernel, depth_multiplier=multiplier, use_bias=False, **call
        )
        layer.build(x.shape)
        layer.set_weights([w])
        return layer(x)

    return row("keras.DepthwiseConv", call, [1, *inputs, c_in], [*kernel, c_in, multiplier], seed, compute)


def tensorflow_transpose(source, seed):
    rank = source.randint(1, 3)
    inputs, kernel, c_in, c_out = sizes(source, rank)
    stride = [source.randint(1, 4) for _ in range(rank)]
    padding = source.choice(["VALID", "SAME"])
    natural = [s * (i - 1) + (k if padding == "VALID" else 1) for i, k, s in zip(inputs, kernel, stride)]
    wanted = [
        max(1, size + source.randint(0, s - 1) + source.choice([0] * 8 + [-1, 1])) for size, s in zip(natural, stride)
    ]
    call = {"output_shape": wanted, "strides": stride, "padding": padding}

    def compute(x, w):
        f = [tf.nn.conv1d_transpose, tf.nn.conv2d_transpose, tf.nn.conv3d_transpose][rank - 1]
        return f(x, w, [1, *wanted, c_out], stride, padding=padding)

    return row("tf.nn.conv_transpose", call, [1, *inputs, c_in], [*kernel, c_out, c_in], seed, compute)


def jax_transpose(source, seed):
    rank = source.randint(1, 3)
    inputs, kernel, c_in, c_out = sizes(source, rank)
    stride = [source.randint(1, 4) for _ in range(rank)]
    dilation = [source.choice([1, 1, 1, 2]) for _ in range(rank)]
    style = source.choice(["SAME", "VALID", "explicit", "explicit"])
    extents = [d * (k - 1) + 1 for k, d in zip(kernel, dilation)]
    padding = (
        style
        if style != "explicit"
        else [[source.randint(0, extent + 1), source.randint(0, extent + 1)] for extent in extents]
    )
    transpose_kernel, consistent = source.random() < 0.4, source.random() < 0.3
    call = {
        "strides": stride,
        "padding": padding,
        "rhs_dilation": dilation,
        "transpose_kernel": transpose_kernel,
        "use_consistent_padding": consistent,
    }
    letters = LETTERS[rank]
    # With transpose_kernel the axes are named as those of the convolution whose transpose this is.
    numbers = ("N" + letters + "C", letters + "IO", "N" + letters + "C")
    shape = [*kernel, c_out, c_in] if transpose_kernel else [*kernel, c_in, c_out]

    def compute(x, w):
        pads = padding if isinstance(padding, str) else [tuple(pair) for pair in padding]
        return jax.lax.conv_transpose(
            x,
            w,
            stride,
            pads,
            rhs_dilation=dilation,
            dimension_numbers=numbers,
            transpose_kernel=transpose_kernel,
            use_consistent_padding=consistent,
        )

    return row("jax.lax.conv_transpose", call, [1, *inputs, c_in], shape, seed, compute)


def flax_transpose(source, seed):
    rank = source.randint(1, 3)
    inputs, kernel, c_in, c_out = sizes(source, rank)
    stride = [source.randint(1, 3) for _ in range(rank)]
    dilation = [source.choice([1, 1, 2]) for _ in range(rank)]
    padding = source.choice(["SAME", "VALID", "CIRCULAR", source.randint(0, 3), [[1, 2]] * rank])
    transpose_kernel = source.random() < 0.3
    call = {"strides": stride, "padding": padding, "kernel_dilation": dilation, "transpose_kernel": transpose_kernel}
    shape = [*kernel, c_out, c_in] if transpose_kernel else [*kernel, c_in, c_out]

    def compute(x, w):
        pads = [tuple(pair) for pair in padding] if isinstance(padding, list) else padding
        layer = flax.linen.ConvTranspose(c_out, kernel, use_bias=False, **{**call, "padding": pads})
        return layer.apply({"params": {"kernel": w}}, x)

    return row("flax.linen.ConvTranspose", call, [1, *inputs, c_in], shape, seed, compute)


def onnx_run(kind: str, attributes: dict, x, w):
    value = lambda name, shape=None: onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
    node = onnx.helper.make_node(kind, ["x", "w"], ["y"], **{k: v for k, v in attributes.items() if v is not None})
    graph = onnx.helper.make_graph([node], "g", [value("x", x.shape), value("w", w.shape)], [value("y")])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 22)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x, "w": w})[0]


def onnx_transpose(source, seed):
    rank = source.randint(1, 3)
    inputs, kernel, c_in, c_out = sizes(source, rank)
    groups = source.choice([1, 1, 2])
    stride = [source.randint(1, 3) for _ in range(rank)]
    dilation = [source.choice([1, 1, 2]) for _ in range(rank)]
    output_padding = [source.randint(0, max(s, d) - 1 + (source.random() < 0.1)) for s, d in zip(stride, dilation)]
    call = {
        "strides": stride,
        "dilations": dilation,
        "group": groups,
        "output_padding": output_padding if source.random() < 0.5 else None,
    }
    style = source.choice(["pads", "pads", "SAME_UPPER", "SAME_LOWER", "VALID", "output_shape"])
    if style == "pads":
        call["pads"] = [source.randint(0, 2) for _ in range(2 * rank)]
    elif style == "output_shape":
        full = [s * (i - 1) + d * (k - 1) + 1 for i, k, s, d in zip(inputs, kernel, stride, dilation)]
        call["output_shape"] = [max(1, size - source.randint(0, 3)) for size in full]
        call["auto_pad"] = source.choice(["NOTSET", "SAME_UPPER", "SAME_LOWER"])
    else:
        call["auto_pad"] = style
    return row(
        "onnx.ConvTranspose",
        call,
        [1, c_in * groups, *inputs],
        [c_in * groups, c_out, *kernel],
        seed,
        lambda x, w: onnx_run("ConvTranspose", call, x, w),
    )


def onnx_conv(source, seed):
    rank = source.randint(1, 3)
    inputs, kernel, c_in, c_out = sizes(source, rank, 7, 4)
    groups = source.choice([1, 1, 2])
    stride = [source.randint(1, 3) for _ in range(rank)]
    dilation = [source.choice([1, 1, 2]) for _ in range(rank)]
    call = {"strides": stride, "dilations": dilation, "group": groups}
    style = source.choice(["pads", "SAME_UPPER", "SAME_LOWER", "VALID"])
    if style == "pads":
        call["pads"] = [source.randint(0, 3) for _ in range(2 * rank)]
    else:
        call["auto_pad"] = style
        if style != "VALID":  # the specification has it, ONNX Runtime has not
            call["dilations"] = [1] * rank
    return row(
        "onnx.Conv",
        call,
        [1, c_in * groups, *inputs],
        [c_out * groups, c_in, *kernel],
        seed,
        lambda x, w: onnx_run("Conv", call, x, w),
    )


def onnx_larger(source, seed):
    """An output shape beyond all that the stamps make."""
    rank = source.randint(1, 2)
    inputs, kernel, c_in, c_out = sizes(source, rank)
    stride = [source.randint(1, 3) for _ in range(rank)]
    output_padding = [source.randint(0, s - 1) for s in stride]
    full = [s * (i - 1) + k for i, k, s in zip(inputs, kernel, stride)]
    call = {
        "strides": stride,
        "dilations": [1] * rank,
        "group": 1,
        "output_padding": output_padding if source.random() < 0.5 else None,
        "output_shape": [size + source.choice([*range(s), *range(s), s]) for size, s in zip(full, stride)],
        "auto_pad": source.choice(["NOTSET", "SAME_UPPER", "SAME_LOWER"]),
    }
    return row(
        "onnx.ConvTranspose",
        call,
        [1, c_in, *inputs],
        [c_in, c_out, *kernel],
        seed,
        lambda x, w: onnx_run("ConvTranspose", call, x, w),
    )


def tensorflow_dilated(source, seed):
    inputs, kernel, c_in, c_out = sizes(source, 2)
    stride, dilation = [source.randint(1, 3) for _ in range(2)], [source.randint(1, 3) for _ in range(2)]
    padding = source.choice(["VALID", "SAME"])
    extents = [d * (k - 1) + 1 for k, d in zip(kernel, dilation)]
    least = [s * (i - 1) + (k if padding == "VALID" else 1) for i, k, s in zip(inputs, extents, stride)]
    wanted = [size + source.randint(0, s - 1) for size, s in zip(least, stride)]
    call = {"output_shape": wanted, "strides": stride, "padding": padding, "dilations": dilation}

    def compute(x, w):
        return tf.nn.conv2d_transpose(x, w, [1, *wanted, c_out], stride, padding=padding, dilations=dilation)

    return row("tf.nn.conv_transpose", call, [1, *inputs, c_in], [*kernel, c_out, c_in], seed, compute)


def flax_conv(source, seed):
    rank = source.randint(1, 2)
    inputs, kernel, c_in, c_out = sizes(source, rank, 7, 4)
    groups = source.choice([1, 1, 2])
    call = {
        "strides": [source.randint(1, 3) for _ in range(rank)],
        "padding": source.choice(["SAME", "VALID", "CIRCULAR", "CIRCULAR", source.randint(0, 3), [[1, 2]] * rank]),
        "input_dilation": [source.choice([1, 1, 1, 2]) for _ in range(rank)],
        "kernel_dilation": [source.choice([1, 1, 2]) for _ in range(rank)],
        "feature_group_count": groups,
    }

    def compute(x, w):
        pads = [tuple(pair) for pair in call["padding"]] if isinstance(call["padding"], list) else call["padding"]
        layer = flax.linen.Conv(c_out * groups, kernel, use_bias=False, **{**call, "padding": pads})
        return layer.apply({"params": {"kernel": w}}, x)

    return row("flax.linen.Conv", call, [1, *inputs, c_in * groups], [*kernel, c_in, c_out * groups], seed, compute)


def paddle_padding(source, rank):
    style = source.choice(["SAME", "SAME", "VALID", "numbers", "sides"])
    if style == "numbers":
        return [source.randint(0, 2) for _ in range(rank)]
    return [source.randint(0, 2) for _ in range(2 * rank)] if style == "sides" else style


def paddle_transpose(source, seed):
    rank = source.randint(1, 3)
    inputs, kernel, c_in, c_out = sizes(source, rank)
    groups = source.choice([1, 1, 2])
    call = {
        "stride": [source.randint(1, 3) for _ in range(rank)],
        "padding": paddle_padding(source, rank),
        "dilation": [source.choice([1, 1, 2]) for _ in range(rank)],
        "groups": groups,
    }
    added = [
        source.randint(0, max(s, d) - 1 + (source.random() < 0.1)) for s, d in zip(call["stride"], call["dilation"])
    ]
    call["output_padding"] = added if source.random() < 0.4 else [0] * rank
    wanted = None

    def layer():
        name = f"Conv{rank}DTranspose"
        return getattr(paddle.nn, name)(c_in * groups, c_out * groups, kernel, bias_attr=False, **call)

    if source.random() < 0.3:
        # Around what comes without it, so that most can be had.
        x = paddle.zeros([1, c_in * groups, *inputs])
        try:
            plain = layer()(x).shape[2:]
            least = [size - op for size, op in zip(plain, call["output_padding"])]
            wanted = [
                max(1, size + source.randint(0, s - 1) + source.choice([0] * 8 + [-1, 1]))
                for size, s in zip(least, call["stride"])
            ]
        except Exception:  # refused without it as well
            pass

    def compute(x, w):
        made = layer()
        made.weight.set_value(w)
        return made(paddle.to_tensor(x), output_size=wanted).numpy()

    return row(
        "paddle.nn.ConvTranspose",
        {**call, "output_size": wanted},
        [1, c_in * groups, *inputs],
        [c_in * groups, c_out, *kernel],
        seed,
        compute,
    )


def paddle_conv(source, seed):
    rank = source.randint(1, 3)
    inputs, kernel, c_in, c_out = sizes(source, rank, 7, 4)
    groups = source.choice([1, 1, 2])
    call = {
        "stride": [source.randint(1, 3) for _ in range(rank)],
        "padding": paddle_padding(source, rank),
        "dilation": [source.choice([1, 1, 2]) for _ in range(rank)],
        "groups": groups,
    }

    def compute(x, w):
        made = getattr(paddle.nn, f"Conv{rank}D")(c_in * groups, c_out * groups, kernel, bias_attr=False, **call)
        made.weight.set_value(w)
        return made(paddle.to_tensor(x)).numpy()

    return row(
        "paddle.nn.Conv", call, [1, c_in * groups, *inputs], [c_out * groups, c_in, *kernel], seed, compute
    )


COUNTS = [
    (keras_transpose, 250),
    (keras_conv, 100),
    (keras_depthwise, 40),
    (tensorflow_transpose, 200),
    (jax_transpose, 250),
    (flax_transpose, 100),
    (onnx_transpose, 250),
    (onnx_conv, 100),
    (onnx_larger, 40),
    (tensorflow_dilated, 40),
    (flax_conv, 60),
    (paddle_transpose, 120),
    (paddle_conv, 60),
]


def translations(seed: int) -> dict:
    rows = []
    for make, count in COUNTS:
        source = random.Random(f"{seed}/{make.__name__}")
        for _ in range(count):
            rows.append(make(source, len(rows) * 16))
        made = rows[-count:]
        print(f"{make.__name__}: {sum('values' in each for each in made)} of {count} taken")
    return {"rows": rows}
