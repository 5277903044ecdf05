"""Made the .npy files of this folder: `python make.py`, with PyTorch, NumPy and Pillow.

bilinear_4x4.npy  (3, 1, 4, 4), groups=3: the weights that FCN starts its upsampling layers from.
learned_4x4.npy   (3, 3, 4, 4): what gradient descent found that doubles the photograph's size best.
Both are for a transposed convolution with stride 2 and padding 1.
"""

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn

here = Path(__file__).parent

ramp = np.array([0.25, 0.75, 0.75, 0.25], dtype=np.float32)
bilinear = np.broadcast_to(np.outer(ramp, ramp), (3, 1, 4, 4))
np.save(here / "bilinear_4x4.npy", np.ascontiguousarray(bilinear))

torch.manual_seed(0)
photograph = np.asarray(Image.open(here.parent / "photograph.png"), dtype=np.float32) / 255
large = torch.from_numpy(photograph).permute(2, 0, 1)[None]
small = nn.functional.avg_pool2d(large, 2)

upsample = nn.ConvTranspose2d(3, 3, kernel_size=4, stride=2, padding=1, bias=False)
optimizer = torch.optim.LBFGS(upsample.parameters(), lr=1, max_iter=500, line_search_fn="strong_wolfe")


def closure():
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(upsample(small), large)
    loss.backward()
    return loss


optimizer.step(closure)
reference = nn.functional.conv_transpose2d(small, torch.from_numpy(np.ascontiguousarray(bilinear)), stride=2, padding=1, groups=3)
print("mean squared error: learned", closure().item(), "bilinear", nn.functional.mse_loss(reference, large).item())
np.save(here / "learned_4x4.npy", upsample.weight.detach().numpy())
