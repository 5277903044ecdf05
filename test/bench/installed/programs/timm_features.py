import timm
import torch
from torch import nn

model = timm.create_model("resnet34", pretrained=False, features_only=True)
maps = model(torch.randn(2, 3, 128, 128))
out = nn.ConvTranspose2d(512, 256, 2, stride=2)(maps[-1])
