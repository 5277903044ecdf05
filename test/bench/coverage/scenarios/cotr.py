# in: CoTr_package/CoTr/network_architecture/ResTranUnet.py
import sys

sys.path.append("CoTr_package")
import torch
from CoTr_package.CoTr.network_architecture.CNNBackbone import Backbone

x = torch.randn(1, 1, 16, 48, 48)
Backbone(depth=9, norm_cfg="IN", activation_cfg="LeakyReLU")(x)
Backbone(depth=9, norm_cfg="GN", weight_std=True)(x)
