import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.randn(1, 1, 4, 4)
w = torch.randn(1, 1, 3, 3)

# %% a transposed convolution with a text for padding is made
layer = nn.ConvTranspose2d(1, 1, 3, padding="full")
nn.Conv2d(1, 1, 3)(x)

# %% a transposed convolution with a text for padding is called
nn.ConvTranspose2d(1, 1, 3, padding="same")(x)

# %% a transposed convolution of a signal with a text for padding is called
nn.ConvTranspose1d(1, 1, 3, padding="valid")(x[0])

# %% a text for padding in a model that has another way
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(1, 1, 3, padding="same")
        self.conv = nn.Conv2d(1, 1, 3)

    def forward(self, x, wide=False):
        return self.up(x) if wide else self.conv(x)


Net()(x)

# %% negative padding that reflects is a crop
nn.Conv2d(1, 1, 3, padding=-1, padding_mode="reflect")(torch.ones(1, 1, 6, 6))
nn.Conv2d(1, 1, 1, padding=(-1, 2), padding_mode="circular")(torch.ones(1, 1, 6, 6))
nn.Conv1d(1, 1, 2, padding=-2, padding_mode="replicate")(torch.ones(1, 1, 9))

# %% negative padding of a model whose input is not known
class Cut(nn.Module):
    def __init__(self):
        super().__init__()
        self.cut = nn.Conv2d(1, 2, 3, padding=-1, padding_mode="replicate")

    def forward(self, x):
        return self.cut(x)


Cut()(torch.ones(1, 1, 8, 7))

# %% negative padding that crops all there is
nn.Conv2d(1, 1, 1, padding=-2, padding_mode="reflect")(x)

# %% negative padding with zeros
nn.Conv2d(1, 1, 3, padding=-1)(torch.ones(1, 1, 6, 6))

# %% an output size that is no list
nn.ConvTranspose2d(1, 1, 3, 2)(x, output_size=8)

# %% an output size of too many entries without a batch
nn.ConvTranspose2d(1, 1, 3, 2)(x[0], output_size=(1, 1, 8, 8))

# %% same padding with a stride, by the function
F.conv2d(x, w, padding="same", stride=2)

# %% a text for padding that there is not, by the function
F.conv2d(x, w, padding="full")

# %% a text for padding of a transposed function
F.conv_transpose2d(x, w, padding="same")

# %% same padding by the function
F.conv2d(x, w, padding="same", dilation=2)
F.conv1d(x[0, :, 0], torch.randn(2, 1, 3), padding="valid", stride=2)

# %% no groups, by the function
F.conv2d(x, w, groups=0)

# %% no groups, by the transposed function
F.conv_transpose2d(x, w, groups=0)

# %% fewer than no groups, by the function
F.conv1d(x[0, :, 0], w[0], groups=-1)

# %% an argument that a function has not
F.conv2d(x, w, output_padding=1)

# %% a padding mode, which only layers have
F.conv2d(x, w, padding=1, padding_mode="reflect")

# %% an argument that a transposed function has not
torch.conv_transpose2d(x, w, output_size=(6, 6))

# %% a layer without its kernel size
nn.Conv2d(3, 4)

# %% a layer without two of its arguments
nn.ConvTranspose2d(kernel_size=3)

# %% a layer without any argument
nn.Conv1d()

# %% a lazy layer without any argument
nn.LazyConvTranspose3d()

# %% a pooling without its window
nn.MaxPool2d()

# %% a pooling of norms without two of its arguments
nn.LPPool2d()

# %% an average pooling without its window
nn.AvgPool3d(stride=2)

# %% an adaptive pooling without its size
nn.AdaptiveMaxPool1d()

# %% pixels shuffled without a factor
nn.PixelShuffle()

# %% a folding without two of its arguments
nn.Fold(stride=2)

# %% more arguments than a layer takes
nn.Conv2d(1, 1, 3, 1, 0, 1, 1, True, "zeros", None, None, 5)

# %% more arguments than a pooling takes
nn.AvgPool1d(3, 1, 0, False, True, None)

# %% more arguments than a layer takes that has no defaults
nn.PixelShuffle(2, 3)

# %% an argument by position and by name, and one that there is not
nn.Conv2d(3, 4, 3, out_channels=3, kernel=5)

# %% an argument that there is not where another is missing
nn.Conv2d(3, 4, kernel=3)

# %% of a batch oneDNN makes an output of no elements
nn.ConvTranspose2d(1, 1, 2, padding=1)(torch.zeros(2, 1, 1, 1))

# %% of groups it does, too, and an output size may ask for it
layer = nn.ConvTranspose1d(3, 3, 2, stride=3, padding=2, groups=3)
layer(torch.zeros(1, 3, 1), output_size=[0])

# %% of one item PyTorch refuses an output of no elements
nn.ConvTranspose2d(1, 1, 2, padding=1)(torch.zeros(1, 1, 1, 1))

# %% an output of less than no elements is refused of a batch, too
nn.ConvTranspose2d(1, 1, 1, padding=2)(torch.zeros(2, 1, 1, 1))

# %% of a batch oneDNN does not read the dilation of a kernel of one tap
nn.ConvTranspose1d(1, 1, (1,), padding=0, dilation=0)(torch.zeros(2, 1, 5))

# %% of one item PyTorch refuses a dilation of 0
nn.ConvTranspose1d(1, 1, (1,), padding=0, dilation=0)(torch.zeros(1, 1, 5))

# %% of a batch with a kernel of two taps a dilation of 0 is refused
nn.ConvTranspose1d(1, 1, 2, dilation=0)(torch.zeros(2, 1, 5))

# %% of volumes a dilation of 0 is refused
nn.ConvTranspose3d(1, 1, 1, dilation=0)(torch.zeros(2, 1, 3, 3, 3))
