# in: models/segnet.py
import torch
from models.enet import ENet
from models.segnet import SegNet
from models.unet import UNet

UNet(num_classes=21)(torch.randn(2, 3, 256, 256))
ENet(num_classes=21)(torch.randn(2, 3, 256, 256))
SegNet(num_classes=21, pretrained=False)(torch.randn(2, 3, 224, 224))
