import { beyondKernel } from '../../../src/core/derive/beyondKernel';
import type { Subject } from '../../../src/core/derive/subject';
import { zeroInsertion, type ZeroInsertion } from '../../../src/core/derive/zeroInsertion';
import { cellName } from '../../../src/core/explain/readout';
import type { Strings } from '../../../src/protocol/strings';
import type { Focus } from '../../film/film';
import { brief, plus, unflat } from '../../film/naming';

/** What is shown: this layer, the same with a padding beyond its kernel, or a plain convolution. */
export type Case = 'own' | 'beyond' | 'conv';

export type At =
  | { readonly kind: 'insert' }
  | { readonly kind: 'pad'; readonly what: 'around' | 'cut' | 'more' | 'none' }
  | { readonly kind: 'flip' }
  /** The window of an output, by its place in C order. */
  | { readonly kind: 'window'; readonly output: number }
  | { readonly kind: 'result' };

/** What the film of zero insertion knows. */
export interface Told {
  readonly which: Case;
  readonly subject: Subject;
  readonly derived: ZeroInsertion;
  readonly strings: Strings;
  readonly nameIn: (place: readonly number[]) => string;
  readonly nameOut: (place: readonly number[]) => string;
  readonly nameTap: (place: readonly number[]) => string;
  /** A place of the output on show, and this: its place in the document's own output. */
  readonly shift: readonly number[];
  /** The place in the document's own output; none where the document has cropped it. */
  owner(place: readonly number[]): readonly number[] | undefined;
}

/** Undefined: there is no padding beyond the kernel that leaves an output. */
export function toldOf(which: Case, given: Subject, strings: Strings): Told | undefined {
  const beyond = which === 'beyond' ? beyondKernel(given) : undefined;
  if (which === 'beyond' && !beyond) return undefined;
  const subject = beyond?.subject ?? given;
  const shift = beyond?.shift ?? given.plan.axes.map(() => 0);
  const sizes = given.plan.outputShape.slice(2);
  return {
    which,
    subject,
    derived: zeroInsertion(subject),
    strings,
    shift,
    nameIn: (place) => cellName('in', plus(place, subject.inputOrigin)),
    nameOut: (place) => cellName('out', plus(place, subject.outputOrigin)),
    nameTap: (place) => cellName('w', place),
    owner(place) {
      const own = plus(place, shift);
      return own.every((at, axis) => at >= 0 && at < sizes[axis]) ? own : undefined;
    },
  };
}

export const outputsOf = ({ subject }: Told): readonly number[] => subject.plan.outputShape.slice(2);

/** The place that is followed in the output on show. */
export function followedOutput(told: Told, focus: Focus): readonly number[] | undefined {
  const own = focus.followed('output');
  if (!own) return undefined;
  const place = own.map((at, axis) => at - told.shift[axis]);
  return place.every((at, axis) => at >= 0 && at < outputsOf(told)[axis]) ? place : undefined;
}

/** The output whose window is on show, if there is one. */
export const outputAt = (told: Told, at: At): readonly number[] | undefined =>
  at.kind === 'window' ? unflat(outputsOf(told), at.output) : undefined;

/** `2`, or `2×1` where the axes differ. */
export const perAxis = (values: readonly (string | number)[]): string => [...new Set(values.map(String))].join('×');

/** `1`, or `1:0` where begin and end differ. */
export const sides = (begin: number, end: number): string =>
  begin === end ? brief(begin) : `${brief(begin)}:${brief(end)}`;

export const ringText = ({ derived }: Told): string =>
  perAxis(derived.rings.map(({ begin, end }) => sides(begin, end)));
export const moreText = ({ derived }: Told): string => perAxis(derived.rings.map(({ more }) => more));
export const isCut = ({ derived }: Told): boolean => derived.rings.some(({ begin, end }) => begin < 0 || end < 0);
