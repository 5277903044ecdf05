import { digits, filledTensor, plane } from '../../presets/preset';
import { type Lesson, lesson, WITH_FACTS, WITH_MATRIX } from '../lesson';

const KERNEL = [
  [1, 2, 0],
  [0, 3, 1],
  [2, 0, 1],
];

const chapter = 'matrix';

/** The operation as one large matrix, and what transposing it does. */
export const MATRIX: readonly Lesson[] = [
  lesson(
    {
      id: 'matrix-row',
      chapter,
      title: 'A convolution is a matrix',
      text: [
        'Write the 16 cells of the input one below the other. Each of the 4 outputs is then a sum over those 16, with a number of the kernel where the window lies and 0 elsewhere: one row of a matrix C with 4 rows and 16 columns.',
        'Row after row holds the same nine numbers, moved on. That is all that a convolution is as linear algebra, and why it has so few weights: the matrix has 64 places, the kernel 9 numbers.',
      ],
      task: 'Click the last output, [1, 1], and find its row in the matrix.',
    },
    { kind: 'conv' },
    () => ({ input: digits(4, 4, 31), weight: plane(KERNEL) }),
    WITH_MATRIX,
  ),
  lesson(
    {
      id: 'shared-weights',
      chapter,
      title: 'One kernel for a million places',
      text: [
        'Join every pixel of a 1000×1000 picture to each of as many neurons, and there are 10¹² weights: more than any machine would learn. Let each neuron see only 10×10 pixels, and there are 10⁸. Let all of them see with the same weights, and there are 100. That is a convolution.',
        'Facts counts all three for every layer: the weights and at how many places they are shared, how many there were without that, and how many in a fully connected layer. Pixels that are neighbours also stay neighbours, which a list of a million numbers does not say.',
      ],
      task: 'See as much with 25 weights at as many places: a kernel of 5 that keeps the size of 1000×1000.',
    },
    { kind: 'conv', p: [4, 5] },
    () => ({
      input: filledTensor([1, 1, 1000, 1000], { fill: 'uniform', seed: 34, low: 0, high: 1 }),
      weight: filledTensor([1, 1, 10, 10], { fill: 'constant', value: 0.01 }),
    }),
    WITH_FACTS,
  ),
  lesson(
    {
      id: 'full-matrix',
      chapter,
      title: 'Going up without the full matrix',
      text: [
        'An encoder has made a picture into 64 channels of 4×4: 1,024 numbers. A picture of 128×128 in 2 channels, 32 times as large along each axis, is 32,768. A fully connected layer between them has 1,024 · 32,768 = 33,554,432 weights, and no idea which of the numbers are neighbours.',
        'This transposed convolution goes there with 524,288: a kernel of 64×64 for each pair of channels, moved on by 32 from place to place. Facts has both counts.',
      ],
      task: 'Come to the same size with a quarter of these weights: stamps that touch, and no padding.',
    },
    { kind: 'convTranspose', s: 32, p: 16 },
    () => ({
      input: filledTensor([1, 64, 4, 4], { fill: 'normal', seed: 35, mean: 0, deviation: 1 }),
      weight: filledTensor([64, 2, 64, 64], { fill: 'normal', seed: 36, mean: 0, deviation: 0.02 }),
    }),
    WITH_FACTS,
  ),
  lesson(
    {
      id: 'matrix-transposed',
      chapter,
      title: 'Transposed: rows become columns',
      text: [
        'C takes 16 numbers to 4. Its transpose, with rows and columns exchanged, takes 4 numbers to 16: that is the transposed convolution with the same kernel. Shapes come back; values do not.',
        'The backward pass of a convolution is the same thing: gradients of 4 outputs are handed back to 16 inputs by Cᵀ.',
      ],
      task: 'Go from 2×2 to 4×4: switch the operation to transposed, and set the input size to 2.',
    },
    { kind: 'conv' },
    () => ({ input: digits(4, 4, 32), weight: plane(KERNEL) }),
    WITH_MATRIX,
  ),
  lesson(
    {
      id: 'not-an-inverse',
      chapter,
      title: 'It is not an inverse',
      text: [
        '“Deconvolution” is a misleading name: after Cᵀ, C does not give the input back, but C·Cᵀ times it. Only for few kernels is that the input again.',
        'Here the stamps do not overlap, as kernel and stride are both 2. So C·Cᵀ multiplies every number by one and the same factor: the sum of the squares of the kernel, 4 now.',
      ],
      task: 'Choose the four numbers of the kernel so that the convolution would give the input back: their squares must add up to 1.',
    },
    { kind: 'convTranspose', s: 2 },
    () => ({ input: digits(3, 3, 33), weight: filledTensor([1, 1, 2, 2], { fill: 'constant', value: 1 }) }),
  ),
];
