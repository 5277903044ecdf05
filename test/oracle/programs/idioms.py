import itertools
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

# %% attention over places, axes under NumPy's names
class Places(nn.Module):
    def __init__(self):
        super().__init__()
        self.mix = nn.Conv2d(2, 1, 5, padding=2, bias=False)

    def forward(self, x):
        both = [x.mean(axis=1, keepdims=True), torch.amax(x, axis=1, keepdims=True)]
        return x * self.mix(torch.cat(both, axis=1)).sigmoid()


y = Places()(torch.randn(2, 6, 10, 12))
nn.Conv2d(6, 3, 3)(y)

# %% attention over channels, two axes under NumPy's names
class Channels(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.down, self.up = nn.Conv2d(c, c // 2, 1), nn.Conv2d(c // 2, c, 1)

    def forward(self, x):
        s = torch.mean(x, axis=(-1, 2), keepdims=True)
        return x * self.up(F.relu(self.down(s))).sigmoid()


nn.ConvTranspose2d(6, 4, 2, 2)(Channels(6)(torch.randn(2, 6, 10, 12)))

# %% standardised by hand
def standard(x):
    m = x.mean(axis=(0, 2, 3), keepdims=True)
    v = ((x - m) ** 2).mean(axis=[0, 2, 3], keepdims=True)
    return (x - m) / torch.sqrt(v + 1e-5)


nn.Conv2d(6, 4, 3)(standard(torch.randn(2, 6, 10, 12)))

# %% a sum without axes kept, and one kept
x = torch.randn(2, 6, 10, 12)
nn.Conv1d(6, 4, 3)(x.sum(axis=3))
nn.Conv2d(6, 4, 3)(x.sum(axis=3, keepdims=False)[..., None].expand(-1, -1, -1, 5))

# %% axes put in in place
v = torch.randn(9, 11)
v.unsqueeze_(0).unsqueeze_(1)
nn.Conv2d(1, 2, 3)(v)

# %% axes put in in place, a line each
v = torch.randn(9, 11)
v.unsqueeze_(0)
v.unsqueeze_(0)
w = v
w.squeeze_(1)
nn.Conv1d(9, 2, 3)(v)

# %% axes swapped in place
im = torch.randn(9, 11, 3)
im.transpose_(0, 2).transpose_(1, 2)
nn.Conv2d(3, 2, 3)(im)

# %% an axis put in in place where there is none
conv = nn.Conv2d(3, 2, 1)
v = torch.randn(9, 11)
v.unsqueeze_(4)

# %% axes swapped in place that are not there
conv = nn.Conv2d(3, 2, 1)
v = torch.randn(9, 11)
v.transpose_(0, 2)

# %% a mask of channels
x = torch.randn(2, 5, 8, 8)
keep = torch.tensor([True, False, True, True, False])
nn.Conv2d(3, 4, 3)(x[:, keep])

# %% a mask of channels in a list
x = torch.randn(2, 5, 8, 8)
nn.Conv2d(2, 4, 3)(x[:, [True, False, False, False, True]])

# %% a mask by a comparison of numbers, some of them made
x = torch.randn(2, 5, 8, 8)
nn.Conv2d(5, 4, 3)(x)
keep = torch.arange(5) * torch.ones(5) > 1
nn.Conv2d(3, 4, 3)(x[:, keep])

# %% a mask by a comparison of numbers
x = torch.randn(2, 5, 8, 8)
keep = torch.arange(5) > 1
nn.Conv2d(3, 4, 3)(x[:, keep])

# %% indices of channels
x = torch.randn(2, 5, 8, 8)
nn.Conv2d(3, 4, 3)(x[:, torch.tensor([4, 4, 0])])

# %% indices of channels past the end
conv = nn.Conv2d(3, 2, 1)
x = torch.randn(2, 5, 8, 8)
x[:, torch.tensor([4, 5])]

# %% a reflection that is longer than the sound
conv = nn.Conv2d(3, 2, 1)
x = torch.randn(1, 1, 100)
F.pad(x, (100, 100), mode="reflect")

# %% a reflection of all but one of a sound
x = torch.randn(1, 1, 100)
nn.Conv1d(1, 2, 8, stride=4)(F.pad(x, (99, 99), mode="reflect"))

# %% a layer that reflects as much as there is
nn.Conv2d(3, 4, 3)(nn.ReflectionPad2d((0, 0, 0, 12))(torch.randn(1, 3, 12, 13)))

# %% a convolution that reflects rows of which there are too few
nn.Conv2d(3, 4, (25, 3), padding=(12, 1), padding_mode="reflect")(torch.randn(1, 3, 12, 13))

# %% a convolution that reflects both axes of too few
nn.Conv2d(3, 4, 27, padding=13, padding_mode="reflect")(torch.randn(1, 3, 12, 13))

# %% a convolution that wraps around more than once
nn.Conv2d(3, 4, 29, padding=14, padding_mode="circular")(torch.randn(1, 3, 12, 13))

# %% a convolution that wraps around once
nn.Conv2d(3, 4, 25, padding=12, padding_mode="circular")(torch.randn(1, 3, 12, 13))

# %% memory that is given a shape later
z = torch.FloatTensor()
z.resize_(4, 10, 1, 1).normal_(0, 1)
g = nn.Sequential(nn.ConvTranspose2d(10, 6, 4), nn.ReLU(), nn.ConvTranspose2d(6, 3, 4, 2, 1))
g(z)

# %% memory that is given a shape in two lines
z = torch.empty(3)
z.resize_(4, 10, 1, 1)
nn.ConvTranspose2d(10, 6, 4)(z)

# %% a product with a buffer
class Waves(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.rates = nn.Buffer(torch.randn(3, n), persistent=False)

    def forward(self, p):
        a = 2 * math.pi * (p @ self.rates)
        return torch.cat([a.sin(), a.cos()], dim=-1)


f = Waves(16)(torch.rand(2, 7, 3))
nn.Conv1d(32, 4, 1)(f.transpose(1, 2))

# %% a product with a registered buffer
class Waves(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.register_buffer("rates", torch.randn(3, n))

    def forward(self, p):
        return (p @ self.rates).permute(0, 2, 1)


nn.Conv1d(16, 4, 1)(Waves(16)(torch.rand(2, 7, 3)))

# %% an embedding added to all
e = nn.Embedding(1, 32)
x = torch.rand(2, 7, 32)
nn.Conv1d(32, 4, 1)((x + e.weight).transpose(1, 2))

# %% an iterator that is read by hand
c = iter([3, 6, 12])
first = next(c)
layers = []
for width in c:
    layers.append(nn.Conv2d(first, width, 3))
    first = width
nn.Sequential(*layers)(torch.rand(1, 3, 20, 20))

# %% neighbours in a list
widths = [3, 6, 12]
layers = [nn.Conv2d(i, o, 3) for i, o in itertools.pairwise(widths)]
nn.Sequential(*layers)(torch.rand(1, 3, 20, 20))

# %% a bottleneck of one place, trained on one image
class Pooled(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.body = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(c, 4, 1, bias=False), nn.BatchNorm2d(4), nn.ReLU())

    def forward(self, x):
        y = self.body(x)
        return F.interpolate(y, size=x.shape[-2:], mode="bilinear", align_corners=False)


Pooled(6)(torch.randn(1, 6, 10, 12))

# %% a bottleneck of one place, trained on two images
class Pooled(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.body = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(c, 4, 1, bias=False), nn.BatchNorm2d(4), nn.ReLU())

    def forward(self, x):
        y = self.body(x)
        return F.interpolate(y, size=x.shape[-2:], mode="bilinear", align_corners=False)


nn.Conv2d(4, 2, 1)(Pooled(6)(torch.randn(2, 6, 10, 12)))

# %% a loss on two lengths
a = nn.Conv1d(1, 1, 3)(torch.randn(1, 1, 20))
(a - torch.randn(1, 1, 20)).abs().mean()

# %% a model of tokens, with a class before them
x = nn.Conv2d(3, 16, 4, 4)(torch.randn(2, 3, 16, 16)).flatten(2).transpose(1, 2)
token = nn.Parameter(torch.zeros(1, 1, 16))
x = torch.cat([token.expand(x.shape[0], -1, -1), x], dim=1)
x = x + nn.Parameter(torch.zeros(1, 17, 16))
nn.Conv1d(16, 4, 1)(x.transpose(1, 2))

# %% a model of tokens, of which one is too many
x = nn.Conv2d(3, 16, 4, 4)(torch.randn(2, 3, 16, 16)).flatten(2).transpose(1, 2)
token = nn.Parameter(torch.zeros(1, 1, 16))
x = torch.cat([token.expand(x.shape[0], -1, -1), x], dim=1)
x = x + nn.Parameter(torch.zeros(1, 16, 16))

# %% heads of attention
x = torch.randn(2, 7, 24)
q, k, v = nn.Linear(24, 72)(x).chunk(3, dim=-1)
q, k, v = (t.view(2, 7, 4, 6).transpose(1, 2) for t in (q, k, v))
a = (q @ k.transpose(-2, -1)).softmax(dim=-1) @ v
nn.Conv1d(24, 4, 1)(a.transpose(1, 2).reshape(2, 7, 24).transpose(1, 2))

# %% heads of attention, transposed too little
conv = nn.Conv2d(3, 2, 1)
x = torch.randn(2, 7, 24)
q, k, v = nn.Linear(24, 72)(x).chunk(3, dim=-1)
q, k, v = (t.view(2, 7, 4, 6).transpose(1, 2) for t in (q, k, v))
a = q @ k

# %% heads by unpacking the first axis
x = torch.randn(2, 7, 24)
qkv = nn.Linear(24, 72)(x).reshape(2, 7, 3, 4, 6).permute(2, 0, 3, 1, 4)
q, k, v = qkv
p, r, s = qkv[0], qkv[1], qkv[2]
nn.Conv2d(4, 2, 1)(q + r)

# %% windows of an image
x = torch.randn(2, 8, 8, 6)
w = x.view(2, 2, 4, 2, 4, 6).permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, 4, 4, 6)
nn.Conv2d(6, 3, 1)(w.permute(0, 3, 1, 2))

# %% a skip that is cropped
a, b = torch.randn(1, 4, 9, 9), torch.randn(1, 4, 12, 12)
d = (b.size(2) - a.size(2)) // 2
b = b[:, :, d : d + a.size(2), d : d + a.size(3)]
nn.Conv2d(8, 2, 1)(torch.cat([a, b], 1))

# %% a skip that is padded to fit
a, b = torch.randn(1, 4, 9, 9), torch.randn(1, 4, 12, 11)
dy, dx = b.size()[2] - a.size()[2], b.size()[3] - a.size()[3]
a = F.pad(a, [dx // 2, dx - dx // 2, dy // 2, dy - dy // 2])
nn.Conv2d(8, 2, 1)(torch.cat([b, a], dim=1))

# %% results in an empty tensor
out = torch.empty(0)
for k in range(3):
    out = torch.cat([out, torch.randn(1, 4, 6, 6)])
nn.Conv2d(4, 2, 1)(out)

# %% steps of time
x = torch.randn(2, 5, 3, 8, 8)
states = []
for t in range(x.size(1)):
    states.append(nn.Conv2d(3, 4, 3, padding=1)(x[:, t]))
y = torch.stack(states, dim=1)
nn.Conv3d(5, 2, 1)(y)

# %% steps of time, one too many
x = torch.randn(2, 5, 3, 8, 8)
for t in range(x.size(1) + 1):
    nn.Conv2d(3, 4, 3, padding=1)(x[:, t])

# %% self._output_padding of a transposed layer
class Back(nn.ConvTranspose2d):
    def forward(self, x, size=None):
        op = self._output_padding(x, size, self.stride, self.padding, self.kernel_size, 2, self.dilation)
        return F.conv_transpose2d(x, self.weight, self.bias, self.stride, self.padding, op, self.groups, self.dilation)


Back(4, 2, 3, stride=3, padding=1, dilation=2)(torch.randn(1, 4, 9, 7), [29, 21])
Back(4, 2, 3, stride=2, padding=1)(torch.randn(1, 4, 9, 7), (1, 2, 18, 13))
Back(4, 2, 3, stride=2, output_padding=1)(torch.randn(1, 4, 9, 7))

# %% products as methods make a kernel
taps = torch.as_tensor([1, 3, 3, 1], dtype=torch.float32)
square = taps.ger(taps)
F.conv_transpose2d(torch.randn(1, 3, 5, 6), square[None, None].repeat([3, 1] + [1] * square.ndim), stride=2, groups=3)
F.conv2d(torch.randn(1, 1, 9, 9), taps.outer(taps[:2]).unsqueeze(0).unsqueeze(0))
F.conv2d(torch.randn(1, 1, 9, 9), torch.ones(2, 2).kron(torch.ones(2, 1))[None, None])

# %% an array of whole numbers with its type
scales = np.array([2**i for i in range(4)], dtype=int)
factors = scales[2:] // scales[2]
scales[3:] = scales[2]
nn.ConvTranspose2d(3, 4, int(factors[1]) * 2, stride=int(factors[1]), padding=int(scales[3]) // 4)(torch.randn(1, 3, 6, 7))
nn.Conv1d(3, 4, np.array([3.7, 1.2], dtype=np.int64).tolist()[0])(torch.randn(1, 3, 9))

# %% or, after what is not known [in part]
given = eval("7")
nn.Conv1d(1, 2, given or 3)(torch.zeros(1, 1, 30))
nn.Conv1d(1, 3, eval("0") or 3)(torch.zeros(1, 1, 30))
nn.Conv1d(1, 4, 3 if (given or 3) else 5)(torch.zeros(1, 1, 30))

# %% and, or with a tensor of one truth
three = torch.tensor(3) + 0 == 3
nn.Conv1d(1, 2, three and 2 or 1)(torch.zeros(1, 1, 30))
nn.Conv1d(1, 3, 5 if torch.tensor([1, 2]).sum() == 4 else 7)(torch.zeros(1, 1, 30))
nn.Conv1d(1, 4, (not three) + 2)(torch.zeros(1, 1, 30))

# %% a setting that a manager changes around a block
from contextlib import contextmanager

state = {"k": 3}


@contextmanager
def setting(**kw):
    old = dict(state)
    state.update(kw)
    try:
        yield state
    finally:
        state.clear()
        state.update(old)


with setting(k=5):
    a = nn.Conv2d(1, 2, state["k"])
b = nn.Conv2d(2, 3, state["k"])
b(a(torch.randn(1, 1, 20, 20)))


def run(x):
    with setting(k=4) as inner, setting(k=7):
        return nn.Conv2d(3, 4, inner["k"])(x)


run(torch.randn(1, 3, 20, 20))
nn.Conv2d(3, 5, state["k"])(torch.randn(1, 3, 20, 20))

# %% a class around a block, without a name
class Kernel:
    size = 1

    def __init__(self, size):
        self.wanted = size

    def __enter__(self):
        self.before, Kernel.size = Kernel.size, self.wanted

    def __exit__(self, kind, error, trace):
        Kernel.size = self.before
        return kind is ValueError


with Kernel(7):
    a = nn.Conv2d(1, 2, Kernel.size)
    with Kernel(2):
        b = nn.Conv2d(2, 3, Kernel.size)
c = nn.Conv2d(3, 4, Kernel.size)
c(b(a(torch.randn(1, 1, 20, 20))))

# %% a manager that takes what its block raises
import contextlib


@contextlib.contextmanager
def harmless():
    try:
        yield
    except ValueError:
        pass


size = 2
with harmless():
    size = 6
    raise ValueError
    size = 9
nn.Conv2d(1, 2, size)(torch.randn(1, 1, 20, 20))

# %% a manager that is made now and entered later
from contextlib import contextmanager

kernels = [3]


@contextmanager
def pushed(k):
    kernels.append(k)
    yield k
    kernels.pop()


later = pushed(5)
a = nn.Conv2d(1, 2, kernels[-1])
with later as k:
    b = nn.Conv2d(2, 3, (k, kernels[-1]))
nn.Conv2d(3, 4, kernels[-1])(b(a(torch.randn(1, 1, 20, 20))))

# %% the weights of another time within a block
from contextlib import contextmanager


class Averaged(nn.Module):
    def __init__(self, use=True):
        super().__init__()
        self.use, self.kernel = use, 3
        self.net = nn.ConvTranspose2d(3, 4, 3, 2)

    @contextmanager
    def scope(self, context=None):
        if self.use:
            self.kernel = 1
        try:
            yield None
        finally:
            if self.use:
                self.kernel = 3

    def forward(self, x):
        with self.scope("here"):
            y = self.net(x)
            head = nn.Conv2d(4, 2, self.kernel)
        return nn.Conv2d(2, 2, self.kernel)(head(y))


Averaged()(torch.randn(1, 3, 8, 8))
