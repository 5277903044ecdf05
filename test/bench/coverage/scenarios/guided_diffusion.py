# in: guided_diffusion/unet.py
import torch
from guided_diffusion.unet import EncoderUNetModel, SuperResModel, UNetModel

unet = UNetModel(
    image_size=64,
    in_channels=3,
    model_channels=32,
    out_channels=6,
    num_res_blocks=1,
    attention_resolutions=(4,),
    channel_mult=(1, 2, 4),
    num_heads=4,
    resblock_updown=True,
    use_scale_shift_norm=True,
)
unet(torch.randn(2, 3, 64, 64), torch.zeros(2))
larger = SuperResModel(64, 3, 32, 3, 1, (4,), channel_mult=(1, 2))
larger(torch.randn(2, 3, 64, 64), torch.zeros(2), low_res=torch.randn(2, 3, 16, 16))
encoder = EncoderUNetModel(64, 3, 32, 10, 1, (4,), channel_mult=(1, 2, 4), pool="adaptive")
encoder(torch.randn(2, 3, 64, 64), torch.zeros(2))
