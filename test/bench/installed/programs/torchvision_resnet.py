import torch
from torch import nn
from torchvision.models import resnet50

model = resnet50(weights=None)
model.fc = nn.Identity()
features = model(torch.randn(2, 3, 224, 224))
head = nn.Conv1d(1, 4, 3)
out = head(features.unsqueeze(1))
