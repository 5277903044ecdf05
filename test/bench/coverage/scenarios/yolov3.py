# in: pytorchyolo/models.py
import torch
from pytorchyolo.models import create_modules

definitions = [
    {"type": "net", "batch": "1", "subdivisions": "1", "width": "416", "height": "416", "channels": "3", "optimizer": "adam", "momentum": "0.9", "decay": "0.0005", "learning_rate": "0.001", "burn_in": "1000", "max_batches": "10", "policy": "steps", "steps": "1", "scales": "1"},
    {"type": "convolutional", "batch_normalize": "1", "filters": "16", "size": "3", "stride": "1", "pad": "1", "activation": "leaky"},
    {"type": "maxpool", "size": "2", "stride": "2"},
    {"type": "convolutional", "batch_normalize": "1", "filters": "32", "size": "3", "stride": "2", "pad": "1", "activation": "leaky"},
    {"type": "upsample", "stride": "2"},
    {"type": "convolutional", "batch_normalize": "0", "filters": "255", "size": "1", "stride": "1", "pad": "1", "activation": "linear"},
]
hyperparams, modules = create_modules(definitions)
x = torch.randn(1, 3, 416, 416)
for module in modules:
    x = module(x)
