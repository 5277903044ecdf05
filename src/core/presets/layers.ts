import { type Preset, filledTensor, preset } from './preset';

/**
 * Layers at the sizes that they have in their papers. Untrained: values are drawn as the papers initialise them, by
 * seed.
 */
export const LAYERS: readonly Preset[] = [
  preset(
    {
      id: 'layers/dcgan-project',
      group: 'layers',
      title: 'DCGAN, first layer',
      description: 'Noise of 100 numbers becomes 1024 channels of 4×4.',
    },
    { kind: 'convTranspose' },
    () => ({
      input: filledTensor([1, 100, 1, 1], { fill: 'normal', seed: 1, mean: 0, deviation: 1 }),
      // Radford, Metz & Chintala 2016: all weights from a normal distribution with standard deviation 0.02.
      weight: filledTensor([100, 1024, 4, 4], { fill: 'normal', seed: 2, mean: 0, deviation: 0.02 }),
    }),
  ),
  preset(
    {
      id: 'layers/dcgan-up',
      group: 'layers',
      title: 'DCGAN, second layer',
      description: '1024 channels of 4×4 become 512 of 8×8: kernel 4, stride 2, padding 1.',
    },
    { kind: 'convTranspose', s: 2, p: 1 },
    () => ({
      input: filledTensor([1, 1024, 4, 4], { fill: 'normal', seed: 3, mean: 0, deviation: 1 }),
      weight: filledTensor([1024, 512, 4, 4], { fill: 'normal', seed: 4, mean: 0, deviation: 0.02 }),
    }),
  ),
  preset(
    {
      id: 'layers/dcgan-image',
      group: 'layers',
      title: 'DCGAN, last layer',
      description: '128 channels of 32×32 become a 64×64 colour image: kernel 4, stride 2, padding 1.',
    },
    { kind: 'convTranspose', s: 2, p: 1 },
    () => ({
      input: filledTensor([1, 128, 32, 32], { fill: 'normal', seed: 5, mean: 0, deviation: 1 }),
      weight: filledTensor([128, 3, 4, 4], { fill: 'normal', seed: 6, mean: 0, deviation: 0.02 }),
    }),
  ),
  preset(
    {
      id: 'layers/unet-up',
      group: 'layers',
      title: 'U-Net, up-convolution',
      description: '128 channels of 64×64 become 64 of 128×128: kernel 2, stride 2, no overlap.',
    },
    { kind: 'convTranspose', s: 2 },
    () => ({
      input: filledTensor([1, 128, 64, 64], { fill: 'normal', seed: 7, mean: 0, deviation: 1 }),
      // Ronneberger, Fischer & Brox 2015: standard deviation √(2/N), N = 2² · 128 incoming nodes.
      weight: filledTensor([128, 64, 2, 2], { fill: 'normal', seed: 8, mean: 0, deviation: Math.sqrt(2 / 512) }),
    }),
  ),
  preset(
    {
      id: 'layers/fcn-bilinear',
      group: 'layers',
      title: 'FCN, bilinear upsampling',
      description: '21 class scores of 64×64 become 512×512, each channel by itself: kernel 16, stride 8, padding 4.',
    },
    { kind: 'convTranspose', s: 8, p: 4, groups: 21 },
    () => ({
      input: filledTensor([1, 21, 64, 64], { fill: 'normal', seed: 9, mean: 0, deviation: 1 }),
      weight: filledTensor([21, 1, 16, 16], { fill: 'bilinear' }),
    }),
  ),
];
