import torch
from torch import nn
from torchvision import models

model = models.densenet121(weights=None)
features = model.features(torch.randn(2, 3, 128, 128))
up = nn.ConvTranspose2d(1024, 64, 4, stride=2, padding=1)
out = up(features)
