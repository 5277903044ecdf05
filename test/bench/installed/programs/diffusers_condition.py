import torch
from diffusers import UNet2DConditionModel
from torch import nn

model = UNet2DConditionModel(sample_size=32, block_out_channels=(32, 64, 64, 64), cross_attention_dim=32)
noise = model(torch.randn(1, 4, 32, 32), 10, torch.randn(1, 7, 32)).sample
out = nn.Conv2d(4, 8, 3)(noise)
