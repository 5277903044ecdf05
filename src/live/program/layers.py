# What holds tensors: layers, modules, containers.
import sys

MOST_ENTRIES = 200


def entries_of(value):
    """What can be chosen from a value that holds tensors, each with the end of an expression that leads there."""
    torch = sys.modules.get("torch")
    found = []
    if torch is not None and hasattr(torch, "nn") and isinstance(value, torch.nn.Module):
        for name, each in list(value.named_parameters()) + list(value.named_buffers()):
            read = ".get_parameter" if isinstance(each, torch.nn.Parameter) else ".get_buffer"
            found.append([name, read + "(" + repr(name) + ")", kind_of(each), list(each.shape)])
        for name, each in value.named_modules():
            if name and layer_kind(each):
                found.append([name, ".get_submodule(" + repr(name) + ")", kind_of(each), None])
    elif isinstance(value, dict):
        for key in list(dict.keys(value))[: 50 * MOST_ENTRIES]:
            if type(key) in (str, int):
                each = dict.__getitem__(value, key)
                found.append([str(key), "[" + repr(key) + "]", kind_of(each), shape_of(each)])
    elif isinstance(value, (list, tuple)):
        for at, each in enumerate(list(value)[: 50 * MOST_ENTRIES]):
            found.append([str(at), "[" + str(at) + "]", kind_of(each), shape_of(each)])
    return [[name[:200], end, kind, shape] for name, end, kind, shape in found if len(end) < 500][:MOST_ENTRIES]


def shape_of(value):
    """The shape of what surely has one, without asking anything else."""
    for library, name in (("torch", "Tensor"), ("numpy", "ndarray"), ("jax", "Array")):
        if isinstance(value, getattr(sys.modules.get(library), name, ())) and not getattr(value, "is_nested", False):
            return [size for size in value.shape if type(size) is int]
    return None


def layer_of(value):
    """The parameters of a convolution as PyTorch's own layer has them, and its tensors by name."""
    padding = value.padding
    if isinstance(padding, str):
        # By axis from the last one, begin and end.
        both = value._reversed_padding_repeated_twice
        padding = [[both[at], both[at + 1]] for at in range(len(both) - 2, -1, -2)]
    return {
        "kind": layer_kind(value),
        "stride": list(value.stride),
        "padding": [list(each) if isinstance(each, (list, tuple)) else each for each in padding],
        "dilation": list(value.dilation),
        "outputPadding": list(value.output_padding),
        "groups": value.groups,
        "paddingMode": value.padding_mode,
        "training": bool(value.training),
    }, [(name, tensor) for name, tensor in (("weight", value.weight), ("bias", value.bias)) if tensor is not None]
