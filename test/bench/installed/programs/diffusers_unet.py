import torch
from diffusers import UNet2DModel
from torch import nn

model = UNet2DModel(sample_size=32, in_channels=3, out_channels=3, block_out_channels=(32, 64, 64, 64))
noise = model(torch.randn(1, 3, 32, 32), 10).sample
out = nn.Conv2d(3, 8, 3)(noise)
