import torch
from monai.networks.nets import DynUNet
from torch import nn

model = DynUNet(3, 1, 2, kernel_size=[3, 3, 3, 3], strides=[1, 2, 2, 2], upsample_kernel_size=[2, 2, 2])
mask = model(torch.randn(1, 1, 32, 32, 32))
out = nn.Conv3d(2, 1, 1)(mask)
