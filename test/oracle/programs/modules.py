import copy

import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.randn(1, 3, 20, 20)

# %% apply
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
def f(m):
    if isinstance(m, nn.Conv2d):
        m.padding = (1, 1)

net.apply(f)
net(x)

# %% apply lambda
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net.apply(lambda m: setattr(m, 'stride', (2, 2)) if isinstance(m, nn.Conv2d) else None)
net(x)

# %% apply nested
class B(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(3, 4, 3)

    def forward(self, x):
        return self.c(x)

net = nn.Sequential(B(), nn.Conv2d(4, 2, 3))
for n, m in net.named_modules():
    if n.endswith('c'):
        m.dilation = (3, 3)
net(x)

# %% named_children replace
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
for n, m in net.named_children():
    if isinstance(m, nn.Conv2d):
        setattr(net, n, nn.Conv2d(m.in_channels, m.out_channels, 5))
net(x)

# %% modules dict replace
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
for n in list(net._modules):
    m = net._modules[n]
    if isinstance(m, nn.ReLU):
        net._modules[n] = nn.MaxPool2d(2)
net(x)

# %% setattr seq new
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net.extra = nn.Conv2d(5, 6, 3)
net(x)

# %% seq forward
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net.forward = lambda x: x
d = nn.Conv2d(3, 7, 1)
d(net(x))

# %% seq hook
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net.register_forward_hook(lambda m, i, o: o[:, :2])
d = nn.Conv2d(2, 7, 1)
d(net(x))

# %% seq prehook
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net.register_forward_pre_hook(lambda m, i: (i[0][:, :, ::2],))
net(x)

# %% conv prehook
c = nn.Conv2d(3, 4, 3)
c.register_forward_pre_hook(lambda m, i: (i[0][:, :, ::2],))
c(x)

# %% del seq
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
del net[1]
print(len(net))
net(x)

# %% del seq last
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
del net[-1]
d = nn.Conv2d(4, 7, 1)
d(net(x))

# %% del attr module
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.b = nn.Conv2d(4, 5, 3)

    def forward(self, x):
        for m in self.children():
            x = m(x)
        return x

m = M()
del m.b
m(x)

# %% find first
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
def first(net):
    for m in net.modules():
        if isinstance(m, nn.Conv2d):
            return m

c = first(net)
c.stride = (2, 2)
net(x)

# %% count
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
k = len([m for m in net.modules() if isinstance(m, nn.Conv2d)])
nn.Conv2d(3, k, 1)(x)

# %% list index
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
c = list(net.modules())[3]
c.stride = (2, 2)
net(x)

# %% shared
c = nn.Conv2d(3, 3, 3)
net = nn.Sequential(c, c)
n = 0
for m in net.modules():
    n += 1
nn.Conv2d(3, n, 1)(x)

# %% init loop
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
for m in net.modules():
    if isinstance(m, nn.Conv2d):
        nn.init.kaiming_normal_(m.weight, mode='fan_out')
        m.bias.data.zero_()
net(x)

# %% init in ctor
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                n = m.kernel_size[0] * m.out_channels
                m.weight.data.normal_(0, n)

    def forward(self, x):
        return self.a(x)

M()(x)

# %% weight data shrink
c = nn.Conv2d(3, 8, 3)
c.weight.data = c.weight.data[:4]
c.bias.data = c.bias.data[:4]
c(x)

# %% weight data transposed
c = nn.ConvTranspose2d(3, 8, 3)
c.weight.data = torch.zeros(3, 2, 5, 5)
c.bias = None
c(x)

# %% alias weight
c = nn.Conv2d(3, 8, 3)
w = c.weight
w.data = torch.zeros(8, 3, 5, 5)
c(x)

# %% functional weight
c = nn.Conv2d(3, 8, 3)
c.weight.data = torch.zeros(8, 3, 5, 5)
F.conv2d(x, c.weight, None)

# %% data tensor
t = torch.zeros(1, 3, 9, 9)
t.data = torch.zeros(1, 3, 5, 5)
nn.Conv2d(3, 2, 1)(t)

# %% linear data
l = nn.Linear(20, 6)
l.weight.data = torch.zeros(8, 20)
l.bias = None
nn.Conv2d(3, 2, 1)(l(x))

# %% moduledict del
d = nn.ModuleDict({'a': nn.Conv2d(3, 4, 3), 'b': nn.Conv2d(3, 5, 3)})
del d['a']
for k in d:
    d[k](x)

# %% modulelist setattr
l = nn.ModuleList([nn.Conv2d(3, 4, 3), nn.Conv2d(4, 5, 3)])
setattr(l, '0', nn.Conv2d(3, 4, 5))
y = x
for m in l:
    y = m(y)

# %% choice [silent]
import random
c = nn.Conv2d(3, 4, 3) if random.random() < 2 else nn.Conv2d(3, 4, 5)
c.padding = (1, 1)
c(x)

# %% add_module replace
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net.add_module('2', nn.Conv2d(4, 6, 1))
net(x)

# %% inst conv mod
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)

    def forward(self, x):
        return self.a(x)

m = M()
m._modules['a'].stride = (2, 2)
m(x)

# %% inst conv mod2
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)

    def forward(self, x):
        return self.a(x)

m = M()
m._modules['a'] = nn.Conv2d(3, 9, 1)
m(x)

# %% parameters loop
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
for p in net.parameters():
    p.requires_grad = False
net(x)

# %% causal
class Causal(nn.Conv2d):
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self._pad = (2, 0, 2, 0)
        self.padding = (0, 0)

    def forward(self, x):
        return super().forward(F.pad(x, self._pad))

Causal(3, 4, 3, padding=1)(x)

# %% ws conv
class WS(nn.Conv2d):
    def forward(self, x):
        w = self.weight
        w = w - w.mean(dim=(1, 2, 3), keepdim=True)
        return F.conv2d(x, w, self.bias, self.stride, self.padding, self.dilation, self.groups)

WS(3, 4, 3, padding=1, stride=2)(x)

# %% same pad
class Same(nn.Conv2d):
    def forward(self, x):
        ih, iw = x.size()[-2:]
        kh, kw = self.weight.size()[-2:]
        sh, sw = self.stride
        import math
        oh, ow = math.ceil(ih / sh), math.ceil(iw / sw)
        ph = max((oh - 1) * sh + (kh - 1) * self.dilation[0] + 1 - ih, 0)
        pw = max((ow - 1) * sw + (kw - 1) * self.dilation[1] + 1 - iw, 0)
        x = F.pad(x, [pw // 2, pw - pw // 2, ph // 2, ph - ph // 2])
        return F.conv2d(x, self.weight, self.bias, self.stride, self.padding, self.dilation, self.groups)

Same(3, 4, 3, stride=2)(x)

# %% partial
class PC(nn.Conv2d):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.mask = torch.ones(1, 1, self.kernel_size[0], self.kernel_size[1])

    def forward(self, x):
        m = F.conv2d(torch.ones(1, 1, 20, 20), self.mask, bias=None, stride=self.stride, padding=self.padding)
        return super(PC, self).forward(x) * m

PC(3, 4, 3, padding=1)(x)

# %% weight norm
c = torch.nn.utils.parametrizations.weight_norm(nn.Conv2d(3, 4, 3))
c(x)

# %% weight norm old
c = torch.nn.utils.weight_norm(nn.Conv2d(3, 4, 3))
c.padding = (1, 1)
c(x)

# %% remove wn
c = torch.nn.utils.weight_norm(nn.Conv2d(3, 4, 3))
torch.nn.utils.remove_weight_norm(c)
c(x)

# %% deepcopy
import copy
c = nn.Conv2d(3, 4, 3)
d = copy.deepcopy(c)
d.stride = (2, 2)
c(x)
d(x)

# %% training attr
c = nn.Conv2d(3, 4, 3)
c.training = False
c.name = 'foo'
c(x)

# %% dict
c = nn.Conv2d(3, 4, 3)
c.__dict__['padding'] = (1, 1)
c(x)

# %% vars
c = nn.Conv2d(3, 4, 3)
vars(c)['padding'] = (1, 1)
c(x)

# %% setattr
c = nn.Conv2d(3, 4, 3)
for k, v in {'padding': (1, 1), 'stride': (2, 2)}.items():
    setattr(c, k, v)
c(x)

# %% object setattr
c = nn.Conv2d(3, 4, 3)
object.__setattr__(c, 'padding', (1, 1))
c(x)

# %% dunder setattr
c = nn.Conv2d(3, 4, 3)
c.__setattr__('padding', (1, 1))
c(x)

# %% augmented [untold]
c = nn.Conv2d(3, 4, 3)
c.padding += (1,)
c(x)

# %% unpack
c = nn.Conv2d(3, 4, 3)
c.padding, c.stride = (1, 1), (2, 2)
c(x)

# %% chain
c = d = nn.Conv2d(3, 4, 3)
d.padding = (1, 1)
c(x)

# %% class replaced
c = nn.Conv2d(3, 4, 3)
c.__class__ = nn.ConvTranspose2d
nn.Conv2d(3, 4, 1)(x)

# %% train returns
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net = net.eval().train().to('cpu')
net[0].padding = (1, 1)
net(x)

# %% fuse
def fuse(m):
    m.weight = nn.Parameter(torch.zeros(4, 3, 1, 1))
    return m

fuse(nn.Conv2d(3, 4, 3))(x)

# %% kernel param
c = nn.Conv2d(3, 4, 3)
c.weight = torch.nn.Parameter(c.weight.repeat(1, 2, 1, 1) / 2)
c.in_channels = 6
c(torch.zeros(1, 6, 9, 9))

# %% unknown weight [silent]
import os
c = nn.Conv2d(3, 4, 3)
c.weight = nn.Parameter(eval('torch.zeros(4, 3, 5, 5)'))
c(x)

# %% a stride set from outside
c = nn.Conv2d(3, 4, 3)
c.stride = (2, 2)
c(x)

# %% a padding that a subclass sets on itself
class Causal(nn.Conv2d):
    def __init__(self, *args):
        super().__init__(*args, padding=2)
        self.padding = (0, 0)

    def forward(self, x):
        return super().forward(x)

Causal(3, 4, 3)(x)

# %% a weight of another kernel and a bias that is too short
c = nn.Conv2d(3, 4, 3)
c.weight = nn.Parameter(torch.zeros(6, 3, 5, 5))
c(x)

# %% an attribute that nobody reads
c = nn.Conv2d(3, 4, 3)
c.note = 7
c(x)

# %% a hook that changes the result
a = nn.Conv2d(3, 4, 3)
a.register_forward_hook(lambda m, i, o: o[:, :2])
b = nn.Conv2d(2, 5, 1)
b(a(x))

# %% a hook that was taken off again
a = nn.Conv2d(3, 4, 3)
h = a.register_forward_hook(lambda m, i, o: o[:, :2])
h.remove()
b = nn.Conv2d(4, 5, 1)
b(a(x))

# %% a forward that was replaced
a = nn.Conv2d(3, 4, 3)
a.forward = lambda x: x
b = nn.Conv2d(3, 5, 1)
b(a(x))

# %% layers that a subclass of Sequential sets as attributes
class Head(nn.Sequential):
    def __init__(self):
        super().__init__()
        self.one = nn.Conv2d(3, 4, 3)
        self.two = nn.Conv2d(4, 5, 3)

Head()(x)

# %% an attribute set beside finally
def f(x):
    try:
        return nn.Conv2d(3, 4, 3)(x)
    finally:
        if torch.is_grad_enabled():
            print("done")

nn.Conv2d(4, 2, 1)(f(x))

# %% a method of the layer that is replaced [silent]
c = nn.Conv2d(3, 4, 3)
c._conv_forward = lambda x, w, b: F.conv2d(x, w, b, stride=2)
c(x)

# %% what initialisers give back
w = nn.init.kaiming_normal_(torch.empty(8, 3, 3, 3))
F.conv2d(x, w)

# %% an initialiser by keyword
w = nn.init.constant_(tensor=torch.empty(8, 3, 5, 5), val=0.1)
F.conv2d(x, w)

# %% checkpointed parts of a Sequential
from torch.utils.checkpoint import checkpoint_sequential

net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 4, 3))
y = checkpoint_sequential(net, 2, x, use_reentrant=False)
nn.Conv2d(4, 2, 3)(y)

# %% a weight that is standardised before the layer's own forward
class Standardised(nn.Conv2d):
    def forward(self, x):
        w = self.weight
        v, m = torch.var_mean(w, dim=[1, 2, 3], keepdim=True, unbiased=False)
        return self._conv_forward(x, (w - m) / torch.sqrt(v + 1e-10), self.bias)

Standardised(3, 6, 3, stride=2, padding=1)(x)

# %% another weight for the layer's own forward, and a stride that was assigned
class Larger(nn.Conv2d):
    def __init__(self):
        super().__init__(3, 6, 3)
        self.stride = (2, 2)

    def forward(self, x):
        return self._conv_forward(x, torch.zeros(6, 3, 5, 5), None)

Larger()(x)

# %% a model that asks whether it is trained
class Asks(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)

    def forward(self, inputs):
        if self.training:
            images, _ = inputs
        else:
            images = inputs
        return self.conv(images)


class Holds(nn.Module):
    def __init__(self):
        super().__init__()
        self.asks = nn.Sequential(Asks())

    def forward(self, inputs):
        return nn.Conv2d(4, 5 if self.training else 6, 1)(self.asks(inputs))


model = Holds()
model.eval()
model(torch.randn(1, 3, 8, 8))
model.train()
model((torch.randn(1, 3, 9, 9), 1))
model.train(False)
model(torch.randn(1, 3, 10, 10))
model.asks.train(mode=True)
model((torch.randn(1, 3, 11, 11), 1))

# %% a module that somebody else may have put into training
class Told(nn.Module):
    def forward(self, x):
        return nn.Conv2d(3, 5 if self.training else 6, 1)(x)


told = Told().eval()
told(torch.randn(1, 3, 8, 8))
copy.deepcopy(told).train()(torch.randn(1, 3, 9, 9))
told(torch.randn(1, 3, 10, 10))
for module in told.modules():
    module.train()
told(torch.randn(1, 3, 11, 11))

# %% a hook of all modules
def cropped(module, inputs, output):
    if isinstance(module, nn.Conv2d):
        return output[:, :, 1:-1, 1:-1]


handle = nn.modules.module.register_module_forward_hook(cropped)
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(4, 5, 3))
net(torch.zeros(1, 3, 16, 16))
handle.remove()
net(torch.zeros(1, 3, 20, 20))

# %% a hook before all modules
def doubled(module, inputs):
    if isinstance(module, nn.ConvTranspose2d):
        return (inputs[0].repeat(1, 1, 2, 2),)


handle = nn.modules.module.register_module_forward_pre_hook(doubled)
nn.ConvTranspose2d(3, 4, 2, 2)(torch.zeros(1, 3, 5, 5))
handle.remove()
nn.ConvTranspose2d(3, 4, 2, 2)(torch.zeros(1, 3, 5, 5))

# %% a lazy layer takes its width once
layer = nn.LazyConv2d(8, 3)
layer(torch.zeros(1, 5, 17, 17))
layer(torch.zeros(1, 6, 17, 17))

# %% a lazy layer knows its width afterwards
net = nn.Sequential(nn.LazyConv2d(8, 3, 2), nn.LazyConvTranspose2d(4, 2, 2), nn.LazyConv2d(1, 1))
net(torch.zeros(1, 5, 17, 17))
nn.Conv2d(net[1].in_channels, 2, 3)(torch.zeros(1, 8, 9, 9))

# %% a parametrisation that keeps the shape
class Symmetric(nn.Module):
    def forward(self, weight):
        return weight + weight.transpose(-1, -2)


layer = nn.Conv2d(3, 5, 3)
nn.utils.parametrize.register_parametrization(layer, "weight", Symmetric())
layer(torch.zeros(1, 3, 9, 9))

# %% a parametrisation that changes the shape
class Half(nn.Module):
    def forward(self, weight):
        return weight[: weight.shape[0] // 2]


layer = nn.Conv2d(3, 6, 3, bias=False)
nn.utils.parametrize.register_parametrization(layer, "weight", Half(), unsafe=True)
nn.Conv2d(3, 2, 1)(layer(torch.zeros(1, 3, 9, 9)))

# %% a convolution with its normalisation in it
layer = nn.utils.fusion.fuse_conv_bn_eval(nn.Conv2d(3, 7, 3).eval(), nn.BatchNorm2d(7).eval())
nn.Conv2d(layer.out_channels, 2, 3)(layer(torch.zeros(1, 3, 8, 8)))

# %% the forward of all convolutions replaced [in part]
kept = nn.Conv2d.forward
nn.Conv2d.forward = lambda self, x: kept(self, nn.functional.pad(x, (1, 1, 1, 1)))
nn.Conv2d(3, 2, 3)(torch.zeros(1, 3, 7, 7))
nn.Conv2d.forward = kept
nn.Conv2d(3, 2, 3)(torch.zeros(1, 3, 6, 6))

# %% a convolution called with its forward replaced by a hook of one module
layer = nn.Conv2d(3, 2, 3)
layer.forward = lambda x: nn.functional.conv2d(x, layer.weight, layer.bias, stride=2)
layer(torch.zeros(1, 3, 9, 9))
