import timm
import torch
from torch import nn

model = timm.create_model("convnext_tiny", pretrained=False)
features = model.forward_features(torch.randn(2, 3, 224, 224))
out = nn.Conv2d(768, 16, 1)(features)
