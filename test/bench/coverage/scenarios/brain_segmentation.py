# in: unet.py
import torch
from unet import UNet

UNet(in_channels=3, out_channels=1, init_features=32)(torch.randn(1, 3, 256, 256))
