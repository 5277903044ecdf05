# in: training/networks.py
import torch
from training.networks import DhariwalUNet, EDMPrecond, SongUNet

images, sigma = torch.randn(2, 3, 32, 32), torch.rand(2)
small = {"model_channels": 32, "num_blocks": 2}
SongUNet(32, 3, 3, **small)(images, sigma, None)
SongUNet(
    32,
    3,
    3,
    embedding_type="fourier",
    encoder_type="residual",
    channel_mult_noise=2,
    resample_filter=[1, 3, 3, 1],
    **small,
)(images, sigma, None)
DhariwalUNet(32, 3, 3, channel_mult=[1, 2], attn_resolutions=[16], **small)(images, sigma, None)
EDMPrecond(32, 3, model_type="SongUNet", **small)(images, sigma)
