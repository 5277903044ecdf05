import torch
from torch import nn
from torchaudio.models import WaveRNN

model = WaveRNN(upsample_scales=[5, 5, 8], n_classes=512, hop_length=200)
out = model(torch.rand(2, 1, 2200), torch.rand(2, 1, 128, 15))
wave = nn.Conv2d(1, 4, 3)(out)
