import { parseSought } from '../../src/core/explain/find';
import { cellName } from '../../src/core/explain/readout';
import { flatIndex } from '../../src/core/explain/readout';
import { format } from '../../src/core/problem';
import { faultWords } from '../state/typed';
import { parseGoTo } from './goTo';
import { indexOf } from './planeOf';
import type { Surface } from './surface';

/** Index of a flat position in a shape, in C order. */
export function unflatten(shape: readonly number[], flat: number): readonly number[] {
  let rest = flat;
  return [...shape]
    .reverse()
    .map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    })
    .reverse();
}

const shownAs = (index: readonly number[]): string => cellName('', index);

/** Asks for a value, and goes to the next cell that has it, in whatever channel that is. */
export function askToFind(surface: Surface): void {
  const { strings, name, actions } = surface;
  surface.overlay.prompt({
    label: strings.findLabel,
    hint: strings.findHint,
    steps: [strings.findPrevious, strings.findNext],
    async submit(text, { backwards, isWanted }) {
      const { plane } = surface.view;
      const sought = parseSought(text);
      if (!sought.ok) return faultWords(sought.fault, text, strings);
      if (!plane) return strings.findNothing;
      const { active } = surface.selection;
      const from = flatIndex(plane.shape, indexOf(plane, active.row, active.column));
      const found = await actions.host.find(name, sought.value, from, backwards);
      if (!found || !isWanted()) return strings.findNothing;
      const index = unflatten(plane.shape, found.index);
      surface.goTo(index);
      return format(strings.findFound, [found.ordinal, found.count, shownAs(index)]);
    },
  });
}

/** Asks for an index, and goes there. */
export function askToGo(surface: Surface): void {
  const { strings } = surface;
  const { plane } = surface.view;
  if (!plane) return;
  const { shape, rank } = plane;
  surface.overlay.prompt({
    label: strings.goToLabel,
    hint: format(strings.goToHint, [shape.map((size) => `0…${size - 1}`).join(', ')]),
    submit(text) {
      const { active } = surface.selection;
      const found = parseGoTo(text, shape, indexOf(plane, active.row, active.column), rank);
      if (found.ok) {
        surface.goTo(found.index);
        return undefined;
      }
      if (found.fault === 'range')
        return format(strings.goToRange, [found.at, found.axis, shape[found.axis], shape[found.axis] - 1]);
      return format(found.fault === 'many' ? strings.goToMany : strings.goToText, [shape.length]);
    },
  });
}
