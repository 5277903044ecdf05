# in: dbpn_iterative.py
import torch
from dbpn import Net as DBPN
from dbpn_iterative import Net as Iterative
from dbpns import Net as Small

image = torch.randn(1, 3, 16, 16)
DBPN(num_channels=3, base_filter=16, feat=32, num_stages=7, scale_factor=4)(image)
Iterative(num_channels=3, base_filter=16, feat=32, num_stages=3, scale_factor=8)(image)
Small(num_channels=3, base_filter=16, feat=32, num_stages=2, scale_factor=2)(image)
