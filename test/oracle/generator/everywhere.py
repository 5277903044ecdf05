"""The same layers in every framework, each said in every usual way, and the recipes from one into another, run.

What is asked stands in `test/oracle/layerCases.ts`: the parameters are those that the inspector shows, as Python, and so
is the code of the recipes. Operands are small integers, so values are exact. A layer has one channel, or as many equal
ones as groups, of which the first is kept.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
# Its simplifier ends the process (jaxlib 0.12.0.1, conv_operand_swapper.cc) on some small transposed layers.
os.environ.setdefault("XLA_FLAGS", "--xla_disable_hlo_passes=algsimp")
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np

from seeded import integers

# TFLite is converted, which takes its time: every so many layers.
LITE_EVERY = 6


def weight(layer, layout):
    """The kernel as a framework stores it: the numbers of the document's, in other orders of the axes."""
    plane = integers(layer["seed"] + 1, layer["kernel"]).astype(np.float32)
    groups = layer["groups"]
    many = np.stack([plane] * groups)
    last = lambda *shape: np.moveaxis(many, 0, -1).reshape(*plane.shape, *shape)
    return {
        "torch-conv": lambda: many[:, None],
        "torch-convtranspose": lambda: many[:, None],
        "keras-conv": lambda: last(1, groups),
        "keras-convtranspose": lambda: last(1, groups),
        "jax-convtranspose": lambda: last(1, groups),
    }[layout]().copy()


def image(layer, channels_last):
    plane = integers(layer["seed"], layer["input"]).astype(np.float32)
    many = np.stack([plane] * layer["groups"], -1 if channels_last else 0)
    return many[None].copy()


def keras_run(layer, x, w, said):
    import keras

    transposed = layer["kind"] == "convTranspose"
    made = getattr(keras.layers, f"Conv{len(layer['input'])}D{'Transpose' if transposed else ''}")(
        layer["groups"],
        layer["kernel"],
        strides=layer["stride"],
        dilation_rate=layer["dilation"],
        use_bias=False,
        **({"groups": layer["groups"]} if layer["groups"] > 1 else {}),
        **said,
    )
    made.build(x.shape)
    made.set_weights([w])
    y = made(x)
    return y.detach().numpy() if hasattr(y, "detach") else y


def torch_run(layer, x, w, said):
    import torch

    transposed = layer["kind"] == "convTranspose"
    made = getattr(torch.nn, f"Conv{'Transpose' if transposed else ''}{len(layer['input'])}d")(
        layer["groups"],
        layer["groups"],
        tuple(layer["kernel"]),
        stride=tuple(layer["stride"]),
        dilation=tuple(layer["dilation"]),
        groups=layer["groups"],
        bias=False,
        **said,
    )
    made.weight.data = torch.tensor(w)
    return made(torch.tensor(x)).detach().numpy()


def tensorflow_run(layer, x, w, said):
    import tensorflow as tf

    rank = len(layer["input"])
    dilations = {} if max(layer["dilation"]) == 1 else {"dilations": layer["dilation"]}
    if layer["kind"] == "convTranspose":
        return getattr(tf.nn, f"conv{rank}d_transpose")(x, w, strides=layer["stride"], **dilations, **said)
    return getattr(tf.nn, f"conv{rank}d")(x, w, layer["stride"], **dilations, **said)


def lite_run(layer, x, w, said):
    import tensorflow as tf

    traced = tf.function(lambda given: tensorflow_run(layer, given, w, said))
    concrete = traced.get_concrete_function(tf.TensorSpec(x.shape, tf.float32))
    model = tf.lite.TFLiteConverter.from_concrete_functions([concrete]).convert()
    interpreter = tf.lite.Interpreter(model_content=model)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])


def jax_run(layer, x, w, said):
    import jax

    letters = "DHW"[-len(layer["input"]) :]
    numbers = (f"N{letters}C", f"{letters}IO", f"N{letters}C")
    if layer["kind"] == "convTranspose":
        return jax.lax.conv_transpose(
            x, w, layer["stride"], rhs_dilation=layer["dilation"], dimension_numbers=numbers, **said
        )
    return jax.lax.conv_general_dilated(
        x,
        w,
        layer["stride"],
        rhs_dilation=layer["dilation"],
        dimension_numbers=numbers,
        feature_group_count=layer["groups"],
        **said,
    )


def flax_run(layer, x, w, said):
    import flax.linen as nn

    transposed = layer["kind"] == "convTranspose"
    groups = {} if transposed or layer["groups"] == 1 else {"feature_group_count": layer["groups"]}
    made = (nn.ConvTranspose if transposed else nn.Conv)(
        layer["groups"],
        layer["kernel"],
        strides=layer["stride"],
        kernel_dilation=layer["dilation"],
        use_bias=False,
        **groups,
        **said,
    )
    return made.apply({"params": {"kernel": w}}, x)


def paddle_run(layer, x, w, said):
    import paddle

    transposed = layer["kind"] == "convTranspose"
    made = getattr(paddle.nn, f"Conv{len(layer['input'])}D{'Transpose' if transposed else ''}")(
        layer["groups"],
        layer["groups"],
        layer["kernel"],
        stride=layer["stride"],
        dilation=layer["dilation"],
        groups=layer["groups"],
        bias_attr=False,
        **said,
    )
    made.weight.set_value(w)
    return made(paddle.to_tensor(x)).numpy()


def onnx_node(kind, x, w, attributes):
    import onnx
    import onnxruntime

    value = lambda name, shape=None: onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
    node = onnx.helper.make_node(kind, ["x", "w"], ["y"], **attributes)
    graph = onnx.helper.make_graph([node], "g", [value("x", x.shape), value("w", w.shape)], [value("y")])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 22)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x, "w": w})[0]


def onnx_run(layer, x, w, said):
    kind = "ConvTranspose" if layer["kind"] == "convTranspose" else "Conv"
    numbers = {"strides": layer["stride"], "dilations": layer["dilation"], "group": layer["groups"]}
    return onnx_node(kind, x, w, {**numbers, **said})


RUN = {
    "PyTorch": torch_run,
    "Keras": keras_run,
    "TensorFlow": tensorflow_run,
    "JAX": jax_run,
    "Flax": flax_run,
    "Paddle": paddle_run,
    "ONNX Runtime": onnx_run,
    "TFLite": lite_run,
}
CHANNELS_FIRST = {"PyTorch", "Paddle", "ONNX Runtime", "ONNX", "Core ML"}


def plane_of(y, framework):
    y = np.asarray(y.detach() if hasattr(y, "detach") else y)
    if 0 in y.shape:
        return {"shape": list(y.shape[2:] if framework in CHANNELS_FIRST else y.shape[1:-1]), "values": []}
    plane = y[0, 0] if framework in CHANNELS_FIRST else y[0, ..., 0]
    return {"shape": list(plane.shape), "values": [int(value) for value in plane.ravel()]}


def words(error):
    text = " ".join(str(error).split())
    at = text.find("neither a custom op")
    return text[max(0, at - 60) : at + 60] if at >= 0 else text[:300]


def answer(layer, call, index):
    framework, said = call["framework"], call["said"]
    if framework == "Core ML" or (call.get("own") and not layer["even"]):
        return None
    if framework == "TFLite" and index % LITE_EVERY:
        return None
    extents = [d * (k - 1) + 1 for k, d in zip(layer["kernel"], layer["dilation"])]
    if framework == "TensorFlow" and said == 'padding="VALID"' and any(i < k for i, k in zip(layer["input"], extents)):
        # Of an input smaller than the kernel TensorFlow 2.21 with oneDNN answers memory that nobody has written.
        return None
    x, w = image(layer, framework not in CHANNELS_FIRST), weight(layer, call["layout"])
    try:
        return plane_of(RUN[framework](layer, x, w, eval(f"dict({said})")), framework)
    except Exception as error:  # every framework has its own classes; which one it is does not matter here
        return {"error": words(error)}


def recipe_answer(layer, layouts, recipe):
    target = recipe["target"]
    names = {"np": np, "x": image(layer, target not in CHANNELS_FIRST), "w": weight(layer, layouts[recipe["from"]])}
    if target == "PyTorch":
        import torch
        from torch.nn import functional as F

        names |= {"torch": torch, "F": F}
    if target == "Paddle":
        import paddle
        from paddle.nn import functional as F

        names |= {"paddle": paddle, "F": F}
    if target == "Keras":
        import keras

        names["keras"] = keras
    if target == "TensorFlow":
        import tensorflow as tf

        names["tf"] = tf
    if target in ("JAX", "Flax"):
        import flax.linen
        import jax

        names |= {"jax": jax, "jnp": jax.numpy, "nn": flax.linen}
    if target == "ONNX":
        import onnx

        names["helper"] = onnx.helper
    try:
        exec(recipe["code"], names)
        if target == "ONNX":
            node = names["node"]
            attributes = {each.name: list(each.ints) if each.ints else each.i for each in node.attribute}
            names["y"] = onnx_node(node.op_type, names["x"], names["w"], attributes)
            _, _, pads = recipe["code"].partition("nothing is stamped there: ")
            if pads:
                names["y"] = np.pad(names["y"], eval(pads))
        return plane_of(names["y"], target)
    except Exception as error:
        return {"error": words(error)}


# Libraries that do not live in one process; Keras runs on two backends.
PROCESSES = {
    "most": {"PyTorch", "Keras", "JAX", "Flax", "Paddle", "ONNX Runtime", "ONNX"},
    "tensorflow": {"TensorFlow", "TFLite"},
    "keras-on-torch": {"Keras"},
}


def answers_of(layer, index, process):
    names = PROCESSES[process]
    layouts = {f"{call['framework']}: {call['said']}": call["layout"] for call in layer["calls"]}
    calls = [answer(layer, call, index) if call["framework"] in names else None for call in layer["calls"]]
    recipes = [
        recipe_answer(layer, layouts, recipe) if recipe["target"] in names and process != "keras-on-torch" else None
        for recipe in layer["recipes"]
    ]
    return {"calls": calls, "recipes": recipes}


def asked(root):
    command = ["node", "scripts/framework-layers.mjs"]
    return json.loads(subprocess.run(command, cwd=root, check=True, capture_output=True).stdout)


def row(layer, most, tensorflow, on_torch):
    outcomes = []

    def keep(outcome):
        if outcome is None:
            return None
        if outcome not in outcomes:
            outcomes.append(outcome)
        return outcomes.index(outcome)

    first = lambda *given: next((each for each in given if each is not None), None)
    calls = [keep(first(*each)) for each in zip(most["calls"], tensorflow["calls"])]
    recipes = [keep(first(*each)) for each in zip(most["recipes"], tensorflow["recipes"])]
    return {
        **{name: layer[name] for name in ("seed", "kind", "groups", "input", "kernel", "stride", "dilation")},
        "calls": [f"{call['framework']}: {call['said']}" for call in layer["calls"]],
        "answers": calls,
        "recipes": [{**recipe, "answer": ran} for recipe, ran in zip(layer["recipes"], recipes)],
        "kerasOnTorch": [keep(each) for each in on_torch["calls"]],
        "outcomes": outcomes,
    }


def everywhere(root):
    layers = asked(root)["layers"]
    folder = Path(tempfile.mkdtemp())
    given = folder / "layers.json"
    given.write_text(json.dumps(layers))
    started = {}
    for process in PROCESSES:
        environment = {**os.environ, "KERAS_BACKEND": "torch" if process == "keras-on-torch" else "jax"}
        command = [sys.executable, __file__, process, str(given), str(folder / process)]
        started[process] = subprocess.Popen(command, env=environment)
    for each in started.values():
        each.wait()
    run = {process: json.loads((folder / process).read_text()) for process in PROCESSES}
    return {"layers": [row(layer, *(run[process][at] for process in PROCESSES)) for at, layer in enumerate(layers)]}


if __name__ == "__main__":
    # The libraries print what they like, so that the answers go into a file.
    name, source, target = sys.argv[1:]
    given = json.loads(Path(source).read_text())
    Path(target).write_text(json.dumps([answers_of(layer, index, name) for index, layer in enumerate(given)]))
