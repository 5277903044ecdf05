# in: midas/blocks.py
import torch
from midas.blocks import FeatureFusionBlock_custom, ResidualConvUnit, _make_scratch

scratch = _make_scratch([16, 32, 64, 64], 32, groups=1, expand=False)
levels = [
    getattr(scratch, f"layer{i + 1}_rn")(torch.randn(1, c, 64 // 2**i, 64 // 2**i)) for i, c in enumerate([16, 32, 64, 64])
]
fuse = FeatureFusionBlock_custom(32, torch.nn.ReLU(False), align_corners=True)
fuse(fuse(levels[3]), levels[2])
ResidualConvUnit(32)(levels[0])
