import { digits, filledTensor, plane } from '../../presets/preset';
import { type Lesson, lesson } from '../lesson';

const EDGES = [
  [1, 0, -1],
  [2, 0, -2],
  [1, 0, -1],
];
const COUNTING = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];

const chapter = 'convolution';

/** What a convolution does, one parameter after the other. */
export const CONVOLUTION: readonly Lesson[] = [
  lesson(
    {
      id: 'window',
      chapter,
      title: 'What a convolution is',
      text: [
        'The kernel is laid over a part of the input of its own size, its window. Each number of the window is multiplied by the number of the kernel that lies on it, and the products are added up: that is one output. Then the window moves on by one cell.',
        'Point at an output: its window is framed in the input, and Cell lists the nine products. This kernel subtracts what is on the right from what is on the left, so the output is large where the input falls from left to right.',
      ],
      task: 'Make a kernel that copies the middle of its window: type 1 into the middle and 0 into the other cells.',
    },
    { kind: 'conv' },
    () => ({ input: digits(5, 5, 21), weight: plane(EDGES) }),
  ),
  lesson(
    {
      id: 'turned',
      chapter,
      title: 'Why the kernel comes out turned',
      text: [
        'The input is 0 but for one 1. Each output sees that 1 through another element of the kernel: the output that stands left above it sees it through the last element. So the output is the kernel, turned by half a turn.',
        'Mathematics calls this a correlation, and turns the kernel first for what it calls a convolution. The layers of deep learning do not turn it: the kernel is learned, and would be learned turned. Only a filter that is taken from elsewhere notices.',
        'A transposed convolution goes the other way: there each input multiplies the whole kernel and stamps it on the output, as it stands.',
      ],
      task: 'See the kernel upright: switch the operation to transposed, at the left of the first line.',
    },
    { kind: 'conv' },
    () => ({ input: filledTensor([1, 1, 5, 5], { fill: 'impulse' }), weight: plane(COUNTING) }),
  ),
  lesson(
    {
      id: 'same-size',
      chapter,
      title: 'Padding keeps the size',
      text: [
        'A window of 3 has 3 places on 5 cells, not 5, for it may not reach over the edge. Layer by layer a picture would shrink.',
        'Padding puts zeros around the input, so that windows can stand over the edge. Each side of padding 1 gives one place more.',
      ],
      task: 'Set the padding so that the output is as large as the input.',
    },
    { kind: 'conv' },
    () => ({ input: digits(5, 5, 22), weight: filledTensor([1, 1, 3, 3], { fill: 'constant', value: 1 }) }),
  ),
  lesson(
    {
      id: 'stride',
      chapter,
      title: 'Stride skips places',
      text: [
        'With a stride of 2 the window moves two cells at a time, so about half of the places are left along each axis: the layer looks at everything and keeps a quarter of the outputs.',
        'The size formula above the grids says it in numbers. The brackets ⌊ ⌋ round down: what is left over at the end is no place.',
      ],
      task: 'Make the output 3×3 with the stride alone.',
    },
    { kind: 'conv' },
    () => ({ input: digits(7, 7, 23), weight: plane(EDGES) }),
  ),
  lesson(
    {
      id: 'floor',
      chapter,
      title: 'Two inputs, one size',
      text: [
        'Because sizes are rounded down, inputs of two sizes can give outputs of one size: with a stride of 2, one size more or less may make no difference. The last cells, or the last zeros of the padding, are then read by no window.',
        'So nobody can tell from an output how large the input was. Whoever goes back, as a decoder does, must say so: that is what output padding is for, some lessons on.',
      ],
      task: 'Keep the output at 3×3 with another input size.',
    },
    { kind: 'conv', s: 2, p: 1 },
    () => ({ input: digits(5, 5, 24), weight: filledTensor([1, 1, 3, 3], { fill: 'constant', value: 1 }) }),
  ),
  lesson(
    {
      id: 'dilation',
      chapter,
      title: 'Dilation spreads the kernel',
      text: [
        'Dilation leaves gaps between the elements of the kernel. It sees further, but has no more weights and costs no more: with dilation d a kernel of k covers d·(k − 1) + 1 cells.',
        'Point at an output: the cells that are read stand apart. Between them are cells that this output never sees.',
      ],
      task: 'Let the kernel of 3 cover 7 cells.',
    },
    { kind: 'conv', d: 2 },
    () => ({ input: digits(9, 9, 25), weight: plane(EDGES) }),
  ),
  lesson(
    {
      id: 'groups',
      chapter,
      title: 'Channels and groups',
      text: [
        'A picture has channels. Each output channel has a kernel of its own for each input channel, and adds up what they give: 4 channels into 4 make 16 kernels.',
        'Groups divide the channels: each group of output channels sees its own group of input channels only. With as many groups as channels every channel is by itself, which is called depthwise: 4 kernels are left.',
      ],
      task: 'Make the convolution depthwise: groups are among the parameters behind “more”.',
    },
    { kind: 'conv', p: 1 },
    () => ({
      input: filledTensor([1, 4, 5, 5], { fill: 'uniform', seed: 26, low: 0, high: 1 }),
      weight: filledTensor([4, 4, 3, 3], { fill: 'uniform', seed: 27, low: -1, high: 1 }),
    }),
  ),
  lesson(
    {
      id: 'reach',
      chapter,
      title: 'What a cell reaches',
      text: [
        'What an output sees of the input is its receptive field. Asked the other way round, an input cell goes into every output whose window it lies in: with a kernel of 3, into nine, each time by another element.',
        'At the edge it is fewer: a corner goes into one output only. So the edge counts for less than the middle, and padding changes by how much.',
      ],
      task: 'Click the cell in the middle of the input to pin it, and see the nine outputs that it reaches.',
    },
    { kind: 'conv' },
    () => ({ input: digits(5, 5, 28), weight: plane(EDGES) }),
  ),
];
