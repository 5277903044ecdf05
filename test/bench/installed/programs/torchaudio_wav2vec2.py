import torch
from torch import nn
from torchaudio.models import wav2vec2_base

model = wav2vec2_base()
features, lengths = model.extract_features(torch.randn(2, 8000))
out = nn.Conv1d(768, 8, 3)(features[0].transpose(1, 2))
