import torch
from monai.networks.nets import VNet
from torch import nn

model = VNet(spatial_dims=3, in_channels=1, out_channels=2)
mask = model(torch.randn(1, 1, 32, 32, 32))
out = nn.Conv3d(2, 1, 1)(mask)
