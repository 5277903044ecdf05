# in: model/unet_basic.py
import torch
from model.unet_basic import Model

Model()(torch.randn(1, 1, 16384))
Model(n_layers=6, channels_interval=12)(torch.randn(2, 1, 4096))
