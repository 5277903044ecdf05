import dataclasses
import enum
import functools
import inspect
import re
import types
from collections.abc import Callable, Hashable, Iterable

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.randn(1, 3, 20, 20)

# %% registered under the name of what is wrapped
MODELS = {}


def register(function):
    if function.__name__ in MODELS:
        raise ValueError(function.__name__)
    MODELS[function.__name__] = function
    return function


def wrapped(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@register
@wrapped
def small():
    return nn.Conv2d(3, 4, 3)


@register
@wrapped
def large():
    return nn.Conv2d(3, 8, 5)


MODELS["large"]()(x)
MODELS["small"]()(x)


# %% a single number or one for each
def pairs(value, count):
    if isinstance(value, torch.Tensor):
        value = value.tolist()
    try:
        if hasattr(value, "ndim") and value.ndim == 0:
            value = (value,) * count
    except Exception:
        value = None
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return tuple(value)
    return (value,) * count


nn.Conv2d(3, 4, pairs(5, 2))(x)
nn.Conv2d(3, 4, pairs((3, 5), 2))(x)
nn.Conv2d(3, 4, pairs([1, 3], 2), stride=pairs(2, 2))(x)


# %% a class is no iterable
class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)

    def forward(self, x):
        return self.conv(x)


blocks = tuple(Block) if isinstance(Block, Iterable) else (Block,) * 2
layers = tuple(nn.Conv2d) if isinstance(nn.Conv2d, Iterable) else (nn.Conv2d,) * 3
width = 4 * len(blocks) + len(layers) + int(isinstance(Block, Callable)) + int(isinstance(nn.ReLU, Hashable))
blocks[1](width)(x)


# %% an option of an enumeration
class Mode(enum.Enum):
    WIDE = "wide"
    NARROW = "narrow"


def option(name, supported):
    if isinstance(supported, enum.EnumMeta):
        if isinstance(name, str) and name in {item.value for item in supported}:
            return supported(name)
    elif name in supported:
        return name
    raise ValueError(name)


mode = option("wide", Mode)
nn.Conv2d(3, 16 if mode == Mode.WIDE else 8, 3)(x)
nn.Conv2d(3, 4 if option("b", {"a": 1, "b": 2}) == "b" else 5, 3)(x)

# %% partials, functions and classes told apart
make = functools.partial(nn.Conv2d, kernel_size=5, padding=2)


def made(layer, **more):
    assert isinstance(layer, (type, str, types.FunctionType, functools.partial))
    given = {}
    if isinstance(layer, functools.partial):
        given.update(layer.keywords)
        layer = layer.func
    if isinstance(layer, types.FunctionType):
        return layer(3, 7)
    if given:
        layer = functools.partial(layer, **given)
    return layer(3, 4, **more)


made(make)(x)
made(nn.Conv2d, kernel_size=3)(x)
made(lambda a, b: nn.Conv2d(a, b, 1))(x)


# %% whether a layer takes an argument
def takes(layer, name):
    return name in inspect.signature(layer).parameters


def first(a, b=3, *, c=4):
    return a


nn.Conv2d(3, 4 if takes(nn.InstanceNorm2d, "affine") else 5, 3)(x)
nn.Conv2d(3, 6 if takes(nn.Linear, "kernel_size") else 7, 3)(x)
nn.Conv2d(3, inspect.signature(first).parameters["c"].default, 1)(x)
nn.Conv2d(3, len(inspect.signature(first).parameters), 3)(x)

# %% a block described by a text
options = {}
for part in "ir_k3_s2_c24_se0.25".split("_")[1:]:
    key, value = re.split(r"(\d.*)", part)[:2]
    options[key] = value
kernel, stride, width = (int(options[each]) for each in "ksc")
nn.Conv2d(3, width, kernel, stride=stride)(x)
nn.Conv2d(3, int(re.match(r"conv(\d+)x\d+", "conv8x3").group(1)), 3)(x)
nn.Conv2d(3, int(re.sub("[a-z]+", "", "abc12")), 3)(x)
nn.Conv2d(3, 4 if re.search("q", "abc") is None else 5, 3)(x)


# %% checkpointing that is off
class Checkpointed(nn.Module):
    def __init__(self):
        super().__init__()
        self.gradient_checkpointing = False
        self.layers = nn.ModuleList([nn.Conv2d(3, 3, 3), nn.Conv2d(3, 5, 3)])

    def forward(self, x):
        for layer in self.layers:
            if torch.is_grad_enabled() and self.gradient_checkpointing:
                x = self.checkpointed(layer, x)
            else:
                x = layer(x)
        return x


Checkpointed()(x)

# %% what a library has
silu = nn.SiLU() if "silu" in dir(torch.nn.functional) else None
nn.Conv2d(3, 4, 3)(silu(x))


# %% a class of fields above another
@dataclasses.dataclass
class Config:
    kernel: int
    width: int
    stride: int = 1


class Narrow(Config):
    def __init__(self, kernel, width):
        super().__init__(kernel, width // 2, stride=2)


narrow = Narrow(3, 16)
nn.Conv2d(3, narrow.width, narrow.kernel, stride=narrow.stride)(x)


# %% settings that are an attribute of a dictionary of modules
class Info:
    def __init__(self):
        self.channels = 3


class Features(nn.ModuleDict):
    def __init__(self):
        super().__init__()
        self.info = Info()
        self.add_module("stem", nn.Conv2d(3, 4, 3))
        self.add_module("body", nn.Conv2d(4, 5, 3))

    def forward(self, x):
        for module in self.values():
            x = module(x)
        return x


Features()(x)

# %% the product of one number
nn.Conv2d(3, 4 if np.prod(2) == 1 else 6, 3, stride=int(np.prod((2, 1))))(x)

# %% a name that is a word
nn.Conv2d(3, 4 if "conv_1".isidentifier() and not "1x".isidentifier() else 5, 3)(x)

# %% what values of Python have
nn.Conv2d(3, 4 if hasattr([], "append") and not hasattr((), "append") else 5, 3)(x)
nn.Conv2d(3, 6 if hasattr({}, "items") or hasattr(3, "items") else 7, 3)(x)

# %% a slope that is given to an initialiser
conv = nn.Conv2d(3, 4, 3)
conv.weight = nn.init.kaiming_normal_(conv.weight, a=0.01)
conv.bias = nn.init.constant_(conv.bias, 0)
conv(x)
