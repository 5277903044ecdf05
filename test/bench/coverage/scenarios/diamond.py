# in: src/models/diffusion/inner_model.py
import sys

sys.path.append("src")
import torch
from src.models.actor_critic import ActorCriticConfig, ActorCriticEncoder
from src.models.diffusion.inner_model import InnerModel, InnerModelConfig
from src.models.rew_end_model import RewEndEncoder

config = InnerModelConfig(
    img_channels=3,
    num_steps_conditioning=4,
    cond_channels=32,
    depths=[2, 2, 2, 2],
    channels=[64, 64, 64, 64],
    attn_depths=[False, False, True, True],
    num_actions=6,
)
frames = torch.randn(2, 12, 64, 64)
InnerModel(config)(torch.randn(2, 3, 64, 64), torch.rand(2), frames, torch.zeros(2, 4, dtype=torch.long))
ActorCriticEncoder(
    ActorCriticConfig(lstm_dim=64, img_channels=3, img_size=64, channels=[32, 32, 64, 64], down=[1, 1, 1, 1], num_actions=6)
)(torch.randn(2, 3, 64, 64))
RewEndEncoder(6, 32, [2, 2], [32, 32], [0, 0])(torch.randn(2, 6, 64, 64), torch.randn(2, 32))
