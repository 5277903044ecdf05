# in: lib/models/pose_resnet.py
import sys

sys.path.append("lib")
import torch
from lib.core.config import config
from lib.models.pose_resnet import get_pose_net

get_pose_net(config, is_train=False)(torch.randn(1, 3, 256, 256))
