import type { Subject } from '../../../../../src/core/derive/subject';
import { STRINGS, type Strings } from '../../../../../src/protocol/strings';
import type { Scene } from '../../../../../webview/drawing/scene';
import { plainText } from '../../../../../webview/drawing/words';
import type { Film, Focus, Frame, Room } from '../../../../../webview/film/film';
import { backwardFilm } from '../../../../../webview/views/steps/backward';
import { gatherFilm } from '../../../../../webview/views/steps/gather';
import { im2colFilm } from '../../../../../webview/views/steps/im2col';
import { matrixFilm } from '../../../../../webview/views/steps/matrix';
import { overlapAddFilm } from '../../../../../webview/views/steps/overlapAdd';

export const ROOM: Room = { width: 900, height: 440 };
export const NOTHING: Focus = { followed: () => undefined, isLit: () => false };

type Maker = (subject: Subject, strings: Strings) => Film;
const films: Readonly<Record<Subject['plan']['kind'], Readonly<Record<string, Maker>>>> = {
  convTranspose: { overlapAdd: overlapAddFilm, matrix: matrixFilm, gather: gatherFilm },
  conv: { slidingWindow: gatherFilm, matrix: matrixFilm, im2col: im2colFilm, backward: backwardFilm },
};

/** Every film that there is of a subject, by its name. */
export const filmsOf = (subject: Subject): readonly (readonly [string, Film])[] =>
  Object.entries(films[subject.plan.kind]).map(([name, make]) => [name, make(subject, STRINGS)]);

export function filmOf(name: string, subject: Subject): Film {
  const make = films[subject.plan.kind][name];
  return make(subject, STRINGS);
}

/** Points at one cell of the subject. */
export const pointingAt = (tensor: 'input' | 'weight' | 'output', place: readonly number[]): Focus => ({
  followed: (asked) => (asked === tensor ? place : undefined),
  isLit: (asked, at) => asked === tensor && at.join() === place.join(),
});

/** Both lines of a step, as they are read. */
export const said = ({ sentence, numbers }: Frame): readonly [string, string] => [
  plainText(sentence),
  plainText(numbers),
];

/** The numbers that a figure has in its cells, by their place; figures are named by the beginning of their keys. */
export function numbersIn({ shapes }: Scene, figure: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const shape of shapes)
    if (shape.kind === 'text' && shape.key.startsWith(`${figure}:`) && shape.key.endsWith('#'))
      found.set(shape.key.slice(figure.length + 1, -1), plainText(shape.words));
  return found;
}
