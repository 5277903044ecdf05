# in: models.py
import torch
from models import DiscriminatorCNN, GeneratorCNN

made = GeneratorCNN(64, [16, 8, 8], 3, 4, 16, 1)(torch.randn(2, 64))
DiscriminatorCNN(3, 64, 4, 16, 1)(made)
