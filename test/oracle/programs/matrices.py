import torch
import torch.nn as nn
import torch.nn.functional as F

# %% an invertible convolution of one by one
w, _ = torch.linalg.qr(torch.randn(12, 12))
F.conv2d(torch.zeros(2, 12, 8, 8), w.unsqueeze(2).unsqueeze(3))
inverse = torch.linalg.inv(w)
F.conv2d(torch.zeros(2, 12, 4, 4), inverse[:, :, None, None])

# %% the factors of a matrix that is not square
q, r = torch.linalg.qr(torch.randn(6, 4))
F.conv2d(torch.zeros(1, 4, 5, 5), q[..., None, None])
F.conv2d(torch.zeros(1, 4, 7, 7), torch.linalg.qr(torch.randn(3, 4)).R[..., None, None])

# %% a determinant is a number for each matrix
sign, size = torch.slogdet(torch.randn(3, 4, 4))
F.conv1d(torch.zeros(1, 1, 9), size.view(1, 1, -1))

# %% a layer made like one that was saved
conv = nn.Conv2d(3, 16, 7)
state = conv.state_dict()
out, channels, height, width = state["weight"].shape
nn.Conv2d(channels, out, (height, width))(torch.zeros(1, 3, 9, 9))

# %% a layer made like one inside another, that was saved
net = nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.Sequential(nn.ConvTranspose2d(6, 4, 2)))
weight = net.state_dict()["2.0.weight"]
nn.ConvTranspose2d(weight.shape[0], weight.shape[1], weight.shape[-1])(torch.zeros(1, 6, 5, 5))

# %% layers that count their channels themselves
net = nn.Sequential(nn.LazyConv2d(8, 3), nn.LazyBatchNorm2d(), nn.ReLU(), nn.LazyConvTranspose2d(4, 2, stride=2))
net(torch.zeros(1, 5, 12, 12))

# %% dot of matrices
nn.Conv2d(3, 4, 1)(torch.zeros(1, 3, 8, 8))
torch.zeros(1, 3).dot(torch.zeros(1, 3))

# %% dot of a vector and a column
nn.Conv2d(3, 4, 1)(torch.zeros(1, 3, 8, 8))
torch.zeros(3).dot(torch.zeros(3, 1))

# %% dot of vectors of two lengths
nn.Conv2d(3, 4, 1)(torch.zeros(1, 3, 8, 8))
torch.dot(torch.zeros(3), torch.zeros(4))

# %% dot of vectors
nn.Conv2d(3, 4, 3)(torch.zeros(1, 3, 8, 8) * torch.zeros(3).dot(torch.zeros(3)))

# %% mv with a column
nn.Conv2d(3, 4, 1)(torch.zeros(1, 3, 8, 8))
torch.zeros(3, 2).mv(torch.zeros(2, 1))

# %% mv with a vector of another length
nn.Conv2d(3, 4, 1)(torch.zeros(1, 3, 8, 8))
torch.mv(torch.zeros(3, 2), torch.zeros(3))

# %% mv
nn.Conv1d(3, 4, 1)(torch.zeros(3, 2).mv(torch.zeros(2)).view(1, 3, 1))
