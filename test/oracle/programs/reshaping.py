import torch
import torch.nn as nn
import torch.nn.functional as F

c = nn.Conv2d(3, 8, 3, padding=1)
x = c(torch.randn(2, 3, 9, 8))

# %% expanding in a list
x.expand([2, 8, 9, 9])

# %% expanding a new axis with a size that is kept
x.expand(-1, 2, 8, 9, 8)

# %% expanding the last axis only in name
nn.Conv2d(8, 2, 1)(x.expand(-1, 8, -1, 8))

# %% expanding one channel
nn.Conv2d(5, 2, 1)(x[:, :1].expand(-1, 5, -1, -1))

# %% expanding one channel, and the rows
x[:, :1].expand(-1, 5, 3, -1)

# %% expanding like another
x.expand_as(torch.randn(2, 8, 9, 4))

# %% expanding one channel like another
nn.Conv2d(8, 2, 1)(x[:, :1].expand_as(x))

# %% broadcasting to what does not fit
torch.broadcast_to(x, (2, 4, 9, 8))

# %% expanding to a size below nothing [untold]
x[:, :1].expand(2, -2, 9, 8)

# %% viewing like another
x.view_as(torch.randn(2, 8, 9, 4))

# %% reshaping like another
nn.Conv2d(9, 2, 1)(x.reshape_as(torch.randn(2, 9, 8, 8)))

# %% reshaping with two unknowns
x.reshape(2, -1, -1)

# %% viewing with two unknowns
x.view((-1, 8, -1))

# %% viewing with a size below minus one
x.view(2, -3, 8)

# %% reshaping a function's way
torch.reshape(x, (2, 7, -1))

# %% reshaping to a shape of another
torch.reshape(x, [2, 8, 9, 9])

# %% reshaping
nn.Conv2d(4, 2, 1)(torch.reshape(x, (2, 4, -1, 8)) + x.view(2, 4, 18, 8))

# %% viewing what was permuted
x.permute(0, 2, 3, 1).view(2, 72, 8)

# %% viewing what was transposed [untold]
x.transpose(1, 2).view(2, -1)

# %% viewing what was made contiguous
nn.Conv1d(72, 2, 1)(x.permute(0, 2, 3, 1).contiguous().view(2, 72, 8))

# %% viewing what was permuted, and can be
nn.Conv2d(9, 2, 1)(x.permute(0, 2, 3, 1).view(2, 9, 4, 2, 8)[:, :, :, 0])

# %% reshaping what was permuted
nn.Conv1d(72, 2, 1)(x.permute(0, 2, 3, 1).reshape(2, 72, 8))

# %% unflattening with a size that is left
nn.Conv3d(4, 2, 1)(x.unflatten(1, (4, -1)) + torch.unflatten(x, 1, (4, 2)) + nn.Unflatten(1, (4, 2))(x))

# %% unflattening with a size that does not divide
x.unflatten(1, (3, -1))

# %% unflattening along an axis that is not there
x.unflatten(4, (2, 4))

# %% unflattening a layer's way
nn.Unflatten(1, (3, 3))(x)

# %% unflattening a layer's way along an axis that is not there
nn.Unflatten(4, (2, 4))(x)

# %% repeating
nn.Conv3d(3, 2, 1)(x.repeat(2, 3, 1, 1, 1).view(2, 3, 2, -1, 9, 8)[:, :, 0])

# %% repeating in a tuple of fewer
x.repeat((2, 1, 1))

# %% repeating a negative number of times [untold]
x.repeat(1, 1, -1, 1)

# %% tiling more axes
nn.Conv3d(2, 2, 1)(torch.tile(x, (1, 1, 2, 1, 1)))

# %% sums of products, with the output left out
nn.Conv2d(2, 2, 1)(torch.einsum("bchw,cd->bdhw", [x, torch.randn(8, 2)]))

# %% sums of products over axes that are not named
nn.Conv2d(2, 2, 1)(torch.einsum("b...w,dw->bd...", x.transpose(1, 3), torch.randn(2, 8)).transpose(2, 3))

# %% sums of products, one size against one
nn.Conv2d(8, 2, 1)(torch.einsum("bchw,bchw->bchw", x, torch.randn(2, 8, 1, 8)))

# %% sums of products of which one does not fit
torch.einsum("bchw,bcij->bhwij", x, torch.randn(2, 4, 3, 3))

# %% sums of products with an operand too few
torch.einsum("bchw,cd->bdhw", x)

# %% sums of products with an operand too many
torch.einsum("bchw->bhw", x, x)

# %% sums of products with an output that is in no input
torch.einsum("bchw->bchz", x)

# %% sums of products with an output twice
torch.einsum("bchw->bcc", x)

# %% sums of products with an axis too few
torch.einsum("bchwd->bd", x)

# %% the diagonal of a sum of products
torch.einsum("bccw->bcw", x)

# %% products in a batch
nn.Conv1d(9, 2, 1)(torch.bmm(x[:, 0], x[:, 0].transpose(1, 2)))

# %% products in a batch of other rows
torch.bmm(x[:, 0], x[:, 0])

# %% products in a batch of another size
torch.bmm(x[:, 0], torch.randn(3, 8, 9))

# %% products in a batch of four axes
torch.bmm(x, x)

# %% a product of matrices
torch.mm(x[0, 0], torch.randn(9, 4))

# %% a product of matrices of three axes
torch.mm(x[0], torch.randn(8, 4))

# %% a product of matrices that fits
nn.Conv1d(9, 2, 1)(torch.mm(x[0, 0], torch.randn(8, 4))[None])

# %% a product with a vector
torch.matmul(x, torch.randn(9))

# %% a product with a vector that fits
nn.Conv1d(8, 2, 1)(torch.matmul(x, torch.randn(8)))

# %% a product of three axes and a matrix
torch.matmul(x[0], torch.randn(9, 4))

# %% a product of a matrix and a batch
torch.randn(4, 7) @ x

# %% a product of a batch and a batch
x @ x

# %% a product of a batch and a smaller batch
x @ torch.randn(3, 8, 9)

# %% a product of two matrices by the sign
x[0, 0] @ x[0, 0]

# %% a product of two vectors
x[0, 0, 0] @ x[0, 0, :, 0]

# %% a product with a number
x @ torch.tensor(2.0)

# %% a linear function of other features
F.linear(x, torch.randn(4, 9))

# %% a linear function
nn.Conv2d(8, 2, 1)(F.linear(x, torch.randn(4, 8), torch.randn(4)))

# %% a linear layer of a matrix
nn.Linear(9, 4)(x[0, 0])

# %% a linear layer of a vector
nn.Linear(9, 4)(x[0, 0, 0])

# %% a linear layer without a bias
nn.Linear(9, 4, bias=False)(x)

# %% a linear layer without a bias, of a matrix
nn.Linear(9, 4, bias=False)(x[0, 0])

# %% a linear layer of three axes
nn.Linear(9, 4)(x[0])

# %% a linear layer after flattening
nn.Linear(512, 4)(x.flatten(1))

# %% a linear layer that fits
nn.Conv2d(8, 2, 1)(nn.Linear(8, 4)(x))

# %% adding what stretches
nn.Conv2d(8, 2, 1)(x + torch.randn(1, 8, 1, 1) + torch.randn(9, 1) - torch.randn(8))

# %% adding a vector that does not fit
x * torch.randn(9)

# %% adding by a method what does not fit
x.add(torch.randn(2, 8, 9, 7))

# %% adding in place what does not fit
x.data.add_(torch.randn(2, 8, 9, 7))

# %% adding in place what is larger [untold]
x.data[:, :1] += torch.randn(2, 8, 9, 8)

# %% choosing among what does not fit
torch.where(x > 0, x, torch.randn(2, 7, 9, 8))

# %% comparing what does not fit
x > torch.randn(2, 7, 9, 8)

# %% stacking equal sizes
nn.Conv3d(2, 2, 1)(torch.stack([x, x + 1], 1)) if False else nn.Conv2d(2, 2, 1)(torch.stack((x, x), 1)[:, :, 0])

# %% stacking other ranks
torch.stack([x, x[0]])

# %% stacking three of which the last is unequal
torch.stack([x, x, x[:, :4]], 1)

# %% stacking nothing [untold]
torch.stack([])

# %% joining nothing [untold]
torch.cat([])

# %% joining an empty one
nn.Conv2d(8, 2, 1)(torch.cat([torch.tensor([]), x]))

# %% joining unequal sizes
torch.cat([x, x[:, :, 1:]], 1)

# %% joining unequal sizes along the last axis
torch.cat((x, x[:, :4], x), -1)

# %% joining a third that is unequal
torch.cat((x, x, x[..., 1:]), dim=-3)

# %% joining unequal channels along them
nn.Conv2d(12, 2, 1)(torch.cat((x, x[:, :4]), 1))

# %% joining other ranks, the third
torch.cat([x, x, x[0]], 1)

# %% joining side by side what is unequal
torch.hstack([x, x[..., 1:]])

# %% putting values into what is smaller [untold]
x.data.copy_(torch.randn(2, 8, 9, 9))

# %% a loop over parts that do not fit
for part in x.split(3, 1):
    nn.Conv2d(3, 2, 1)(part)
