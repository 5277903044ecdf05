# What holds tensors: layers, modules, containers.
import sys

MOST_ENTRIES = 200


def entries_of(value):
    """What can be chosen from a value that holds tensors, each with the end of an expression that leads there."""
    torch = sys.modules.get("torch")
    found = []
    # On PyTorch's backend a layer of Keras's is a module of PyTorch's too, whose names nobody gave.
    if is_module(value):
        found += entries_of_object(value)
    elif torch is not None and hasattr(torch, "nn") and isinstance(value, torch.nn.Module):
        for name, each in list(value.named_parameters()) + list(value.named_buffers()):
            read = ".get_parameter" if isinstance(each, torch.nn.Parameter) else ".get_buffer"
            found.append([name, read + "(" + repr(name) + ")", kind_of(each), list(each.shape)])
        for name, each in value.named_modules():
            if name and layer_kind(each):
                found.append([name, ".get_submodule(" + repr(name) + ")", kind_of(each), None])
        found += entries_of_attributes(value)
    elif isinstance(value, dict):
        for key in list(dict.keys(value))[: 50 * MOST_ENTRIES]:
            if is_literal(key):
                each = dict.__getitem__(value, key)
                found.append([str(key), "[" + repr(key) + "]", kind_of(each), shape_of(each)])
    elif isinstance(value, (list, tuple, sys.modules["collections"].deque)):
        for at, each in enumerate(list(value)[: 50 * MOST_ENTRIES]):
            found.append([str(at), "[" + str(at) + "]", kind_of(each), shape_of(each)])
    elif is_file(value):
        found = [[str(name), "[" + repr(name) + "]", "", None] for name in value.keys() if type(name) is str]
    else:
        found = entries_of_attributes(value)
    return [[name[:200], end, kind, shape] for name, end, kind, shape in found if len(end) < 500][:MOST_ENTRIES]


def is_literal(key):
    """Whether Python reads a key again as it is written."""
    if type(key) is tuple:
        return all(is_literal(each) for each in key)
    return key is None or type(key) in (str, bytes, int, bool) or type(key) is float and key - key == 0


def is_file(value):
    """A file of arrays, or a group in one, which tells its names and reads an array only when it is asked for."""
    kind = type(value)
    home = kind.__module__.split(".")[0]
    return kind.__name__ == "NpzFile" and home == "numpy" or home in ("h5py", "zarr") and hasattr(kind, "keys")


def entries_of_attributes(value):
    """
    What stands in an object itself and is a tensor, or may hold some. Only its own storage is looked into: properties
    run code.
    """
    module = getattr(getattr(sys.modules.get("torch"), "nn", None), "Module", dict)
    try:
        named = dict(object.__getattribute__(value, "__dict__"))
    except AttributeError:
        named = {}
    for kind in type(value).__mro__:
        for name, slot in list(vars(kind).items()):
            if type(slot).__name__ == "member_descriptor":
                try:
                    named[name] = slot.__get__(value)
                except AttributeError:
                    pass  # a slot that nothing stands in
    return [
        [name, "." + name, kind_of(each), shape_of(each)]
        for name, each in named.items()
        if type(name) is str and name.isidentifier() and name[0] != "_"
        if shape_of(each) is not None or issubclass(type(each), (dict, list, tuple, module))
    ]


def is_module(value):
    """A layer or a model of Keras's, or a module of NNX's, or of a class that is derived from one."""
    return any(each.__module__.startswith(("keras.", "flax.nnx")) for each in type(value).__mro__)


def entries_of_object(value):
    if hasattr(value, "get_layer"):
        named = [(each.name, ".get_layer(" + repr(each.name) + ")", each) for each in value.layers]
    else:
        named = [(name, "." + name, each) for name, each in vars(value).items() if name.isidentifier() and name[0] != "_"]
    if hasattr(value, "get_config"):
        named += [(each.path, ".variables[" + str(at) + "]", each) for at, each in enumerate(value.variables)]
    return [
        [name, end, kind_of(each), [int(size) for size in each.shape] if is_variable(each) else None]
        for name, end, each in named
        if is_variable(each) or is_module(each)
    ]


def shape_of(value):
    """The shape of what surely has one, without asking anything else."""
    for library, name in (("torch", "Tensor"), ("numpy", "ndarray"), ("jax", "Array")):
        if isinstance(value, getattr(sys.modules.get(library), name, ())) and not getattr(value, "is_nested", False):
            return [size for size in value.shape if type(size) is int]
    return None


def layer_of(value):
    """The parameters of a convolution as its framework has them, and its tensors: name, end of their expression, value."""
    framework = layer_kind(value)
    head, tensors = {"torch": of_torch, "keras": of_keras, "flax": of_flax, "linen": of_linen}[framework](value)
    head["framework"] = "flax" if framework == "linen" else framework
    return head, [each for each in tensors if each[2] is not None]


def of_torch(value):
    padding = value.padding
    if isinstance(padding, str):
        # By axis from the last one, begin and end.
        both = value._reversed_padding_repeated_twice
        padding = [[both[at], both[at + 1]] for at in range(len(both) - 2, -1, -2)]
    kind = "convTranspose" if value.transposed else "conv"
    return {
        "kind": kind,
        "stride": list(value.stride),
        "padding": [list(each) if isinstance(each, (list, tuple)) else each for each in padding],
        "dilation": list(value.dilation),
        "outputPadding": list(value.output_padding) if value.transposed else None,
        "groups": value.groups,
        "paddingMode": value.padding_mode,
        "storedAs": "torch-" + kind.lower(),
        "channelsLast": False,
    }, [(name, "." + name, standing(value, name)) for name in ("weight", "bias")]


def of_keras(value):
    if not value.built:
        raise Refused("lazy")
    base = keras_base(type(value))
    transposed, depthwise = base == "BaseConvTranspose", base == "BaseDepthwiseConv"
    kernel = value.kernel
    added = getattr(value, "output_padding", None)
    rank = len(kernel.shape) - 2
    channels_last = value.data_format == "channels_last"
    return {
        "kind": "convTranspose" if transposed else "conv",
        "stride": spread(value.strides, rank),
        "padding": value.padding,
        "dilation": spread(value.dilation_rate, rank),
        "outputPadding": None if added is None else spread(added, rank),
        "groups": int(kernel.shape[-2]) if depthwise else getattr(value, "groups", 1),
        "paddingMode": "zeros",
        "storedAs": "keras-depthwise" if depthwise else "keras-convtranspose" if transposed else "keras-conv",
        "channelsLast": channels_last,
    }, [("weight", ".kernel", kernel), ("bias", ".bias", value.bias)]


def of_flax(value, kernel=None, bias=None, ends=(".kernel", ".bias")):
    """Of NNX, or with the parameters of a module of Linen's, whose attributes have the same names."""
    transposed = any(each.__name__ == "ConvTranspose" for each in type(value).__mro__)
    if kernel is None:
        kernel, bias = value.kernel, getattr(value, "bias", None)
    rank = len(kernel.shape) - 2
    if set(spread(getattr(value, "input_dilation", 1), rank)) != {1}:
        raise Refused("layer-dilated")
    turned = transposed and not getattr(value, "transpose_kernel", False)
    padding, mode = value.padding, "zeros"
    if isinstance(padding, str):
        padding = padding.lower()
        # These pad as SAME does at a stride of 1, with other values than zeros.
        modes = {"circular": "circular", "reflect": "reflect"}
        if padding in modes and not transposed and set(spread(value.strides, rank)) == {1}:
            mode, padding = modes[padding], "same"
    else:
        padding = [list(each) if isinstance(each, (list, tuple)) else [each, each] for each in spread(padding, rank)]
    return {
        "kind": "convTranspose" if transposed else "conv",
        "stride": spread(value.strides, rank),
        "padding": padding,
        "dilation": spread(value.kernel_dilation, rank),
        "outputPadding": None,
        "groups": getattr(value, "feature_group_count", 1),
        "paddingMode": mode,
        "storedAs": "jax-convtranspose" if turned else "keras-convtranspose" if transposed else "keras-conv",
        "channelsLast": True,
    }, [("weight", ends[0], kernel), ("bias", ends[1], bias)]


def of_linen(value):
    module, held = value
    inner = "params" in held
    named = held["params"] if inner else held
    ends = ["[1]" + ("['params']" if inner else "") + "['" + name + "']" for name in ("kernel", "bias")]
    return of_flax(module, named["kernel"], named.get("bias"), ends)


def spread(value, rank):
    """One number for all axes, or a list of them."""
    if value is None:
        return [1] * rank
    return [value] * rank if isinstance(value, int) else list(value)
