# in: alias_free_activation/torch/act.py
import torch
from bigvgan import BigVGAN
from discriminators import MultiPeriodDiscriminator
from env import AttrDict

h = AttrDict(
    {
        "resblock": "1",
        "upsample_rates": [8, 8, 2, 2],
        "upsample_kernel_sizes": [16, 16, 4, 4],
        "upsample_initial_channel": 64,
        "resblock_kernel_sizes": [3, 7, 11],
        "resblock_dilation_sizes": [[1, 3, 5], [1, 3, 5], [1, 3, 5]],
        "activation": "snakebeta",
        "snake_logscale": True,
        "mpd_reshapes": [2, 3, 5, 7, 11],
        "use_spectral_norm": False,
        "discriminator_channel_mult": 0.125,
        "num_mels": 80,
    }
)
wave = BigVGAN(h)(torch.randn(1, 80, 16))
MultiPeriodDiscriminator(h)(wave, wave)
