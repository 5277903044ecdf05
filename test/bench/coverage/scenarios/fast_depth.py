# in: imagenet/mobilenet.py
import torch
from models import MobileNet, ResNet, ResNetSkipConcat, choose_decoder

MobileNet("nnconv5", (224, 224), pretrained=False)(torch.randn(1, 3, 224, 224))
MobileNet("deconv3dw", (224, 224), pretrained=False)(torch.randn(1, 3, 224, 224))
ResNet(18, "upproj", (224, 224), pretrained=False)(torch.randn(1, 3, 224, 224))
ResNetSkipConcat(18, (224, 224), pretrained=False)(torch.randn(1, 3, 224, 224))
