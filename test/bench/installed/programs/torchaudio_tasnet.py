import torch
from torch import nn
from torchaudio.models import ConvTasNet

model = ConvTasNet(num_sources=2)
sources = model(torch.randn(1, 1, 8000))
out = nn.Conv1d(2, 4, 3)(sources)
