import { type Preset, filledTensor, preset } from './preset';

/**
 * Layers of other ranks and other reach: vocoders, volumes, depthwise and dilated ones. Untrained, as the layers of
 * images are.
 */
export const RANKS: readonly Preset[] = [
  preset(
    {
      id: 'layers/hifigan-up',
      group: 'layers',
      title: 'HiFi-GAN, first upsampler (1-D)',
      description: '512 channels of 32 frames become 256 of 256: kernel 16, stride 8, padding 4.',
    },
    { kind: 'convTranspose', rank: 1, s: 8, p: 4 },
    () => ({
      input: filledTensor([1, 512, 32], { fill: 'normal', seed: 11, mean: 0, deviation: 1 }),
      // Kong, Kim & Bae 2020, in their code: all weights from a normal distribution with standard deviation 0.01.
      weight: filledTensor([512, 256, 16], { fill: 'normal', seed: 12, mean: 0, deviation: 0.01 }),
    }),
  ),
  preset(
    {
      id: 'layers/causal-up',
      group: 'layers',
      title: 'Causal upsampler (1-D)',
      description:
        'All of the crop is at the end, so that no output waits for a later input: kernel 4, stride 2, padding 0:2.',
    },
    { kind: 'convTranspose', rank: 1, s: 2, p: [0, 2] },
    () => ({
      input: filledTensor([1, 1, 12], { fill: 'ramp', start: 1, step: 1 }),
      weight: filledTensor([1, 1, 4], { fill: 'constant', value: 0.5 }),
    }),
  ),
  preset(
    {
      id: 'layers/wavenet-dilated',
      group: 'layers',
      title: 'WaveNet, dilated and causal (1-D)',
      description: 'Kernel 2 with dilation 4 looks 4 samples back, and at none to come: padding 4:0.',
    },
    { kind: 'conv', rank: 1, d: 4, p: [4, 0] },
    () => ({
      input: filledTensor([1, 1, 24], { fill: 'uniform', seed: 13, low: -1, high: 1 }),
      weight: filledTensor([1, 1, 2], { fill: 'constant', value: 0.5 }),
    }),
  ),
  preset(
    {
      id: 'layers/vnet-up',
      group: 'layers',
      title: 'V-Net, up-convolution (3-D)',
      description: '256 channels of 4×4×4 become 128 of 8×8×8: kernel 2, stride 2, no overlap.',
    },
    { kind: 'convTranspose', rank: 3, s: 2 },
    () => ({
      input: filledTensor([1, 256, 4, 4, 4], { fill: 'normal', seed: 14, mean: 0, deviation: 1 }),
      weight: filledTensor([256, 128, 2, 2, 2], { fill: 'normal', seed: 15, mean: 0, deviation: 0.02 }),
    }),
  ),
  preset(
    {
      id: 'layers/mobilenet-depthwise',
      group: 'layers',
      title: 'MobileNet, depthwise convolution',
      description: '32 channels of 56×56, each with a kernel of its own: kernel 3, stride 1, padding 1, groups 32.',
    },
    { kind: 'conv', p: 1, groups: 32 },
    () => ({
      input: filledTensor([1, 32, 56, 56], { fill: 'normal', seed: 16, mean: 0, deviation: 1 }),
      weight: filledTensor([32, 1, 3, 3], { fill: 'normal', seed: 17, mean: 0, deviation: 0.1 }),
    }),
  ),
  preset(
    {
      id: 'layers/deeplab-atrous',
      group: 'layers',
      title: 'DeepLab, atrous convolution',
      description: 'Kernel 3 with dilation 12 covers 25×25, and padding 12 keeps the size.',
    },
    { kind: 'conv', p: 12, d: 12 },
    () => ({
      input: filledTensor([1, 16, 33, 33], { fill: 'normal', seed: 18, mean: 0, deviation: 1 }),
      weight: filledTensor([16, 16, 3, 3], { fill: 'normal', seed: 19, mean: 0, deviation: 0.05 }),
    }),
  ),
];
