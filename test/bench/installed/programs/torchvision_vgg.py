import torch
from torch import nn
from torchvision.models import vgg16

features = vgg16(weights=None).features(torch.randn(2, 3, 64, 64))
up = nn.ConvTranspose2d(512, 64, 2, stride=2)
out = up(features)
