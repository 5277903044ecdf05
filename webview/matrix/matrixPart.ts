import type { MatrixWindow } from '../../src/core/matrix/entries';
import { matrixColumns, matrixRows } from '../../src/core/matrix/layout';
import type { Plan } from '../../src/core/plan';
import type { Strings } from '../../src/protocol/strings';
import { setText } from '../dom';
import { createStillItems } from '../film/stillItems';
import type { Actions, Model, Part } from '../model';
import { agreedPlan } from '../state/agreement';
import { matrixCommands } from './matrixCommands';
import { createMatrixDrawing } from './matrixDrawing';
import { createMatrixFocus } from './matrixFocus';
import { createMatrixFrame } from './matrixFrame';
import { createNavigation, ZOOM_STEP } from './navigation';
import { pictureInView } from './pictureInView';
import { rememberCounts, shownMatrix, type ShownMatrix } from './scene';
import { createToolbar, type ToolbarTarget } from './toolbar';
import { createValues } from './values';
import { visible } from './viewport';

export interface MatrixPart extends Part {
  /** Its size, for the pane's header. */
  readonly summary: HTMLElement;
  readonly tools: HTMLElement;
}

/**
 * The matrix that the operation is, `output = M·input`. It is never built: only what is in view is worked out, from the
 * plan.
 */
export function createMatrixPart(actions: Actions, strings: Strings): MatrixPart {
  let model: Model | undefined;
  let frame = 0;
  const shown = (): ShownMatrix | undefined => model && shownMatrix(model);
  const redraw = (): void => {
    frame ||= requestAnimationFrame(draw);
  };
  const countsOf = rememberCounts();
  const values = createValues(actions.host, redraw);
  const drawing = createMatrixDrawing(countsOf, values, strings, redraw);
  const focus = createMatrixFocus(actions, values, strings);
  const commands = matrixCommands(actions, values, strings, () => {
    const now = shown();
    return now && { shown: now, window: windowOf(now.plan) };
  });
  const zoom: ToolbarTarget['zoom'] = (direction) => {
    if (direction === 'fit') navigation.fit();
    else navigation.zoom(direction === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP);
  };
  const toolbar = createToolbar({ ...commands, zoom }, strings, (close) =>
    createStillItems(actions, strings, close, ({ palette }) => {
      const now = shown();
      return now && pictureInView(now, windowOf(now.plan), countsOf, values, strings, palette);
    }),
  );
  const { element, summary, grid, readout, legend, ...around } = createMatrixFrame(drawing.elements, countsOf, strings);
  const navigation = createNavigation(grid, {
    ground() {
      const now = shown();
      return now && { extent: around.extentOf(now.plan), counts: countsOf(now.plan) };
    },
    changed: redraw,
    point(place) {
      const now = shown();
      if (now) focus.point(now, place, readout);
      redraw();
    },
    pin(place) {
      const now = shown();
      if (now) focus.pin(now, place);
    },
  });

  function draw(): void {
    frame = 0;
    const now = shown();
    if (!now || grid.clientWidth === 0) return;
    const extent = around.extentOf(now.plan);
    const viewport = navigation.viewport({ extent });
    drawing.draw(grid, legend, now, { extent, viewport, active: navigation.active });
  }

  function windowOf(plan: Plan): MatrixWindow {
    const extent = around.extentOf(plan);
    return visible(navigation.viewport({ extent }), extent);
  }

  /** Another size is another matrix; otherwise the place that is looked at stays. */
  const follow = (before: Plan | undefined, after: Plan | undefined): void => {
    if (before === after) return;
    const isSameSize =
      before && after && matrixRows(before) === matrixRows(after) && matrixColumns(before) === matrixColumns(after);
    if (!isSameSize) navigation.reset();
    setText(readout, '');
  };

  new ResizeObserver(redraw).observe(grid);
  return {
    element,
    summary,
    tools: toolbar.element,
    update(next) {
      const previous = model;
      model = next;
      const { received, computed, view } = next;
      // While a resized tensor is illegal, the last good matrix keeps the values that it was shown with.
      if (received && received !== previous?.received && agreedPlan(next)) values.renew(received.sight);
      follow(previous?.computed?.plan, computed?.plan);
      toolbar.show(view.symbols);
      around.show(shown());
      redraw();
    },
  };
}
