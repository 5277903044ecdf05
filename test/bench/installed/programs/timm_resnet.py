import timm
import torch
from torch import nn

model = timm.create_model("resnet18", pretrained=False, num_classes=0)
features = model.forward_features(torch.randn(2, 3, 224, 224))
up = nn.ConvTranspose2d(512, 64, 4, stride=2, padding=1)
out = up(features)
