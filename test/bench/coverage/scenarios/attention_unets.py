# in: network.py
import torch
from network import AttU_Net, R2AttU_Net, R2U_Net, U_Net

U_Net(img_ch=3, output_ch=1)(torch.randn(1, 3, 224, 224))
R2U_Net(img_ch=3, output_ch=1, t=2)(torch.randn(1, 3, 128, 128))
AttU_Net(img_ch=3, output_ch=1)(torch.randn(1, 3, 224, 224))
R2AttU_Net(3, 1, 3)(torch.randn(1, 3, 64, 64))
