import type { TermName } from '../../../src/core/derive/size';
import type { Ink, Label, Shape, Words } from '../../drawing/scene';
import { run } from '../../drawing/words';

/** Where a term is drawn: pointing there points at the term. */
export interface TermArea {
  readonly term: TermName;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A drawing in the making, of which every shape knows to which term it belongs. */
export interface Sheet {
  add(term: TermName | undefined, ...shapes: readonly Shape[]): void;
  /** Room that belongs to a term. */
  area(term: TermName, x: number, y: number, width: number, height: number): void;
  readonly shapes: readonly Shape[];
  readonly areas: readonly TermArea[];
}

/** Parts of other terms than the one that is pointed at. */
const FADED = 0.3;
/** What is not there yet. */
const TO_COME = 0.38;

/**
 * @param order the terms that have been told, in order; of the others everything is still to come
 * @param only the term that is pointed at
 */
export function createSheet(order: readonly TermName[] | undefined, only: TermName | undefined): Sheet {
  const shapes: Shape[] = [];
  const areas: TermArea[] = [];
  const opacityOf = (term: TermName | undefined): number | undefined => {
    if (only !== undefined) return term === only ? undefined : FADED;
    if (order === undefined || (term !== undefined && order.includes(term))) return undefined;
    return term === undefined ? undefined : TO_COME;
  };
  return {
    shapes,
    areas,
    add(term, ...more) {
      const opacity = opacityOf(term);
      for (const shape of more)
        shapes.push(opacity === undefined ? shape : { ...shape, opacity: opacity * (shape.opacity ?? 1) });
    },
    area(term, x, y, width, height) {
      areas.push({ term, x, y, width, height });
    },
  };
}

/** How wide a text is, about: letters of the editor's font and of the other differ. */
export const widthOf = (text: string, size: number, mono = true): number => text.length * size * (mono ? 0.6 : 0.52);

/** A text in a sheet. */
export const textAt = (
  key: string,
  x: number,
  y: number,
  words: Words | string,
  more: Partial<Pick<Label, 'size' | 'anchor' | 'mono'>> & { readonly ink?: Ink; readonly bold?: boolean } = {},
): Label => ({
  kind: 'text',
  key,
  x,
  y,
  words: typeof words === 'string' ? [run(words, more.ink, more.bold)] : words,
  size: more.size ?? 12,
  anchor: more.anchor,
  mono: more.mono,
});

/** A bracket under a stretch, open upwards. */
export function bracket(key: string, from: number, to: number, y: number, ink: Ink): readonly Shape[] {
  if (to - from < 1) return [];
  return [
    {
      kind: 'line',
      key,
      points: [
        [from + 1, y - 6],
        [from + 1, y],
        [to - 1, y],
        [to - 1, y - 6],
      ],
      stroke: ink,
      weight: 2,
    },
  ];
}
