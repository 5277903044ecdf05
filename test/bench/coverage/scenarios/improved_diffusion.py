# in: improved_diffusion/unet.py
import torch
from improved_diffusion.unet import UNetModel

model = UNetModel(
    in_channels=3,
    model_channels=32,
    out_channels=3,
    num_res_blocks=2,
    attention_resolutions=(4, 8),
    channel_mult=(1, 2, 2, 2),
    num_heads=4,
)
model(torch.randn(2, 3, 64, 64), torch.zeros(2))
