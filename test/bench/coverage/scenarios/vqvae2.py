# in: vqvae.py
import torch
from vqvae import VQVAE

model = VQVAE()
model(torch.randn(2, 3, 256, 256))
