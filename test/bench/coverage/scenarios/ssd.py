# in: layers/functions/prior_box.py
import torch
from ssd import add_extras, base, extras, mbox, multibox, vgg

backbone, more, head = multibox(vgg(base["300"], 3), add_extras(extras["300"], 1024), mbox["300"], 21)
x = torch.randn(1, 3, 300, 300)
for layer in backbone:
    x = layer(x)
for layer in more:
    x = torch.relu(layer(x))
