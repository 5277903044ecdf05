import torch
import torchaudio
from torch import nn

model = torchaudio.models.Wav2Letter(num_classes=40, input_type="waveform", num_features=1)
letters = model(torch.randn(2, 1, 16000))
out = nn.Conv1d(40, 8, 3)(letters)
