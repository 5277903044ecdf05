import type { Strings } from '../../src/protocol/strings';
import { setText } from '../dom';
import { agreedPlan } from '../state/agreement';
import { createCells } from './cells';
import { entryColours } from './entryColours';
import { marginsOf } from './margins';
import { createOverview } from './overview';
import { createPainter } from './paint';
import {
  type CountsOf,
  litBy,
  type Place,
  pinpoint,
  rememberEntries,
  type Scene,
  sceneOf,
  type ShownMatrix,
} from './scene';
import type { Values } from './values';
import type { Extent, Viewport } from './viewport';
import { createWording, fill } from './wording';

/** Where in the matrix the view and the cursor are. */
export interface Position {
  readonly extent: Extent;
  readonly viewport: Viewport;
  readonly active: Place | undefined;
}

export interface MatrixDrawing {
  /** What is drawn into: from the picture at the bottom to the text on top. */
  readonly elements: readonly HTMLElement[];
  draw(grid: HTMLElement, legend: HTMLElement, shown: ShownMatrix, position: Position): void;
}

/**
 * Draws what is in view of a matrix that is never built: entries as text where there is room, else in the colours of
 * their values, else as how many there are.
 */
export function createMatrixDrawing(
  countsOf: CountsOf,
  values: Values,
  strings: Strings,
  changed: () => void,
): MatrixDrawing {
  const painter = createPainter(changed);
  const cells = createCells();
  const overview = createOverview();
  const entriesOf = rememberEntries();

  return {
    elements: [painter.canvas, cells.element, overview.element],
    draw(grid, legend, shown, position) {
      const { plan, batch, model } = shown;
      const lit = litBy(plan, model.link);
      const scene: Scene = sceneOf({ plan, batch, counts: countsOf(plan), lit, ...position }, entriesOf);
      const colours = entryColours(model, values);
      const litCounts = lit?.weight === undefined ? undefined : countsOf(plan, lit.weight);
      const { window } = scene;
      const inView = { row: window.bottom - window.top, column: window.right - window.left };
      const margins = marginsOf(shown, values, inView);
      const darkest = painter.paint(scene, grid.clientWidth, grid.clientHeight, litCounts, colours, margins);
      overview.show(scene.near ? undefined : scene);
      cells.element.classList.toggle('for-screen-readers', !scene.near);
      cells.element.classList.toggle('symbols', model.view.symbols);
      const wording = createWording(plan, batch, model.view.symbols, values, strings);
      const active = cells.show(scene.near ? scene : pinpoint(scene), wording, colours);
      if (active) grid.setAttribute('aria-activedescendant', active);
      else grid.removeAttribute('aria-activedescendant');
      setText(legend, darkest.cells > 1 ? fill(strings.matrixDarkest, darkest.entries, darkest.cells) : '');
      if (agreedPlan(model)) values.request();
    },
  };
}
