import torch
from diffusers import VQModel
from torch import nn

model = VQModel(in_channels=3, out_channels=3, block_out_channels=(32,))
image = model(torch.randn(1, 3, 32, 32)).sample
out = nn.Conv2d(3, 8, 3)(image)
