# in: parallel_wavegan/models/parallel_wavegan.py
import torch
from parallel_wavegan.models.hifigan import HiFiGANGenerator, HiFiGANMultiScaleMultiPeriodDiscriminator
from parallel_wavegan.models.melgan import MelGANGenerator, MelGANMultiScaleDiscriminator
from parallel_wavegan.models.parallel_wavegan import ParallelWaveGANDiscriminator, ParallelWaveGANGenerator
from parallel_wavegan.models.style_melgan import StyleMelGANGenerator

wave = HiFiGANGenerator(channels=64)(torch.randn(1, 80, 32))
HiFiGANMultiScaleMultiPeriodDiscriminator()(wave)
MelGANGenerator(channels=64)(torch.randn(1, 80, 32))
MelGANMultiScaleDiscriminator()(torch.randn(1, 1, 8192))
ParallelWaveGANGenerator(layers=6, stacks=3)(torch.randn(1, 1, 256 * 16), torch.randn(1, 80, 16 + 4))
ParallelWaveGANDiscriminator()(torch.randn(1, 1, 4096))
StyleMelGANGenerator()(torch.randn(1, 80, 88))
