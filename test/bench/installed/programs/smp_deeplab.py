import segmentation_models_pytorch as smp
import torch
from torch import nn

model = smp.DeepLabV3Plus(encoder_name="resnet50", encoder_weights=None, classes=1)
mask = model(torch.randn(2, 3, 128, 128))
out = nn.Conv2d(1, 4, 3)(mask)
