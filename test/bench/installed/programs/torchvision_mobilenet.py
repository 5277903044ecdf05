import torch
import torchvision
from torch import nn

backbone = torchvision.models.mobilenet_v3_large(weights=None).features
features = backbone(torch.randn(2, 3, 224, 224))
up = nn.ConvTranspose2d(960, 64, 4, stride=2, padding=1)
out = up(features)
