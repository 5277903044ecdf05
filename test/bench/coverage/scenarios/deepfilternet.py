# in: DeepFilterNet/df/modules.py
import torch
from DeepFilterNet.df.modules import Conv2dNormAct, ConvTranspose2dNormAct

x = torch.randn(1, 4, 20, 32)
y = Conv2dNormAct(4, 8, kernel_size=(3, 3), fstride=2, separable=True)(x)
ConvTranspose2dNormAct(8, 4, kernel_size=(1, 3), fstride=2, separable=True)(y)
Conv2dNormAct(4, 4, kernel_size=(2, 3), separable=False)(x)
