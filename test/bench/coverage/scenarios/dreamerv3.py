# in: networks.py
import torch
from networks import ConvDecoder, ConvEncoder

features = ConvEncoder((64, 64, 3), depth=16)(torch.rand(2, 5, 64, 64, 3))
ConvDecoder(features.shape[-1], shape=(3, 64, 64), depth=16)(features)
