"""A generator and a discriminator in the manner of DCGAN (Radford, Metz, Chintala, 2016).

Hover any layer, or put the cursor on it and run "Inspect Call at Cursor".
"""

import torch
from torch import nn

LATENT = 100
FEATURES = 64
COLOURS = 3


class Generator(nn.Module):
    def __init__(self, latent=LATENT, features=FEATURES, colours=COLOURS):
        super().__init__()
        self.main = nn.Sequential(
            # (latent) x 1 x 1
            nn.ConvTranspose2d(latent, features * 8, 4, 1, 0, bias=False),
            nn.BatchNorm2d(features * 8),
            nn.ReLU(True),
            # (features * 8) x 4 x 4
            nn.ConvTranspose2d(features * 8, features * 4, 4, 2, 1, bias=False),
            nn.BatchNorm2d(features * 4),
            nn.ReLU(True),
            # (features * 4) x 8 x 8
            nn.ConvTranspose2d(features * 4, features * 2, 4, 2, 1, bias=False),
            nn.BatchNorm2d(features * 2),
            nn.ReLU(True),
            # (features * 2) x 16 x 16
            nn.ConvTranspose2d(features * 2, features, kernel_size=4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(features),
            nn.ReLU(True),
            # (features) x 32 x 32
            nn.ConvTranspose2d(features, colours, kernel_size=4, stride=2, padding=1, bias=False),
            nn.Tanh(),
        )

    def forward(self, z):
        return self.main(z)


class Discriminator(nn.Module):
    def __init__(self, features=FEATURES, colours=COLOURS):
        super().__init__()
        self.conv1 = nn.Conv2d(colours, features, 4, stride=2, padding=1, bias=False)
        self.conv2 = nn.Conv2d(features, features * 2, 4, stride=2, padding=1, bias=False)
        self.conv3 = nn.Conv2d(features * 2, features * 4, 4, stride=2, padding=1, bias=False)
        self.conv4 = nn.Conv2d(features * 4, features * 8, 4, stride=2, padding=1, bias=False)
        self.score = nn.Conv2d(features * 8, 1, 4, stride=1, padding=0, bias=False)
        self.activation = nn.LeakyReLU(0.2)

    def forward(self, image):
        hidden = self.activation(self.conv1(image))
        hidden = self.activation(self.conv2(hidden))
        hidden = self.activation(self.conv3(hidden))
        hidden = self.activation(self.conv4(hidden))
        return torch.sigmoid(self.score(hidden)).flatten()


if __name__ == "__main__":
    images = Generator()(torch.randn(16, LATENT, 1, 1))
    print(images.shape, Discriminator()(images).shape)
