# in: pytorch3dunet/unet3d/model.py
import torch
from pytorch3dunet.unet3d.model import ResidualUNet3D, UNet2D, UNet3D

UNet3D(in_channels=1, out_channels=2, f_maps=16)(torch.randn(1, 1, 32, 64, 64))
ResidualUNet3D(1, 2, f_maps=16, num_levels=4)(torch.randn(1, 1, 32, 64, 64))
UNet2D(in_channels=3, out_channels=1)(torch.randn(1, 3, 128, 128))
