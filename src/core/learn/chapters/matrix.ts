import { digits, filledTensor, plane } from '../../presets/preset';
import { type Lesson, lesson, WITH_MATRIX } from '../lesson';

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
