import torch
import torch.nn as nn
from einops import rearrange, reduce, repeat
from einops.layers.torch import Rearrange, Reduce

x = torch.randn(2, 3, 8, 12)

# %% pixels put into channels by a layer
nn.Sequential(Rearrange("b c (h p1) (w p2) -> b (c p1 p2) h w", p1=2, p2=3), nn.Conv2d(18, 4, 1))(x)

# %% axes left out by a layer
nn.Sequential(Reduce("b c (h 2) (w 2) -> b c h w", "max"), nn.Conv2d(3, 4, 3))(x)
nn.Conv1d(3, 4, 3)(Reduce("b c h w -> b c h", "mean")(x))

# %% axes behind dots
nn.Conv2d(12, 4, 1)(rearrange(x, "b ... w -> b w ..."))
nn.Conv1d(3, 4, 3)(rearrange(x, "... h w -> ... (h w)"))
nn.Conv2d(3, 4, 3)(reduce(x, "... (h k) w -> ... h w", "mean", k=2))
nn.Conv3d(3, 4, 1)(repeat(x, "b c ... -> b c n ...", n=5))

# %% dots of no axis
nn.Conv2d(3, 4, 3)(rearrange(x, "b c h w ... -> b c ... w h"))

# %% dots taken together, as a gate over all positions does
keys, flat = map(lambda t: rearrange(t, "b n ... -> b n (...)"), (x[:, :1], x))
nn.Conv1d(3, 4, 3)(flat)
context = torch.einsum("b i n, b c n -> b c i", keys.softmax(dim=-1), flat)
nn.Conv2d(3, 4, 1)(rearrange(context, "... -> ... 1"))
nn.Conv1d(12, 4, 1)(rearrange(x, "b c h w -> b w (c h)"))
nn.Conv1d(2, 4, 1)(rearrange(x, "b ... -> b (...)")[None])
