# in: unet/unet_parts.py
import torch
from unet import UNet

plain = UNet(n_channels=3, n_classes=2, bilinear=False)
plain(torch.randn(1, 3, 320, 479))
bilinear = UNet(n_channels=1, n_classes=4, bilinear=True)
bilinear(torch.randn(2, 1, 256, 256))
