# in: models/diffusion.py
from types import SimpleNamespace

import torch
from models.diffusion import Model

config = SimpleNamespace(
    model=SimpleNamespace(
        type="simple",
        in_channels=3,
        out_ch=3,
        ch=128,
        ch_mult=[1, 2, 2, 2],
        num_res_blocks=2,
        attn_resolutions=[16],
        dropout=0.1,
        resamp_with_conv=True,
    ),
    data=SimpleNamespace(image_size=32),
    diffusion=SimpleNamespace(num_diffusion_timesteps=1000),
)
Model(config)(torch.randn(1, 3, 32, 32), torch.zeros(1))
