# in: super_resolution/model.py
# argv: --dataset fake
import torch
from dcgan.main import Discriminator, Generator
from fast_neural_style.neural_style.transformer_net import TransformerNet
from mnist.main import Net as Mnist
from super_resolution.model import Net as SuperResolution

generator = Generator(1)
generator(torch.randn(64, 100, 1, 1))
discriminator = Discriminator(1)
discriminator(torch.randn(64, 3, 64, 64))
TransformerNet()(torch.randn(1, 3, 256, 256))
SuperResolution(upscale_factor=3)(torch.randn(4, 1, 85, 85))
Mnist()(torch.randn(64, 1, 28, 28))
