# A convolution of tensors that are sent along, by a framework of the program's, on the device that it uses.
import base64
import sys


def compute(ask):
    library = sys.modules.get(ask["library"])
    if library is None:
        raise Refused("no-library", ask["library"])
    return {"torch": in_torch, "jax": in_jax, "tensorflow": in_tensorflow, "paddle": in_paddle}[ask["library"]](library, ask)


def in_torch(torch, ask):
    functional = torch.nn.functional
    device = "cuda" if torch.cuda.is_available() and torch.cuda.is_initialized() else "cpu"
    types = {"f4": torch.float32, "f8": torch.float64}
    made = {
        name: torch.frombuffer(bytearray(base64.b64decode(each["data"])), dtype=types[each["code"]]).reshape(each["shape"]).to(device)
        for name, each in ask["tensors"].items()
    }
    x, weight, bias = made["input"], made["weight"], made.get("bias")
    stride, dilation, groups, sides = ask["stride"], ask["dilation"], ask["groups"], ask["padding"]
    even = all(begin == end for begin, end in sides)
    if ask["kind"] == "conv":
        if not even or ask["mode"] != "zeros":
            mode = "constant" if ask["mode"] == "zeros" else ask["mode"]
            x = functional.pad(x, [size for pair in reversed(sides) for size in pair], mode=mode)
            sides = [[0, 0] for _ in sides]
        run = getattr(functional, "conv%dd" % len(stride))
        return run(x, weight, bias, stride, [begin for begin, _ in sides], dilation, groups)
    run = getattr(functional, "conv_transpose%dd" % len(stride))
    # PyTorch crops both sides alike: where they differ nothing is cropped, and the output is sliced.
    cropped = [begin if even else 0 for begin, _ in sides]
    whole = run(x, weight, bias, stride, cropped, ask["outputPadding"], groups, dilation)
    return whole if even else whole[crop_of(sides, whole.shape)]


def crop_of(sides, shape):
    return (Ellipsis, *(slice(begin, size - end) for (begin, end), size in zip(sides, shape[-len(sides):])))


def sent(ask):
    """Input, kernel and bias as arrays of NumPy's; of a convolution the input with its padding, where that is none of zeros."""
    numpy = sys.modules["numpy"]
    made = {
        name: numpy.frombuffer(base64.b64decode(each["data"]), "<" + each["code"]).reshape(each["shape"])
        for name, each in ask["tensors"].items()
    }
    x, sides = made["input"], ask["padding"]
    if ask["kind"] == "conv" and ask["mode"] != "zeros":
        mode = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}[ask["mode"]]
        x = numpy.pad(x, [[0, 0], [0, 0], *sides], mode)
        sides = [[0, 0] for _ in sides]
    return numpy, x, made["weight"], made.get("bias"), sides


def in_jax(jax, ask):
    numpy, x, weight, bias, sides = sent(ask)
    groups, rank = ask["groups"], len(ask["stride"])
    # Asked for its truth, this raises.
    wide = jax.enable_x64 if hasattr(jax, "enable_x64") else jax.experimental.enable_x64
    with wide(True):
        stride, spread = ask["stride"], [1] * rank
        if ask["kind"] == "convTranspose":
            # A convolution of the input with zeros between its elements, by the kernel turned round.
            reach = [each * (size - 1) for each, size in zip(ask["dilation"], weight.shape[2:])]
            sides = [[far - begin, far - end + more] for far, (begin, end), more in zip(reach, sides, ask["outputPadding"])]
            channels, each, *sizes = weight.shape
            weight = numpy.flip(weight, range(2, rank + 2)).reshape(groups, channels // groups, each, *sizes)
            weight = weight.swapaxes(1, 2).reshape(groups * each, channels // groups, *sizes)
            stride, spread = spread, stride
        made = jax.lax.conv_general_dilated(
            x, weight, stride, sides, spread, ask["dilation"], feature_group_count=groups, precision="highest"
        )
        return made if bias is None else made + bias.reshape(-1, *[1] * rank)


def in_tensorflow(tf, ask):
    numpy, x, weight, bias, sides = sent(ask)
    rank, groups, plain = len(ask["stride"]), ask["groups"], ask["kind"] == "conv"
    # On a processor TensorFlow takes channels last, no groups, and dilates no kernel that is transposed.
    extents = [each * (size - 1) + 1 for each, size in zip(ask["dilation"], weight.shape[2:])]
    kernel = numpy.zeros([*weight.shape[:2], *extents], weight.dtype)
    kernel[(Ellipsis, *(slice(None, None, each) for each in ask["dilation"]))] = weight
    kernel = numpy.moveaxis(kernel, (1, 0), (-2, -1))
    x = numpy.moveaxis(numpy.pad(x, [[0, 0], [0, 0], *sides]) if plain else x, 1, -1)
    parted = numpy.split(x, groups, -1), numpy.split(kernel, groups, -1)
    if plain:
        made = tf.concat([tf.nn.convolution(piece, part, ask["stride"], "VALID") for piece, part in zip(*parted)], -1)
    else:
        sizes = zip(x.shape[1:-1], ask["stride"], extents, ask["outputPadding"])
        whole = [(size - 1) * step + far + more for size, step, far, more in sizes]
        pieces = []
        for piece, part in zip(*parted):
            shape = [x.shape[0], *whole, part.shape[-2]]
            pieces.append(tf.nn.conv_transpose(piece, part, shape, ask["stride"], "VALID"))
        crop = (slice(None), *(slice(begin, size - end) for (begin, end), size in zip(sides, whole)))
        made = tf.concat(pieces, -1)[crop]
    made = made if bias is None else made + bias
    return tf.transpose(made, [0, rank + 1, *range(1, rank + 1)])


def in_paddle(paddle, ask):
    numpy, x, weight, bias, sides = sent(ask)
    x, weight, bias = (each if each is None else paddle.to_tensor(each) for each in (x, weight, bias))
    functional, rank, even = paddle.nn.functional, len(ask["stride"]), all(begin == end for begin, end in sides)
    told = {"stride": ask["stride"], "dilation": ask["dilation"], "groups": ask["groups"]}
    if ask["kind"] == "conv":
        told["padding"] = [begin for begin, _ in sides] if even else [size for pair in sides for size in pair]
        return getattr(functional, "conv%dd" % rank)(x, weight, bias, **told)
    told["padding"] = [begin if even else 0 for begin, _ in sides]
    run = getattr(functional, "conv%dd_transpose" % rank)
    whole = run(x, weight, bias, output_padding=ask["outputPadding"], **told)
    return whole if even else whole[crop_of(sides, whole.shape)]
