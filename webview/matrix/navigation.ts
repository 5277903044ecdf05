import type { MatrixCounts } from '../../src/core/matrix/density';
import type { MatrixWindow } from '../../src/core/matrix/entries';
import type { Extent, Viewport } from './viewport';
import { cellAt, fit, held, panned, showing, zoomAt } from './viewport';
import { listenToGestures } from './gestures';
import { keyAction } from './keys';
import type { Place } from './scene';

export const ZOOM_STEP = 1.5;

/** CSS pixels by which a pointer may miss a line one pixel wide. */
const NEAR_ENOUGH = 3;

/** The matrix and the room for it. */
export interface Ground {
  readonly extent: Extent;
  readonly counts: MatrixCounts;
}

export interface NavigationTarget {
  ground(): Ground | undefined;
  /** The view or the active cell has changed. */
  changed(): void;
  /** The pointer or the cursor is at a place, or at none. */
  point(place: Place | undefined): void;
  pin(place: Place): void;
}

/** Where the view and the cursor are in the matrix, and how pointer and keys move them. */
export interface Navigation {
  readonly active: Place | undefined;
  /** Kept within the matrix. */
  viewport(ground: Pick<Ground, 'extent'>): Viewport;
  zoom(factor: number): void;
  fit(): void;
  /** Another matrix: begin again. */
  reset(): void;
}

export function createNavigation(grid: HTMLElement, target: NavigationTarget): Navigation {
  let viewport: Viewport | undefined;
  let active: Place | undefined;
  // Until someone moves it, the view follows the room that there is.
  const current = ({ extent }: Pick<Ground, 'extent'>): Viewport => (viewport ? held(viewport, extent) : fit(extent));

  const move = (change: (view: Viewport, ground: Ground) => Viewport): boolean => {
    const ground = target.ground();
    if (!ground) return false;
    const before = current(ground);
    const after = change(before, ground);
    viewport = after;
    target.changed();
    return after.column !== before.column || after.row !== before.row;
  };

  /**
   * The cell under the pointer; zoomed out, the first entry that its pixel stands for, or else that is near enough to
   * be meant.
   */
  const under = ({ x, y }: { readonly x: number; readonly y: number }): Place | undefined => {
    const ground = target.ground();
    if (!ground) return undefined;
    const { columnScale, rowScale } = current(ground);
    const cell = cellAt(current(ground), ground.extent, x, y);
    if (!cell || (columnScale >= 1 && rowScale >= 1)) return cell;
    const around = (pixels: number): MatrixWindow => ({
      top: Math.max(0, cell.row - Math.floor(pixels / rowScale)),
      left: Math.max(0, cell.column - Math.floor(pixels / columnScale)),
      bottom: Math.min(ground.extent.rows, cell.row + Math.ceil((pixels + 1) / rowScale)),
      right: Math.min(ground.extent.columns, cell.column + Math.ceil((pixels + 1) / columnScale)),
    });
    return ground.counts.firstIn(around(0)) ?? ground.counts.firstIn(around(NEAR_ENOUGH)) ?? cell;
  };

  const zoom = (factor: number, x?: number, y?: number): void => {
    move((view, { extent }) => {
      const seen = active && showing(view, extent, active.row, active.column);
      // Zooming by keys keeps the cursor's cell where it is.
      if (x === undefined && active && seen === view) {
        const at = {
          x: (active.column + 0.5 - view.column) * view.columnScale,
          y: (active.row + 0.5 - view.row) * view.rowScale,
        };
        return zoomAt(view, extent, factor, at.x, at.y);
      }
      return zoomAt(view, extent, factor, x ?? extent.width / 2, y ?? extent.height / 2);
    });
  };
  const fitAll = (): void => {
    move((_, { extent }) => fit(extent));
  };

  listenToGestures(grid, {
    zoom,
    pan: (x, y) => move((view, { extent }) => panned(view, extent, x, y)),
    hover(at) {
      target.point(at && under(at));
    },
    press(at) {
      const place = under(at);
      if (!place) return;
      active = place;
      target.pin(place);
      target.changed();
    },
  });

  grid.addEventListener('keydown', (event) => {
    const ground = target.ground();
    if (!ground) return;
    const from = active ?? { row: 0, column: 0 };
    const action = keyAction(event, {
      from,
      ...ground,
      page: Math.max(1, Math.floor(ground.extent.height / current(ground).rowScale) - 1),
    });
    if (!action) return;
    event.preventDefault();
    switch (action.case) {
      case 'move':
        active = action.to;
        move((view, { extent }) => showing(view, extent, action.to.row, action.to.column));
        target.point(active);
        return;
      case 'pin':
        target.pin(from);
        return;
      case 'in':
        zoom(ZOOM_STEP);
        return;
      case 'out':
        zoom(1 / ZOOM_STEP);
        return;
      case 'fit':
        fitAll();
        return;
      case 'leave':
        active = undefined;
        target.point(undefined);
        target.changed();
        return;
      default: {
        const never: never = action;
        return never;
      }
    }
  });

  return {
    get active() {
      return active;
    },
    viewport: current,
    zoom,
    fit: fitAll,
    reset() {
      viewport = undefined;
      active = undefined;
    },
  };
}
