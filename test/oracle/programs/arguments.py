import functools

import torch
import torch.nn as nn

x = torch.zeros(1, 3, 8, 8)


class Net(nn.Module):
    def __init__(self, width=4, *, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3, bias=bias)

    def forward(self, x, skip):
        return self.conv(x) + skip


def conv(inputs, outputs, stride=1):
    return nn.Conv2d(inputs, outputs, 3, stride)


# %% an input too few
Net()(x)

# %% an input too many
Net()(x, 1, 2)

# %% an input of another name
Net()(x, shortcut=1)

# %% an input twice
Net()(x, 1, x=x)

# %% as many as there are
Net(5)(x, skip=1)
Net(width=6, bias=False)(skip=1, x=x)

# %% a constructor with too many
Net(4, True)

# %% a constructor with a word that it does not know
Net(3, stride=2)


# %% a constructor without what it needs
class Wide(nn.Module):
    def __init__(self, width, size, *, bias):
        super().__init__()
        self.conv = nn.Conv2d(3, width, size, bias=bias)


Wide()


# %% a constructor without a word that it needs
class Wide(nn.Module):
    def __init__(self, width, *, bias):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3, bias=bias)


Wide(4)


# %% the constructor of a base
class Wide(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)


class Deep(Wide):
    def __init__(self):
        super().__init__()


Deep()

# %% a function without what it needs
conv(3)

# %% a function with too many
conv(3, 4, 1, 5)

# %% a function with one twice
conv(3, 4, inputs=2)


# %% a method without what it needs
class Maker:
    def conv(self, inputs, outputs):
        return nn.Conv2d(inputs, outputs, 3)


Maker().conv(3)


# %% a method of the class, without an object
class Maker:
    def conv(self, outputs):
        return nn.Conv2d(3, outputs, 3)


Maker.conv(3)


# %% a static method
class Maker:
    @staticmethod
    def conv(outputs):
        return nn.Conv2d(3, outputs, 3)


Maker().conv(3, 4)


# %% a method that forgets its object
class Same(nn.Module):
    def forward(x):
        return x


Same()(x)


# %% a function within another
def build():
    def conv(outputs):
        return nn.Conv2d(3, outputs, 3)

    return conv()


build()

# %% a sequence with two inputs
nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())(x, x)

# %% a sequence without an input
nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())()

# %% what is caught
try:
    conv(3)
except TypeError:
    nn.Conv2d(3, 2, 1)(x)


# %% what fits all the same
def spread(first, *rest, last=1, **named):
    return nn.Conv2d(3, first + len(rest) + last + len(named), 1)


spread(1)(x)
spread(1, 2, 3)(x)
spread(1, last=4, other=5)(x)
spread(*[3, 4], **{"last": 2})(x)


def positional(first, /, second=2):
    return nn.Conv2d(3, first * second, 1)


positional(5, second=2)(x)


def added(function):
    def inner(*given):
        return function(*given, 9)

    return inner


@added
def width(first, second):
    return first + second


nn.Conv2d(3, width(2), 1)(x)

later = functools.partial(conv, 3)
later(12)(x)


# %% a class that is made by another [silent]
class Meta(type):
    def __call__(cls, *given):
        return super().__call__(4)


class Wide(metaclass=Meta):
    def __init__(self, width):
        self.width = width


nn.Conv2d(3, Wide().width, 1)(x)

# %% a hook that adds an input
net = Net()
net.register_forward_pre_hook(lambda module, inputs: (*inputs, 1))
net(x)

# %% a forward that was replaced
net = Net()
net.forward = lambda x: net.conv(x)
net(x)

# %% keys and values of other lengths
attention = nn.MultiheadAttention(8, 2, batch_first=True)
attention(torch.zeros(2, 5, 8), torch.zeros(2, 7, 8), torch.zeros(2, 6, 8))

# %% keys and values of other lengths, without a batch
attention = nn.MultiheadAttention(8, 2, batch_first=True)
attention(torch.zeros(5, 8), torch.zeros(7, 8), torch.zeros(6, 8))

# %% keys and values of other batches, by name
attention = nn.MultiheadAttention(8, 2)
attention(torch.zeros(5, 2, 8), value=torch.zeros(7, 2, 8), key=torch.zeros(7, 3, 8))

# %% keys and values without a batch, of queries with one
attention = nn.MultiheadAttention(8, 2)
attention(torch.zeros(5, 2, 8), torch.zeros(7, 8), torch.zeros(7, 8))

# %% values with a batch, of queries without one
attention = nn.MultiheadAttention(8, 2)
attention(torch.zeros(5, 8), torch.zeros(7, 8), torch.zeros(7, 2, 8))

# %% keys and values of widths of their own
attention = nn.MultiheadAttention(8, 2, kdim=6, vdim=5)
output, _ = attention(torch.zeros(5, 2, 8), torch.zeros(7, 2, 6), torch.zeros(7, 2, 5))
nn.Conv1d(2, 4, 1)(output)

# %% keys that are the values
attention = nn.MultiheadAttention(8, 2, batch_first=True)
given = torch.zeros(2, 9, 8)
output, _ = attention(torch.zeros(2, 4, 8), given, given)
nn.Conv1d(4, 2, 1)(output)


# %% a static forward, as YOLO's activation has
class SiLU(nn.Module):
    @staticmethod
    def forward(x):
        return x * torch.sigmoid(x)


nn.Sequential(nn.Conv2d(3, 4, 3), SiLU())(torch.zeros(1, 3, 8, 8))
SiLU()(torch.zeros(1, 3, 8, 8))


# %% a class that nobody makes, whose methods those that are derived from it have with other arguments
class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.inner = self.make()

    def make(self):
        return nn.Identity()

    def block(self, x):
        raise NotImplementedError

    def forward(self, x):
        return self.block(self.inner(self.conv(x), 1), 3)


class Scaled(nn.Module):
    def forward(self, x, by):
        return x * by


class Derived(Base):
    def make(self):
        return Scaled()

    def block(self, x, times):
        return x * times


Derived()(torch.zeros(1, 3, 8, 8))


# %% a class between others, whose base takes what the next one gives
class Width(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)


class Mixed(Width):
    def __init__(self):
        super().__init__()


class Four(Width):
    def __init__(self):
        super().__init__(4)


class Both(Mixed, Four):
    def forward(self, x):
        return self.conv(x)


Both()(torch.zeros(1, 3, 8, 8))
