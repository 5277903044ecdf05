import type { Subject } from '../../../src/core/derive/subject';
import type { FrameworkCall } from '../../../src/core/frameworks/call';
import { frameworkCalls } from '../../../src/core/frameworks/calls';
import { type Compared, comparedOn, type Result, resultsOf } from '../../../src/core/frameworks/results';
import type { Plan } from '../../../src/core/plan';
import type { Strings } from '../../../src/protocol/strings';
import { unflat } from '../../film/naming';

/** What the comparison of frameworks knows of a document. */
export interface Told {
  readonly subject: Subject;
  readonly layer: Plan;
  readonly strings: Strings;
  readonly calls: readonly FrameworkCall[];
  readonly compared: Compared;
  /** The document's own first. */
  readonly results: readonly Result[];
  /** By how much an output of the comparison is further on in the subject's output, where that is known. */
  readonly shift: readonly number[] | undefined;
}

export function toldOf(subject: Subject, layer: Plan, strings: Strings): Told | undefined {
  const compared = comparedOn(subject, layer);
  if (!compared) return undefined;
  const calls = frameworkCalls(layer);
  const results = resultsOf(calls, compared);
  if (results.length === 0) return undefined;
  const shift = layer.axes.map(({ stride }, axis) =>
    layer.kind === 'conv'
      ? subject.inputOrigin[axis] / stride - subject.outputOrigin[axis]
      : subject.inputOrigin[axis] * stride - subject.outputOrigin[axis],
  );
  return {
    subject,
    layer,
    strings,
    calls,
    compared,
    results,
    shift: shift.every(Number.isInteger) ? shift : undefined,
  };
}

/** The place in the subject's output of a place in an output that is compared; none outside of it. */
export function subjectPlace({ subject, shift }: Told, place: readonly number[]): readonly number[] | undefined {
  const moved = shift && place.map((at, axis) => at + shift[axis]);
  const sizes = subject.plan.outputShape.slice(2);
  return moved?.every((at, axis) => at >= 0 && at < sizes[axis]) ? moved : undefined;
}

/** The same the other way; none where no output is followed. */
export function comparedPlace({ shift }: Told, place: readonly number[] | undefined): readonly number[] | undefined {
  return shift && place?.map((at, axis) => at - shift[axis]);
}

/** Frameworks of calls, each once. */
export const frameworksOf = (calls: readonly FrameworkCall[]): readonly string[] => [
  ...new Set(calls.map(({ framework }) => framework)),
];

/** `Keras, JAX`. */
export const namesOf = (calls: readonly FrameworkCall[]): string => frameworksOf(calls).join(', ');

/** The same in a few letters, for the timeline: `Keras +2`. */
export function shortNameOf(calls: readonly FrameworkCall[]): string {
  const [first, ...others] = frameworksOf(calls);
  return others.length > 0 ? `${first} +${others.length}` : first;
}

/** One number for all axes where they are alike, else a list: `1` or `1, 0`. */
export const brieflyOf = (values: readonly number[]): string =>
  (values.every((value) => value === values[0]) ? String(values[0]) : values.join(', ')).replace(/-/g, '−');

export const beginsOf = ({ answer }: Result): readonly number[] => answer.axes.map(({ begin }) => begin);
export const endsOf = ({ answer }: Result): readonly number[] => answer.axes.map(({ end }) => end);
export const sizesOf = ({ outcome }: Result): readonly number[] => outcome.output.shape.slice(2);

/** Sizes as they are read: `6 × 6`. */
export const timesOf = (sizes: readonly number[]): string => sizes.join(' × ');

/** Which line of a tensor is drawn: the leading places, and the row; a signal has one line. */
export interface Line {
  readonly leading: readonly number[];
  readonly row: number;
}

/** The middle of the document's output, or the row of what is followed. */
export function lineOf({ results: [own] }: Told, followed: readonly number[] | undefined): Line {
  const sizes = sizesOf(own);
  const place = followed?.every((at, axis) => at < sizes[axis]) ? followed : sizes.map((size) => Math.floor(size / 2));
  return { leading: place.slice(0, -2), row: sizes.length > 1 ? (place.at(-2) ?? 0) : 0 };
}

/** The values of one line along the last axis of `(1, 1, spatial…)`; nothing where it is outside. */
export function valuesAlong(
  { shape, data }: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
  place: readonly number[],
): readonly number[] | undefined {
  const sizes = shape.slice(2);
  const lead = place.slice(0, sizes.length - 1);
  if (lead.some((at, axis) => at < 0 || at >= sizes[axis])) return undefined;
  const columns = sizes[sizes.length - 1];
  const first = lead.reduce((flat, at, axis) => flat * sizes[axis] + at, 0) * columns;
  return Array.from({ length: columns }, (_, at) => data[first + at]);
}

/** The place of a flat index among the last two axes of a tensor, behind the leading ones that are on show. */
export const placeInPlane = (sizes: readonly number[], { leading }: Line, flat: number): readonly number[] => [
  ...leading,
  ...unflat(sizes.slice(-2), flat),
];
