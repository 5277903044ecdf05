# in: denoising_diffusion_pytorch/denoising_diffusion_pytorch.py
import torch
from denoising_diffusion_pytorch.denoising_diffusion_pytorch import Unet
from denoising_diffusion_pytorch.denoising_diffusion_pytorch_1d import Unet1D

model = Unet(dim=32, dim_mults=(1, 2, 4, 8), flash_attn=False)
model(torch.randn(2, 3, 64, 64), torch.randint(0, 1000, (2,)))
series = Unet1D(dim=32, dim_mults=(1, 2, 4, 8), channels=32)
series(torch.randn(2, 32, 128), torch.randint(0, 1000, (2,)))
