import torch
import torch.nn as nn
import torch.nn.functional as F

c = nn.Conv2d(3, 8, 3, padding=1)
x = c(torch.randn(2, 3, 9, 8))

# %% the last axis, by either number
nn.Conv1d(8, 2, 1)(x.sum(3) + x.sum(-1) + x.mean(dim=-1) + torch.mean(x, axis=3))

# %% the mean of a function over an axis that is not there
torch.mean(x, 4)

# %% the mean over axes of which one is not there
x.mean((2, 4), keepdim=True)

# %% the mean over an axis by its other name
x.mean(axis=4, keepdims=True)

# %% the mean over axes by their other name
nn.Conv2d(8, 2, 1)(x.mean(axis=(-2, 3), keepdims=True))

# %% the same axis twice
x.mean((1, -3))

# %% the same axis twice by name
x.sum(dim=[2, 2])

# %% the maximum over an axis that is not there
x.max(4)

# %% the maximum over an axis
v, i = x.max(dim=1, keepdim=True)
nn.Conv2d(1, 2, 1)(v)

# %% the maxima over axes
nn.Conv2d(8, 2, 1)(x.amax((-1, 2), True))

# %% the maxima over an axis that is not there
x.amax(dim=-5)

# %% the place of the maximum along an axis that is not there
x.argmax(dim=4)

# %% the deviation along an axis that is not there
torch.std(x, dim=4)

# %% the norm along an axis that is not there
x.norm(dim=4)

# %% a soft maximum along an axis that is not there
F.softmax(x, dim=4)

# %% a soft maximum of the tensor
x.softmax(-5)

# %% a soft maximum along the last axis
nn.Conv2d(8, 2, 1)(F.softmax(x, -4) + torch.softmax(x, dim=3) + F.log_softmax(x, 1) + x.softmax(-1))

# %% a running sum along an axis that is not there
x.cumsum(4)

# %% a running sum
nn.Conv2d(8, 2, 1)(x.cumsum(-4) + torch.cumsum(x, dim=3))

# %% flipping an axis that is not there
torch.flip(x, [4])

# %% flipping
nn.Conv2d(8, 2, 1)(torch.flip(x, [-1, 2]).flip(-4).flip(1, 3).flip(dims=(2,)))

# %% flipping an axis that is not there, of the tensor
x.flip(1, 5)

# %% rolling the tensor along an axis that is not there
x.roll((1, 1), (2, -5))

# %% rolling
nn.Conv2d(8, 2, 1)(x.roll(1).roll(1, -1).roll((1, 2), (3, -4)).roll(shifts=1, dims=2))

# %% joining along the last axis
nn.Conv2d(8, 2, 1)(torch.cat((x, x), -1))

# %% joining along an axis before the first
torch.cat((x, x), axis=-5)

# %% stacking along an axis that is not there
torch.stack([x, x], dim=5)

# %% stacking along an axis before the first
torch.stack([x, x], -6)

# %% stacking along the axis behind the last
nn.Conv3d(8, 2, 1)(torch.stack([x, x], dim=4) + torch.stack([x, x], -1))

# %% squeezing axes of which one is not there
x.squeeze((0, 4))

# %% squeezing an axis that is longer
nn.Conv2d(8, 2, 1)(x.squeeze(1).squeeze(-4).squeeze(dim=3))

# %% squeezing an axis before the first
torch.squeeze(x, -5)

# %% an axis put in behind the end
x.unsqueeze(5)

# %% an axis put in before the first
torch.unsqueeze(x, -6)

# %% an axis put in at the ends
nn.Conv3d(2, 2, 1)(x.unsqueeze(-5) + 0 * torch.unsqueeze(x, 0)) + x.unsqueeze(4).sum()

# %% swapping by negative numbers
nn.Conv2d(9, 2, 1)(x.transpose(-3, -2))

# %% swapping an axis before the first
torch.transpose(x, -5, 1)

# %% swapping axes under another name
x.swapaxes(1, 7)

# %% transposing more than a matrix
x.t()

# %% transposing a matrix
nn.Conv1d(72, 2, 1)(x.flatten(1).view(16, 72).t().view(1, 72, 16))

# %% moving an axis that is not there
x.movedim(4, 1)

# %% moving to where there is no axis
torch.movedim(x, 1, -5)

# %% moving axes
nn.Conv2d(9, 2, 1)(x.movedim(1, -1).movedim(-1, 2) + torch.movedim(x, (1, 2), (2, 1)))

# %% too few axes in permute
x.permute(0, 2, 1)

# %% an axis that is not there in permute
x.permute(0, 2, 3, 4)

# %% an axis twice, by a negative number
torch.permute(x, (0, 2, 3, -1))

# %% permuting
nn.Conv2d(9, 2, 1)(x.permute(0, -2, 1, 3) + torch.permute(x, (0, 2, -3, -1)) + x.permute([0, 2, 1, 3]))

# %% too many axes, to a function
torch.permute(x, (0, 1, 2, 3, 4))

# %% flattening from behind the end
x.flatten(4)

# %% flattening backwards
x.flatten(2, 1)

# %% flattening a layer's way
nn.Flatten(1, 4)(x)

# %% flattening backwards, a layer's way
nn.Flatten(3, 1)(x)

# %% flattening
nn.Conv1d(8, 2, 1)(x.flatten(-2) + torch.flatten(x, 2, 3) + nn.Flatten(2)(x) + x.flatten(start_dim=2, end_dim=-1))

# %% the size of an axis that is not there
x.size(4)

# %% the size of an axis before the first
x.size(dim=-5)

# %% the size of an axis in the shape that is not there
x.shape[4]

# %% the sizes of axes
nn.Conv2d(x.size(1), x.shape[-3] // 4, 1)(x)

# %% unpacking a shape in whole
b, ch, h, w = x.shape
nn.Conv2d(ch, 2, 1)(x.view(b, ch, w, h))

# %% unpacking a size of too many
b, ch, h, w, d = x.size()

# %% unpacking a shape with a star
b, *rest = x.shape
nn.Conv2d(rest[0], 2, 1)(x)

# %% unpacking a shape with a star and too few
b, ch, h, w, d, *rest = x.shape

# %% unpacking a part of a shape
h, w = x.shape[1:]

# %% unpacking the last sizes
h, w = x.shape[-2:]
nn.Conv2d(8, 2, (h, w))(x)

# %% unpacking a tensor along its first axis
a, b = x
nn.Conv2d(8, 2, 1)(a)

# %% unpacking a tensor of fewer
a, b, d = x

# %% unpacking what split makes of a list
a, b, d = x.split([3, 5], 1)

# %% unpacking what unbind makes
a, b, d = x.unbind(0)

# %% unpacking what unbind makes, in whole
a, b = torch.unbind(x)
nn.Conv2d(8, 2, 1)(a + b)

# %% unpacking the maximum into three
a, b, d = x.max(1)

# %% unpacking chunks that are fewer than asked for
a, b, d = torch.chunk(x, 3, -3)
q = x.chunk(5, 1)
nn.Conv2d(2, 2, 1)(d + q[3])

# %% unpacking as many chunks as are asked for
a, b, d, e, f = x.chunk(5, 1)

# %% unpacking in a function that may be called otherwise
def f(y):
    a, b, d = y.chunk(3, dim=1)
    return d
nn.Conv2d(2, 2, 1)(f(x))

# %% chunks along an axis that is not there
x.chunk(2, 4)

# %% parts along an axis that is not there
x.split(2, -5)

# %% unbinding an axis that is not there
x.unbind(4)

# %% parts of a method that do not add up
x.split((8, 8), -3)

# %% parts of nothing
x.split([0, 8], 1)

# %% parts that are negative
x.split([-1, 9], 1)

# %% parts of one size
a = torch.split(x, [8], dim=1)[0]
b, d = x.split(4, 1)
nn.Conv2d(4, 2, 1)(a[:, :4] + b + d)

# %% no chunks
x.chunk(0, 1)

# %% parts of a size of zero
x.split(0, 1)

# %% an index in a list past the end
x[:, [0, 8]]

# %% an index in a list
nn.Conv2d(2, 2, 1)(x[:, [0, -8]])

# %% an index behind an ellipsis
x[..., 8]

# %% the last index behind an ellipsis
nn.Conv1d(8, 2, 1)(x[..., -8] + x[..., 7] + x[:, :, :, 0])

# %% an index into the batch
x[2]

# %% an index behind a new axis
x[None, 2]

# %% a new axis before an index
nn.Conv2d(8, 2, 1)(x[None, 1])

# %% a slice past the end
nn.Conv2d(8, 2, 1)(x[:, :20, 4:30, -40:])

# %% an index after an index
x[0][8]

# %% an index after an index that is there
nn.Conv1d(9, 2, 1)(x[-2][7][None])

# %% a slice too many
x[:, :, :, :, :]

# %% an ellipsis and as many as there are
nn.Conv2d(8, 2, 1)(x[:, ..., :, :, 0:8])

# %% an ellipsis and one too many
x[:, :, ..., :, :, 0]

# %% indexing a number
x.sum()[0]

# %% writing past the end
x[:, 9] = 0

# %% writing into what is there
x.data[:, 7] = 0
nn.Conv2d(8, 2, 1)(x)

# %% adding past the end
x[2] += 1

# %% a variable as an index past the end
for k in range(9):
    y = x[:, k]

# %% a variable as an index
for k in range(8):
    y = x[:, k]
nn.Conv1d(9, 2, 1)(y)

# %% an index that is caught
try:
    y = x[:, 9]
except IndexError:
    y = x
nn.Conv2d(8, 2, 1)(y)

# %% an index under a condition that is not known
import random
if random.random() > 2:
    x[:, 9]

# %% an index that a mask takes
m = torch.tensor([True, False, True, True, True, True, True, False])
nn.Conv2d(6, 2, 1)(x[:, m])

# %% a mask of another length
m = torch.tensor([True, False, True])
x[:, m]

# %% selecting the last by a negative index
nn.Conv1d(9, 2, 1)(x.select(1, -8) + torch.select(x, dim=1, index=7))

# %% selecting along an axis that is not there
x.select(4, 0)

# %% selecting before the start
torch.select(x, 1, -9)

# %% narrowing along an axis that is not there
x.narrow(4, 0, 1)

# %% narrowing to nothing
torch.narrow(x, 1, 8, 1)

# %% narrowing
nn.Conv2d(4, 2, 1)(x.narrow(1, -4, 4) + torch.narrow(x, dim=-3, start=4, length=4))

# %% narrowing from before the start
x.narrow(1, -9, 2)

# %% the largest of more than there are
x.topk(9, dim=1)

# %% the largest of an axis that is not there
x.topk(2, dim=4)

# %% the largest
v, i = x.topk(8, 1)
nn.Conv2d(8, 2, 1)(v)

# %% repeating along an axis that is not there
x.repeat_interleave(2, dim=4)

# %% windows along an axis that is not there
x.unfold(4, 2, 1)

# %% windows larger than the axis
x.unfold(2, 10, 1)

# %% windows as large as the axis
nn.Conv3d(8, 2, 1)(x.unfold(2, 9, 1))

# %% sorting along an axis that is not there
x.sort(dim=4)

# %% differences along an axis that is not there
torch.diff(x, dim=4)

# %% norms, deviations and ranks with what stands before their axes
y = x.norm(2) + x[0, 0].norm(3) + torch.norm(x, 5) + x.std(False) + x[0, 0, 0].var(False)
z = x.std(1, True) + x.norm(2, 1) + torch.norm(x, 2, dim=1) + x.var(dim=1, unbiased=False)
nn.Conv1d(9, 2, 1)(z + x.kthvalue(7, 1)[0] + x.std(1, keepdim=True)[:, 0])

# %% a norm along an axis that is not there, by position
x.norm(2, 4)

# %% a deviation along an axis that is not there, by position
torch.var(x, 5, True)

# %% the matrix of a stack, transposed
nn.Conv2d(8, 2, 1)(x.mT @ x)

# %% reductions of nothing but a number
s = x.sum()
nn.Conv2d(8, 2, 1)(x * s.sum(0) * s.mean(dim=-1) * s.max())

# %% a number along an axis that it does not have
x.sum().mean(1)

# %% arguments by name
y = torch.transpose(input=x, dim0=1, dim1=-1).flatten(start_dim=1, end_dim=2)
nn.Conv1d(72, 2, 1)(torch.unsqueeze(y, dim=0).squeeze(dim=0))

# %% stacking along an axis under NumPy's name
y = torch.zeros(2, 16, 5, 6)
nn.Conv3d(16, 8, 1)(torch.stack([y, y], axis=2))

# %% stacking along the last axis under NumPy's name
y = torch.zeros(2, 16, 5)
nn.Conv2d(16, 8, 1)(torch.stack([y, y, y], axis=-1))

# %% joining along an axis under NumPy's name
y = torch.zeros(2, 16, 5, 6)
nn.Conv2d(32, 8, 1)(torch.cat([y, y], axis=1))

# %% joining along the last axis under NumPy's name
y = torch.zeros(2, 16, 5, 6)
nn.Conv2d(16, 8, 1)(torch.concat([y, y], axis=-1))
