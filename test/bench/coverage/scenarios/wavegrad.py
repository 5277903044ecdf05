# in: src/wavegrad/model.py
import torch
from src.wavegrad.model import WaveGrad
from src.wavegrad.params import params

WaveGrad(params)(torch.randn(1, 3600), torch.randn(1, 128, 12), torch.rand(1))
