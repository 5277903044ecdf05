import type { SubKernel, SubKernels } from '../../../src/core/derive/subKernels';
import { subKernels } from '../../../src/core/derive/subKernels';
import type { Subject } from '../../../src/core/derive/subject';
import { cellName } from '../../../src/core/explain/readout';
import { forEachPosition } from '../../../src/core/kernels/positions';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Ink } from '../../drawing/scene';
import { marked } from '../../drawing/words';
import { plus } from '../../film/naming';

export type At =
  /** A phase's taps come out of the kernel. */
  | { readonly kind: 'cut'; readonly phase: number }
  /** It makes its small output. */
  | { readonly kind: 'make'; readonly phase: number }
  /** A block takes one cell of each; counted in C order. */
  | { readonly kind: 'interleave'; readonly block: number };

/** What the film of the sub-kernels knows. */
export interface Told {
  readonly subject: Subject;
  readonly derived: SubKernels;
  readonly strings: Strings;
  readonly strides: readonly number[];
  readonly nameIn: (place: readonly number[]) => string;
  readonly nameOut: (place: readonly number[]) => string;
}

export function toldOf(subject: Subject, strings: Strings): Told {
  return {
    subject,
    derived: subKernels(subject),
    strings,
    strides: subject.plan.axes.map(({ stride }) => stride),
    nameIn: (place) => cellName('in', plus(place, subject.inputOrigin)),
    nameOut: (place) => cellName('out', plus(place, subject.outputOrigin)),
  };
}

const INKS: readonly Ink[] = ['phase0', 'phase1', 'phase2', 'phase3'];
const TINTS: readonly Ink[] = ['phase0-tint', 'phase1-tint', 'phase2-tint', 'phase3-tint'];
const MARKS = ['p0', 'p1', 'p2', 'p3'] as const;

/** Colours repeat after four phases; the number is always said. */
export const inkOf = ({ number }: Pick<SubKernel, 'number'>): Ink => INKS[number % 4];
export const tintOf = ({ number }: Pick<SubKernel, 'number'>): Ink => TINTS[number % 4];
export const colourOf = ({ number }: Pick<SubKernel, 'number'>, text: string): string =>
  marked(MARKS[number % 4], text);

/** `◳` of a block of 2×2, 1×2 or 2×1; nothing of others. */
export function signOfResidue(strides: readonly number[], residue: readonly number[]): string {
  if (strides.length > 2 || strides.some((stride) => stride > 2) || strides.every((stride) => stride === 1)) return '';
  return ['◰', '◳', '◱', '◲'][2 * (residue.at(-2) ?? 0) + (residue.at(-1) ?? 0)];
}

/** `◳ phase 1`. */
export const phaseName = (told: Told, phase: SubKernel): string =>
  `${signOfResidue(told.strides, phase.residue)} ${format(told.strings.phaseNumber, [phase.number])}`.trim();

/** `0::2, 1::2`: which outputs are a phase's, as Python slices them. */
export const slicesOf = ({ strides, subject }: Told, { residue }: SubKernel): string =>
  plus(residue, subject.outputOrigin)
    .map((at, axis) => (strides[axis] === 1 ? ':' : `${at}::${strides[axis]}`))
    .join(', ');

/** The outputs of a block, in C order; at the end it may be cut. */
export function outputsOfBlock({ strides, subject }: Told, block: readonly number[]): readonly (readonly number[])[] {
  const sizes = subject.plan.outputShape.slice(2);
  const places: (readonly number[])[] = [];
  forEachPosition(strides, (residue) => {
    const place = residue.map((at, axis) => block[axis] * strides[axis] + at);
    if (place.every((at, axis) => at < sizes[axis])) places.push(place);
  });
  return places;
}

export const blockOf = ({ strides }: Told, output: readonly number[]): readonly number[] =>
  output.map((at, axis) => Math.floor(at / strides[axis]));
