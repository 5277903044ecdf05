import { filledTensor } from '../../presets/preset';
import { type Lesson, lesson } from '../lesson';

const ones = (size: number) => filledTensor([1, 1, size, size], { fill: 'constant', value: 1 });

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
];
