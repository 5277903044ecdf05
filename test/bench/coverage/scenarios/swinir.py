# in: models/network_swinir.py
import torch
from models.network_swinir import SwinIR

classical = SwinIR(img_size=64, window_size=8, depths=[2, 2], embed_dim=60, num_heads=[6, 6], mlp_ratio=2, upscale=2, upsampler="pixelshuffle")
classical(torch.randn(1, 3, 64, 64))
light = SwinIR(img_size=64, window_size=8, depths=[2], embed_dim=60, num_heads=[6], mlp_ratio=2, upscale=4, upsampler="pixelshuffledirect")
light(torch.randn(1, 3, 64, 64))
real = SwinIR(img_size=64, window_size=8, depths=[2], embed_dim=60, num_heads=[6], upscale=4, upsampler="nearest+conv", resi_connection="3conv")
real(torch.randn(1, 3, 64, 64))
denoising = SwinIR(img_size=64, in_chans=1, window_size=8, depths=[2], embed_dim=60, num_heads=[6], upscale=1, upsampler="")
denoising(torch.randn(1, 1, 64, 64))
