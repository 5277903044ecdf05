import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.randn(1, 4, 8, 8)

# %% an object that says what it is equal to
class Size:
    def __init__(self, *sizes):
        self.sizes = sizes

    def __eq__(self, other):
        return self.sizes == getattr(other, "sizes", other)


nn.Conv2d(4, 5 if Size(1) == Size(1) else 6, 1)(x)
nn.Conv2d(4, 5 if Size(1) == (2,) else 6, 2)(x)
nn.Conv2d(4, 5 if (1, 2) == Size(1, 2) else 6, 3)(x)
nn.Conv2d(4, 5 if Size(1) != Size(1) else 6, 4)(x)
nn.Conv2d(4, 5 if Size(1) is Size(1) else 6, 5)(x)
nn.Conv2d(4, len([each for each in [Size(1), Size(2)] if each == Size(2)]) + 6, 6)(x)

# %% one object and equal ones
one, flag = [1], 1
nn.Conv2d(4, 2 if one is one else 3, 1)(x)
nn.Conv2d(4, 2 if flag is True else 3, 2)(x)
nn.Conv2d(4, 2 if flag == True else 3, 3)(x)  # noqa: E712
nn.Conv2d(4, 2 if None is False else 3, 4)(x)

# %% members of an enumeration that are texts
from enum import Enum, StrEnum, auto


class Up(StrEnum):
    NEAREST = auto()
    DECONV = auto()


class Mode(str, Enum):
    CONV = "conv"


def up(mode):
    return nn.ConvTranspose2d(4, 2, 2, 2) if mode == "deconv" else nn.Conv2d(4, 3, 1)


up(Up.DECONV)(x)
up(Up("deconv"))(F.pad(x, (1, 0)))
up(Up.NEAREST)(x)
nn.Conv2d(4, 5 if Mode.CONV == "conv" else 6, 2)(x)

# %% members of an enumeration with fields of their own
import enum


class Kernel(enum.Enum):
    SMALL = (2, 2)
    LARGE = (4, 2)

    def __init__(self, size, stride):
        self.size = size
        self.stride = stride

    @property
    def padding(self):
        return (self.size - self.stride) // 2


class Part(enum.Flag):
    A = enum.auto()
    B = enum.auto()
    C = enum.auto()


for each in Kernel:
    nn.ConvTranspose2d(4, 2, each.size, each.stride, each.padding)(x)
nn.Conv2d(4, Part.C.value, 1)(x)

# %% a property that is worked out once
from functools import cached_property


class Late(nn.Module):
    made = 0

    @cached_property
    def conv(self):
        Late.made += 1
        return nn.Conv2d(4, 4 + Late.made, 3)

    def forward(self, x):
        return self.conv(x)


late = Late()
late(x)
nn.Conv2d(5, 2, 1)(late(F.pad(x, (0, 1))))
nn.Conv2d(6, 2, 1)(Late()(x))

# %% what is put into a container gives it back
body = nn.Sequential(nn.Conv2d(4, 3, 1))
body.append(nn.Conv2d(3, 2, 1)).append(nn.ReLU())
nn.Conv2d(2, len(body), 1)(body(x))
layers = nn.ModuleList().append(nn.Conv2d(4, 5, 1)).extend([nn.ReLU(), nn.ReLU()])
nn.Conv2d(5, len(layers), 1)(layers[0](x))

# %% a module that is put in the place of another by its path
net = nn.Sequential(nn.Sequential(nn.Conv2d(4, 3, 1)), nn.ConvTranspose2d(3, 2, 2, 2))
net.set_submodule("0.0", nn.Conv2d(4, 3, 3))
nn.Conv2d(2, 6, 1)(net(x))

# %% options of a command as a dictionary
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--channels", type=int, default=6)
parser.add_argument("--sizes", type=int, nargs="+", default=[3, 5])
parser.add_argument("--up", action="store_true")
parser.add_argument("--no-bias", dest="bias", action="store_false")
parser.add_argument("--norm", action=argparse.BooleanOptionalAction, default=True)
parser.add_argument("-z", "--latent", default="7", type=int)
parser.add_argument("--shape", default="2x3", type=lambda text: tuple(map(int, text.split("x"))))
args = parser.parse_args([])
options = vars(args)
nn.Conv2d(4, options["channels"], options["sizes"][0])(x)
nn.Conv2d(4, vars(args)["latent"], args.shape)(x)
options["channels"] = 9
nn.Conv2d(4, args.channels, 1)(x)
args.channels += 1
nn.Conv2d(4, vars(args)["channels"], 1)(x)
nn.Conv2d(4, parser.parse_args([]).channels, 1)(x)
for name, value in vars(args).items():
    if name == "latent":
        nn.Conv2d(4, value, 2)(x)


class Net(nn.Module):
    def __init__(self, channels, sizes, **others):
        super().__init__()
        self.conv = nn.Conv2d(4, channels, sizes[1])

    def forward(self, x):
        return self.conv(x)


Net(**vars(args))(x)
again = argparse.Namespace(**{**vars(args), "channels": 11})
again.__dict__.update(latent=12)
nn.Conv2d(4, again.channels, 3)(x)
nn.Conv2d(4, again.latent, 3)(x)

# %% a command line that the program gives itself
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--channels", type=int, default=6)
parser.add_argument("--sizes", type=int, nargs="+", default=[3, 5])
parser.add_argument("--up", action="store_true")
parser.add_argument("--no-bias", dest="bias", action="store_false")
parser.add_argument("--norm", action=argparse.BooleanOptionalAction, default=True)
parser.add_argument("--scale", type=float, default=1.0)
args = parser.parse_args("--chan 5 --sizes 1 2 --up --no-norm --no-bias --scale=2".split())
nn.Conv2d(4, args.channels, args.sizes)(x)
nn.Conv2d(4, 2 if args.norm else 1, 1)(x)
nn.Conv2d(4, 3 if args.bias else 2, 1)(x)
nn.Conv2d(4, int(args.scale * 2), 1)(x)
known, rest = parser.parse_known_args(["--channels", "3", "--other", "1"])
nn.Conv2d(4, known.channels + len(rest), 3)(x)
parser.set_defaults(channels=10)
nn.Conv2d(4, parser.parse_args([]).channels, 3)(x)
nn.Conv2d(4, parser.get_default("channels") + 1, 3)(x)

# %% what counts
from collections import Counter

count = Counter("abracadabra")
count.update("aa")
count.subtract("b")
nn.Conv2d(4, count["a"], count["b"])(x)
more = Counter({"a": 2})
more.update(a=3)
nn.Conv2d(4, more["a"], more["z"] + 1)(x)

# %% the same in another order [in part]
import random

sizes = [1, 2, 3]
random.seed(3)
random.shuffle(sizes)
nn.Conv2d(4, 2, sizes[0])(x)
nn.Conv2d(4, len(sizes), 1)(x)

# %% numbers that are rounded, and texts of texts
nn.Conv2d(4, int(round(3.7, 0)), 1)(x)
nn.Conv2d(4, int(round(0.125, 2) * 100), 1)(x)
nn.Conv2d(4, int(round(4.35, 1) * 10) % 10, 1)(x)
nn.Conv2d(4, len(repr("ab")), 2)(x)
nn.Conv2d(4, len("a\U0001f600b"), 3)(x)

# %% entries that are attributes, by the methods of a dictionary
class Config(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__

    def __missing__(self, key):
        return 7


config = Config(width=5)
config.kernel = 2
nn.Conv2d(4, config.width, config["kernel"])(x)
nn.Conv2d(4, config["other"], config.kernel)(x)

# %% a text that is run as a program [in part]
k = 2
exec("k = 3")
nn.Conv2d(4, k, 1)(x)
variables = {"n": 1}
exec("n = 5", variables)
nn.Conv2d(4, variables["n"], 1)(x)
nn.Conv2d(4, 6, 1)(x)

# %% a function of the library that is replaced
relu = F.relu
F.relu = lambda x: x[:, :1]
nn.Conv2d(1, 2, 2)(F.relu(x))
F.relu = relu
nn.Conv2d(4, 2, 2)(F.relu(x))

# %% a layer of the library that is replaced
class First(nn.Conv2d):
    def forward(self, x):
        return super().forward(x)[:, :1]


conv = nn.Conv2d
nn.Conv2d = First
conv(1, 5, 1)(nn.Conv2d(4, 5, 3)(x))
nn.Conv2d = conv
nn.Conv2d(5, 2, 1)(nn.Conv2d(4, 5, 2)(x))

# %% results that are written into a tensor that is there
out = torch.empty(0)
torch.cat([x, x], 1, out=out)
nn.Conv2d(8, 2, 3)(out)
torch.add(x, 1, out=out)
nn.Conv2d(4, 2, 3)(out)
other = torch.empty(0)
other.set_(torch.randn(3, 4, 6, 6))
nn.Conv2d(4, 2, 1)(other)

# %% a layer that does not fit, and what is done then
def fitting(x):
    try:
        return nn.Conv2d(3, 2, 1)(x)
    except RuntimeError:
        return nn.Conv2d(4, 5, 1)(x)


nn.Conv2d(5, 1, 1)(fitting(x))
try:
    nn.Conv2d(4, 2, 9)(x)
except Exception:
    nn.Conv2d(4, 3, 2)(x)
else:
    nn.Conv2d(3, 3, 3)(x)
try:
    nn.Conv2d(4, 2, 3)(x[0, 0, 0])
except RuntimeError:
    nn.Conv2d(4, 6, 2)(x)

# %% the handler that an exception is for
class Odd(ValueError):
    def __init__(self, size):
        self.size = size


def size(kind):
    try:
        if kind == 0:
            raise KeyError("size")
        if kind == 1:
            raise Odd(5)
        raise NotImplementedError
    except ValueError as error:
        return error.size
    except LookupError:
        return 6
    except (OSError, RuntimeError):
        return 7


for kind in range(3):
    nn.Conv2d(4, size(kind), kind + 1)(x)
try:
    try:
        raise IndexError
    except KeyError:
        k = 2
except LookupError:
    k = 3
nn.Conv2d(4, k, 1)(x)

# %% a package that may be missing [in part]
try:
    import no_such_package

    k = 5
except ImportError:
    k = 3
nn.Conv2d(4, k, 3)(x)
nn.Conv2d(4, 6, 1)(x)

# %% the class hides a module of the same name
class Optional(nn.Module):
    norm = None

    def __init__(self):
        super().__init__()
        self.norm = nn.Conv2d(4, 6, 1)

    def forward(self, x):
        return x if self.norm is None else self.norm(x)


nn.Conv2d(4, 2, 1)(Optional()(x))


class Shared(nn.Module):
    conv = nn.Conv2d(4, 3, 3)

    def forward(self, x):
        return self.conv(x)


shared = Shared()
shared.conv = nn.Conv2d(4, 2, 1)
nn.Conv2d(3, 2, 1)(shared(x))

# %% a module under the name of a method
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.forward = nn.Conv2d(4, 7, 1)
        self.conv = nn.Conv2d(4, 2, 1)

    def forward(self, x):
        return self.conv(x)


nn.Conv2d(2, 1, 1)(Net()(x))

# %% fields of every kind
from dataclasses import KW_ONLY, InitVar, asdict, dataclass, field, fields, replace
from typing import ClassVar


@dataclass
class Base:
    width: int
    kind: ClassVar[int] = 7
    depth: int = 2
    total: int = field(init=False, default=5)
    more: InitVar[int] = 3

    def __post_init__(self, more):
        self.total += more


@dataclass
class Derived(Base):
    depth: int = 4
    _: KW_ONLY
    scale: int = 1


one, other = Base(1, 3), Derived(3, 6, 2, scale=5)
nn.Conv2d(4, one.depth, 1)(x)
nn.Conv2d(4, one.total, 2)(x)
nn.Conv2d(4, Base.kind, 3)(x)
nn.Conv2d(4, other.depth + other.scale, 1)(x)
nn.Conv2d(4, other.total, 3)(x)
nn.Conv2d(4, len(fields(Derived)), 4)(x)
nn.Conv2d(4, replace(one, width=9, more=1).width, 4)(x)
nn.Conv2d(4, asdict(other)["scale"], 5)(x)

# %% objects that are equal are one in a set
class Pair:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __hash__(self):
        return hash(self.n)


sizes = {Pair(1), Pair(1), Pair(2)}
assert len(sizes) == 2
conv = nn.Conv2d(4, 2, 1)(x)

# %% a global name under a local one
n = 2


def outer():
    n = 5

    def inner():
        global n
        n += 1
        return n

    return inner() + n


nn.Conv2d(4, outer(), 1)(x)
nn.Conv2d(4, n, 2)(x)

# %% an iterator that is searched
numbers = (each for each in range(4))
nn.Conv2d(4, 1 if 2 in numbers else 2, 3)(x)
nn.Conv2d(4, len(list(numbers)), 2)(x)

# %% percent signs
nn.Conv2d(4, len("%d%%" % 5), 3)(x)
