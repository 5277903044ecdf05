import torch
from monai.networks.nets import BasicUNet
from torch import nn

model = BasicUNet(spatial_dims=2, in_channels=1, out_channels=3)
mask = model(torch.randn(2, 1, 96, 96))
out = nn.Conv2d(3, 1, 1)(mask)
