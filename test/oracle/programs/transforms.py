from functools import partial

import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.randn(2, 4, 8, 8)

# %% a function over batches, by a decorator [silent]
@torch.vmap
def pooled(x):
    return x.mean(0)


@partial(torch.vmap, in_dims=1, out_dims=1)
def first(x):
    return x[:, :2]


@torch.func.vmap
def twice(x):
    return torch.cat([x, x], 0)


@torch.func.grad
def loss(x):
    return x.sum()


conv = nn.Conv1d(8, 2, 1)(pooled(x))
conv = nn.Conv2d(4, 3, 1)(first(x))
conv = nn.Conv2d(8, 2, 1)(twice(x))
conv = nn.Conv2d(4, 6, 1)(loss(x))

# %% a decorator of which some arguments are given
def padded(function, by=1):
    return lambda x: F.pad(function(x), (by, 0))


@partial(padded, by=3)
def same(x):
    return x


nn.Conv2d(4, 2, 1)(same(x))

# %% a function with its own gradient
class Repeated(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, times):
        ctx.times = times
        return x.repeat_interleave(times, -1)

    @staticmethod
    def backward(ctx, gradient):
        return gradient[..., :: ctx.times], None


class Two(torch.autograd.Function):
    @staticmethod
    def forward(x, y):
        return x[:, ::2], torch.cat([x, y], 1)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)


repeat = Repeated.apply
half, both = Two.apply(x, x)
nn.Conv2d(4, 2, 3)(Repeated.apply(x, 3))
nn.Conv2d(4, 2, 3)(repeat(x, 2))
nn.Conv2d(2, 2, 3)(half)
nn.Conv2d(8, 2, 3)(both)

# %% products and quotients that are added
shift = torch.randn(2, 4, 1, 1)
nn.Conv2d(4, 1, 1)(torch.addcmul(shift, x, shift + 1))
nn.Conv2d(4, 2, 1)(shift.addcdiv(x, shift, value=0.5))
nn.Conv2d(4, 3, 1)(torch.lerp(shift, x, 0.5))
nn.Conv2d(4, 4, 1)(torch.lerp(shift, shift, x))

# %% a module whose call does more than its forward
class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 6, 3)

    def forward(self, x):
        return self.conv(x)

    def __call__(self, x, scale=2):
        return F.interpolate(super().__call__(x), scale_factor=scale)


net = Scaled()
nn.Conv2d(6, 2, 1)(net(x))
nn.Conv2d(6, 3, 1)(net(x, scale=3))
nn.Conv2d(6, 4, 1)(net.forward(x))
net.register_forward_hook(lambda module, given, result: result[..., 1:])
nn.Conv2d(6, 5, 1)(net(x))

# %% classes that register themselves above
class Base:
    kinds = {}

    def __init_subclass__(cls, kind=None, **options):
        super().__init_subclass__(**options)
        cls.kinds[kind or cls.__name__] = cls


class Small(Base, kind="small"):
    size = 3


class Large(Small):
    pass


nn.Conv2d(4, len(Base.kinds), Base.kinds["small"].size)(x)
nn.Conv2d(4, Base.kinds["Large"]().size, 1)(x)
