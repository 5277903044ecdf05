import torch
import torch.nn as nn
import torch.nn.functional as F

c = nn.Conv2d(3, 8, 3, padding=1)
x = c(torch.randn(2, 3, 9, 8))

# %% a weight of three axes
F.conv2d(x, torch.randn(2, 8, 3))

# %% a weight of five axes
F.conv2d(x, torch.randn(2, 8, 3, 3, 3))

# %% a transposed weight of three axes
F.conv_transpose2d(x, torch.randn(8, 2, 3))

# %% a bias of other length
F.conv2d(x, torch.randn(2, 8, 3, 3), torch.randn(8))

# %% a transposed bias of other length
F.conv_transpose2d(x, torch.randn(8, 2, 3, 3), torch.randn(8))

# %% a bias that fits
F.conv_transpose2d(x, torch.randn(8, 2, 3, 3), torch.randn(2), stride=2)

# %% a bias of two axes
F.conv2d(x, torch.randn(2, 8, 3, 3), torch.randn(2, 1))

# %% a weight that was assigned, of more outputs than the bias
d = nn.Conv2d(8, 4, 3)
d.weight = nn.Parameter(torch.zeros(6, 8, 3, 3))
d(x)

# %% a weight and a bias that were assigned
d = nn.Conv2d(8, 4, 3)
d.weight = nn.Parameter(torch.zeros(6, 8, 3, 3))
d.bias = nn.Parameter(torch.zeros(6))
d(x)

# %% a size that unpooling cannot give
p, i = F.max_pool2d(x, 2, return_indices=True)
F.max_unpool2d(p, i, 2, output_size=(12, 12))

# %% a size that unpooling can give
p, i = F.max_pool2d(x, 2, return_indices=True)
y = F.max_unpool2d(p, i, 2, output_size=(9, 8))
nn.Conv2d(8, 2, 3)(y)

# %% an output size of one entry for two axes
nn.ConvTranspose2d(8, 1, 3, 2)(x, output_size=(19,))

# %% an output size out of range
nn.ConvTranspose2d(8, 1, 3, 2)(x, output_size=(30, 30))

# %% an output size with batch and channels
nn.ConvTranspose2d(8, 1, 3, 2)(x, output_size=(2, 1, 19, 18))

# %% an output size of three entries
nn.ConvTranspose2d(8, 1, 3, 2)(x, output_size=(1, 19, 17))

# %% pixels that cannot be unshuffled
nn.PixelUnshuffle(2)(x)

# %% pixels that cannot be shuffled
nn.PixelShuffle(3)(x)

# %% pixels shuffled
nn.Conv2d(2, 2, 1)(nn.PixelShuffle(2)(x))

# %% padding of more than half the window
nn.MaxPool2d(3, padding=2)(x)

# %% padding of half the window
nn.Conv2d(8, 2, 1)(nn.MaxPool2d(4, padding=2)(x))

# %% padding of more than half the averaged window
F.avg_pool2d(x, 3, padding=2)

# %% a window larger than the input
nn.MaxPool2d(10)(x)

# %% a window larger than the input, averaged
nn.AvgPool2d((4, 9))(x)

# %% a stride of nothing
F.max_pool2d(x, 2, stride=0)

# %% groups of channels that do not divide
nn.GroupNorm(3, 8)

# %% one value per channel to train on
nn.BatchNorm2d(8)(nn.AdaptiveAvgPool2d(1)(x[:1]))

# %% one value per channel in evaluation
b = nn.BatchNorm2d(8).eval()
nn.Conv2d(8, 2, 1)(b(nn.AdaptiveAvgPool2d(1)(x[:1])))

# %% one value per channel and two examples
nn.Conv2d(8, 2, 1)(nn.BatchNorm2d(8)(nn.AdaptiveAvgPool2d(1)(x)))

# %% one value per instance to train on
nn.InstanceNorm2d(8)(nn.AdaptiveAvgPool2d(1)(x))

# %% an image smaller than the block
F.unfold(x[..., :2, :2], 3)

# %% blocks
y = F.unfold(x, 3, padding=1)
nn.Conv1d(72, 2, 1)(y)

# %% folding columns of the wrong number
y = F.unfold(x, 3, padding=1)
F.fold(y, (9, 9), 3, padding=1)

# %% folding channels that do not divide
F.fold(torch.randn(1, 10, 16), (6, 6), 3)

# %% an index past the end
x[:, 9]

# %% a negative index past the end
x[:, -9]

# %% the last index
nn.Conv1d(9, 2, 1)(x[:, -8])

# %% too many indices
x[0, 0, 0, 0, 0]

# %% expanding a size that is not one
x.expand(4, -1, -1, -1)

# %% expanding to fewer axes
x.expand(8, 9, 8)

# %% expanding a size of one
nn.Conv2d(8, 2, 1)(x[:1].expand(4, -1, -1, -1))

# %% expanding to more axes
nn.Conv3d(2, 2, 1)(x.expand(3, 2, 8, 9, 8))

# %% an axis that is not there
x.mean(dim=5)

# %% a negative axis that is not there
x.sum(-5)

# %% an axis that is not there, to join
torch.cat([x, x], dim=4)

# %% an axis that is not there, to squeeze
x.squeeze(6)

# %% an axis that is not there, to swap
x.transpose(1, 4)

# %% an axis too many in permute
x.permute(0, 2, 3, 1, 4)

# %% an axis twice in permute
x.permute(0, 2, 2, 1)

# %% sums of products that do not fit
torch.einsum("bchw,cd->bdhw", x, torch.randn(4, 2))

# %% sums of products
nn.Conv2d(2, 2, 1)(torch.einsum("bchw,cd->bdhw", x, torch.randn(8, 2)))

# %% sums of products with an axis too many
torch.einsum("bch,cd->bdh", x, torch.randn(8, 2))

# %% parts that do not add up
torch.split(x, [3, 3], dim=1)

# %% parts
a, b = torch.split(x, [3, 5], dim=1)
nn.Conv2d(5, 2, 1)(b)

# %% unpacking too few
a, b = torch.split(x, 3, dim=1)

# %% unpacking too many
a, b, d = x.chunk(2, dim=1)

# %% unpacking a shape
n, ch, h = x.shape

# %% unflattening to other sizes
x.unflatten(1, (3, 3))

# %% viewing as another size
x.view(2, 7, -1)

# %% viewing as too many
x.reshape(3, 8, 9, 8)

# %% multiplying what does not fit
x @ torch.randn(9, 4)

# %% multiplying
nn.Conv2d(8, 2, 1)(x @ torch.randn(8, 4))

# %% adding what does not fit
x + torch.randn(1, 7, 1, 1)

# %% stacking unequal sizes
torch.stack([x, x[..., 1:]])

# %% joining tensors of other ranks
torch.cat([x, x[0]], 1)

# %% normalising other channels
nn.BatchNorm2d(9)(x)

# %% a layer of other features
nn.Linear(9, 4)(x)

# %% reflecting more than there is
F.pad(x, (8, 0), mode="reflect")

# %% reflecting all but one
nn.Conv2d(8, 2, 1)(F.pad(x, (7, 0, 0, 0), mode="reflect"))

# %% wrapping more than there is
F.pad(x, (9, 0, 0, 0), mode="circular")

# %% padding to nothing
F.pad(x, (-5, -4))

# %% interpolating three spatial axes as two
F.interpolate(x[None], scale_factor=2, mode="bilinear")

# %% interpolating without a size
F.interpolate(x)

# %% interpolating to nothing
F.interpolate(x, scale_factor=0.1)

# %% flattening past the end
torch.flatten(x, 1, 4)

# %% repeating fewer axes
x.repeat(2, 2)

# %% tiling fewer axes
nn.Conv2d(8, 2, 1)(x.tile(2, 2))

# %% rolling an axis that is not there
torch.roll(x, 1, dims=4)

# %% narrowing past the end
x.narrow(1, 6, 4)

# %% selecting past the end
x.select(1, 8)
