import torch
import torch.nn as nn
import torch.nn.functional as F

wave = torch.randn(2, 1000)

# %% torch.stft, centred
spectrum = torch.stft(wave, 64, 16, return_complex=True)
nn.Conv1d(33, 4, 3)(spectrum.abs())

# %% stft of another hop, not centred, of both sides
spectrum = wave.stft(n_fft=63, hop_length=20, center=False, onesided=False, return_complex=True)
nn.Conv1d(63, 4, 3)(spectrum.abs())

# %% stft whose hop is a quarter of the window
nn.Conv1d(26, 4, 3)(torch.stft(wave, 50, window=torch.hann_window(50), return_complex=True).abs())

# %% torch.istft
spectrum = torch.stft(wave, 64, 16, window=torch.hann_window(64), return_complex=True)
nn.Conv1d(1, 2, 5)(torch.istft(spectrum, 64, 16, window=torch.hann_window(64)).unsqueeze(1))
nn.Conv1d(1, 2, 5)(torch.istft(spectrum, 64, 16, window=torch.hann_window(64), length=1000).unsqueeze(1))

# %% sampling where a grid says
x = torch.randn(2, 3, 8, 9)
nn.Conv2d(3, 4, 3)(F.grid_sample(x, torch.rand(2, 5, 6, 2), align_corners=True))
nn.Conv3d(3, 4, 1)(F.grid_sample(torch.randn(2, 3, 4, 8, 9), torch.rand(2, 5, 6, 7, 3)))

# %% a spatial transformer
x = torch.randn(2, 3, 8, 9)
theta = torch.eye(2, 3).repeat(2, 1, 1)
grid = F.affine_grid(theta, x.size(), align_corners=False)
nn.Conv2d(3, 4, 3)(F.grid_sample(x, grid))
nn.Conv2d(3, 4, 3)(F.grid_sample(x, F.affine_grid(theta, [2, 3, 5, 6])))

# %% grids that are kept by the text of their shape
grids = {}


def warp(x, flow):
    key = str(flow.shape)
    if key not in grids:
        rows = torch.linspace(-1.0, 1.0, flow.shape[2]).view(1, 1, -1, 1).expand(flow.shape[0], -1, -1, flow.shape[3])
        columns = torch.linspace(-1.0, 1.0, flow.shape[3]).view(1, 1, 1, -1).expand(flow.shape[0], -1, flow.shape[2], -1)
        grids[key] = torch.cat([columns, rows], 1)
    return F.grid_sample(x, (grids[key] + flow).permute(0, 2, 3, 1))


for size in (8, 16):
    nn.Conv2d(3, 4, 3)(warp(torch.randn(1, 3, size, size), torch.randn(1, 2, size, size)))

# %% texts of lists, tuples and shapes
table = {"[1, 2]": 3, "(1,)": 5, "torch.Size([2, 1000])": 7, "(True, None, 1.5)": 1}
kernels = [table[str([1, 2])], table[f"{(1,)}"], table[str(wave.size())], table[str((True, None, 1.5))]]
nn.Sequential(*[nn.Conv1d(1, 1, k) for k in kernels])(torch.randn(1, 1, 40))

# %% grids that are kept by the device and the text of a shape
grids = {}


def place(flow):
    key = (str(flow.device), str(flow.size()))
    if key not in grids:
        grids[key] = torch.zeros(flow.shape[0], 2, *flow.shape[2:])
    return (grids[key] + flow).permute(0, 2, 3, 1)


for size in (8, 16, 8):
    nn.Conv2d(3, 4, 3)(F.grid_sample(torch.randn(1, 3, size, size), place(torch.randn(1, 2, size, size))))
