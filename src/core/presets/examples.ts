import { type Preset, filledTensor, plane, preset } from './preset';

const KERNEL = [
  [0, 1, 1],
  [0, 1, 0],
  [1, 0, 1],
];
const COUNTING = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];

/** Examples of which every number can be worked out by hand. */
export const EXAMPLES: readonly Preset[] = [
  preset(
    {
      id: 'examples/matrix-conv',
      group: 'examples',
      title: 'Convolution as a matrix',
      description:
        'A 4×4 feature map and a 3×3 kernel: C has 4 rows and 16 columns, 36 of its entries come from the kernel.',
    },
    { kind: 'conv' },
    () => ({
      input: plane([
        [1, 0, 1, 0],
        [0, 0, 1, 1],
        [1, 0, 0, 1],
        [0, 1, 0, 0],
      ]),
      weight: plane(KERNEL),
    }),
  ),
  preset(
    {
      id: 'examples/matrix-transposed',
      group: 'examples',
      title: 'Transposed convolution as a matrix',
      description: 'The same kernel takes 2×2 back to 4×4: the matrix is transposed, not inverted.',
    },
    { kind: 'convTranspose' },
    () => ({
      input: plane([
        [2, 3],
        [1, 3],
      ]),
      weight: plane(KERNEL),
    }),
  ),
  preset(
    {
      id: 'examples/strided-conv',
      group: 'examples',
      title: 'Convolution with stride 2',
      description: '5×5 becomes 2×2.',
    },
    { kind: 'conv', s: 2 },
    () => ({ input: filledTensor([1, 1, 5, 5], { fill: 'ramp', start: 0, step: 1 }), weight: plane(COUNTING) }),
  ),
  preset(
    {
      id: 'examples/strided-transposed',
      group: 'examples',
      title: 'Transposed convolution with stride 2',
      description: '2×2 becomes 5×5 again; the equivalent convolution sees a 7×7 input with zeros inserted.',
    },
    { kind: 'convTranspose', s: 2 },
    () => ({
      input: plane([
        [1, 2],
        [3, 4],
      ]),
      weight: plane(COUNTING),
    }),
  ),
  preset(
    {
      id: 'examples/output-padding',
      group: 'examples',
      title: 'Output padding adds real values',
      description:
        'A single 1 stamps the kernel; padding crops its top and left, and output padding keeps what would be cropped at the end: [[5, 6], [8, 9]].',
    },
    { kind: 'convTranspose', s: 2, p: 1, op: 1 },
    () => ({ input: plane([[1]]), weight: plane(COUNTING) }),
  ),
  preset(
    {
      id: 'examples/checkerboard',
      group: 'examples',
      title: 'The checkerboard',
      description: 'Kernel 3 is not a multiple of stride 2: neighbouring outputs get 4, 2, 2 and 1 contributions.',
    },
    { kind: 'convTranspose', s: 2 },
    () => ({
      input: filledTensor([1, 1, 6, 6], { fill: 'constant', value: 1 }),
      weight: filledTensor([1, 1, 3, 3], { fill: 'constant', value: 1 }),
    }),
  ),
  preset(
    {
      id: 'examples/even-overlap',
      group: 'examples',
      title: 'No checkerboard',
      description: 'Kernel 4 is a multiple of stride 2: every output gets 4 contributions, but for the border.',
    },
    { kind: 'convTranspose', s: 2, p: 1 },
    () => ({
      input: filledTensor([1, 1, 6, 6], { fill: 'constant', value: 1 }),
      weight: filledTensor([1, 1, 4, 4], { fill: 'constant', value: 1 }),
    }),
  ),
  preset(
    {
      id: 'examples/holes',
      group: 'examples',
      title: 'Structural holes',
      description: 'Stride 2 with dilation 2: three quarters of the output get no contribution, whatever the weights.',
    },
    { kind: 'convTranspose', s: 2, d: 2 },
    () => ({ input: filledTensor([1, 1, 4, 4], { fill: 'constant', value: 1 }), weight: plane(COUNTING) }),
  ),
];
