# in: dataloaders/nyu_dataloader.py
import torch
from models import ResNet

ResNet(18, "deconv3", (228, 304), in_channels=4, pretrained=False)(torch.randn(1, 4, 228, 304))
ResNet(18, "upproj", (228, 304), in_channels=3, pretrained=False)(torch.randn(1, 3, 228, 304))
ResNet(50, "upconv", (228, 304), in_channels=4, pretrained=False)(torch.randn(1, 4, 228, 304))
