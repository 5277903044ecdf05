import type { Strings } from '../../../src/protocol/strings';
import { format } from '../../../src/core/problem';
import { type Cut, CUT_AXES, type PlaneRequest } from '../../../src/core/tensor/plane';
import { tool } from '../../controls';
import { make, setHidden, setText } from '../../dom';
import type { GridPlace } from '../../grid/gridLayout';
import { CUT_SLICES, planeOf, shownShapes } from '../../grid/planeOf';
import { type Edges, NO_EDGES } from '../../grid/rulers';
import { createTensorGrid, type TensorGrid } from '../../grid/tensorGrid';
import type { GridName } from '../../gridName';
import type { Actions, Model } from '../../model';
import type { Placed } from '../../stage/measures';
import { createCube } from './cube';

const AXES = ['z', 'y', 'x'] as const;

/** One cut: its grid, and over it which cut it is, with arrows that move it. */
interface CutView {
  readonly cut: Cut;
  readonly element: HTMLElement;
  readonly caption: HTMLElement;
  readonly grid: TensorGrid;
  update(model: Model): void;
}

/** What one of three cuts has of the place of all. */
function placeOf(placed: Placed, cut: Cut): GridPlace {
  const { depth, first } = placed;
  if (first !== undefined) return { ...placed, width: cut === 2 ? depth.width : first };
  const shown = { ...placed, width: placed.width - depth.width, height: placed.height - depth.height };
  if (cut === 0) return shown;
  return { ...shown, ...(cut === 2 ? { width: depth.width } : { height: depth.height }) };
}

/** What is shown of a tensor: its one plane; three cuts of it, or one that says which it is. */
export type Shown = 'plane' | 'cuts' | 'first cut';

/**
 * A tensor in its box: one grid, or of a 3-D tensor three cuts at right angles, of which the second shares its rows
 * with the first and the third its columns. No values are made up between the planes.
 */
export interface Cuts {
  readonly element: HTMLElement;
  readonly legend: HTMLElement | undefined;
  place(placed: Placed, edges: Edges, legend: 'below' | 'beside', shown: Shown): void;
  /** What it will ask the host for when this model is on show, so placed. */
  watched(model: Model, placed: Placed, shown: Shown): readonly PlaneRequest[];
  update(model: Model): void;
}

export function createCuts(name: GridName, title: string, actions: Actions, strings: Strings): Cuts {
  let model: Model | undefined;
  const cube = createCube(name);

  const createCut = (cut: Cut): CutView => {
    const grid = createTensorGrid(name, actions, strings, cut);
    const index = make('b', {});
    const axes = make('span', { class: 'cut-axes', 'aria-hidden': 'true' });
    const move = (by: number): void => {
      const plane = model && planeOf(name, shownShapes(model), model.view.slices, cut);
      if (!model || plane?.rank !== 3) return;
      const size = plane.shape[plane.shape.length - 3 + cut];
      const at = (plane.leading[plane.leading.length - 1] + by + size) % size;
      const key = CUT_SLICES[cut];
      actions.look({ slices: { ...model.view.slices, [key]: { ...model.view.slices[key], [name]: at } } });
    };
    const say = (template: string): string => format(template, [title, AXES[cut]]);
    const back = tool('chevron-left', say(strings.cutBack), () => move(-1));
    const forth = tool('chevron-right', say(strings.cutForth), () => move(1));
    for (const { element } of [back, forth]) element.tabIndex = -1;
    const caption = make('div', { class: 'cut-caption' }, `${AXES[cut]} `, back.element, index, forth.element, axes);
    const [down, across] = CUT_AXES[cut];
    setText(axes, `${AXES[down]}↓ ${AXES[across]}→`);
    return {
      cut,
      element: make('div', { class: `cut cut-${AXES[cut]}` }, caption, grid.element),
      caption,
      grid,
      update(now) {
        const plane = planeOf(name, shownShapes(now), now.view.slices, cut);
        setText(index, String(plane?.leading[plane.leading.length - 1] ?? 0));
        grid.update(now);
      },
    };
  };
  const first = createCut(0);
  /** Made when there is a 3-D tensor for the first time: most documents have none. */
  let others: readonly CutView[] = [];
  const element = make('div', { class: 'cuts' }, first.element);
  let solid = false;

  return {
    element,
    legend: first.grid.legend,
    place(placed, edges, legend, shown) {
      solid = shown === 'cuts';
      const isLine = placed.first !== undefined;
      element.classList.toggle('solid', solid);
      element.classList.toggle('line', solid && isLine);
      setHidden(first.caption, shown === 'plane');
      if (solid && others.length === 0) {
        others = [createCut(2), createCut(1)];
        element.append(...others.map((each) => each.element), cube.element);
      }
      for (const each of others) setHidden(each.element, !solid);
      setHidden(cube.element, !solid || isLine);
      if (!solid) {
        first.grid.place(placed, edges, legend);
        return;
      }
      first.grid.place(placeOf(placed, 0), { ...edges, bottom: false, right: false }, legend);
      for (const { cut, grid } of others) grid.place(placeOf(placed, cut), NO_EDGES, legend);
    },
    watched: (next, placed, shown) =>
      shown === 'cuts'
        ? [first, ...others].flatMap(({ cut, grid }) => grid.watchedAt(next, placeOf(placed, cut)))
        : first.grid.watchedAt(next, placed),
    update(now) {
      model = now;
      first.update(now);
      if (!solid) return;
      for (const each of others) each.update(now);
      const planes = ([0, 1, 2] as const).map((cut) => planeOf(name, shownShapes(now), now.view.slices, cut));
      const [plane] = planes;
      if (plane)
        cube.show(
          plane.shape.slice(-3),
          planes.map((each) => each?.leading[each.leading.length - 1] ?? 0),
        );
    },
  };
}
