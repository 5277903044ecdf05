import type { PixelVariant } from '../kernels/pixelTransposed';
import type { PixelKernels } from '../state/document';
import { pixelReads, pixelTaps, planeOfSource, type PixelSource } from './pixelMaps';

/** What the maps and their kernels are copied as. */
export const PIXEL_TEXTS = { latex: 'LaTeX', unicode: 'Unicode' } as const;
export type PixelText = keyof typeof PIXEL_TEXTS;

const LOWER = '₀₁₂₃₄₅₆₇₈₉';
/** Maps are counted from 1, as their paper does. */
const NAMES: Readonly<Record<PixelText, (letter: string, map: number) => string>> = {
  latex: (letter, map) => `${letter}_{${map + 1}}`,
  unicode: (letter, map) => `${letter}${LOWER[map + 1]}`,
};

/** Rows of as many weights as there are taps; those of a signal are one row. */
function rowsOf(weights: readonly number[], side: number): readonly (readonly number[])[] {
  return Array.from({ length: weights.length / side }, (_, row) => weights.slice(row * side, (row + 1) * side));
}

function gridText(weights: readonly number[], side: number, as: PixelText): string {
  if (as === 'unicode')
    return `[${rowsOf(weights, side)
      .map((row) => row.join(' '))
      .join('; ')}]`;
  const rows = rowsOf(weights, side).map((row) => row.join(' & '));
  return `\\left[\\begin{array}{${'c'.repeat(side)}}${rows.join(' \\\\ ')}\\end{array}\\right]`;
}

/**
 * A pixel transposed convolution in symbols (Gao et al., "Pixel transposed convolutional networks", 2018): what each
 * map is made from, its kernels, and where in the output it goes.
 *
 * @param kernels of this rank, as `pixelKernelsOf` gives them
 */
export function pixelSymbols(kernels: PixelKernels, rank: number, variant: PixelVariant, as: PixelText): string {
  const name = NAMES[as];
  const source = (of: PixelSource): string => (of === 'F' ? 'F' : name('F', of));
  const side = pixelTaps(rank, kernels);
  const area = side ** rank;
  return pixelReads(rank, variant)
    .flatMap(({ corner, sources }, map) => {
      const from = sources.map(source).join(', ');
      const makes = as === 'latex' ? `[${from}] \\circledast ${name('k', map)}` : `[${from}] ⊛ ${name('k', map)}`;
      const planes = sources.map((of) => {
        const first = planeOfSource(of) * area;
        const kernel = as === 'latex' ? `${name('k', map)}^{${source(of)}}` : `${name('k', map)}[${source(of)}]`;
        return `${kernel} = ${gridText(kernels[map].slice(first, first + area), side, as)}`;
      });
      const place = corner.map((at) => `${at}::2`).join(', ');
      const output = as === 'latex' ? `Y_{${place}}` : `Y[${place}]`;
      return [`${name('F', map)} = ${makes}`, ...planes, `${output} = ${name('F', map)}`];
    })
    .join(as === 'latex' ? ' \\\\\n' : '\n');
}
