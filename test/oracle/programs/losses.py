# Losses, and what attention and sampling take: where a decoder's size meets what it is held against.
import torch
import torch.nn as nn
import torch.nn.functional as F

# %% classes for each pixel
x = nn.ConvTranspose2d(3, 5, 2, 2)(torch.randn(2, 3, 8, 8))
F.cross_entropy(x, torch.zeros(2, 16, 16, dtype=torch.long))
nn.NLLLoss()(x.log_softmax(1), torch.zeros(2, 16, 16, dtype=torch.long))

# %% probabilities for each pixel
x = nn.Conv2d(3, 5, 3, padding=1)(torch.randn(2, 3, 8, 8))
nn.CrossEntropyLoss(label_smoothing=0.1)(x, torch.zeros(2, 5, 8, 8))

# %% one class for each of a batch
x = nn.Conv2d(3, 5, 8)(torch.randn(4, 3, 8, 8)).flatten(1)
nn.CrossEntropyLoss()(x, torch.zeros(4, dtype=torch.long))
F.cross_entropy(x[0], torch.tensor(1))

# %% classes along time
x = nn.Conv1d(3, 5, 3)(torch.randn(2, 3, 10))
F.cross_entropy(input=x, target=torch.zeros(2, 8, dtype=torch.long), ignore_index=0)

# %% fewer pixels than classes
x = nn.Conv2d(3, 5, 3)(torch.randn(2, 3, 10, 10))
F.cross_entropy(x, torch.zeros(2, 10, 10, dtype=torch.long))

# %% a target that kept its channel
x = nn.Conv2d(3, 5, 3, padding=1)(torch.randn(2, 3, 10, 10))
nn.CrossEntropyLoss()(x, torch.zeros(2, 1, 10, 10, dtype=torch.long))

# %% a target of another batch
x = nn.Conv2d(3, 5, 3, padding=1)(torch.randn(2, 3, 10, 10))
nn.NLLLoss()(x.log_softmax(1), torch.zeros(3, 10, 10, dtype=torch.long))

# %% classes of the wrong length
x = nn.Conv1d(3, 5, 3)(torch.randn(2, 3, 10))
F.cross_entropy(x, torch.zeros(2, 10, dtype=torch.long))

# %% classes of a volume
x = nn.ConvTranspose3d(2, 3, 2, 2)(torch.randn(1, 2, 2, 3, 4))
F.cross_entropy(x, torch.zeros(1, 4, 6, 7, dtype=torch.long))

# %% several classes for one
x = nn.Conv2d(3, 5, 8)(torch.randn(4, 3, 8, 8)).flatten(1)
F.cross_entropy(x, torch.zeros(4, 1, dtype=torch.long))

# %% attention over what was flattened
x = nn.Conv2d(3, 64, 16, 16)(torch.randn(1, 3, 64, 64))
t = x.flatten(2).transpose(1, 2)
y, _ = nn.MultiheadAttention(64, 4, batch_first=True)(t, t, t)
z = nn.TransformerEncoderLayer(64, 4, batch_first=True)(y)
nn.Conv1d(64, 8, 1)(z.mT)

# %% attention over the wrong axis
x = nn.Conv2d(3, 64, 16, 16)(torch.randn(1, 3, 64, 64))
t = x.flatten(2)
nn.MultiheadAttention(64, 4, batch_first=True)(t, t, t)

# %% attention of a picture
x = nn.Conv2d(3, 64, 16, 16)(torch.randn(1, 3, 64, 64))
nn.MultiheadAttention(64, 4)(x, x, x)

# %% an encoder over the wrong axis
t = nn.Conv2d(3, 64, 16, 16)(torch.randn(1, 3, 64, 64)).flatten(2)
nn.TransformerEncoderLayer(64, 4, batch_first=True)(t)

# %% heads that do not divide
nn.Conv1d(3, 62, 1)(torch.randn(1, 3, 8))
nn.MultiheadAttention(62, 4)

# %% two inputs that are joined
a = nn.Conv1d(3, 8, 1)(torch.randn(2, 3, 5)).mT
y = nn.Bilinear(8, 4, 6)(a, torch.randn(2, 5, 4))
nn.Conv1d(6, 2, 3)(y.mT)

# %% two inputs of which one is narrower
a = nn.Conv1d(3, 8, 1)(torch.randn(2, 3, 5)).mT
nn.Bilinear(8, 4, 6)(a, torch.randn(2, 5, 3))

# %% a grid of places
x = nn.Conv2d(3, 4, 3)(torch.randn(2, 3, 8, 8))
y = F.grid_sample(x, torch.zeros(2, 5, 7, 2), align_corners=False)
nn.Conv2d(4, 1, 3)(y)

# %% a grid for one picture
x = nn.Conv2d(3, 4, 3)(torch.randn(2, 3, 8, 8))
F.grid_sample(x, torch.zeros(1, 5, 7, 2), align_corners=False)

# %% a grid of three numbers
x = nn.Conv2d(3, 4, 3)(torch.randn(2, 3, 8, 8))
F.grid_sample(x, torch.zeros(2, 5, 7, 3), align_corners=False)

# %% what an LSTM gives
y = nn.LSTM(8, 16)(torch.randn(5, 1, 8))
nn.Conv1d(16, 4, 3)(y)

# %% an LSTM among layers
nn.Sequential(nn.Conv1d(3, 8, 3, padding=1), nn.GRU(10, 16), nn.Linear(16, 4))(torch.randn(2, 3, 10))

# %% a pair that goes on
class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(x), x


nn.ConvTranspose2d(8, 4, 3)(Pair()(torch.randn(1, 3, 8, 8)))

# %% a pair that a hook takes apart
layer = nn.Conv2d(3, 8, 3)
layer.register_forward_pre_hook(lambda module, args: (args[0][0],))
layer((torch.randn(1, 3, 8, 8), 1))

# %% a list of pictures
F.conv2d([torch.randn(1, 3, 8, 8)], torch.randn(4, 3, 3, 3))
