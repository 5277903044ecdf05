# in: vnet.py
import torch
from vnet import VNet

VNet(elu=False, nll=False)(torch.randn(1, 1, 32, 64, 64))
