import timm
import torch
from torch import nn

model = timm.create_model("efficientnet_b0", pretrained=False)
features = model.forward_features(torch.randn(2, 3, 224, 224))
out = nn.Conv2d(model.num_features, 16, 1)(features)
