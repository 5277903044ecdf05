import { tensorOf } from '../../tensor/tensor';
import { digits, filledTensor } from '../../presets/preset';
import { type Lesson, lesson } from '../lesson';

const ones = (size: number) => filledTensor([1, 1, size, size], { fill: 'constant', value: 1 });

/** A disc on a slope, with stripes beside it: what is smooth, what is an edge, and what is finer than half the size. */
const picture = () =>
  tensorOf(
    'float32',
    [1, 1, 16, 16],
    Array.from({ length: 256 }, (_, at) => {
      const [row, column] = [Math.floor(at / 16), at % 16];
      if (Math.hypot(row - 6, column - 5) < 4) return 1;
      return column > 10 && column % 2 === 0 ? 0.75 : row / 32;
    }),
  );

const chapter = 'artefacts';

/** What goes wrong in pictures that are made by transposed convolutions, and the cures. */
export const ARTEFACTS: readonly Lesson[] = [
  lesson(
    {
      id: 'checkerboard',
      chapter,
      title: 'The checkerboard',
      text: [
        'Input and kernel are all ones, so each output counts the stamps that reach it. It should be one grey; it is a checkerboard of 4, 2 and 1, since a kernel of 3 does not divide into steps of 2.',
        'A network can learn weights that undo it, but has to learn it for every layer, and every change of colour shows where it did not.',
      ],
      task: 'Make the inside even without changing the stride: choose a kernel size that the stride divides.',
    },
    { kind: 'convTranspose', s: 2 },
    () => ({ input: ones(5), weight: ones(3) }),
  ),
  lesson(
    {
      id: 'holes',
      chapter,
      title: 'Holes that no weight can fill',
      text: [
        'With stride 2 and dilation 2 all elements of the kernel land on even places. Of four outputs three are reached by nothing: there is only the bias, whatever is learned.',
        'An output is reached if some element lands on it. That goes wrong whenever stride and dilation have a factor in common, or the kernel is smaller than the stride.',
      ],
      task: 'Let every output be reached, and keep the stride of 2.',
    },
    { kind: 'convTranspose', s: 2, d: 2 },
    () => ({ input: ones(4), weight: ones(3) }),
  ),
  lesson(
    {
      id: 'smooth',
      chapter,
      title: 'Even counts are not enough',
      text: [
        'Kernel 4 and stride 2: every output inside gets four products. Yet the picture of a constant is not constant, because the four parts of the kernel have different sums, and each part makes another kind of output.',
        'A bilinear kernel has parts of equal sums. Layers are often filled with it to begin with, so that they start as plain interpolation.',
      ],
      task: 'Make the inside constant: fill the kernel with Bilinear, by the tool in its header, or with numbers of your own.',
    },
    { kind: 'convTranspose', s: 2, p: 1 },
    () => ({ input: ones(5), weight: filledTensor([1, 1, 4, 4], { fill: 'uniform', seed: 51, low: 0, high: 1 }) }),
  ),
  lesson(
    {
      id: 'enlarging',
      chapter,
      title: 'Making larger without learning',
      text: [
        'There are ways to make a picture larger that need no weights. The nearest neighbour is repeated; bilinear interpolation mixes the four around; bicubic sixteen. They are chosen by hand, once for all pictures. A transposed convolution learns its own.',
        'It can be all of them. With bilinear weights it is bilinear interpolation, but for the edges, where it takes zeros for what is outside. Compare has the ways side by side on the same picture, with how far each is from what it was made from.',
      ],
      task: 'Make this layer one that interpolates: Use bilinear weights, above the pictures.',
    },
    { kind: 'convTranspose', s: 2, p: 1, op: 1 },
    () => ({
      input: picture(),
      weight: filledTensor([1, 1, 3, 3], { fill: 'uniform', seed: 52, low: 0, high: 0.5 }),
    }),
    { stage: 'compare', sub: 'upsampling' },
  ),
  lesson(
    {
      id: 'neighbours',
      chapter,
      title: 'Neighbours that know of each other',
      text: [
        'The four phases of a transposed convolution are made from the input alone. Two outputs side by side have no weight in common, and nothing makes them fit together. Pixel transposed convolution makes the four maps one after another instead, each from the input and from the maps before it, and interleaves them: so every output is made from some of its neighbours.',
        'PixelTCL leaves the input out of the later maps, which are then made from the first one. The price of both is that the maps cannot be made at once.',
      ],
      task: 'Cut the ties: take This layer’s phases as kernels, beside the drawing, and see in the last step that no neighbours are left that are made one from the other.',
    },
    { kind: 'convTranspose', s: 2, p: 1 },
    () => ({ input: digits(4, 4, 53), weight: filledTensor([1, 1, 4, 4], { fill: 'bilinear' }) }),
    { stage: 'phases', sub: 'iPixelTCL' },
  ),
];
