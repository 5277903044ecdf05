# in: sagan_models.py
import torch
from sagan_models import Discriminator, Generator, Self_Attn

Self_Attn(64, "relu")(torch.randn(2, 64, 16, 16))
Generator(2, image_size=64, z_dim=100, conv_dim=64)(torch.randn(2, 100))
Discriminator(2, image_size=64, conv_dim=64)(torch.randn(2, 3, 64, 64))
