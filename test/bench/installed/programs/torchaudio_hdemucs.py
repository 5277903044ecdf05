import torch
from torch import nn
from torchaudio.models import hdemucs_low

model = hdemucs_low(sources=["drums", "bass"])
sources = model(torch.randn(1, 2, 44100))
out = nn.Conv1d(2, 8, 3)(sources[:, 0])
