import type { Subject } from '../../src/core/derive/subject';
import type { Cell } from '../../src/core/explain/contributions';
import type { Window } from '../../src/core/derive/window';
import type { Plan } from '../../src/core/plan';
import type { Scene, Words } from '../drawing/scene';
import type { Computed, Model } from '../model';

/** A named stretch of a film. */
export interface FilmPhase {
  readonly title: string;
  /** The steps in it, each with the name it has under the bar, or none. */
  readonly steps: readonly string[];
  /** Phases with the same word here are many of one kind: where they are too many for names, they share one bar. */
  readonly kind?: string;
  /** Its steps are small and many: played, they run. */
  readonly runs?: boolean;
}

/** Room for the drawing, in CSS pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** What is pointed at, by its place in the subject. */
export interface Focus {
  /** The place of the followed cell in this tensor, if it is one of it. */
  followed(tensor: Cell['tensor']): readonly number[] | undefined;
  /** Whether a cell is the followed one or takes part in a product with it. */
  isLit(tensor: Cell['tensor'], place: readonly number[]): boolean;
}

/** A list beside the drawing: a title, and rows of columns. */
export interface Table {
  readonly title: string;
  readonly head?: readonly string[];
  /** Its cells are sentences, not numbers. */
  readonly prose?: boolean;
  readonly rows: readonly { readonly cells: readonly Words[]; readonly now?: boolean }[];
  /** A sentence under it. */
  readonly note?: Words;
}

/** One step as it stands. */
export interface Frame {
  readonly scene: Scene;
  /** The sentence in words, and the same in numbers. */
  readonly sentence: Words;
  readonly numbers: Words;
  /** The cell that this step is about; all other views light it. By its place in the subject. */
  readonly cell?: Cell;
  readonly tables?: readonly Table[];
}

/**
 * A derivation as steps. A frame depends on nothing but its step, the room and what is pointed at: every step can be a
 * still, and be drawn elsewhere.
 */
export interface Film {
  readonly phases: readonly FilmPhase[];
  frame(step: number, room: Room, focus: Focus): Frame;
}

/** A part of a view: one film. */
export interface FilmPart {
  /** As `view.sub` and links name it. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in a few words beside the switch. */
  readonly hint: string;
  /** Of a subject, and of the whole layer that it is a window of; nothing where there is too much to show. */
  film(subject: Subject, layer: Plan): Film | undefined;
  /** What is said where there is too much of a layer. */
  readonly tooMuch?: (layer: Plan) => string;
}

/** The layer that a film is about, and the window of it that it shows. */
export interface Shown {
  readonly window: Window;
  readonly computed: Computed;
}

/**
 * A part whose films are not of the window around what is pointed at: it follows the document by itself, and tells each
 * film when it is made, or the sentence that stands where there is none.
 */
export interface OwnPart extends Omit<FilmPart, 'film'> {
  /** What it lets be chosen; beside the switch. */
  readonly tools?: HTMLElement;
  follow(tell: (made: (Shown & { readonly film: Film }) | string) => void): (model: Model) => void;
}

/** How many steps a film has; at least one. */
export const stepsOf = ({ phases }: Pick<Film, 'phases'>): number =>
  phases.reduce((all, { steps }) => all + steps.length, 0);

/** A step of the film: its first or last for one that is outside of it. */
export const stepWithin = (film: Pick<Film, 'phases'>, step: number): number =>
  Math.min(Math.max(0, step), stepsOf(film) - 1);

/** The phase that a step is in, and which of its steps it is. */
export function placeOfStep({ phases }: Film, step: number): { readonly phase: number; readonly within: number } {
  let first = 0;
  for (const [phase, { steps }] of phases.entries()) {
    if (step < first + steps.length) return { phase, within: step - first };
    first += steps.length;
  }
  const last = phases.length - 1;
  return { phase: last, within: phases[last].steps.length - 1 };
}
