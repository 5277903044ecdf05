import segmentation_models_pytorch as smp
import torch
from torch import nn

model = smp.Unet(encoder_name="resnet34", encoder_weights=None, in_channels=3, classes=2)
mask = model(torch.randn(2, 3, 128, 128))
head = nn.Conv2d(2, 1, 3)
out = head(mask)
