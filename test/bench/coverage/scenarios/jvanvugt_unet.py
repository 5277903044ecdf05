# in: unet.py
import torch
from unet import UNet

UNet(in_channels=3, n_classes=2, depth=4, wf=4, padding=True, batch_norm=True, up_mode="upconv")(torch.randn(1, 3, 64, 64))
UNet(in_channels=1, n_classes=2, depth=3, wf=4, padding=False, up_mode="upsample")(torch.randn(1, 1, 92, 92))
