import type { Cell } from '../../src/core/explain/contributions';

/** The colours that drawings and sentences have, by what they mean. `styles/roles.css` says which they are. */
export const INKS = [
  'ink',
  'faint',
  'line',
  'ground',
  'input',
  'input-tint',
  'input-strong',
  'kernel',
  'kernel-tint',
  'kernel-strong',
  'output',
  'output-tint',
  'output-strong',
  'phase0',
  'phase1',
  'phase2',
  'phase3',
  'phase0-tint',
  'phase1-tint',
  'phase2-tint',
  'phase3-tint',
  'zero',
  'crop',
  'wrong',
  'focus',
  'gain',
  'loss',
  'on-light',
  'on-dark',
] as const;
export type Ink = (typeof INKS)[number];

/** A piece of text in one colour. */
export interface Run {
  readonly text: string;
  readonly ink?: Ink;
  readonly bold?: boolean;
  /** Set lower and smaller, as an index. */
  readonly sub?: boolean;
}
export type Words = readonly Run[];

/** How a shape comes to be where it is, in the step that it belongs to. Stills have it at its end. */
export interface Motion {
  /** It slides here from so many pixels away. */
  readonly from?: readonly [dx: number, dy: number];
  /** It turns into its place from so many degrees, about this point. */
  readonly turn?: { readonly degrees: number; readonly about: readonly [x: number, y: number] };
  /** It fades in. Text that changes does so when what moves has come to rest. */
  readonly appears?: 'at once' | 'at rest';
}

export interface Base {
  /** Names the same thing from step to step. Unique in a scene. */
  readonly key: string;
  readonly opacity?: number;
  readonly motion?: Motion;
  /** The cell of the document that it stands for, by its place in the subject: pointing at it points at that. */
  readonly at?: Cell;
}
export interface Rect extends Base {
  readonly kind: 'rect';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill?: Ink;
  readonly stroke?: Ink;
  /** Of the outline, in pixels; 1 if it is not said. */
  readonly weight?: number;
  readonly dashed?: boolean;
  /** Lines at 45°: what is cut away. */
  readonly hatched?: boolean;
}
export interface Label extends Base {
  readonly kind: 'text';
  readonly x: number;
  /** Of the middle of its line. */
  readonly y: number;
  readonly words: Words;
  /** Height of the letters in pixels. */
  readonly size: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** In the editor's font. */
  readonly mono?: boolean;
}
export interface Line extends Base {
  readonly kind: 'line';
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly stroke?: Ink;
  /** Makes an area of it. */
  readonly fill?: Ink;
  readonly weight?: number;
  readonly dashed?: boolean;
  readonly arrow?: boolean;
  /** From the first point to the last as one smooth curve that leaves and arrives level. */
  readonly curved?: boolean;
}
/** A zero that was put in; a real zero is written. */
export interface Dot extends Base {
  readonly kind: 'dot';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly stroke: Ink;
}
/** Many areas of one colour as one shape: a picture of a matrix has too many entries for a shape each. */
export interface Areas extends Base {
  readonly kind: 'areas';
  readonly boxes: readonly (readonly [x: number, y: number, width: number, height: number])[];
  readonly fill: Ink;
}
/** One pixel a value, as large as they are made: a plane has too many values for a shape each. */
export interface Pixels extends Base {
  readonly kind: 'pixels';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of a picture, as `indexedPng` makes it. */
  readonly address: string;
  /** The plane whose cells it shows: pointing at it points at the cell there. By its place in the subject. */
  readonly plane?: {
    readonly tensor: Cell['tensor'];
    /** The leading axes, and which cell is its first and how many there are along the last two. */
    readonly leading: readonly number[];
    readonly first: readonly number[];
    readonly cells: readonly number[];
  };
}
export type Shape = Rect | Label | Line | Dot | Areas | Pixels;

/** A drawing: shapes, the later over the earlier, in CSS pixels. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}
