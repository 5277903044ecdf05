# What changes the program, or runs its code: only ever on a command of the user's that says so.
import base64
import sys


def run(pair):
    """What a layer makes of a tensor, by its own code: of PyTorch's without the hooks that the program has set on it."""
    layer, tensor = pair
    framework = layer_kind(layer)
    if framework == "torch":
        with sys.modules["torch"].no_grad():
            return type(layer).forward(layer, tensor)
    if framework == "linen":
        module, held = layer
        return module.apply(held if "params" in held else {"params": held}, tensor)
    if framework == "keras":
        return type(layer).call(layer, tensor)
    return type(layer).__call__(layer, tensor)


MOST_CAUGHT = 64 << 20


def caught_by(layer):
    """What our hook on a layer has caught; nothing where there is none. The hook itself carries it."""
    for hook in getattr(layer, "_forward_hooks", {}).values():
        held = getattr(hook, "transposed_conv_inspector", None)
        if held is not None:
            return held
    return None


def watch(layer):
    """Sets a hook that keeps what enters the layer, what leaves it and its parameters, of its last call."""
    torch = sys.modules.get("torch")
    if torch is None or not isinstance(layer, torch.nn.Module):
        raise Refused("no-layer", kind_of(layer))
    if caught_by(layer) is None:
        held = {"calls": 0, "most": MOST_CAUGHT}

        # It outlives these globals: all that it uses are its own.
        def hook(module, given, made, held=held, kind=torch.Tensor, standing=standing):
            tensors = {"input": given[0] if given else None, "output": made}
            tensors.update({name: standing(module, name) for name in ("weight", "bias")})
            tensors = {name: each for name, each in tensors.items() if isinstance(each, kind)}
            held["calls"] += 1
            held["large"] = sum(each.numel() * each.element_size() for each in tensors.values()) > held["most"]
            held["tensors"] = {} if held["large"] else {name: each.detach().clone() for name, each in tensors.items()}

        hook.transposed_conv_inspector = held
        held["handle"] = layer.register_forward_hook(hook)
    return {"kind": "done"}, b""


def unwatch(layer):
    held = caught_by(layer)
    if held is not None:
        held["handle"].remove()
    return {"kind": "done"}, b""


def caught(layer, name):
    held = caught_by(layer)
    if held is None:
        raise Refused("not-watched")
    if held["calls"] == 0:
        raise Refused("not-called")
    if held["large"]:
        raise Refused("too-large")
    if name not in held["tensors"]:
        raise Refused("not-caught", name)
    return held["tensors"][name]


def put(value, ask):
    """Writes values into a window of a tensor: its own storage, type and device stay."""
    raw, window = base64.b64decode(ask["data"]), slices_of(ask["window"])
    code, shape = ask["code"], [len(range(*each)) for each in ask["window"]]
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        notes = []
        use("tensors")
        reader = Torch(value, notes)
        if notes or reader.complex:
            raise Refused("not-writable", value.dtype)
        types = {"f4": torch.float32, "f8": torch.float64}
        given = torch.frombuffer(bytearray(raw), dtype=types[code]).reshape(shape)
        reader.value[window].copy_(given)
    elif numpy is not None and isinstance(value, numpy.ndarray):
        if not value.flags.writeable:
            raise Refused("not-writable", "read-only")
        use("arrays")
        reader = Numpy(value, [])
        if reader.complex or reader.mask is not None or value.dtype.kind not in NUMBERS + "V":
            raise Refused("not-writable", value.dtype)
        value[window] = numpy.frombuffer(raw, "<" + code).reshape(shape).astype(value.dtype)
    else:
        raise Refused("not-writable", kind_of(value))
    return {"kind": "done"}, b""
