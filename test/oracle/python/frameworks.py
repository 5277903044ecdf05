"""Runs the programs in `test/fixtures/programs`, line by line, with the frameworks that they are for. Run by hand, on
Python 3.12 or newer:

    python3 -m venv venv
    venv/bin/pip install torch==2.15.0 numpy==2.5.5 jax==0.12.0.1 flax==0.12.12 keras==3.15.1 tensorflow-cpu==2.21.0 \\
        onnx==1.23.2 onnxruntime==1.32.0 paddlepaddle==3.3.1 equinox==0.13.8 dm-haiku==0.0.17
    venv/bin/python test/oracle/python/frameworks.py

What a line raises does not end its program: the next statement runs as if it had not been there. The golden has, for
every line of a program, what went into and what came out of each layer and function of the framework that ran for it,
or what it raised. Tests hold what is written beside the lines against it; a batch of any size is `N`.
"""

import ast
import functools
import importlib
import inspect
import json
import os
import re
import subprocess
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
PROGRAMS = HERE.parent.parent / "fixtures" / "programs"
GOLDEN = HERE.parent / "goldens" / "frameworkPrograms.json"

sys.path.insert(0, str(HERE.parent))
from generate import EVERYWHERE, PINNED as GENERATED  # noqa: E402

# The releases of all goldens, and two frameworks that only programs call.
PINNED = {name: GENERATED[name] for name in EVERYWHERE} | {
    "equinox": "0.13.8",
    "dm-haiku": "0.0.17",
}
TOLD = re.compile(r"  #[:!~] ?.*$")
JAX = ("jax.lax", "flax.linen", "flax.nnx", "equinox.nn", "haiku")
# By how the names of programs begin: where they find what they call. Each framework has a process of its own.
FRAMEWORKS = {
    "equinox flax haiku jax": JAX,
    "keras": ("keras.ops", "keras.layers"),
    "numpy": ("torch.nn.functional",),
    "onnx": ("onnx",),
    "paddle": ("paddle.nn", "paddle.nn.functional"),
    "tensorflow": ("tensorflow.nn", "tensorflow.compat.v1.nn", "keras.ops", "keras.layers"),
}
# TensorFlow 2.21 does not raise here, it ends the process; what it printed then stands for what it raises.
ENDS = {
    'y = tf.nn.conv2d(tf.zeros([8, 9, 4]), f, 1, "VALID")': "SIGABRT: Check failed: index >= 0 && index < num_total_dims "
    "Invalid index from the dimension: 3, 0, C",
}
CONVOLUTION_OR_POOL = re.compile(r"conv|pool|dilation|reduce_window", re.IGNORECASE)


class Recorder:
    """What layers and functions were given and gave, by the line of the program that had them run."""

    def __init__(self):
        self.program = None
        self.uses = {}

    def note(self, given, result):
        frame = inspect.currentframe()
        while frame and frame.f_code.co_filename != self.program:
            frame = frame.f_back
        if frame:
            use = f"{printed(given)} -> {printed(result)}"
            of_line = self.uses.setdefault(frame.f_lineno, [])
            if use not in of_line:
                of_line.append(use)

    def wrap(self, function, skipped):
        @functools.wraps(function)
        def run(*args, **kwargs):
            result = function(*args, **kwargs)
            given = shape_in([*args[skipped:], *kwargs.values()])
            if given is not None and shape_in([result]) is not None:
                self.note(given, shape_in([result]))
            return result

        return run


def shape_in(values):
    """The shape of the first tensor in what was given, or in the first list of tensors."""
    for value in values:
        if isinstance(value, (list, tuple)):
            value = next((each for each in value if hasattr(each, "shape")), None)
        if hasattr(value, "shape") and value.shape is not None:
            return tuple(value.shape)
    return None


def printed(shape):
    return " ".join("N" if size is None else str(size) for size in shape)


def wrap_module(name, recorder):
    """Of a function itself, of a class the method that runs a layer."""
    module = importlib.import_module(name)
    if name == "onnx":
        return run_graphs(recorder)
    if name == "keras.layers":
        module.Layer.__call__ = recorder.wrap(module.Layer.__call__, 1)
        return
    for key in filter(CONVOLUTION_OR_POOL.search, dir(module)):
        value = getattr(module, key)
        if inspect.isclass(value):
            method = "forward" if hasattr(value, "forward") else "__call__"
            setattr(value, method, recorder.wrap(getattr(value, method), 1))
        elif inspect.isfunction(value) or inspect.isbuiltin(value):
            setattr(module, key, recorder.wrap(value, 0))


def run_graphs(recorder):
    """Has every graph that a program makes run by ONNX Runtime, with zeros in the place of what has no values."""
    import numpy
    import onnx
    import onnxruntime

    make, make_tensor = onnx.helper.make_graph, onnx.helper.make_tensor

    def zeros(name, data_type, dims, vals, raw=False):
        return make_tensor(name, data_type, dims, numpy.zeros(dims, "float32").ravel().tolist(), raw)

    def run(nodes, name, inputs, outputs, initializers=(), **kwargs):
        shapes = {each.name: [size.dim_value for size in each.type.tensor_type.shape.dim] for each in inputs}
        results = [onnx.helper.make_tensor_value_info(each, onnx.TensorProto.FLOAT, None) for each in nodes[-1].output]
        model = onnx.helper.make_model(
            make(nodes, name, inputs, results, initializers), opset_imports=[onnx.helper.make_opsetid("", 21)], ir_version=10
        )
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        answer = session.run(None, {each: numpy.zeros(shape, "float32") for each, shape in shapes.items()})[0]
        recorder.note(shapes[nodes[0].input[0]], answer.shape)
        return make(nodes, name, inputs, outputs, initializers, **kwargs)

    onnx.helper.make_graph, onnx.helper.make_tensor = run, zeros


def line_of(error, program):
    trace, line = error.__traceback__, None
    while trace:
        if trace.tb_frame.f_code.co_filename == program:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def run(path, recorder):
    """By line of the program: its text, what ran for it, and what it raised."""
    if "keras" in sys.modules:
        sys.modules["keras"].config.set_image_data_format("channels_last")
    text = path.read_text()
    lines = [TOLD.sub("", line) for line in text.split("\n")]
    recorder.program, recorder.uses = str(path), {}
    raised = {}
    names = {"__name__": "__main__", "__file__": str(path)}
    for statement in ast.parse("\n".join(lines)).body:
        module = ast.Module([statement], [])
        if (ended := ENDS.get(lines[statement.lineno - 1].strip())) is not None:
            raised[statement.lineno] = ended
            continue
        try:
            exec(compile(module, str(path), "exec"), names)
        except Exception as error:
            words = re.sub(r"\b0x[0-9a-f]{6,}", "0x…", str(error)).strip()
            raised[line_of(error, str(path)) or statement.lineno] = f"{type(error).__name__}: {words[:600]}"
    found = {}
    for line in sorted({*recorder.uses, *raised}):
        found[f"{line}: {lines[line - 1].strip()}"] = {
            **({"uses": recorder.uses[line]} if line in recorder.uses else {}),
            **({"raises": raised[line]} if line in raised else {}),
        }
    return found


def programs_of(framework):
    warnings.simplefilter("ignore")
    recorder = Recorder()
    for module in FRAMEWORKS[framework]:
        wrap_module(module, recorder)
    paths = [path for path in sorted(PROGRAMS.glob("*.py")) if path.name.split("_")[0].split(".")[0] in framework.split()]
    return {path.name: run(path, recorder) for path in paths}


def main():
    found = {package: version(package).split("+")[0] for package in PINNED}
    if found != PINNED:
        sys.exit(f"These goldens are made with {PINNED}, not {found}. See the head of this file.")
    programs = {}
    for framework in FRAMEWORKS:
        backend = "tensorflow" if framework == "tensorflow" else "jax"
        environment = {**os.environ, "KERAS_BACKEND": backend, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
        answer = subprocess.run(
            [sys.executable, __file__, framework], env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        programs |= json.loads(answer.stdout.rsplit("\n", 1)[-1])
    content = {"made": found, "programs": dict(sorted(programs.items()))}
    GOLDEN.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print("\n" + json.dumps(programs_of(sys.argv[1])), end="")
    else:
        main()
