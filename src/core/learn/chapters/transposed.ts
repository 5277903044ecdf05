import { digits, plane } from '../../presets/preset';
import { type Lesson, lesson } from '../lesson';

const KERNEL = [
  [1, 2, 1],
  [2, 4, 2],
  [1, 2, 1],
];
const SQUARE = [
  [1, 2],
  [3, 4],
];

const chapter = 'transposed';

/** The transposed convolution, one parameter after the other. */
export const TRANSPOSED: readonly Lesson[] = [
  lesson(
    {
      id: 'stamps',
      chapter,
      title: 'Every input is a stamp',
      text: [
        'A transposed convolution reads its input once. Each number multiplies the whole kernel, and the product is stamped on the output. The next number stamps beside it. Where stamps overlap, they are added.',
        'Steps shows it stamp by stamp: multiply, land, add. The arrow keys go on and back, the space bar plays.',
      ],
      task: 'Open Steps at the foot, and go on until the second stamp is added, at step 6.',
    },
    { kind: 'convTranspose', s: 2 },
    () => ({ input: plane(SQUARE), weight: plane(KERNEL) }),
  ),
  lesson(
    {
      id: 'stride-spreads',
      chapter,
      title: 'Stride moves the stamps apart',
      text: [
        'In a convolution the stride is how far the window moves over the input, so it makes the output smaller. In its transpose it is how far apart the stamps land on the output, so it makes the output larger.',
        'n inputs make a first stamp and n − 1 moves: (n − 1)·s + k cells.',
      ],
      task: 'Make the output 5×5.',
    },
    { kind: 'convTranspose' },
    () => ({ input: plane(SQUARE), weight: plane(KERNEL) }),
  ),
  lesson(
    {
      id: 'padding-crops',
      chapter,
      title: 'Padding takes away',
      text: [
        'The padding of a transposed convolution is that of the convolution whose transpose it is. That one padded its input; this one gives an output of the size before that padding. So padding crops: p cells at each side are written, and then cut off.',
        'The hatched edge of the output is what is cut off.',
      ],
      task: 'Crop the output to 3×3.',
    },
    { kind: 'convTranspose', s: 2 },
    () => ({ input: plane(SQUARE), weight: plane(KERNEL) }),
  ),
  lesson(
    {
      id: 'output-padding',
      chapter,
      title: 'Output padding keeps an edge',
      text: [
        'With a stride of 2, convolutions of 7 and of 8 cells can both give 4. Going back from 4, which is it? Without more to go by, the smaller: 7.',
        'Output padding says: one more, at the end. It adds no zeros: that edge is kept of what padding would have cropped, so it holds real sums. It must be smaller than the stride or the dilation.',
      ],
      task: 'Make the output exactly twice as large as the input. Output padding is behind “more”.',
    },
    { kind: 'convTranspose', s: 2, p: 1 },
    () => ({ input: digits(4, 4, 41), weight: plane(KERNEL) }),
  ),
  lesson(
    {
      id: 'complement',
      chapter,
      title: 'The other padding: K − 1 − p',
      text: [
        'A transposed convolution can be computed as a plain one: put s − 1 zeros between the inputs, pad, turn the kernel, slide it with stride 1. But that convolution is padded by p′ = K − 1 − p, not by p: the more the transposed one crops, the less is padded here.',
        'Zero insertion shows it with every grid in between. Many quarrels about padding are about which of the two is meant.',
      ],
      task: 'Find the padding p at which the equivalent convolution is not padded at all, p′ = 0.',
    },
    { kind: 'convTranspose', s: 2 },
    () => ({ input: digits(4, 4, 42), weight: plane(KERNEL) }),
    { stage: 'zero-insertion' },
  ),
  lesson(
    {
      id: 'phases',
      chapter,
      title: 'Four small convolutions in one',
      text: [
        'Outputs at even places meet other elements of the kernel than those at odd places. So with stride 2 the layer is four dense convolutions with four small kernels, whose outputs are interleaved. No product with an inserted zero is left, and this is how fast code does it.',
        'A kernel of 3 falls into parts of 4, 2, 2 and 1 elements: some outputs are sums of four products, others of one.',
      ],
      task: 'In the view Phases, make all four parts equally large.',
    },
    { kind: 'convTranspose', s: 2 },
    () => ({ input: digits(4, 4, 43), weight: plane(KERNEL) }),
  ),
];
