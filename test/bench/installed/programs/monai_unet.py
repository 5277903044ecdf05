import torch
from monai.networks.nets import UNet
from torch import nn

model = UNet(spatial_dims=3, in_channels=1, out_channels=2, channels=(16, 32, 64, 128), strides=(2, 2, 2), num_res_units=2)
mask = model(torch.randn(1, 1, 64, 64, 64))
head = nn.Conv3d(2, 1, 3)
out = head(mask)
