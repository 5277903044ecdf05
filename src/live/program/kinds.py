# Which library a value belongs to, and what of the thread's own state is set aside while it is read.
import contextlib
import sys


def array_of(value, notes):
    """The reader of a tensor, or nothing where the value is none."""
    home = type(value).__module__.split(".")[0]
    torch, jax = sys.modules.get("torch"), sys.modules.get("jax")
    if torch is not None and isinstance(value, getattr(torch, "Tensor", ())):
        return reader("tensors", "Torch")(value, notes)
    if jax is not None and hasattr(jax, "core") and isinstance(value, jax.core.Tracer):
        raise Refused("traced", value.aval)
    if jax is not None and hasattr(jax, "Array") and isinstance(value, jax.Array):
        if value.is_deleted():
            raise Refused("freed")
        if "key<" in str(value.dtype):
            value = jax.random.key_data(value)
            notes.append(["key", ""])
        return reader("elsewhere", "Sharded")(value, notes)
    if home in ("keras", "flax") and is_variable(value):
        return array_of(held_by(value), notes)
    if home in ("tensorflow", "keras", "paddle"):
        return reader("elsewhere", "framed")(home, value, notes)
    if home == "cupy" and hasattr(value, "get"):
        return reader("elsewhere", "Sliced")(value, notes, lambda piece: piece.get(), "cuda:" + str(value.device.id))
    if home == "dask" and hasattr(value, "compute") and hasattr(value, "chunks") and hasattr(value, "dtype"):
        if any(size != size for size in value.shape):
            raise Refused("unknown-shape", value.shape)
        notes.append(["lazy-array", "Dask"])
        return reader("elsewhere", "Sliced")(value, notes, lambda piece: piece.compute(scheduler="synchronous"), "dask")
    if home in ("zarr", "h5py") and hasattr(value, "shape") and hasattr(value, "dtype"):
        notes.append(["lazy-array", home])
        return reader("elsewhere", "Stored" if home == "zarr" else "Sliced")(value, notes, lambda piece: piece, home)
    if home == "xarray" and hasattr(value, "data") and hasattr(value, "dims"):
        return array_of(value.data, notes)
    if home == "pandas" and hasattr(value, "to_numpy"):
        return reader("arrays", "Numpy")(value.to_numpy(), notes)
    kind = type(value)
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        return reader("arrays", "Numpy")(value, notes)
    if hasattr(kind, "__array_interface__"):
        return reader("arrays", "Numpy")(value, notes)
    if hasattr(kind, "__dlpack__") and hasattr(kind, "__dlpack_device__") and numpy is not None:
        return reader("arrays", "Numpy")(numpy.from_dlpack(value), notes)
    if hasattr(kind, "__array__"):
        return reader("arrays", "Numpy")(value, notes)
    if kind in (bytes, bytearray, memoryview) or home == "array":
        return reader("plain", "Buffer")(value, notes)
    if kind in (int, float, bool):
        return reader("plain", "Buffer")(memoryview(__import__("array").array("d", [value])), notes, ())
    if kind in (list, tuple) and value and all(type(each) in (int, float, bool) for each in value):
        return reader("plain", "Buffer")(memoryview(__import__("array").array("d", value)), notes)
    return None


def kept_state(value):
    """What of the thread's own state would change what we do, or be changed by it, is set aside for as long as we read."""
    stack = contextlib.ExitStack()
    numpy, torch, jax = (sys.modules.get(name) for name in ("numpy", "torch", "jax"))
    if numpy is not None and hasattr(numpy, "errstate"):
        stack.enter_context(numpy.errstate(all="ignore"))
    if torch is not None and hasattr(torch, "no_grad"):
        stack.enter_context(torch.no_grad())
        for enter in (
            lambda: torch._C.DisableTorchFunction(),
            lambda: torch.utils._python_dispatch._disable_current_modes(),
        ):
            try:
                stack.enter_context(enter())
            except AttributeError:
                pass  # a PyTorch that has no such thing
    tensorflow, paddle = sys.modules.get("tensorflow"), sys.modules.get("paddle")
    if tensorflow is not None and hasattr(tensorflow, "init_scope"):
        # Out of the function that is being traced, to which a slice would be added.
        stack.enter_context(tensorflow.init_scope())
    if paddle is not None and hasattr(paddle, "no_grad"):
        stack.enter_context(paddle.no_grad())
    if jax is not None and hasattr(jax, "transfer_guard"):
        stack.enter_context(jax.transfer_guard("allow"))
        if hasattr(jax, "ensure_compile_time_eval") and not isinstance(value, jax.core.Tracer):
            stack.enter_context(jax.ensure_compile_time_eval())
    return stack


def keras_base(kind):
    """The class of Keras 3 that a layer's is derived from, by its name."""
    bases = ("BaseConv", "BaseConvTranspose", "BaseDepthwiseConv")
    return next((each.__name__ for each in kind.__mro__ if each.__module__.startswith("keras.") and each.__name__ in bases), None)


def layer_kind(value):
    """Whose convolution it is: of a class of PyTorch's, Keras's or Flax's, or one that is derived from it."""
    torch = sys.modules.get("torch")
    conv = getattr(getattr(torch, "nn", None), "modules", None)
    if conv is not None and isinstance(value, conv.conv._ConvNd):
        return "torch"
    if keras_base(type(value)):
        return "keras"
    if flax_base(type(value), "flax.nnx"):
        return "flax"
    # A module of Linen's has no parameters of its own: they come beside it.
    if type(value) is tuple and len(value) == 2 and flax_base(type(value[0]), "flax.linen") and hasattr(value[1], "keys"):
        held = value[1].get("params", value[1])
        return "linen" if hasattr(held, "keys") and "kernel" in held else None
    return None


def flax_base(kind, home):
    return any(each.__module__.startswith(home) and each.__name__ in ("Conv", "ConvTranspose") for each in kind.__mro__)


def standing(layer, name):
    """
    A parameter of a layer of PyTorch's as it stands. A parametrisation works it out whenever it is asked for, and while
    it trains it may change with that: spectral norm takes a step. It is asked as if it did not train.
    """
    made = getattr(layer, "parametrizations", None)
    training = [each for each in made[name].modules() if each.training] if made is not None and name in made else []
    for each in training:
        each.training = False
    try:
        return getattr(layer, name)
    finally:
        for each in training:
            each.training = True


def is_variable(value):
    """A variable of Keras's, or of NNX's."""
    kinds = {"keras": "Variable", "flax": "Variable"}
    return any(each.__name__ == kinds.get(each.__module__.split(".")[0]) for each in type(value).__mro__)


def held_by(variable):
    """The array that a variable holds, in the framework that it is of."""
    if hasattr(variable, "get_raw_value"):
        return variable.get_raw_value()
    return variable.value
