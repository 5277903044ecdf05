import { derive } from '../shape';
import { jax } from './copyJax';
import { keras } from './copyKeras';
import { numpy } from './copyNumpy';
import type { Copied } from './copyParts';
import { pytorch } from './copyPytorch';

export const LANGUAGES = ['pytorch', 'keras', 'jax', 'numpy', 'latex'] as const;

/** What the operation can be copied as. */
export type Language = (typeof LANGUAGES)[number];

/** Proper names, never translated. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  pytorch: 'PyTorch',
  keras: 'Keras',
  jax: 'JAX',
  numpy: 'NumPy',
  latex: 'LaTeX',
};

/**
 * The operation as text for one framework: a complete, runnable piece that defines `y` from `x`, the weight `w` in the
 * inspector's own layout and the bias `b`. With the values on show it prints `y` as the inspector shows it. What a
 * framework cannot say by its parameters is padded or sliced around the call.
 */
export function copyAs(language: Language, copied: Copied): string {
  switch (language) {
    case 'pytorch':
      return pytorch(copied);
    case 'keras':
      return keras(copied);
    case 'jax':
      return jax(copied);
    case 'numpy':
      return numpy(copied);
    case 'latex':
      return latex(copied);
    default:
      return language satisfies never;
  }
}

const TEX: Readonly<Record<string, string>> = {
  '·': ' \\cdot ',
  '−': '-',
  '⌊': '\\left\\lfloor ',
  '⌋': ' \\right\\rfloor',
  '⌈': '\\left\\lceil ',
  '⌉': ' \\right\\rceil',
  '₀': '_0',
  '₁': '_1',
};
const tex = (text: string): string => text.replace(/[·−⌊⌋⌈⌉₀₁]/g, (sign) => TEX[sign]);

/** A size formula with its numbers, for a document. */
export const latexFormula = (formula: string, substituted: string, result: number | string): string =>
  `o = ${tex(formula)} = ${tex(substituted)} = ${result}`;

function latex({ plan }: Copied): string {
  const lines = derive(plan).map(({ formula, substituted, result }) => latexFormula(formula, substituted, result));
  return [...new Set(lines)].join(' \\\\\n');
}
