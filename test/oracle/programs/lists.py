import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.randn(1, 3, 20, 20)
w = torch.randn(8, 3, 3, 3)

# %% a stride of four entries, transposed
F.conv_transpose2d(torch.randn(1, 3, 16, 16), torch.randn(3, 3, 3, 3), stride=[1, 1, 2, 2])

# %% a kernel of one entry
c = nn.Conv2d(3, 8, kernel_size=(3,))
c(x)

# %% a stride of three entries
F.conv2d(x, w, None, (2, 2, 2))

# %% a stride of one entry
F.conv2d(x, w, None, (2,))

# %% a padding of one entry in a layer
nn.Conv2d(3, 8, 3, padding=(1,))(x)

# %% a stride of one entry in a list
nn.Conv2d(3, 8, 3, stride=[2])(x)

# %% a dilation of three entries in a layer
nn.Conv2d(3, 8, 3, dilation=(1, 1, 1))(x)

# %% a padding of four entries
F.conv2d(x, w, padding=(1, 1, 1, 1))

# %% an output padding of three entries
F.conv_transpose2d(x, torch.randn(3, 4, 3, 3), stride=2, output_padding=(1, 1, 1))

# %% an output padding of one entry in a layer
nn.ConvTranspose2d(3, 4, 3, stride=2, output_padding=(1,))(x)

# %% a kernel of three entries
nn.Conv2d(3, 8, (3, 3, 3))(x)

# %% a kernel of one entry, transposed
nn.ConvTranspose2d(3, 8, (3,))(x)

# %% a kernel of two entries in one dimension
nn.Conv1d(3, 8, (3, 3))(torch.randn(1, 3, 20))

# %% a kernel of one entry in one dimension
nn.Conv1d(3, 8, (3,), stride=(2,), padding=(1,))(torch.randn(1, 3, 20))

# %% a kernel of two entries in three dimensions
nn.Conv3d(3, 8, (3, 3))(torch.randn(1, 3, 9, 9, 9))

# %% lists where tuples are due
nn.Conv2d(3, 8, [3, 5], stride=[1, 2], padding=[1, 2], dilation=[1, 1])(x)

# %% a window of three entries
c = nn.Conv2d(3, 8, 3)
nn.MaxPool2d((2, 2, 2))(c(x))

# %% a window of one entry
c = nn.Conv2d(8, 2, 1)
c(nn.MaxPool2d((2,))(torch.randn(1, 8, 12, 12)))

# %% a window of one entry, averaged
c = nn.Conv2d(8, 2, 1)
c(nn.AvgPool2d([2])(torch.randn(1, 8, 12, 12)))

# %% an averaged window of three entries
c = nn.Conv2d(3, 8, 3)
F.avg_pool2d(c(x), (2, 2, 2))

# %% an adaptive size of three entries
c = nn.Conv2d(3, 8, 3)
nn.AdaptiveAvgPool2d((2, 2, 2))(c(x))

# %% a size of one entry for two axes
c = nn.Conv2d(3, 8, 3)
F.interpolate(c(x), size=(4,))

# %% scales of three entries
c = nn.Conv2d(3, 8, 3)
nn.Upsample(scale_factor=(2, 2, 2))(c(x))

# %% an odd list of padding
c = nn.Conv2d(3, 8, 3)
F.pad(c(x), (1, 1, 1))

# %% more padding than axes
c = nn.Conv2d(3, 8, 3)
F.pad(c(x), (1, 1, 1, 1, 1, 1, 1, 1, 1, 1))

# %% a float stride
nn.Conv2d(3, 8, 3, stride=2.0)(x)

# %% a float kernel
nn.Conv2d(3, 8, 3.0)(x)

# %% a float padding from a division
k = 3
nn.Conv2d(3, 8, k, padding=(k - 1) / 2)(x)

# %% float channels
nn.Conv2d(3, 16 / 2, 3)(x)

# %% float groups
nn.Conv2d(4, 8, 3, groups=8 / 4)(torch.randn(1, 4, 9, 9))

# %% float features
y = nn.Conv2d(3, 8, 3)(x)
nn.Linear(18 / 2, 4)(y)

# %% a float padding of a function
F.conv2d(x, w, padding=1.0)

# %% a float stride of a transposed function
F.conv_transpose2d(x, torch.randn(3, 4, 3, 3), stride=2.0)

# %% a float kernel, transposed
nn.ConvTranspose2d(3, 8, 4 / 2, stride=2)(x)

# %% a float in a tuple
nn.Conv2d(3, 8, 3, padding=(1, 1.0))(x)

# %% a float window [untold]
c = nn.Conv2d(3, 8, 3)
nn.MaxPool2d(4 / 2)(c(x))

# %% a float view [untold]
c = nn.Conv2d(3, 8, 3)
c(x).view(1, 16 / 2, -1)

# %% a whole float made whole
nn.Conv2d(3, 8, 3, padding=int((3 - 1) / 2), stride=4 // 2)(x)

# %% a float stride of a transposed layer
nn.ConvTranspose2d(3, 8, 4, stride=4 / 2)(x)

# %% a float output padding of a transposed layer
nn.ConvTranspose2d(3, 8, 4, stride=2, output_padding=1.0)(x)

# %% a float stride in a tuple
F.conv2d(x, w, stride=(1, 2.0))

# %% a float dilation of one axis
nn.Conv1d(3, 8, 3, dilation=4 / 2)(torch.randn(1, 3, 20))

# %% float groups of a function
F.conv2d(x, torch.randn(8, 1, 3, 3), groups=3.0)

# %% float input channels of a transposed layer
nn.ConvTranspose2d(6 / 2, 8, 4)(x)

# %% float groups of a transposed layer
nn.ConvTranspose2d(4, 8, 4, groups=4 / 2)(torch.randn(1, 4, 9, 9))

# %% a size times a float
nn.Conv2d(3, int(8 * 1.5), 3)(x)

# %% a rounded size
nn.Conv2d(3, round(8 * 1.3), 3)(x)

# %% a list of a hundred slices
class Norm(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.register_buffer("init", torch.ones(n).view(1, 1, n, 1))
        self.conv = nn.Conv2d(2, 3, 1)

    def forward(self, x):
        b, c, t, f, _ = x.shape
        size = x.square().sum(dim=-1, keepdim=True).clamp_min(1e-6).sqrt()
        state = self.init.clone().expand(b, c, f, 1)
        states = []
        for t in range(t):
            state = size[:, :, t] * 0.1 + state * 0.9
            states.append(state)
        y = x / torch.stack(states, 2).sqrt()
        return self.conv(y[:, 0].permute(0, 3, 1, 2))


Norm(96)(torch.randn(1, 1, 100, 96, 2))

# %% a hundred rounds that each change something
conv = nn.Conv1d(3, 3, 1)
x = torch.randn(1, 3, 100)
for i in range(60):
    x = F.pad(x, (0, 1))
conv(x)


class Count:
    n = 0


count, seen = Count(), {}
for i in range(70):
    count.n += 1
    seen[i] = i
conv(torch.zeros(1, 3, count.n))
conv(torch.zeros(1, 3, len(seen) + 1))

# %% seventy layers, added one by one
layers = []
for i in range(70):
    layers.append(nn.Conv1d(3, 3, 2))
blocks = nn.ModuleList()
for i in range(50):
    blocks.append(nn.ConvTranspose1d(3, 3, 2))
x = nn.Sequential(*layers)(torch.zeros(1, 3, 90))
for block in blocks:
    x = block(x)

# %% a training loop that keeps its losses [in part]
net = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1), nn.ReLU(), nn.ConvTranspose2d(8, 3, 4, 2, 1))
losses, steps, best = [], 0, None
optimizer = torch.optim.SGD(net.parameters(), 0.01)
for step in range(200):
    x = torch.randn(2, 3, 16, 16)
    y = net(x)
    loss = F.mse_loss(y, x)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    steps += 1
    if step == 199:
        best = net(torch.randn(1, 3, 20, 20))
nn.Conv2d(3, 1, 3)(best)
