import torch
import torch.nn as nn
import torch.nn.functional as F

c = nn.Conv2d(3, 8, 3, padding=1)
x = c(torch.randn(2, 3, 9, 8))
one = nn.AdaptiveAvgPool2d(1)(x[:1])

# %% one value per channel, flat
nn.BatchNorm1d(8)(one.flatten(1))

# %% one value per channel in space
nn.BatchNorm3d(8)(one[..., None])

# %% one value per channel, along a line
nn.BatchNorm1d(8)(one[..., 0])

# %% two values per channel along a line
y = nn.BatchNorm1d(8)(torch.cat([one, one], 2)[..., 0])
nn.Conv1d(8, 2, 1)(y)

# %% one value per channel in a network that trains
net = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(8, 4, 1), nn.BatchNorm2d(4), nn.ReLU())
net(x[:1])

# %% one value per channel in a network that does not train
net = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(8, 4, 1), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 2, 1))
net.eval()
net(x[:1])

# %% one value per channel in a network that trains no more
net = nn.Sequential(nn.BatchNorm2d(8), nn.Conv2d(8, 2, 1))
net.train(False)
net(one)

# %% one value per channel in a model that does not train
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.bn = nn.BatchNorm2d(8)
        self.conv = nn.Conv2d(8, 2, 1)

    def forward(self, x):
        return self.conv(self.bn(x))

net = Net().eval()
net(one)

# %% one value per channel in a model that trains
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.bn = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.bn(x)

Net()(one)

# %% one value per channel in a layer of a model that was told apart
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.bn = nn.BatchNorm2d(8)
        self.conv = nn.Conv2d(8, 2, 1)

    def forward(self, x):
        return self.conv(self.bn(x))

net = Net()
for m in net.modules():
    m.training = False
net(one)

# %% one value per channel without a gradient
with torch.no_grad():
    nn.BatchNorm2d(8)(one)

# %% one value per channel, its training set
b = nn.BatchNorm2d(8)
b.training = False
nn.Conv2d(8, 2, 1)(b(one))

# %% one value per channel, its training set by a helper
def freeze(m):
    m.eval()

b = nn.BatchNorm2d(8)
freeze(b)
nn.Conv2d(8, 2, 1)(b(one))

# %% one value per channel, its training set by what holds it
b = nn.BatchNorm2d(8)
net = nn.Sequential(b)
net.eval()
nn.Conv2d(8, 2, 1)(b(one))

# %% one value per channel, its training set by what applies
b = nn.Sequential(nn.BatchNorm2d(8))
b.apply(lambda m: m.train(False))
nn.Conv2d(8, 2, 1)(b(one))

# %% one value per channel, training again [untold]
b = nn.BatchNorm2d(8).eval()
b.train()
b(one)

# %% one value per channel, without running statistics in evaluation
b = nn.BatchNorm2d(8, track_running_stats=False).eval()
b(one)

# %% one value per channel of a function that trains
F.batch_norm(one, torch.zeros(8), torch.ones(8), training=True)

# %% one value per channel of a function that does not train
nn.Conv2d(8, 2, 1)(F.batch_norm(one, torch.zeros(8), torch.ones(8)))

# %% a function of other channels
F.batch_norm(x, torch.zeros(9), torch.ones(9))

# %% one value per instance along a line
nn.InstanceNorm1d(8)(one[..., 0])

# %% one value per instance, flat
F.instance_norm(one)

# %% one value per instance in evaluation
b = nn.InstanceNorm2d(8).eval()
b(one)

# %% one value per instance in evaluation, of which statistics are kept
b = nn.InstanceNorm2d(8, track_running_stats=True).eval()
nn.Conv2d(8, 2, 1)(b(one))

# %% two values per instance
nn.Conv2d(8, 2, 1)(nn.InstanceNorm2d(8)(x[:, :, :2, :1]))

# %% groups
nn.Conv2d(8, 2, 1)(nn.GroupNorm(4, 8)(x) + F.group_norm(x, 2))

# %% groups of a function that do not divide
F.group_norm(x, 3)

# %% groups of other channels
nn.GroupNorm(2, 4)(x)

# %% groups of one value
nn.GroupNorm(8, 8)(one)

# %% normalising the last axes
nn.Conv2d(8, 2, 1)(nn.LayerNorm(8)(x) + nn.LayerNorm((9, 8))(x) + F.layer_norm(x, (8,)))

# %% normalising other last axes
nn.LayerNorm((8, 9))(x)

# %% normalising other last axes by a function
F.layer_norm(x, (9,))

# %% normalising a line as an image
nn.BatchNorm2d(8)(x[0])

# %% weights of another rank without a batch
F.conv2d(x[0], torch.randn(2, 8, 3))

# %% weights of a line for an image
F.conv1d(x, torch.randn(2, 8, 3))

# %% weights of an image for a line
F.conv1d(x[0], torch.randn(2, 8, 3, 3))

# %% weights of a space for an image, at a stride
F.conv2d(x, torch.randn(2, 8, 3, 3, 3), stride=2)

# %% weights of three axes, at strides of two numbers
F.conv2d(x, torch.randn(2, 8, 3), stride=(2, 2))

# %% weights of three axes, padded
F.conv2d(x, torch.randn(2, 8, 3), padding=1)

# %% weights of two axes
F.conv2d(x, torch.randn(2, 8))

# %% weights of an image for a space
F.conv3d(x[None], torch.randn(2, 8, 3, 3))

# %% weights of a line for a space
F.conv3d(x[None], torch.randn(2, 8, 3))

# %% weights of five axes, transposed
F.conv_transpose2d(x, torch.randn(8, 2, 3, 3, 3))

# %% weights of an image for a line, transposed
F.conv_transpose1d(x[0], torch.randn(8, 2, 3, 3))

# %% a function of torch itself with a weight of three axes
torch.conv2d(x, torch.randn(2, 8, 3))

# %% a weight of three axes that was assigned
d = nn.Conv2d(8, 4, 3)
d.weight = nn.Parameter(torch.zeros(4, 8, 3))
d(x)

# %% a weight that was assigned to a transposed layer, of more outputs than the bias
d = nn.ConvTranspose2d(8, 4, 3)
d.weight = nn.Parameter(torch.zeros(8, 6, 3, 3))
d(x)

# %% a weight that was assigned to a layer without a bias
d = nn.Conv2d(8, 4, 3, bias=False)
d.weight = nn.Parameter(torch.zeros(6, 8, 3, 3))
d(x)

# %% a bias that was assigned, of another length
d = nn.Conv2d(8, 4, 3)
d.bias = nn.Parameter(torch.zeros(6))
d(x)

# %% a bias that was assigned, of the same length
d = nn.Conv2d(8, 4, 3)
d.bias = nn.Parameter(torch.zeros(4))
d(x)

# %% a bias of other length along a line
F.conv1d(x[0], torch.randn(2, 9, 3), torch.randn(3)) if False else F.conv1d(x[:, :, 0], torch.randn(2, 8, 3), bias=torch.randn(3))

# %% a bias of other length in groups
F.conv_transpose2d(x, torch.randn(8, 2, 3, 3), torch.randn(2), groups=2)

# %% a bias of the length that the groups need
nn.Conv2d(4, 2, 1)(F.conv_transpose2d(x, torch.randn(8, 2, 3, 3), torch.randn(4), groups=2))

# %% a bias that is a number
F.conv2d(x, torch.randn(2, 8, 3, 3), torch.tensor(1.0))

# %% functions of torch itself that check nothing
y = torch.group_norm(one, 8) + torch.instance_norm(one, None, None, None, None, True, 0.1, 1e-5, False)
nn.Conv2d(8, 2, 1)(x)

# %% a norm over all processes that is given its epsilon by position
nn.Conv2d(8, 4, 3)(nn.SyncBatchNorm(8, 1e-4, 0.2).eval()(torch.zeros(2, 8, 9, 7)))
