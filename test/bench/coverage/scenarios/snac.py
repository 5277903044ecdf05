# in: snac/snac.py
import torch
from snac import SNAC

model = SNAC(
    sampling_rate=24000,
    encoder_dim=16,
    encoder_rates=[2, 4, 4],
    decoder_dim=64,
    decoder_rates=[4, 4, 2],
    attn_window_size=None,
    codebook_size=64,
    vq_strides=[4, 2, 1],
).eval()
model(torch.randn(1, 1, 2000))
