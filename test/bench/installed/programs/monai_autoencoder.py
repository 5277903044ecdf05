import torch
from monai.networks.nets import AutoEncoder
from torch import nn

model = AutoEncoder(spatial_dims=2, in_channels=1, out_channels=1, channels=(8, 16, 32), strides=(2, 2, 2))
image = model(torch.randn(2, 1, 64, 64))
out = nn.Conv2d(1, 4, 3)(image)
