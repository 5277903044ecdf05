import { tensorOf, zeros } from '../tensor/tensor';
import type { Tensor } from '../operation';
import { fillTensor } from '../state/fills';
import { type Preset, type Square, preset } from './preset';

/** A 4×4 colour image, one `[red, green, blue]` in 0 … 255 for each pixel. */
const PIXELS: readonly (readonly [number, number, number])[] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
  [255, 255, 0],
  [0, 255, 255],
  [255, 0, 255],
  [0, 0, 0],
  [255, 128, 0],
  [128, 0, 255],
  [0, 128, 64],
  [128, 128, 128],
  [64, 0, 0],
  [0, 64, 0],
  [0, 0, 64],
  [255, 192, 128],
];

export const colourImage = (): Tensor =>
  tensorOf(
    'float32',
    [1, 3, 4, 4],
    [0, 1, 2].flatMap((channel) => PIXELS.map((pixel) => pixel[channel])),
  );

/** A kernel that lets every colour through: each channel stamps into itself alone. */
export function transparentKernel(size: number, fill: 'constant' | 'bilinear'): Tensor {
  const weight = zeros('float32', [3, 3, size, size]);
  for (const channel of [0, 1, 2]) {
    fillTensor(weight, fill === 'constant' ? { fill, value: 1 } : { fill }, 2, [channel, channel]);
  }
  return weight;
}

const VIEW = { rgb: { input: 'byte', output: 'byte' } };

function colourPreset(id: string, title: string, description: string, square: Square, weight: () => Tensor): Preset {
  return preset(
    { id: `colour/${id}`, group: 'colour', title, description },
    square,
    () => ({ input: colourImage(), weight: weight() }),
    VIEW,
  );
}

export const COLOUR: readonly Preset[] = [
  colourPreset(
    'stripes',
    'Colour with black stripes',
    'Kernel 3 with stride 4 and output padding 1: 4×4 becomes 16×16, and between the stamps nothing is written.',
    { kind: 'convTranspose', s: 4, op: 1 },
    () => transparentKernel(3, 'constant'),
  ),
  colourPreset(
    'tiles',
    'Colour without gaps',
    'Kernel 4 with stride 4: 4×4 becomes 16×16, the stamps touch and do not overlap.',
    { kind: 'convTranspose', s: 4 },
    () => transparentKernel(4, 'constant'),
  ),
  colourPreset(
    'overlap',
    'Colours that add up',
    'Kernel 4 with stride 2: neighbouring stamps overlap by half, and red plus green is yellow; above 255 is shown as 255.',
    { kind: 'convTranspose', s: 2 },
    () => transparentKernel(4, 'constant'),
  ),
  colourPreset(
    'bilinear',
    'Colour, enlarged smoothly',
    'A bilinear kernel of 4 with stride 2 and padding 1: the overlapping weights add up to 1 but at the border.',
    { kind: 'convTranspose', s: 2, p: 1 },
    () => transparentKernel(4, 'bilinear'),
  ),
];
