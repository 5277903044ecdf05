import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.randn(1, 3, 20, 20)

# %% kernel_size ignored on a conv
c = nn.Conv2d(3, 4, 3)
c.kernel_size = (5, 5)
c(x)

# %% kernel transposed [silent]
c = nn.ConvTranspose2d(3, 4, 3, stride=2)
c.kernel_size = (5, 5)
c(x)

# %% kernel transposed output_size [silent]
c = nn.ConvTranspose2d(3, 4, 3, stride=2)
c.kernel_size = (5, 5)
c(x, output_size=(44, 44))

# %% channels
c = nn.Conv2d(3, 4, 3)
c.in_channels = 8
c.out_channels = 9
d = nn.Conv2d(4, 2, 1)
d(c(x))

# %% linear
l = nn.Linear(20, 6)
l.in_features = 7
l.out_features = 9
d = nn.Conv2d(3, 2, 1)
d(l(x))

# %% linear weight
l = nn.Linear(9, 6)
l.weight = nn.Parameter(torch.zeros(7, 20))
l.bias = None
d = nn.Conv2d(3, 2, 1)
d(l(x))

# %% bn
b = nn.BatchNorm2d(3)
b.num_features = 5
d = nn.Conv2d(3, 2, 1)
d(b(x))

# %% embedding
e = nn.Embedding(10, 20)
e.embedding_dim = 5
d = nn.Conv2d(3, 2, 1)
d(e(torch.zeros(1, 3, 20, dtype=torch.long)))

# %% embedding weight
e = nn.Embedding(10, 20)
e.weight = nn.Parameter(torch.zeros(9, 6))
d = nn.Conv2d(3, 2, 1)
d(e(torch.zeros(1, 3, 20, dtype=torch.long)))

# %% before super
class C(nn.Conv2d):
    def __init__(self):
        self.padding = (5, 5)
        super().__init__(3, 4, 3, padding=1)

C()(x)

# %% class variable
class C(nn.Conv2d):
    padding = 5

    def forward(self, x):
        y = super().forward(x)
        return y[:, :, self.padding[0]:]

d = nn.Conv2d(4, 2, 1)
d(C(3, 4, 3, padding=1)(x))

# %% reflect
c = nn.Conv2d(3, 4, 3, padding=2, padding_mode='reflect')
c.padding = (0, 0)
c(x)

# %% to circular
c = nn.Conv2d(3, 4, 3, padding=2)
c.padding_mode = 'circular'
c(x)

# %% to zeros
c = nn.Conv2d(3, 4, 3, padding=2, padding_mode='reflect')
c.padding_mode = 'zeros'
c.padding = (1, 1)
c(x)

# %% groups
c = nn.Conv2d(3, 6, 3)
c.groups = 3
c(torch.randn(1, 9, 20, 20))

# %% groups back
c = nn.Conv2d(3, 6, 3, groups=3)
c.groups = 1
c(torch.randn(1, 1, 20, 20))

# %% groups transposed [untold]
c = nn.ConvTranspose2d(6, 4, 3, groups=2)
c.groups = 1
c(torch.randn(1, 6, 20, 20))

# %% pool kernel
p = nn.MaxPool2d(2)
p.kernel_size = 3
d = nn.Conv2d(3, 2, 1)
d(p(x))

# %% pool stride
p = nn.AvgPool2d(2)
p.stride = 1
d = nn.Conv2d(3, 2, 1)
d(p(x))

# %% pool ceil
p = nn.MaxPool2d(3, 2)
p.ceil_mode = True
d = nn.Conv2d(3, 2, 1)
d(p(x))

# %% lppool
p = nn.LPPool2d(2, 2)
p.kernel_size = 4
d = nn.Conv2d(3, 2, 1)
d(p(x))

# %% upsample
u = nn.Upsample(scale_factor=2)
u.scale_factor = 3
d = nn.Conv2d(3, 2, 1)
d(u(x))

# %% upsample size [untold]
u = nn.Upsample(scale_factor=2)
u.size = (7, 7)
d = nn.Conv2d(3, 2, 1)
d(u(x))

# %% upsample size none
u = nn.Upsample(scale_factor=2)
u.scale_factor = None
u.size = (7, 7)
d = nn.Conv2d(3, 2, 1)
d(u(x))

# %% pad
p = nn.ZeroPad2d(1)
p.padding = (1, 2, 3, 4)
d = nn.Conv2d(3, 2, 1)
d(p(x))

# %% pad int [untold]
p = nn.ReflectionPad2d(1)
p.padding = 2
d = nn.Conv2d(3, 2, 1)
d(p(x))

# %% flatten
f = nn.Flatten()
f.start_dim = 2
d = nn.Conv1d(3, 2, 1)
d(f(x))

# %% shuffle
s = nn.PixelShuffle(1)
s.upscale_factor = 2
d = nn.Conv2d(2, 2, 1)
d(s(torch.randn(1, 8, 5, 5)))

# %% adaptive
p = nn.AdaptiveAvgPool2d(1)
p.output_size = (3, 4)
d = nn.Conv2d(3, 2, 1)
d(p(x))

# %% dropout
p = nn.Dropout(0.5)
p.p = 0.1
d = nn.Conv2d(3, 2, 1)
d(p(x))

# %% output padding
c = nn.ConvTranspose2d(3, 4, 3, stride=2)
c.output_padding = (1, 1)
c(x)

# %% output padding int
c = nn.ConvTranspose2d(3, 4, 3, stride=2)
c.output_padding = 1
c(x)

# %% padding str
c = nn.Conv2d(3, 4, 3)
c.padding = 'same'
c(x)

# %% stride int
c = nn.Conv2d(3, 4, 3)
c.stride = 2
c(x)

# %% dilation
c = nn.Conv2d(3, 4, 3)
c.dilation = (2, 2)
c(x)

# %% weight then groups
c = nn.Conv2d(3, 6, 3)
c.weight = nn.Parameter(torch.zeros(6, 1, 5, 5))
c.groups = 3
c(x)

# %% lazy [silent]
c = nn.LazyConv2d(6, 3)
c.out_channels = 9
c(x)

# %% private
class C(nn.Conv2d):
    def __init__(self):
        super().__init__(3, 4, 3)
        self._note = 7
        self.weight_scale = 2

C()(x)

# %% weight unassigned linear err
l = nn.Linear(9, 6)
l.weight = nn.Parameter(torch.zeros(6, 20))
d = nn.Conv2d(3, 2, 1)
d(l(x))

# %% lstm
l = nn.LSTM(20, 8, batch_first=True, dropout=0.0, proj_size=0)
y, _ = l(torch.zeros(2, 7, 20))
nn.Conv1d(7, 3, 1)(y)

# %% lstm proj
l = nn.LSTM(20, 8, proj_size=5, bidirectional=True)
y, _ = l(torch.zeros(2, 7, 20))
nn.Conv1d(7, 3, 1)(y)

# %% rnn
l = nn.RNN(20, 8, 1, 'relu', True, True)
y, _ = l(torch.zeros(2, 7, 20))
nn.Conv1d(7, 3, 1)(y)

# %% attention
l = nn.MultiheadAttention(20, 2, dropout=0.1, batch_first=True)
q = torch.zeros(2, 7, 20)
y, _ = l(q, q, q)
nn.Conv1d(7, 3, 1)(y)

# %% emb idx
e = nn.Embedding(10, 20, padding_idx=0)
d = nn.Conv2d(3, 2, 1)
d(e(torch.zeros(1, 3, 20, dtype=torch.long)))

# %% bn none
b = nn.BatchNorm2d(5, affine=False, track_running_stats=False)
d = nn.Conv2d(3, 2, 1)
d(b(x))

# %% bn running [silent]
b = nn.BatchNorm2d(5)
b.running_mean = torch.zeros(3)
b.running_var = torch.ones(3)
b.weight = None
b.bias = None
d = nn.Conv2d(3, 2, 1)
d(b(x))

# %% gn none
b = nn.GroupNorm(1, 7, affine=False)
d = nn.Conv2d(3, 2, 1)
d(b(x))

# %% gn bad
nn.GroupNorm(2, 4)(nn.Conv2d(3, 3, 1)(x))

# %% gn bad ctor
y = nn.Conv2d(3, 3, 1)(x)
nn.GroupNorm(2, 3)(y)

# %% in bad
nn.InstanceNorm2d(4, affine=True)(nn.Conv2d(3, 3, 1)(x))

# %% in fine
d = nn.Conv2d(3, 2, 1)
d(nn.InstanceNorm2d(4)(x))

# %% ln bad
nn.LayerNorm(3)(nn.Conv2d(3, 3, 1)(x))

# %% ln fine
d = nn.Conv2d(3, 2, 1)
d(nn.LayerNorm((20, 20))(x))

# %% rms bad
nn.RMSNorm([3, 20])(nn.Conv2d(3, 3, 1)(x))

# %% setattr loop
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
for m in net.modules():
    if isinstance(m, nn.Conv2d):
        m.padding = (1, 1)
        m.stride = (2, 2)
net(x)

# %% setattr loop2
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
for m in net.modules():
    if isinstance(m, nn.Conv2d):
        setattr(m, 'dilation', (2, 2))
net(x)

# %% modules replaced
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net._modules['2'] = nn.Conv2d(4, 9, 1)
net(x)

# %% modules replaced index
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net[2] = nn.Conv2d(4, 9, 1)
net(x)

# %% first conv gray
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net[0].weight = nn.Parameter(net[0].weight.sum(1, keepdim=True))
net[0].in_channels = 1
net(torch.zeros(1, 1, 20, 20))

# %% first conv gray data
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
net[0].weight.data = net[0].weight.data.sum(dim=1, keepdim=True)
net(torch.zeros(1, 1, 20, 20))

# %% del weight
class C(nn.Conv2d):
    def __init__(self):
        super().__init__(3, 4, 3)
        w = self.weight
        del self.weight
        self.register_parameter('weight_v', nn.Parameter(w.data))
        self.register_buffer('weight', torch.zeros(4, 3, 5, 5))

C()(x)

# %% output_padding method [silent]
class C(nn.ConvTranspose2d):
    def _output_padding(self, *args, **kwargs):
        return (1, 1)

C(3, 4, 3, stride=2)(x)

# %% a wrapper that keeps the weight under another name
class Normalised(nn.Module):
    def __init__(self, module, name="weight"):
        super().__init__()
        self.module, self.name = module, name
        if not self.made():
            weight = getattr(module, name)
            width = weight.view(weight.data.shape[0], -1).data.shape[1]
            kept = nn.Parameter(weight.data)
            del module._parameters[name]
            module.register_parameter(name + "_v", nn.Parameter(weight.data.new(width).normal_(0, 1)))
            module.register_parameter(name + "_bar", kept)

    def made(self):
        try:
            getattr(self.module, self.name + "_v")
            getattr(self.module, self.name + "_bar")
            return True
        except AttributeError:
            return False

    def forward(self, *args):
        weight = getattr(self.module, self.name + "_bar")
        sigma = weight.view(weight.shape[0], -1).mv(getattr(self.module, self.name + "_v")).norm()
        setattr(self.module, self.name, weight / sigma.expand_as(weight))
        return self.module.forward(*args)


Normalised(nn.ConvTranspose2d(3, 8, 4, 2, 1))(torch.randn(1, 3, 8, 9))
Normalised(Normalised(nn.Conv1d(3, 8, 5)).module)(torch.randn(1, 3, 20))

# %% what a layer has not
layer = nn.Conv2d(3, 4 if hasattr(nn.Conv2d(1, 1, 1), "weight_bar") else 5, 3)
layer.weight_bar = layer.weight
getattr(layer, "weight_baz", nn.Conv2d(3, 6, 3))(torch.randn(1, 3, 8, 8))
nn.Conv2d(3, layer.weight_bar.shape[0], 3)(torch.randn(1, 3, 8, 8))

# %% initialisers under their old names
layer = nn.Conv2d(3, 4, 3)
layer.weight = nn.init.kaiming_normal(layer.weight, mode="fan_out")
layer(torch.randn(1, 3, 8, 8))
