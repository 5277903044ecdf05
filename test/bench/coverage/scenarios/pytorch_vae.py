# in: models/vanilla_vae.py
import torch
from models.beta_vae import BetaVAE
from models.cat_vae import CategoricalVAE
from models.cvae import ConditionalVAE
from models.dip_vae import DIPVAE
from models.hvae import HVAE
from models.info_vae import InfoVAE
from models.iwae import IWAE
from models.joint_vae import JointVAE
from models.logcosh_vae import LogCoshVAE
from models.lvae import LVAE
from models.swae import SWAE
from models.vanilla_vae import VanillaVAE
from models.vq_vae import VQVAE
from models.wae_mmd import WAE_MMD

x = torch.randn(16, 3, 64, 64)
VanillaVAE(in_channels=3, latent_dim=128)(x)
BetaVAE(3, 10, loss_type="H")(x)
CategoricalVAE(in_channels=3, latent_dim=512)(x)
ConditionalVAE(3, 40, 128)(x, labels=torch.randn(16, 40))
DIPVAE(3, 128)(x)
HVAE(3, latent1_dim=64, latent2_dim=64)(x)
InfoVAE(3, 128)(x)
IWAE(3, 128, num_samples=5)(x)
JointVAE(3, 512, 40, latent_min_capacity=0.0, latent_max_capacity=20.0)(x)
LogCoshVAE(3, 128)(x)
LVAE(3, latent_dims=[4, 8, 16, 32, 128], hidden_dims=[32, 64, 128, 256, 512])(x)
SWAE(3, 128)(x)
VQVAE(in_channels=3, embedding_dim=64, num_embeddings=512, img_size=64)(x)
WAE_MMD(3, 128)(x)
