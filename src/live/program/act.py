# What changes the program, or runs its code: only ever on a command of the user's that says so.
import base64
import sys


def run(pair):
    """What a layer makes of a tensor, by its own code, without the hooks that the program has set on it."""
    layer, tensor = pair
    torch = sys.modules["torch"]
    with torch.no_grad():
        return type(layer).forward(layer, tensor)


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
    return {"kind": "put"}, b""
