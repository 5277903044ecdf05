import torch
from torch import nn
from torchvision.models.segmentation import deeplabv3_resnet50

model = deeplabv3_resnet50(weights=None, weights_backbone=None, num_classes=5)
mask = model(torch.randn(2, 3, 96, 128))["out"]
head = nn.Conv2d(5, 1, 3)
out = head(mask)
