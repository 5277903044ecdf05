import { landing, type OverlapAdd } from '../../../src/core/derive/overlapAdd';
import type { Subject } from '../../../src/core/derive/subject';
import type { Strings } from '../../../src/protocol/strings';
import type { Words } from '../../drawing/scene';
import { unflat } from '../../film/naming';

/** What a step of stamping shows: one of a stamp's three steps, what is before all stamps, or after them. */
export type At =
  | { readonly kind: 'start' | 'crop' | 'result' }
  | { readonly kind: 'stamp'; readonly stamp: number; readonly within: number };

/** A tensor of the document that takes part, as it is named and coloured. */
export interface Side {
  readonly tensor: 'input' | 'output';
  readonly title: string;
  readonly name: (place: readonly number[]) => string;
  /** How far into what is drawn the tensor begins, and its sizes there, if more than it is drawn. */
  readonly within?: { readonly begin: readonly number[]; readonly sizes: readonly number[] };
}

/** What the films of stamping say in their own words. Filled as the texts of overlap-add are. */
export interface StampTexts {
  readonly sayStamp: string;
  readonly numbersStamp: string;
  readonly numbersAdd: string;
  readonly sayCrop: string;
  readonly numbersCrop: string;
  readonly soFar: string;
  /** Before all stamps, if there is a step for that, and after them; `followed` is a place of what is stamped on. */
  readonly start?: () => { readonly sentence: Words; readonly numbers: Words };
  readonly result: (followed: readonly number[] | undefined) => { readonly sentence: Words; readonly numbers: Words };
}

/** A transposed convolution as stamps: of the document itself, or of the way back through a convolution. */
export interface Told {
  readonly subject: Subject;
  readonly derived: OverlapAdd;
  readonly strings: Strings;
  /** What is stamped, and what it is stamped on. */
  readonly from: Side;
  readonly onto: Side;
  readonly texts: StampTexts;
}

/** The tag of a side's colour in marked texts. */
export const tagOf = ({ tensor }: Side): 'i' | 'o' => (tensor === 'input' ? 'i' : 'o');

/** A place of a side as it is drawn, in its tensor: nowhere in the padding. */
export function placeInTensor({ within }: Side, drawn: readonly number[]): readonly number[] | undefined {
  if (!within) return drawn;
  const place = drawn.map((at, axis) => at - within.begin[axis]);
  return place.every((at, axis) => at >= 0 && at < within.sizes[axis]) ? place : undefined;
}

/** The other way. */
export const placeDrawn = ({ within }: Side, place: readonly number[] | undefined): readonly number[] | undefined =>
  place && within ? place.map((at, axis) => at + within.begin[axis]) : place;

/** Where in the output a place of the canvas is; what is cropped away is nowhere. */
export function outputPlace({ derived, subject }: Told, canvas: readonly number[]): readonly number[] | undefined {
  const place = canvas.map((at, axis) => at - derived.crop[axis]);
  const sizes = subject.plan.outputShape.slice(2);
  return place.every((at, axis) => at >= 0 && at < sizes[axis]) ? place : undefined;
}

/** The output that a stamp's words speak of, where none is followed: the first that the stamp changes visibly. */
export function placeChanged(told: Told, index: number): readonly number[] | undefined {
  const { derived, subject } = told;
  const stamp = derived.stamps[index];
  const before = derived.after(index);
  const places = landing(derived, stamp, subject)
    .map((flat, tap) => ({ flat, tap }))
    .flatMap(({ flat, tap }) => {
      const place = outputPlace(told, unflat(derived.canvas, flat));
      return place ? [{ place, meets: before[flat] !== 0, adds: stamp.products[tap] !== 0 }] : [];
    });
  return (places.find(({ meets, adds }) => meets && adds) ?? places.find(({ adds }) => adds) ?? places.at(0))?.place;
}
