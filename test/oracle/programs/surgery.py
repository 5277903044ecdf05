import copy
import types

import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.zeros(2, 3, 16, 16)

# %% slice of sequential
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3), nn.Conv2d(5, 6, 3))
net[:-1](x); net[2:](torch.zeros(1, 4, 9, 9)); net[::2](x)

# %% children without the last
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Sequential(nn.Conv2d(4, 5, 3), nn.Conv2d(5, 6, 1)), nn.Conv2d(6, 7, 1))
nn.Sequential(*list(net.children())[:-1])(x)

# %% replaced by path
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Sequential(nn.Conv2d(4, 5, 3), nn.Conv2d(5, 6, 1)))
for name, m in list(net.named_modules()):
    if isinstance(m, nn.Conv2d) and m.kernel_size == (3, 3):
        *path, last = name.split(".")
        parent = net
        for p in path: parent = getattr(parent, p)
        setattr(parent, last, nn.Conv2d(m.in_channels, m.out_channels, 5, padding=2))
net(x)

# %% strides set to one
net = nn.Sequential(nn.Conv2d(3, 4, 3, stride=2), nn.MaxPool2d(2), nn.Conv2d(4, 5, 3, stride=2))
for m in net.modules():
    if isinstance(m, nn.Conv2d): m.stride = (1, 1)
net(x)

# %% dilation by name
net = nn.ModuleDict({"layer3": nn.Conv2d(3, 4, 3, stride=2, padding=1), "layer4": nn.Conv2d(4, 5, 3, stride=2, padding=1)})
for n, m in net.named_modules():
    if "4" in n: m.dilation, m.padding, m.stride = (2, 2), (2, 2), (1, 1)
y = net["layer4"](net["layer3"](x))

# %% deepcopy is its own
a = nn.Conv2d(3, 4, 3); b = copy.deepcopy(a); b.stride = (2, 2)
a(x)
b(x)

# %% layers made by multiplication are one
layers = nn.ModuleList([nn.Conv2d(3, 3, 3)] * 2)
layers[0].stride = (2, 2)
layers[1](x)

# %% weights cut
c = nn.Conv2d(3, 8, 3)
F.conv2d(x, c.weight[:4], c.bias[:4])
F.conv2d(x[:, :2], c.weight[:, :2])
F.conv2d(x, c.weight.flip(2, 3), stride=2)

# %% weights of one channel
c = nn.Conv2d(3, 8, 3)
c.weight.data = c.weight.data.sum(1, keepdim=True); c.in_channels = 1
c(torch.zeros(1, 1, 9, 9))

# %% weights as a parameter
c = nn.Conv2d(3, 8, 3)
c.weight = nn.Parameter(torch.zeros(8, 3, 5, 5))
c(x)

# %% hypernetwork: batch as groups
w = torch.zeros(2, 4, 3, 3, 3)
F.conv2d(x.reshape(1, 6, 16, 16), w.view(8, 3, 3, 3), groups=2, padding=1).view(2, 4, 16, 16)

# %% modulated transposed
w = torch.zeros(2, 3, 4, 3, 3)
F.conv_transpose2d(x.view(1, 6, 16, 16), w.reshape(6, 4, 3, 3), stride=2, groups=2)

# %% fixed blur
k = torch.tensor([1., 2., 1.]); k = k[:, None] * k[None, :]
F.conv2d(x, k.expand(3, 1, -1, -1), groups=3, padding=1)
F.conv2d(F.pad(x, (1, 1, 1, 1), mode="reflect"), k.repeat(3, 1, 1, 1), groups=3, stride=2)

# %% buffer
class B(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("k", torch.ones(3, 1, 5, 5))
    def forward(self, x): return F.conv2d(x, self.k, groups=x.shape[1], padding=self.k.shape[-1] // 2)
B()(x)

# %% skip_init and lazy
c = nn.utils.skip_init(nn.Conv2d, 3, 4, kernel_size=3)
c(x)
l = nn.LazyConv2d(5, 3)
l(x)
l(torch.zeros(1, 3, 7, 7))

# %% what stands behind is moved by its number, which a name is not [untold]
def run():
    net = nn.Sequential()
    net.add_module("a", nn.Conv2d(3, 4, 3))
    net(x)
    net.insert(0, nn.Identity())
    net.append(nn.Conv2d(4, 5, 3))
    net(x)


run()

# %% add_module under a number, and extend
net = nn.Sequential()
net.add_module("0", nn.Conv2d(3, 4, 3))
net.append(nn.Conv2d(4, 5, 3))
net.insert(0, nn.Identity())
net.extend([nn.Conv2d(5, 6, 1)])
net(x)

# %% pop and del of sequential
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(4, 5, 3), nn.Conv2d(5, 6, 3))
net.pop(1) if False else None
del net[2]
net(x)

# %% head replaced
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Conv2d(3, 4, 3)
        self.head = nn.Conv2d(4, 10, 1)
    def forward(self, x): return self.head(self.body(x))
n = Net()
n.head = nn.Identity()
n(x)
n.head = nn.Conv2d(4, 2, 1)
n(x)

# %% apply with a function
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(4, 5, 3))
def f(m):
    if isinstance(m, nn.Conv2d): m.padding = (1, 1)
net.apply(f)
net(x)

# %% forward patched on the instance
c = nn.Conv2d(3, 4, 3)
old = c.forward
c.forward = lambda t: old(F.pad(t, (1, 1, 1, 1)))
c(x)

# %% method patched by MethodType
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(3, 4, 3)
    def forward(self, x): return self.c(x)
n = Net()
def fwd(self, x): return self.c(x[:, :, ::2])
n.forward = types.MethodType(fwd, n)
n(x)

# %% class patched
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(3, 4, 3)
    def forward(self, x): return self.c(x)
n = Net()
Net.forward = lambda self, x: self.c(x[..., :8])
n(x)

# %% forward hook changes the output
c = nn.Conv2d(3, 4, 3); d = nn.Conv2d(4, 5, 3)
h = c.register_forward_hook(lambda m, i, o: o[:, :, 2:])
d(c(x))
h.remove()
d(c(x))

# %% pre hook changes the input
c = nn.Conv2d(3, 4, 3)
c.register_forward_pre_hook(lambda m, i: (F.pad(i[0], (2, 2)),))
c(x)

# %% feature maps kept by hooks [in part]
feats = {}
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(4, 5, 3, stride=2))
for n, m in net.named_children(): m.register_forward_hook(lambda m, i, o, n=n: feats.__setitem__(n, o))
net(x)
nn.Conv2d(feats["0"].shape[1] + feats["1"].shape[1], 3, 1)(torch.cat([feats["0"], F.interpolate(feats["1"], size=feats["0"].shape[2:])], 1))

# %% same padding and string padding
nn.Conv2d(3, 4, 3, padding="same", dilation=2)(x)
nn.Conv2d(3, 4, (3, 5), padding="valid")(x)
F.conv2d(x, torch.zeros(4, 3, 4, 4), padding="same")

# %% transposed with an output size
t = nn.ConvTranspose2d(3, 4, 3, stride=2, padding=1)
t(x, output_size=(32, 31))
t(x, output_size=[2, 4, 32, 32])
t(x)

# %% circular and reflect padding modes
nn.Conv2d(3, 4, 3, padding=2, padding_mode="circular")(x)
nn.Conv2d(3, 4, 3, padding=(1, 2), padding_mode="reflect")(x)

# %% parameters counted [silent]
c = nn.Conv2d(3, 4, 3); n = sum(p.numel() for p in c.parameters())
nn.Conv2d(3, n, 1)(x)

# %% state dict surgery
c = nn.Conv2d(3, 4, 3); sd = c.state_dict(); sd["weight"] = sd["weight"].repeat(2, 1, 1, 1); sd["bias"] = sd["bias"].repeat(2)
c = nn.Conv2d(3, 8, 3); c.load_state_dict(sd)
c(x)

# %% ensemble by vmap-like loop
nets = nn.ModuleList([nn.Conv2d(3, i, 3) for i in (1, 2, 3)])
torch.cat([n(x) for n in nets], 1)
nn.Conv2d(6, 2, 1)(torch.cat([n(x) for n in nets], 1))

# %% nested tuple outputs
class N(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3); self.b = nn.Conv2d(4, 5, 3)
    def forward(self, x):
        y = self.a(x)
        return {"y": y, "z": (self.b(y), [y, y])}
o = N()(x)
nn.Conv2d(o["z"][0].size(1), 2, 1)(o["z"][0])
nn.Conv2d(4, 2, 1)(o["z"][1][1])

# %% batch split over channels
a, b = x.new_zeros(2, 8, 4, 4).chunk(2, dim=1)
nn.Conv2d(4, 2, 1)(a * b.sigmoid())

# %% complex padding arithmetic
def same_pad(x, k, s):
    h, w = x.shape[-2:]
    ph = max((-(h // -s) - 1) * s + k - h, 0); pw = max((-(w // -s) - 1) * s + k - w, 0)
    return F.pad(x, (pw // 2, pw - pw // 2, ph // 2, ph - ph // 2))
nn.Conv2d(3, 4, 5, stride=3)(same_pad(x, 5, 3))
nn.Conv2d(3, 4, 2, stride=2)(same_pad(x[..., :15], 2, 2))

# %% center crop to match
def crop(a, b):
    dh, dw = a.shape[2] - b.shape[2], a.shape[3] - b.shape[3]
    return a[:, :, dh // 2: a.shape[2] - (dh - dh // 2), dw // 2: a.shape[3] - (dw - dw // 2)]
b = nn.Conv2d(3, 3, 4)(x)
nn.Conv2d(6, 2, 1)(torch.cat([crop(x, b), b], 1))

# %% u-net by depth
class U(nn.Module):
    def __init__(self, c, depth):
        super().__init__()
        self.c = nn.Conv2d(c, c * 2, 3, padding=1)
        self.inner = U(c * 2, depth - 1) if depth > 1 else None
        self.up = nn.ConvTranspose2d(c * 2, c, 2, stride=2)
        self.o = nn.Conv2d(c * 2, c, 1)
    def forward(self, x):
        y = F.max_pool2d(self.c(x), 2)
        if self.inner is not None: y = self.inner(y)
        return self.o(torch.cat([x, self.up(y)], 1))
U(3, 3)(x)

# %% while by size
h = nn.Conv2d(3, 3, 3, stride=2, padding=1); n = 0
while x.shape[-1] > 2:
    x = h(x); n += 1
nn.Conv2d(3, n, 1)(x)

# %% repeated upsampling with output padding by parity
t = torch.zeros(1, 3, 5, 5)
for size in (9, 18, 35):
    op = (size - 1) % 2 if False else size - ((t.shape[-1] - 1) * 2 + 1)
    t = nn.ConvTranspose2d(3, 3, 3, stride=2, padding=1, output_padding=op)(t)

