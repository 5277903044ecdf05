# in: gan_training/models/resnet2.py
import torch
from gan_training.models import resnet, resnet2, resnet3, resnet4

labels = torch.zeros(2, dtype=torch.long)
for models, options in [
    (resnet, {"nfilter": 16, "nfilter_max": 64}),
    (resnet2, {"nfilter": 16}),
    (resnet3, {"nfilter": 16}),
    (resnet4, {"nfilter": 16}),
]:
    made = models.Generator(64, 10, 64, **options)(torch.randn(2, 64), labels)
    models.Discriminator(64, 10, 64, **options)(made, labels)
