# in: mindiffusion/unet.py
import torch
from mindiffusion.unet import NaiveUnet
from superminddpm import DummyEpsModel

NaiveUnet(3, 3, n_feat=32)(torch.randn(2, 3, 32, 32), torch.rand(2))
DummyEpsModel(1)(torch.randn(2, 1, 28, 28), torch.rand(2))
