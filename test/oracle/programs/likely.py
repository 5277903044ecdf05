"""Tensors of which nothing is known: what only seems likely of them is no reason for an error."""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def unread(shape):
    # What `eval` gives is not known to a reader, and is a tensor all the same.
    return eval(f"torch.randn({shape})")


# %% a position is added to a batch of which nothing is known [in part]
x = unread((2, 7, 16)) + torch.randn(7, 16)
y = nn.Conv1d(7, 4, 3)(x)
nn.Conv1d(4, 8, 3)(torch.cat([y, torch.randn(2, 4, 14)], dim=1).new_zeros(2, 4, 9))

# %% an embedding of unread places and its positions [in part]
class Positions(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(32, 16)

    def forward(self, x):
        return self.emb(torch.arange(0, x.shape[1]))


places = unread((2, 7)).abs().long()
x = nn.Embedding(100, 16)(places) + Positions()(places)
x = torch.cat([torch.zeros(2, 3, 16), x], dim=1)
nn.Conv1d(10, 4, 3)(x)
nn.Conv1d(16, 4, 3)(x.transpose(1, 2))

# %% a batch is read off a sum
x = torch.randn(1, 16) * unread((3, 5, 16))
h = torch.zeros(x.shape[0], 5, 16)
nn.Conv1d(5, 2, 3)(torch.cat([h, torch.randn(3, 5, 16)], dim=2))
nn.Conv1d(5, 2, 3)(torch.cat([h, x], dim=2))

# %% a branch by the axes of a sum [silent]
x = torch.randn(4, 6) + unread((1, 4, 6))
if x.dim() == 2:
    raise ValueError("unbatched")
nn.Conv1d(4, 2, 3)(x)

# %% a comparison with something larger [silent]
mask = torch.randn(1, 6) > unread((4, 6))
nn.Conv1d(4, 2, 3)(mask.float())
nn.Conv1d(4, 2, 3)(torch.cat([mask.float(), torch.zeros(4, 6)], dim=1))

# %% pooled without a batch, which comes later [silent]
x = F.max_pool2d(unread((3, 8, 8)), 2).unsqueeze(0)
x = nn.BatchNorm2d(3)(x)
nn.Conv2d(3, 2, 3)(x)

# %% pooled without a batch, then joined [silent]
x = F.avg_pool2d(unread((3, 8, 8)), 2)
x = torch.cat([x, torch.zeros(1, 4, 4)])
nn.Conv2d(4, 2, 3)(x)

# %% what a row holds is no shape [silent]
# boxes is [x1, y1, x2, y2]
boxes = unread((5, 4))
boxes = torch.cat([torch.zeros(boxes.shape[0], 1), boxes], dim=1)
nn.Conv1d(5, 2, 3)(boxes)

# %% a size between two others, with an x in its name [silent]
# x: (n_max, x_dim, 9)
x = unread((2, 3, 9))
nn.Conv1d(3, 2, 3)(x)

# %% keywords alone
nn.Conv1d(2, 4, 3)(torch.randint(high=8, size=(2, 9)).float())

# %% what is sure is refused all the same
nn.Conv1d(3, 4, 3)(torch.randn(2, 7, 16) + torch.randn(7, 16))

# %% a picture is resized, and has a third axis as an array [silent]
class Picture:
    def __init__(self, size):
        self.size = size

    def resize(self, size):
        return Picture(size)

    def __array__(self, dtype=None, copy=None):
        return np.zeros((*self.size[::-1], 3), np.float32)


picture = eval("Picture((9, 8))").resize((6, 5))
x = torch.from_numpy(np.asarray(picture)).permute(2, 0, 1)
nn.Conv2d(3, 4, 3)(x)

# %% a table is read with an array of which nothing is known [silent]
table = torch.zeros(1000)
colours = unread((4, 6, 3)).abs().long() % 9
places = (colours[:, :, 0] * 10 + colours[:, :, 1]) * 10 + colours[:, :, 2]
found = table[places][1:3, 2:5]
nn.Conv1d(2, 3, 1)(found)

# %% an array that is worked out of what is not known [in part]
n = eval("np.arange(6)") * 2 - 1
x = torch.tensor(-n).float()
y = torch.zeros(30)[np.abs(n)]
nn.Conv1d(1, 2, 3)(torch.stack([x, y]).unsqueeze(1))
nn.Conv1d(2, 2, 3)(torch.zeros(2, 6))

# %% a comment is older than the program
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.fc = nn.Linear(8 * 30 * 30, 2)

    def forward(self, x):
        # x: (1, 3, 224, 224)
        return self.fc(self.conv(x).flatten(1))


Net()(torch.zeros(1, 3, 32, 32))

# %% nothing is decided by how many axes a product seems to have, nor by how long it seems
def width(x, seems):
    return 2 if seems(x) else 8


x = torch.randn(4, 4, 6) * unread((3, 4, 4, 6))
for seems in (lambda x: x.ndim == 3, lambda x: x.dim() == 3, lambda x: x.ndimension() == 3, lambda x: len(x) == 4):
    made = torch.zeros(2, 4, width(x, seems))
    torch.cat([made, torch.zeros(2, 4, 8)], dim=0)
nn.Conv1d(4, 2, 3)(torch.zeros(2, 4, 9))
