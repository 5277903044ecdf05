"""Runs one Python program under the real PyTorch or Keras and records what every convolution call site saw.

A site is a call expression of the program's own text: where a layer was constructed, or a functional form called. For
each one the record holds its position, the resolved callee, the shapes of every distinct use, and the framework's
exception if it raised one. Positions come from `co_positions` (Python 3.11), so they name the exact expression.
"""

import functools
import inspect
import os
import sys
import types

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

TORCH_LAYERS = [
    f"{lazy}{kind}{rank}d" for lazy in ("", "Lazy") for kind in ("Conv", "ConvTranspose") for rank in (1, 2, 3)
]
TORCH_FUNCTIONS = [f"{kind}{rank}d" for kind in ("conv", "conv_transpose") for rank in (1, 2, 3)]
KERAS_LAYERS = [
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "Conv1DTranspose",
    "Conv2DTranspose",
    "Conv3DTranspose",
    "DepthwiseConv1D",
    "DepthwiseConv2D",
    "SeparableConv1D",
    "SeparableConv2D",
]


class Recorder:
    """What the sites of one program saw; `program` is the file name under which it was compiled."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.sites: dict[tuple[int, int, int, int], dict] = {}
        self.layers: dict[int, list[dict]] = {}
        self.kept: list[object] = []
        self.quiet = 0

    def caller(self) -> dict | None:
        """The innermost call of the program's own text, as a site."""
        frame = sys._getframe(2)
        while frame is not None and not self.owns(frame.f_code.co_filename):
            frame = frame.f_back
        return self.site(frame) if frame else None

    def owns(self, filename: str) -> bool:
        return filename == self.program

    def site(self, frame: types.FrameType) -> dict:
        line, end_line, column, end_column = list(frame.f_code.co_positions())[frame.f_lasti // 2]
        key = (line, column, end_line, end_column)
        return self.sites.setdefault(key, {"at": list(key), "callee": None, "uses": [], "error": None})

    def use(self, site: dict, given: object, result: object) -> None:
        pair = [sizes(given), sizes(result)]
        if None not in pair and pair not in site["uses"]:
            site["uses"].append(pair)

    def fail(self, site: dict, error: BaseException) -> None:
        site["error"] = (
            site["error"]
            or f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}"
        )


def sizes(value: object) -> list | None:
    """The shape of a tensor or Keras tensor; None when the value has none."""
    shape = getattr(value, "shape", None)
    return None if shape is None else [None if size is None else int(size) for size in shape]


def current(holder: list) -> Recorder | None:
    return holder[0] if holder else None


def wrap_constructor(owner: type, callee: str, holder: list) -> None:
    original = owner.__init__

    @functools.wraps(original)
    def construct(self, *args, **kwargs):
        recorder = current(holder)
        if recorder is None or recorder.quiet:
            return original(self, *args, **kwargs)
        site = recorder.caller()
        if site is None:
            return original(self, *args, **kwargs)
        site["callee"] = callee
        recorder.quiet += 1
        try:
            original(self, *args, **kwargs)
        except Exception as error:
            recorder.fail(site, error)
            raise
        finally:
            recorder.quiet -= 1
        recorder.layers.setdefault(id(self), []).append(site)
        recorder.kept.append(self)

    # Keras asks the constructor for its signature without following `__wrapped__`.
    construct.__signature__ = inspect.signature(original)
    owner.__init__ = construct


def wrap_call(owner: type, method: str, holder: list) -> None:
    original = getattr(owner, method)

    @functools.wraps(original)
    def call(self, given, *args, **kwargs):
        recorder = current(holder)
        sites = recorder.layers.get(id(self), []) if recorder else []
        if not sites:
            return original(self, given, *args, **kwargs)
        recorder.quiet += 1
        try:
            result = original(self, given, *args, **kwargs)
        except Exception as error:
            for site in sites:
                recorder.fail(site, error)
            raise
        finally:
            recorder.quiet -= 1
        for site in sites:
            recorder.use(site, given, result)
        return result

    setattr(owner, method, call)


def wrap_function(owner: types.ModuleType, name: str, callee: str, holder: list) -> None:
    original = getattr(owner, name)

    @functools.wraps(original)
    def call(*args, **kwargs):
        recorder = current(holder)
        site = recorder.caller() if recorder and not recorder.quiet else None
        if site is None:
            return original(*args, **kwargs)
        site["callee"] = callee
        try:
            result = original(*args, **kwargs)
        except Exception as error:
            recorder.fail(site, error)
            raise
        recorder.use(site, args[0] if args else kwargs.get("input"), result)
        return result

    setattr(owner, name, call)


def patch_torch(holder: list) -> None:
    import torch

    for name in TORCH_LAYERS:
        owner = getattr(torch.nn, name)
        wrap_constructor(owner, f"torch.nn.{name}", holder)
        if not name.startswith("Lazy"):
            wrap_call(owner, "forward", holder)
    for name in TORCH_FUNCTIONS:
        wrap_function(torch.nn.functional, name, f"torch.nn.functional.{name}", holder)


def patch_keras(holder: list) -> None:
    import keras

    for name in KERAS_LAYERS:
        owner = getattr(keras.layers, name)
        wrap_constructor(owner, f"keras.layers.{name}", holder)
        if "__call__" not in owner.__dict__:
            owner.__call__ = lambda self, *args, _up=keras.Layer.__call__, **kwargs: _up(self, *args, **kwargs)
        wrap_call(owner, "__call__", holder)


def stub_summaries() -> None:
    """`torchsummary` and `torchinfo` are not needed to know what they do with a model: they run it once."""
    import torch

    def summary(model, input_size=None, *_, **__):
        shape = tuple(input_size)
        return model(torch.zeros(shape if len(shape) == 4 else (2, *shape)))

    for name in ("torchsummary", "torchinfo"):
        module = types.ModuleType(name)
        module.summary = summary
        sys.modules[name] = module


def run(source: str, driver: str, holder: list, program: str = "<program>") -> dict:
    """Executes the program, then the driver in its namespace; the driver is what the program's reader is told in words."""
    recorder = Recorder(program)
    namespace = {"__name__": "__main__"}
    module = types.ModuleType("__main__")
    module.__dict__.update(namespace)
    previous, sys.modules["__main__"] = sys.modules["__main__"], module
    holder[:] = [recorder]
    raised = None
    try:
        exec(compile(source, program, "exec"), module.__dict__)
        exec(compile(driver, "<driver>", "exec"), module.__dict__)
    except Exception as error:
        frame = error.__traceback__
        at = None
        while frame is not None:
            if frame.tb_frame.f_code.co_filename == program:
                at = frame.tb_lineno
            frame = frame.tb_next
        raised = {
            "line": at,
            "error": f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}",
        }
    finally:
        holder.clear()
        sys.modules["__main__"] = previous
    sites = sorted((site for site in recorder.sites.values() if site["callee"]), key=lambda site: site["at"])
    return {"sites": sites, "raised": raised}
