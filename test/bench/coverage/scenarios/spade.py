# in: models/networks/generator.py
from types import SimpleNamespace

import torch
from models.networks.discriminator import MultiscaleDiscriminator
from models.networks.encoder import ConvEncoder
from models.networks.generator import SPADEGenerator

opt = SimpleNamespace(
    ngf=16,
    ndf=16,
    num_upsampling_layers="normal",
    crop_size=128,
    aspect_ratio=1.0,
    use_vae=True,
    z_dim=32,
    semantic_nc=5,
    norm_G="spectralspadebatch3x3",
    norm_D="spectralinstance",
    norm_E="spectralinstance",
    label_nc=5,
    output_nc=3,
    contain_dontcare_label=False,
    no_instance=True,
    num_D=2,
    n_layers_D=4,
    netD_subarch="n_layer",
    no_ganFeat_loss=False,
)
labels = torch.randn(1, 5, 128, 128)
made = SPADEGenerator(opt)(labels, torch.randn(1, 32))
MultiscaleDiscriminator(opt)(torch.cat([labels, made], 1))
ConvEncoder(opt)(made)
