# in: demucs/hdemucs.py
import torch
from demucs.demucs import Demucs
from demucs.hdemucs import HDemucs

Demucs(["drums", "bass"], channels=16, depth=4)(torch.randn(1, 2, 44100))
HDemucs(["drums", "bass"], channels=16, depth=5)(torch.randn(1, 2, 44100))
