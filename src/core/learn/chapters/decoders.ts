import { digits, filledTensor, plane } from '../../presets/preset';
import { type Lesson, lesson } from '../lesson';

const KERNEL = [
  [1, 2, 1],
  [2, 4, 2],
  [1, 2, 1],
];

const chapter = 'decoders';
const signal = (frames: number, seed: number) =>
  filledTensor([1, 1, frames], { fill: 'uniform', seed, low: -1, high: 1 });

/** The sizes that people hunt for in real networks. */
export const DECODERS: readonly Lesson[] = [
  lesson(
    {
      id: 'off-by-one',
      chapter,
      title: 'Why your decoder is off by one',
      text: [
        'An encoder took 15 cells to 8, by kernel 3, stride 2, padding 1. The decoder goes back with the same numbers and output padding 1, since that doubles, and gets 16. Then a skip connection cannot be joined, and the program stops, or crops without a word.',
        '16 would have become 8 as well. The decoder cannot know; the output padding must say which it was.',
      ],
      task: 'Give the 15 back that the encoder started from.',
    },
    { kind: 'convTranspose', s: 2, p: 1, op: 1 },
    () => ({ input: digits(8, 8, 61), weight: plane(KERNEL) }),
  ),
  lesson(
    {
      id: 'twice',
      chapter,
      title: 'Exactly twice, without output padding',
      text: [
        'Many generators double their picture by kernel 4, stride 2. The stamps reach two cells too far, one on each side if they are cropped evenly: (n − 1)·2 + 4 = 2n + 2.',
        'It is a good choice for two reasons: the crop is the same at both ends, and 2 divides 4, so that every output gets equally many products.',
      ],
      task: 'Choose the padding with which the output is exactly twice as large as the input.',
    },
    { kind: 'convTranspose', s: 2 },
    () => ({
      input: digits(4, 4, 62),
      weight: filledTensor([1, 1, 4, 4], { fill: 'bilinear' }),
    }),
  ),
  lesson(
    {
      id: 'which-end',
      chapter,
      title: 'Which end is cropped',
      text: [
        'Kernel 3, stride 2 writes 2n + 1 cells. For 2n one has to go. PyTorch, with padding 1 and output padding 1, crops the beginning. Keras and TensorFlow with “same” crop the end. Same sizes, same weights, and every picture is moved by one cell: converters get this wrong.',
        'Here both ends can be cropped by their own number: 0:1 is 0 at the beginning, 1 at the end. Compare shows what each framework does with this layer.',
      ],
      task: 'Double the size as Keras does: crop nothing at the beginning, with output padding 0.',
    },
    { kind: 'convTranspose', s: 2, p: 1, op: 1 },
    () => ({ input: digits(4, 4, 63), weight: plane(KERNEL) }),
  ),
  lesson(
    {
      id: 'vocoder',
      chapter,
      title: 'Frames into samples',
      text: [
        'A vocoder makes sound of frames by transposed convolutions in 1-D. A layer of stride 8 must turn every frame into 8 samples, or picture and sound drift apart.',
        'Kernel 16 makes the stamps overlap by half, so that frames fade into each other; what reaches over both ends has to be cropped.',
      ],
      task: 'Choose the padding with which 20 frames become 160 samples.',
    },
    { kind: 'convTranspose', rank: 1, s: 8 },
    () => ({ input: signal(20, 64), weight: filledTensor([1, 1, 16], { fill: 'bilinear' }) }),
  ),
  lesson(
    {
      id: 'causal',
      chapter,
      title: 'Nothing from the future',
      text: [
        'Sound that is made while somebody speaks cannot wait for frames to come. A stamp is written forwards only, so an output that is not moved needs no later input. But cropping the beginning moves everything forward: then output 1, which belongs to frame 0, waits for frame 1.',
        'A causal layer crops the end alone. Point at an output to see which frames it is made of.',
      ],
      task: 'Keep the output at twice the input, but crop the end only: the padding of both sides is written 0:2.',
    },
    { kind: 'convTranspose', rank: 1, s: 2, p: 1 },
    () => ({ input: signal(12, 65), weight: filledTensor([1, 1, 4], { fill: 'bilinear' }) }),
  ),
  lesson(
    {
      id: 'ladder',
      chapter,
      title: 'Through the whole network',
      text: [
        'Field follows a place through a chain of layers, and says which sizes come back to their own. This chain halves 16 to 8 and goes back to 15: one cell is gone.',
        'Each line is a stage: conv k3 s2 p1 is a convolution, tconv a transposed one. Lines can be added, up to twelve; the ladder says which inputs fit, and the cures change the stage that loses.',
      ],
      task: 'Let 16 come back to 16: by a cure at a click, or by another number in the second line.',
    },
    { kind: 'convTranspose', s: 2, p: 1 },
    () => ({ input: digits(8, 8, 66), weight: plane(KERNEL) }),
    { stage: 'field', chain: { lines: ['conv k3 s2 p1', 'tconv k3 s2 p1'], input: 16 } },
  ),
];
