# in: models/networks.py
import torch
from models.networks import NLayerDiscriminator, PixelDiscriminator, ResnetGenerator, UnetGenerator

ResnetGenerator(3, 3, ngf=64, n_blocks=9)(torch.randn(1, 3, 256, 256))
ResnetGenerator(3, 3, ngf=32, n_blocks=6, no_antialias=True, no_antialias_up=True)(torch.randn(1, 3, 128, 128))
UnetGenerator(3, 3, 8, ngf=64)(torch.randn(2, 3, 256, 256))
NLayerDiscriminator(3, ndf=64, n_layers=3, no_antialias=True)(torch.randn(1, 3, 256, 256))
PixelDiscriminator(3)(torch.randn(1, 3, 256, 256))
