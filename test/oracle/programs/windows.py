import torch
import torch.nn as nn
import torch.nn.functional as F

c = nn.Conv2d(3, 8, 3, padding=1)
x = c(torch.randn(2, 3, 9, 8))

# %% padding of more than half the window, to a function
F.max_pool2d(x, 3, padding=2)

# %% padding of more than half the window, by axis
nn.MaxPool2d((4, 2), padding=(2, 2))(x)

# %% padding of half the window, by axis
nn.Conv2d(8, 2, 1)(nn.MaxPool2d((4, 2), padding=(2, 1))(x) + F.max_pool2d(x, (4, 2), padding=(2, 1)))

# %% padding of half the dilated window
nn.Conv2d(8, 2, 1)(nn.MaxPool2d(3, dilation=3, padding=3, stride=1)(x))

# %% padding of more than half the dilated window
nn.MaxPool2d(3, dilation=2, padding=3, stride=1)(x)

# %% padding of half the averaged window
nn.Conv2d(8, 2, 1)(nn.AvgPool2d(2, 1, 1)(x))

# %% padding of a layer that averages
nn.AvgPool2d(2, 2, 2)(x)

# %% padding of a window along a line
nn.MaxPool1d(3, padding=2)(x[0])

# %% padding of an averaged window along a line
nn.AvgPool1d(3, padding=2)(x[0])

# %% padding of a window in space
nn.MaxPool3d(3, padding=2)(x)

# %% padding of an averaged window in space
F.avg_pool3d(x, 3, padding=2)

# %% negative padding
nn.MaxPool2d(2, padding=-1)(x)

# %% negative padding of an averaged window
nn.AvgPool2d(2, padding=-1)(x)

# %% a stride of nothing, averaged
F.avg_pool2d(x, 2, stride=0)

# %% a stride of nothing in a layer
nn.MaxPool2d(2, 0)(x)

# %% a stride of nothing along a line
F.max_pool1d(x[0], 2, stride=0)

# %% a stride of nothing in space
F.max_pool3d(x, 2, stride=0)

# %% a window of nothing
nn.MaxPool2d(0)(x)

# %% an averaged window of nothing
nn.AvgPool2d(0, 1)(x)

# %% a dilation of nothing
nn.MaxPool2d(2, dilation=0)(x)

# %% a window larger than a line
nn.MaxPool1d(10)(x[0])

# %% a window larger than a line, averaged
nn.AvgPool1d(10)(x[0])

# %% a window larger than a space
nn.MaxPool3d(10)(x)

# %% a window larger than a space, averaged
nn.AvgPool3d(10)(x)

# %% a window larger than the input without a batch
F.max_pool2d(x[0], (3, 20))

# %% a window as large as the input
nn.Conv2d(8, 2, 1)(nn.MaxPool2d((9, 8))(x) + F.avg_pool2d(x, (9, 8)))

# %% a dilated window larger than the input
nn.MaxPool2d(3, dilation=4)(x)

# %% a window larger than the input, rounded up
F.max_pool2d(x, 10, ceil_mode=True)

# %% a window larger than the input by less than a step, rounded up
nn.Conv2d(8, 2, 1)(F.max_pool2d(x, 10, stride=2, ceil_mode=True))

# %% a window over a matrix
nn.MaxPool2d(2)(x[0, 0])

# %% an averaged window over a matrix
nn.AvgPool2d(2)(x[0, 0])

# %% a window over five axes
nn.MaxPool2d(2)(x[None])

# %% a window along a line over four axes
nn.MaxPool1d(2)(x)

# %% an averaged window along a line over four axes
F.avg_pool1d(x, 2)

# %% a window in space over three axes
nn.MaxPool3d(2)(x[0])

# %% an adapted window over a matrix
nn.AdaptiveAvgPool2d(1)(x[0, 0])

# %% an adapted maximum over a matrix
F.adaptive_max_pool2d(x[0, 0], 1)

# %% an adapted window of too many sizes
F.adaptive_avg_pool2d(x, (1, 2, 3))

# %% an adapted window to nothing
nn.AdaptiveAvgPool2d(0)(x)

# %% an adapted window below nothing
nn.AdaptiveAvgPool2d(-1)(x)

# %% an adapted window larger than the input
nn.Conv2d(8, 2, 1)(nn.AdaptiveAvgPool2d((20, None))(x) + F.adaptive_max_pool2d(x, (20, 8)))

# %% a window of three sizes
nn.MaxPool2d((2, 2, 2))(x)

# %% a stride of three sizes
F.max_pool2d(x, 2, (1, 2, 2))

# %% a window of one size in a list
nn.Conv2d(8, 2, 1)(nn.MaxPool2d([2], [2], padding=(0,))(x))

# %% an averaged window of three sizes
nn.AvgPool2d((2, 2, 2))(x)

# %% a window of powers larger than the input
nn.LPPool2d(2, 10)(x)

# %% unpooling to a size in whole
p, i = F.max_pool2d(x, 2, return_indices=True)
y = nn.MaxUnpool2d(2)(p, i, output_size=x.size())
nn.Conv2d(8, 2, 1)(y)

# %% unpooling to a size a little too small
p, i = F.max_pool2d(x, 2, return_indices=True)
nn.MaxUnpool2d(2)(p, i, output_size=(6, 8))

# %% unpooling to a size that is large enough
p, i = F.max_pool2d(x, 2, return_indices=True)
nn.Conv2d(8, 2, 1)(nn.MaxUnpool2d(2)(p, i, output_size=(9, 9)))

# %% unpooling to a size of one entry
p, i = F.max_pool2d(x, 2, return_indices=True)
nn.MaxUnpool2d(2)(p, i, output_size=(9,))

# %% unpooling with a layer to a size that cannot be given
p, i = nn.MaxPool2d(2, return_indices=True)(x)
nn.MaxUnpool2d(2)(p, i, output_size=torch.Size([2, 8, 11, 8]))

# %% an output size along a line
nn.ConvTranspose1d(8, 1, 3, 2)(x[0], output_size=(1, 1, 17))

# %% an output size along a line that is out of range
nn.ConvTranspose1d(8, 1, 3, 2)(x[:, :, 0], output_size=[30])

# %% an output size along a line that can be had
nn.ConvTranspose1d(8, 1, 3, 2)(x[:, :, 0], output_size=[18])
nn.ConvTranspose1d(8, 1, 3, 2)(x[0, :, 0][None], output_size=(1, 1, 17))

# %% an output size without a batch
nn.ConvTranspose2d(8, 1, 3, 2)(x[0], output_size=(1, 19, 17))
nn.ConvTranspose2d(8, 1, 3, 2)(x[0], output_size=(19, 18))

# %% an output size with a batch where there is none
nn.ConvTranspose2d(8, 1, 3, 2)(x[0], output_size=(2, 1, 19, 18))

# %% an output size by position, out of range
nn.ConvTranspose2d(8, 1, 3, 2)(x, (2, 1, 19, 20))

# %% an output size of another tensor
nn.ConvTranspose2d(8, 1, 3, 2)(x, output_size=torch.randn(2, 1, 20, 18).size())

# %% an output size of another tensor that cannot be had
nn.ConvTranspose2d(8, 1, 3, 2)(x, output_size=torch.randn(2, 1, 32, 18).shape)

# %% pixels unshuffled
nn.Conv2d(32, 2, 1)(nn.PixelUnshuffle(2)(x[:, :, 1:]))

# %% pixels that cannot be unshuffled along a row
F.pixel_unshuffle(x, 3)

# %% pixels unshuffled without a batch
nn.Conv2d(32, 2, 1)(F.pixel_unshuffle(x[0, :, 1:], 2))

# %% pixels shuffled without a batch
nn.Conv2d(2, 2, 1)(F.pixel_shuffle(x[0], 2))

# %% pixels of a function that cannot be shuffled
F.pixel_shuffle(x, 3)

# %% pixels of a matrix
nn.PixelShuffle(2)(x[0, 0])

# %% pixels of a matrix, unshuffled
nn.PixelUnshuffle(2)(x[0, 0])

# %% pixels of a video
nn.Conv3d(2, 2, 1)(nn.PixelShuffle(2)(x[None]))

# %% pixels shuffled by nothing
nn.PixelShuffle(0)(x)

# %% a block larger than the image
nn.Unfold(10)(x)

# %% a block larger than the image without a batch
F.unfold(x[0], (3, 9))

# %% blocks of a matrix
F.unfold(x[0, 0], 3)

# %% blocks of five axes
F.unfold(x[None], 3)

# %% blocks, each by itself
y = nn.Unfold((3, 2), stride=(3, 2))(x)
nn.Conv1d(48, 2, 1)(y)

# %% blocks of nothing
F.unfold(x, 0)

# %% blocks at a stride of nothing
F.unfold(x, 3, stride=0)

# %% folding blocks
y = F.unfold(x, 3, padding=1)
nn.Conv2d(8, 2, 1)(F.fold(y, (9, 8), 3, padding=1) + nn.Fold((9, 8), 3, padding=1)(y))

# %% folding with a layer to another size
y = F.unfold(x, 3)
nn.Fold((9, 9), 3)(y)

# %% folding with a layer columns of another length
y = F.unfold(x, 3)
nn.Fold((9, 8), 4)(y)

# %% folding to a size that is too small
y = F.unfold(x, 3)
nn.Fold((2, 2), 3)(y)

# %% folding without a batch
y = F.unfold(x[0], 3)
nn.Conv2d(8, 2, 1)(F.fold(y, (9, 8), 3))

# %% folding without a batch to another size
F.fold(torch.randn(72, 41), (9, 8), 3)

# %% folding what has four axes
F.fold(x, (9, 8), 3)

# %% reflecting more rows than there are
F.pad(x, (0, 0, 9, 0), mode="reflect")

# %% reflecting more columns than there are
F.pad(x, (0, 8, 0, 0), "reflect")

# %% reflecting more of both
F.pad(x, [8, 8, 9, 9], mode="reflect")

# %% reflecting a line
F.pad(x[0], (8, 0), mode="reflect")

# %% reflecting all but one of a line
nn.Conv1d(8, 2, 1)(F.pad(x[:, :, 0], (7, 7), mode="reflect"))

# %% reflecting in space
F.pad(x[None], (0, 0, 0, 9, 0, 0), mode="reflect")

# %% reflecting in space all but one
nn.Conv3d(2, 2, 1)(F.pad(x[None], (7, 7, 8, 8, 7, 7), mode="reflect"))

# %% a layer that reflects more than there is
nn.ReflectionPad2d(8)(x)

# %% a layer that reflects all but one
nn.Conv2d(8, 2, 1)(nn.ReflectionPad2d((7, 7, 8, 8))(x))

# %% a layer that reflects more of a line than there is
nn.ReflectionPad1d(8)(x[:, :, 0])

# %% a layer that reflects more of a space than there is
nn.ReflectionPad3d((0, 0, 0, 0, 0, 8))(x[None])

# %% a layer that reflects a matrix as an image
nn.ReflectionPad2d(1)(x[0, 0])

# %% wrapping all there is
nn.Conv2d(8, 2, 1)(F.pad(x, (8, 8, 9, 0), mode="circular"))

# %% wrapping more rows than there are
F.pad(x, (0, 0, 0, 10), mode="circular")

# %% a layer that wraps more than there is
nn.CircularPad2d((9, 0, 0, 0))(x)

# %% a layer that wraps a line of more than there is
nn.CircularPad1d(9)(x[:, :, 0])

# %% repeating the edge
nn.Conv2d(8, 2, 1)(F.pad(x, (20, 20, 0, 0), mode="replicate"))

# %% repeating the edge of the last axis of four
F.pad(x, (1, 1), mode="replicate")

# %% cropping by reflection
nn.Conv2d(8, 2, 1)(F.pad(x, (-2, 1, 0, 0), mode="reflect"))

# %% cropping to nothing by reflection [untold]
F.pad(x, (-8, 0, 0, 0), mode="reflect")

# %% an odd number of amounts
F.pad(x, (1, 1, 1))

# %% more amounts than axes
F.pad(x, (1,) * 10)

# %% as many amounts as axes
nn.Conv2d(10, 2, 1)(F.pad(x, (1,) * 8))

# %% padding to less than nothing with a layer
nn.ZeroPad2d(-5)(x)

# %% cropping to nothing
y = F.pad(x, (-4, -4))

# %% cropping
nn.Conv2d(8, 2, 1)(F.pad(x, (-4, -3)) + nn.ZeroPad2d((-4, -3, 0, 0))(x))

# %% a mode that is not there
F.pad(x, (1, 1), mode="mirror")

# %% a layer of padding with too few amounts
nn.ZeroPad2d((1, 1))(x)

# %% reflecting by a convolution
nn.Conv2d(8, 2, 19, padding=9, padding_mode="reflect")(x)

# %% interpolating to a size of three
F.interpolate(x, size=(3, 4, 5))

# %% interpolating by factors of three
F.interpolate(x, scale_factor=(2, 2, 2))

# %% interpolating by size and factor
F.interpolate(x, size=4, scale_factor=2)

# %% upsampling by size and factor
nn.Upsample(4, 2)(x)

# %% upsampling without a size
nn.Upsample()(x)

# %% interpolating a matrix
F.interpolate(x[0, 0], scale_factor=2)

# %% interpolating along a line in two axes
F.interpolate(x[0], scale_factor=2, mode="bilinear")

# %% interpolating an image as a line
F.interpolate(x, scale_factor=2, mode="linear")

# %% interpolating an image as a space
F.interpolate(x, scale_factor=2, mode="trilinear")

# %% interpolating a space by cubes
F.interpolate(x[None], scale_factor=2, mode="bicubic")

# %% upsampling an image as a line
nn.Upsample(scale_factor=2, mode="linear")(x)

# %% upsampling a space as an image
nn.UpsamplingBilinear2d(scale_factor=2)(x[None])

# %% upsampling to nothing
nn.Upsample(scale_factor=0.1)(x)

# %% upsampling a line to nothing
nn.Upsample(scale_factor=0.1)(x[0])

# %% interpolating to a size of nothing
F.interpolate(x, size=(0, 4))

# %% interpolating by areas
nn.Conv2d(8, 2, 1)(F.interpolate(x, 4, mode="area") + F.interpolate(x, size=(4, 4), mode="bicubic"))

# %% interpolating
nn.Conv2d(8, 2, 1)(F.interpolate(x, scale_factor=(0.5, 2), mode="bilinear") + nn.Upsample(size=(4, 16))(x))

# %% interpolating in a mode that is not there
F.interpolate(x, scale_factor=2, mode="cubic")

# %% interpolating corners of the nearest
F.interpolate(x, scale_factor=2, align_corners=True)
