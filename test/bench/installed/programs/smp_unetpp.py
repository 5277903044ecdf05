import segmentation_models_pytorch as smp
import torch
from torch import nn

model = smp.UnetPlusPlus("vgg16", encoder_weights=None, classes=3)
mask = model(torch.randn(2, 3, 64, 64))
out = nn.Conv2d(3, 4, 3)(mask)
