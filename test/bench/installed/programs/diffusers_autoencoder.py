import torch
from diffusers import AutoencoderKL
from torch import nn

vae = AutoencoderKL(down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2, block_out_channels=(32, 64))
latent = vae.encode(torch.randn(1, 3, 64, 64)).latent_dist.mean
image = vae.decode(latent).sample
out = nn.Conv2d(3, 8, 3)(image)
