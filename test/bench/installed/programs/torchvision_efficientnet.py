import torch
from torch import nn
from torchvision.models import efficientnet_b0

model = efficientnet_b0(weights=None)
features = model.features(torch.randn(2, 3, 224, 224))
out = nn.Conv2d(1280, 16, 1)(features)
