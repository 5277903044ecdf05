import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.randn(1, 3, 20, 20)

# %% deep net
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 5, 3))
import copy
other = copy.deepcopy(net)
other[0].stride = (2, 2)
other[2] = nn.Conv2d(4, 7, 1)
net(x)
other(x)

# %% deep inst
import copy
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)

    def forward(self, x):
        return self.a(x)

m = M()
n = copy.deepcopy(m)
n.a.padding = (1, 1)
m(x)
n(x)

# %% deep shared
import copy
c = nn.Conv2d(3, 3, 3)
net = copy.deepcopy(nn.Sequential(c, c))
net[0].padding = (1, 1)
net(x)
c(x)

# %% shallow
import copy
a = [1, [2]]
b = copy.copy(a)
b[1].append(3)
b.append(4)
nn.Conv2d(3, len(a) + len(a[1]), 1)(x)

# %% deep list
import copy
a = [1, [2]]
b = copy.deepcopy(a)
b[1].append(3)
nn.Conv2d(3, len(a) + len(a[1]), 1)(x)

# %% deep dict
import copy
a = {'k': [2]}
b = copy.deepcopy(a)
b['k'].append(3)
nn.Conv2d(3, len(a['k']), 1)(x)

# %% clones
import copy
l = nn.ModuleList([copy.deepcopy(nn.Conv2d(3, 3, 3)) for _ in range(3)])
l[1].padding = (1, 1)
for m in l:
    x = m(x)
