import {
  cellOfOutput,
  type PixelMap,
  type PixelMaps,
  type PixelSource,
  placeInOutput,
} from '../../../src/core/derive/pixelMaps';
import type { Subject } from '../../../src/core/derive/subject';
import { elementCount } from '../../../src/core/tensor/tensor';
import type { Strings } from '../../../src/protocol/strings';
import type { Ink } from '../../drawing/scene';
import { marked } from '../../drawing/words';
import type { Focus } from '../../film/film';
import { plus, unflat } from '../../film/naming';

/** What the film of a pixel transposed convolution knows. */
export interface Told {
  readonly subject: Subject;
  readonly pixels: PixelMaps;
  readonly strings: Strings;
  readonly heat: boolean;
  /** Sizes of the input and of every map; of the output. */
  readonly sizes: readonly number[];
  readonly outputSizes: readonly number[];
}

export type At =
  /** Cells of a map are made: these, by their flat indices. */
  | { readonly kind: 'make'; readonly map: number; readonly cells: readonly number[] }
  | { readonly kind: 'interleave' }
  /** Which neighbours are made from which. */
  | { readonly kind: 'ties' };

export const toldOf = (subject: Subject, pixels: PixelMaps, strings: Strings, heat: boolean): Told => ({
  subject,
  pixels,
  strings,
  heat,
  sizes: pixels.input.shape.slice(2),
  outputSizes: pixels.output.shape.slice(2),
});

/** More cells than this are made row by row. */
const MOST_APART = 16;

/** What a map is made in: cell by cell, or row by row. */
export function stepsOfMap({ sizes }: Told, map: number): readonly At[] {
  const all = elementCount(sizes);
  const columns = sizes[sizes.length - 1];
  const each = all <= MOST_APART ? 1 : columns;
  return Array.from({ length: all / each }, (_, step): At => ({
    kind: 'make',
    map,
    cells: Array.from({ length: each }, (__, at) => step * each + at),
  }));
}

/** The colour of a map is that of the phase whose place it takes: by its corner. */
const phaseOf = ({ corner }: PixelMap): number => corner.reduce((all, at) => 2 * all + at, 0);
const INKS: readonly Ink[] = ['phase0', 'phase1', 'phase2', 'phase3'];
const TINTS: readonly Ink[] = ['phase0-tint', 'phase1-tint', 'phase2-tint', 'phase3-tint'];
const MARKS = ['p0', 'p1', 'p2', 'p3'] as const;

export const inkOf = (map: PixelMap): Ink => INKS[phaseOf(map)];
export const tintOf = (map: PixelMap): Ink => TINTS[phaseOf(map)];

/** `◰` where in a block its cells go; nothing of a signal. */
export const signOf = (map: PixelMap): string => (map.corner.length === 2 ? ['◰', '◳', '◱', '◲'][phaseOf(map)] : '');

export const nameOf = (source: PixelSource): string => (source === 'F' ? 'F' : `F${source + 1}`);

/** Its name in its colour, for `wordsOf`. */
export const coloured = ({ pixels }: Told, source: PixelSource, text = nameOf(source)): string =>
  source === 'F' ? marked('i', text) : marked(MARKS[phaseOf(pixels.maps[source])], text);

/** `F1[0,2]`, by its place in the whole document. */
export const cellText = ({ subject }: Told, source: PixelSource, place: readonly number[]): string =>
  `${nameOf(source)}[${plus(place, subject.inputOrigin).join(',')}]`;

/** `out[1,4]`: of an output of twice the input's size. */
export const outputText = ({ subject }: Told, place: readonly number[]): string =>
  `out[${place.map((at, axis) => at + 2 * subject.inputOrigin[axis]).join(',')}]`;

/**
 * The place in the document's output, where that has twice the input's size as this has: the same cell of another
 * operation.
 */
export function documentPlace({ subject }: Told, place: readonly number[]): readonly number[] | undefined {
  if (subject.plan.axes.some(({ stride }) => stride !== 2)) return undefined;
  const moved = place.map((at, axis) => at + 2 * subject.inputOrigin[axis] - subject.outputOrigin[axis]);
  const sizes = subject.plan.outputShape.slice(2);
  return moved.every((at, axis) => at >= 0 && at < sizes[axis]) ? moved : undefined;
}

/** The cell that a step or the pointer is about. */
export interface Spot {
  readonly map: PixelMap;
  readonly place: readonly number[];
  readonly output: readonly number[];
}

export function spotOf(told: Told, at: At, focus: Focus): Spot {
  const { pixels, subject, sizes, outputSizes } = told;
  const followed = focus.followed('output');
  const moved = followed?.map((each, axis) => each + subject.outputOrigin[axis] - 2 * subject.inputOrigin[axis]);
  const isInside =
    subject.plan.axes.every(({ stride }) => stride === 2) &&
    moved?.every((each, axis) => each >= 0 && each < outputSizes[axis]);
  if (at.kind === 'make') {
    const map = pixels.maps[at.map];
    const cell = moved && isInside ? cellOfOutput(pixels, moved) : undefined;
    // What is pointed at counts where this step makes it.
    const flat = cell?.map === map ? cell.place.reduce((all, each, axis) => all * sizes[axis] + each, 0) : -1;
    const place = unflat(sizes, at.cells.includes(flat) ? flat : at.cells[0]);
    return { map, place, output: placeInOutput(map, place) };
  }
  if (moved && isInside) return { ...cellOfOutput(pixels, moved), output: moved };
  // A cell of the last map away from the edges, where all that it reads is there.
  const map = pixels.maps[pixels.maps.length - 1];
  const place = sizes.map((size) => Math.floor((size - 1) / 2));
  return { map, place, output: placeInOutput(map, place) };
}

/** Whether a cell of a map has been made by this step. */
export function isMade(at: At, map: number, flat: number): boolean {
  if (at.kind !== 'make') return true;
  return map < at.map || (map === at.map && flat <= at.cells[at.cells.length - 1]);
}
