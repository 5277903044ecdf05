import monai
import torch
from torch import nn

model = monai.networks.nets.SegResNet(spatial_dims=3, init_filters=8, in_channels=4, out_channels=3)
mask = model(torch.randn(1, 4, 32, 32, 32))
out = nn.Conv3d(3, 1, 1)(mask)
