import { colourImage, transparentKernel } from '../../presets/colour';
import { digits, plane } from '../../presets/preset';
import { type Lesson, lesson } from '../lesson';

const COUNTING = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];
/** A worked example that is often copied: 2×2 under this kernel is 4×4. */
const EXAMPLE = [
  [2, 3],
  [1, 3],
];
const EXAMPLE_KERNEL = [
  [0, 1, 1],
  [0, 1, 0],
  [1, 0, 1],
];

const chapter = 'printed';

/**
 * Figures that are published wrong, each computed here as it should be. What they print is in the tests, by name
 * (test/unit/core/derive/referenceSymbols.test.ts).
 */
export const PRINTED: readonly Lesson[] = [
  lesson(
    {
      id: 'missing-terms',
      chapter,
      title: 'Sums that lack terms',
      text: [
        'Cᵀ times y is sixteen sums here, for 2×2 under a kernel of 3×3. A published derivation prints them with five of the sixteen cut short: the second of its second row has three products instead of four, the first of its third row one instead of two. At stride 2 its matrix has five rows of four, where there are five. Another derivation numbers the sixteen elements up to 17: it goes from the fourth to the sixth.',
        'Here each sum is worked out from the definition: all elements of the kernel that land on that output, and nothing else. The letters are theirs: y goes in, x comes out.',
      ],
      task: 'In the whole output, click the first sum of the third row, which is printed as w₂,₀·y₀ alone.',
    },
    { kind: 'convTranspose' },
    () => ({ input: plane(EXAMPLE), weight: plane(COUNTING) }),
    { stage: 'formula', sub: 'symbols', formula: { names: 'numbered', base: 0, swapped: true } },
  ),
  lesson(
    {
      id: 'no-overlap',
      chapter,
      title: 'Stamps that do not overlap',
      text: [
        'A tutorial shows what kernel 4 and stride 4 make of a colour image, and calls it the output of overlapping filters: red and green are said to add up to yellow. They do not meet. A stamp of 4 ends where the next one begins, 4 further on, so each output has one product, and its colour is that of one pixel.',
        'Stamps overlap where the kernel is larger than the stride. What is above 255 is then shown as 255, so white stays white, and what is added to black is itself.',
      ],
      task: 'Let neighbouring stamps overlap by half, and find the yellow between red and green.',
    },
    { kind: 'convTranspose', s: 4 },
    () => ({ input: colourImage(), weight: transparentKernel(4, 'constant') }),
    { rgb: { input: 'byte', output: 'byte' } },
  ),
  lesson(
    {
      id: 'around',
      chapter,
      title: 'Around, not between',
      text: [
        'A recipe for computing a transposed convolution as a plain one is copied with a slip in its second step: s − 1 zeros are put between the elements of the input, and then k − p − 1 zeros between them again. They belong around it. Between, the 2×2 of its own example would become 4×4, and a window of 3 has only 2×2 places on that; around, it becomes 6×6, and has the 4×4 that the recipe prints.',
        'The size formula below that recipe has no output padding: with kernel 3, stride 2, padding 1 and output padding 1, four inputs give 8, not 7.',
      ],
      task: 'Go to the step that puts zeros around the input, with the arrow keys or on the timeline.',
    },
    { kind: 'convTranspose' },
    () => ({ input: plane(EXAMPLE), weight: plane(EXAMPLE_KERNEL) }),
    { stage: 'zero-insertion' },
  ),
  lesson(
    {
      id: 'no-floor',
      chapter,
      title: 'A size that is no whole number',
      text: [
        'Many texts write the size of a convolution as (i + 2p − k) / s + 1, without the brackets ⌊ ⌋. By that, 6 cells under kernel 3 and stride 2 would give 2.5. The window finds 2 places, and one cell at the end is read by nobody.',
        'Formula draws it: the room that the window has, the steps that fit into it, and what is left over.',
      ],
      task: 'Change the size of the input by one, so that nothing is left over and the formula is right without brackets.',
    },
    { kind: 'conv', s: 2 },
    () => ({ input: digits(6, 6, 71), weight: plane(COUNTING) }),
    { stage: 'formula', sub: 'size', step: 4 },
  ),
];
