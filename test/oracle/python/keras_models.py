"""Programs that define Keras models: sequential, functional and subclassed, in Keras's own terms."""

from program import SCALAR, Code, Program

IMPORTS = [
    (["import keras", "from keras import layers"], "layers", "keras"),
    (["from tensorflow import keras", "from tensorflow.keras import layers"], "layers", "keras"),
    (["import tensorflow as tf", "from tensorflow.keras import layers"], "layers", "tf.keras"),
    (["import tensorflow as tf"], "tf.keras.layers", "tf.keras"),
    (["import keras"], "keras.layers", "keras"),
    (["import keras", "import keras.layers as L"], "L", "keras"),
    (["import keras", "from keras.layers import *"], "", "keras"),
]
NAMES = [
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "Conv1DTranspose",
    "Conv2DTranspose",
    "Conv3DTranspose",
    "DepthwiseConv2D",
    "SeparableConv2D",
]
ORDER = ["filters", "kernel_size", "strides", "padding"]


def start(p: Program) -> None:
    lines, p.layers, p.keras = p.pick(*IMPORTS)
    p.imports = list(lines)


def name_of(p: Program, layer: str) -> str:
    return f"{p.layers}.{layer}" if p.layers else layer


def spoil(p: Program, name: str, arguments: dict) -> dict:
    """One thing wrong, or doubtful, with a Keras call; the truth is what Keras then does."""
    wrong = dict(arguments)
    way = p.rng.randrange(10)
    if way in (0, 1):
        wrong |= {"strides": p.pick(2, 3), "dilation_rate": 2}
    elif way == 2:
        wrong["padding"] = p.pick("full", "reflect", "causal", "SAME", "zeros")
    elif way == 3:
        wrong["strides"] = p.pick(0, -1)
    elif way == 4 and "Transpose" in name:
        wrong |= {"output_padding": p.pick(1, 2, 3), "strides": p.pick(1, 2)}
    elif way == 5 and "filters" in wrong:
        wrong["filters"] = p.pick(0, -3)
    elif way == 6:
        wrong |= {"kernel_size": p.pick(0, 99), "padding": "valid"}
    elif way == 7 and "Transpose" not in name and "filters" in wrong:
        wrong["groups"] = p.pick(3, 5, 0, -1)
    elif way == 8:
        wrong[p.pick("stride", "dilation", "out_channels", "kernel")] = 2
    else:
        wrong["kernel_size"] = (3, 3, 3, 3)
    return wrong


def conv(p: Program, name: str, filters, kernel, **more) -> str:
    p.calls += 1
    arguments = {"filters": filters, "kernel_size": kernel, **more}
    if name.startswith("Depthwise"):
        del arguments["filters"]
    if p.due(filters):
        arguments = spoil(p, name, arguments)
    order = ORDER[1:] if name.startswith("Depthwise") else ORDER
    rank = int(name[name.index("D") - 1]) if name[name.index("D") - 1].isdigit() else 2
    rank = 2 if name.startswith("Depthwise") else rank
    positional = p.pick(0, 1, 2, 2, 2, 3)
    values = {
        key: value
        if isinstance(value, Code)
        else repr(value)
        if isinstance(value, (str, bool))
        else p.number(value)
        if key in SCALAR
        else p.per_axis(value, rank)
        for key, value in arguments.items()
    }
    first = []
    for key in order[:positional]:
        if key not in values:
            break
        first.append(str(values.pop(key)))
    rest = [f"{key}={value}" for key, value in values.items()]
    if p.chance(0.3):
        rest.append(p.pick("activation='relu'", 'activation="relu"', "use_bias=False"))
    text = f"{name_of(p, name)}({', '.join(first + rest)})"
    return text


def some(p: Program, transposed: bool = False) -> dict:
    more = {"strides": p.pick(1, 2, 2, 3), "padding": p.pick("same", "same", "valid")}
    if not transposed and p.chance(0.1):
        more |= {"strides": 1, "dilation_rate": p.pick(2, 3)}
    if transposed and p.chance(0.15) and more["strides"] > 1:
        more["output_padding"] = p.pick(0, 1)
    return {
        key: value
        for key, value in more.items()
        if not (key == "strides" and value == 1 and p.chance(0.5)) and not (value == "valid" and p.chance(0.7))
    }


def kernel(p: Program):
    return p.pick(3, 3, 4, 5, 2, 1, (3, 3), (4, 4), (5, 3))


def sequential(p: Program, rng) -> None:
    start(p)
    side = p.pick((28, 28), (32, 32), (64, 48))
    channels = p.pick(1, 3)
    layers = []
    for _ in range(p.pick(2, 3)):
        layers.append(
            conv(
                p,
                p.pick("Conv2D", "Conv2D", "SeparableConv2D", "DepthwiseConv2D"),
                p.pick(8, 16, 32),
                kernel(p),
                **{**some(p), "strides": p.pick(1, 2)},
            )
        )
        if p.chance(0.3):
            layers.append(
                name_of(
                    p,
                    p.pick(
                        "BatchNormalization()",
                        "LeakyReLU()",
                        "MaxPooling2D(2)",
                        "MaxPooling2D((2, 2), padding='same')",
                        "Dropout(0.3)",
                    ),
                )
            )
    for _ in range(p.pick(0, 1, 2)):
        layers.append(conv(p, "Conv2DTranspose", p.pick(8, 16), kernel(p), **some(p, True)))
    shape = f"({side[0]}, {side[1]}, {channels})"
    way = p.pick("input", "add", "input_shape", "object")
    made = f"{p.keras}.Sequential"
    if way == "input_shape":
        layers[0] = layers[0][:-1] + f", input_shape={shape})"
    else:
        layers.insert(
            0,
            p.pick(
                f"{p.keras}.Input(shape={shape})", f"{p.keras}.Input({shape})", f"{name_of(p, 'Input')}(shape={shape})"
            ),
        )
    if way == "add":
        p.body += [f"model = {made}()"] + [f"model.add({layer})" for layer in layers]
    else:
        p.body += (
            [f"model = {made}([" if p.chance(0.7) else f"model = {made}(layers=["]
            + [f"    {layer}," for layer in layers]
            + ["])"]
        )
    if p.chance(0.3):
        p.body.append("model.summary()")


def functional(p: Program, rng) -> None:
    """A U-Net with a helper function and `Concatenate`."""
    start(p)
    base, size = p.pick(8, 16), p.pick(32, 64, 48)
    p.body += [
        "def conv_block(x, filters, kernel_size=3):",
        f"    x = {conv(p, 'Conv2D', Code('filters'), Code('kernel_size'), padding='same')}(x)",
        f"    x = {name_of(p, 'BatchNormalization')}()(x)",
        f"    return {name_of(p, 'Activation')}('relu')(x)",
        "",
        "",
        "def up_block(x, skip, filters):",
        f"    x = {conv(p, 'Conv2DTranspose', Code('filters'), p.pick(2, 3, 4), strides=2, padding='same')}(x)",
        p.pick(
            f"    x = {name_of(p, 'Concatenate')}()([x, skip])",
            f"    x = {name_of(p, 'concatenate')}([x, skip])",
            f"    x = {name_of(p, 'Concatenate')}(axis=-1)([skip, x])",
        ),
        "    return conv_block(x, filters)",
        "",
        "",
    ]
    p.body += [
        f"def build(input_shape=({size}, {size}, 3), base={base}):",
        f"    inputs = {p.keras}.Input({p.pick('shape=input_shape', 'input_shape')})",
        "    s1 = conv_block(inputs, base)",
        f"    p1 = {name_of(p, p.pick('MaxPooling2D(2)', 'MaxPool2D((2, 2))', 'AveragePooling2D(2)'))}(s1)",
        "    s2 = conv_block(p1, base * 2)",
        f"    p2 = {name_of(p, 'MaxPooling2D')}()(s2)",
        f"    b = conv_block(p2, base * 4, {p.pick(3, 5)})",
        "    d2 = up_block(b, s2, base * 2)",
        "    d1 = up_block(d2, s1, base)",
        f"    outputs = {conv(p, 'Conv2D', p.pick(1, 2), 1, activation='sigmoid') if False else conv(p, 'Conv2D', p.pick(1, 2), 1)}(d1)",
        f"    return {p.keras}.Model(inputs, outputs)",
        "",
        "",
        "model = build()" if p.chance(0.7) else f"model = build(({size * 2}, {size}, 3))",
    ]


def generator(p: Program, rng) -> None:
    """From a vector: `Dense`, `Reshape`, transposed convolutions."""
    start(p)
    small, width, latent = p.pick(4, 7, 8), p.pick(16, 32), p.pick(64, 100, 128)
    lines = [
        f"{p.keras}.Input(shape=({latent},))",
        f"{name_of(p, 'Dense')}({small} * {small} * {width})",
        f"{name_of(p, 'Reshape')}(({small}, {small}, {width}))",
    ]
    for index in range(p.pick(2, 3)):
        lines.append(
            conv(
                p,
                "Conv2DTranspose",
                p.pick(8, 16, 32),
                p.pick(3, 4, 5),
                strides=p.pick(1, 2),
                padding=p.pick("same", "same", "valid"),
            )
        )
        lines.append(name_of(p, p.pick("LeakyReLU()", "ReLU()", "BatchNormalization()")))
    if p.chance(0.4):
        lines.append(
            name_of(
                p,
                p.pick(
                    "UpSampling2D()",
                    "UpSampling2D(2)",
                    "UpSampling2D((2, 3))",
                    "UpSampling2D(size=(2, 2), interpolation='bilinear')",
                    "ZeroPadding2D(1)",
                    "Cropping2D(1)",
                    "ZeroPadding2D(((1, 0), (2, 1)))",
                ),
            )
        )
    lines.append(conv(p, "Conv2D", 3, p.pick(3, 5, 7), padding="same"))
    if p.chance(0.5):
        p.body += (
            ["def make_generator_model():", f"    model = {p.keras}.Sequential()"]
            + [f"    model.add({line})" for line in lines]
            + ["    return model", "", "", "generator = make_generator_model()"]
        )
    else:
        p.body += (
            [f"inputs = {lines[0]}", "x = inputs"]
            + [f"x = {line}(x)" for line in lines[1:]]
            + [f"generator = {p.keras}.Model(inputs=inputs, outputs=x, name='generator')"]
        )


def subclassed(p: Program, rng) -> None:
    """A `keras.Model` with `call`, run once on zeros."""
    start(p)
    p.use("import numpy as np")
    c, size = p.pick(8, 16), p.pick(16, 32, 30)
    spec = some(p)
    p.body += [
        f"class AutoEncoder({p.keras}.Model):",
        "    def __init__(self, width=" + str(c) + ", **kwargs):",
        "        super().__init__(**kwargs)",
        f"        self.enc1 = {conv(p, 'Conv2D', Code('width'), 3, **spec)}",
        f"        self.enc2 = {conv(p, 'Conv2D', Code('2 * width'), p.pick(3, 4), strides=2, padding='same')}",
        f"        self.dec1 = {conv(p, 'Conv2DTranspose', Code('width'), p.pick(3, 4, 2), strides=2, padding=p.pick('same', 'valid'))}",
        f"        self.out = {conv(p, 'Conv2DTranspose', p.number(3), kernel(p), **some(p, True)) if False else conv(p, 'Conv2DTranspose', 3, kernel(p), **some(p, True))}",
        "",
        "    def call(self, x, training=None):",
        "        x = self.enc1(x)",
        "        x = self.enc2(x)",
        "        x = self.dec1(x)",
        "        return self.out(x)",
        "",
        "",
        "model = AutoEncoder()",
        p.pick(
            f"y = model(np.zeros((2, {size}, {size}, 3), dtype='float32'))",
            f"y = model(np.random.rand(2, {size}, {size}, 3))",
            f"y = model({p.keras}.Input(shape=({size}, {size}, 3)))",
        ),
    ]


def residual(p: Program, rng) -> None:
    """Functional residual stages built in a loop over filter counts."""
    start(p)
    filters = [p.pick(8, 16), p.pick(16, 24), p.pick(24, 32)]
    p.body += [
        f"inputs = {p.keras}.Input(shape=({p.pick(32, 64)}, {p.pick(32, 48)}, 3))",
        f"x = {conv(p, 'Conv2D', filters[0], 3, strides=2, padding='same')}(inputs)",
        "previous = x",
        f"for filters in {filters}:",
        f"    x = {name_of(p, 'ReLU')}()(x)",
        f"    x = {conv(p, p.pick('SeparableConv2D', 'Conv2D'), Code('filters'), 3, padding='same')}(x)",
        f"    x = {name_of(p, p.pick('MaxPooling2D(3, strides=2, padding=' + chr(39) + 'same' + chr(39) + ')', 'AveragePooling2D(2, padding=' + chr(39) + 'same' + chr(39) + ')'))}(x)",
        f"    residual = {conv(p, 'Conv2D', Code('filters'), 1, strides=2, padding='same')}(previous)",
        p.pick(
            f"    x = {name_of(p, 'add')}([x, residual])",
            f"    x = {name_of(p, 'Add')}()([x, residual])",
            "    x = x + residual",
        ),
        "    previous = x",
        f"for filters in {filters[::-1]}:",
        f"    x = {conv(p, 'Conv2DTranspose', Code('filters'), 3, padding='same')}(x)",
        f"    x = {name_of(p, 'UpSampling2D')}(2)(x)",
        f"outputs = {conv(p, 'Conv2D', 2, 3, padding='same')}(x)",
        f"model = {p.keras}.Model(inputs, outputs)",
    ]


def bare(p: Program, rng) -> None:
    """Single layers on single inputs, in one, two and three dimensions."""
    start(p)
    for index in range(p.pick(3, 4, 5)):
        rank = p.pick(1, 2, 2, 2, 3)
        transposed = p.chance(0.55)
        name = f"Conv{rank}D{'Transpose' if transposed else ''}"
        more = some(p, transposed)
        if rank == 1 and not transposed and p.chance(0.2):
            more["padding"] = "causal"
        if p.chance(0.1):
            more["data_format"] = "channels_first" if transposed else "channels_last"
        k = p.pick(1, 2, 3, 4, 5)
        cin = p.pick(1, 3, 8)
        size = [p.pick(5, 8, 16, 17, 32) for _ in range(rank)]
        shape = [cin, *size] if more.get("data_format") == "channels_first" else [*size, cin]
        p.body += [
            f"inp{index} = {p.keras}.Input(shape=({', '.join(map(str, shape))}))"
            if p.chance(0.8)
            else f"inp{index} = {p.keras}.Input(batch_shape=({p.pick(2, 4)}, {', '.join(map(str, shape))}))"
        ]
        p.body += [f"out{index} = {conv(p, name, p.pick(1, 4, 8), k, **more)}(inp{index})"]


KERAS = [sequential, functional, generator, subclassed, residual, bare, bare]
