import { entryAt, productsOf } from '../../src/core/matrix/entries';
import { columnName, rowName } from '../../src/core/matrix/layout';
import type { Plan } from '../../src/core/plan';
import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';
import type { Actions, Model, Part } from '../model';
import { createCells } from './cells';
import { listenToGestures } from './gestures';
import { HEAD } from './head';
import { keyAction } from './keys';
import { createPainter } from './paint';
import { batchOf, extentOf, litBy, type Place, rememberCounts, type Scene, sceneOf } from './scene';
import { createValues } from './values';
import { cellAt, fit, held, panned, showing, type Viewport, zoomAt } from './viewport';
import { createWording } from './wording';

const ZOOM_STEP = 1.5;

/** The matrix that the operation is, `output = M·input`: C of a convolution, Cᵀ of a transposed one. Never built: only what is in view is worked out. */
export function createMatrixPart(actions: Actions, strings: Strings): Part {
  const painter = createPainter();
  const cells = createCells();
  const readout = make('p', { class: 'matrix-readout', 'aria-live': 'polite' });
  const grid = make('div', { class: 'matrix-grid', role: 'grid', tabindex: '0', 'aria-label': strings.matrix, 'aria-description': strings.matrixHelp }, painter.canvas, cells.element);
  const title = make('h2', { class: 'matrix-title' }, strings.matrix);
  const none = make('p', { class: 'matrix-none' }, strings.matrixNone);
  const element = make('section', { class: 'matrix', 'aria-label': strings.matrix }, title, grid, readout, none);

  const countsOf = rememberCounts();
  let model: Model | undefined;
  let plan: Plan | undefined;
  let viewport: Viewport | undefined;
  let active: Place | undefined;
  let frame = 0;
  const values = createValues(actions.host, () => {
    redraw();
  });

  const size = (): { readonly width: number; readonly height: number } => ({
    width: Math.max(1, grid.clientWidth - HEAD.left),
    height: Math.max(1, grid.clientHeight - HEAD.top),
  });
  const extent = (of: Plan): ReturnType<typeof extentOf> => extentOf(of, size().width, size().height);

  const redraw = (): void => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };

  const draw = (): void => {
    if (!model || !plan || grid.clientWidth === 0) return;
    const room = extent(plan);
    viewport = held(viewport ?? fit(room), room);
    const batch = batchOf(plan, model);
    const lit = litBy(plan, model.link);
    const scene: Scene = sceneOf({ plan, batch, counts: countsOf(plan), viewport, extent: room, lit, active, symbols: model.view.symbols });
    painter.paint(scene, grid.clientWidth, grid.clientHeight, lit?.weight === undefined ? undefined : countsOf(plan, lit.weight));
    const wording = createWording(plan, batch, model.view.symbols, values, strings);
    const activeId = cells.show(scene, wording);
    if (activeId) grid.setAttribute('aria-activedescendant', activeId);
    else grid.removeAttribute('aria-activedescendant');
    values.request();
  };

  /** Points everything at what stands at a place, and says it. */
  const pointAt = (at: Place | undefined): void => {
    if (!plan || !model) return;
    const entry = at && entryAt(plan, at.row, at.column);
    const batch = batchOf(plan, model);
    actions.pointEntry(entry ? productsOf(plan, entry, batch) : []);
    const wording = createWording(plan, batch, true, values, strings);
    const empty = at && strings.matrixEmpty.replace('{0}', rowName(plan, at.row, batch)).replace('{1}', columnName(plan, at.column, batch));
    setText(readout, entry ? wording.sentence(entry) : (empty ?? ''));
    redraw();
  };

  const pinAt = (at: Place): void => {
    const entry = plan && entryAt(plan, at.row, at.column);
    if (plan && model && entry) actions.pinEntry(productsOf(plan, entry, batchOf(plan, model)));
  };

  /** The cell under the pointer; zoomed out, the first entry that its pixel stands for. */
  const under = (at: { readonly x: number; readonly y: number }): Place | undefined => {
    if (!plan || !viewport) return undefined;
    const cell = cellAt(viewport, extent(plan), at.x, at.y);
    if (!cell) return undefined;
    const [across, down] = [Math.max(1, Math.ceil(1 / viewport.columnScale)), Math.max(1, Math.ceil(1 / viewport.rowScale))];
    const window = { top: cell.row, left: cell.column, bottom: cell.row + down, right: cell.column + across };
    return across === 1 && down === 1 ? cell : (countsOf(plan).firstIn(window) ?? cell);
  };

  const zoom = (factor: number, x = size().width / 2, y = size().height / 2): void => {
    if (plan && viewport) viewport = zoomAt(viewport, extent(plan), factor, x, y);
    redraw();
  };

  listenToGestures(grid, {
    zoom,
    pan(x, y) {
      if (!plan || !viewport) return false;
      const before = viewport;
      viewport = panned(viewport, extent(plan), x, y);
      redraw();
      return viewport.column !== before.column || viewport.row !== before.row;
    },
    hover(at) {
      pointAt(at && under(at));
    },
    press(at) {
      const place = under(at);
      if (!place) return;
      active = place;
      pinAt(place);
      redraw();
    },
  });

  grid.addEventListener('keydown', (event) => {
    if (!plan || !viewport) return;
    const from = active ?? { row: 0, column: 0 };
    const action = keyAction(event, { from, extent: extent(plan), counts: countsOf(plan), page: Math.max(1, Math.floor(size().height / viewport.rowScale)) });
    if (!action) return;
    event.preventDefault();
    switch (action.case) {
      case 'move':
        active = action.to;
        viewport = showing(viewport, extent(plan), active.row, active.column);
        pointAt(active);
        break;
      case 'pin':
        pinAt(from);
        break;
      case 'in':
        zoom(ZOOM_STEP);
        if (active) viewport = showing(viewport, extent(plan), active.row, active.column);
        break;
      case 'out':
        zoom(1 / ZOOM_STEP);
        break;
      case 'fit':
        viewport = fit(extent(plan));
        redraw();
        break;
      case 'leave':
        active = undefined;
        pointAt(undefined);
        break;
      default: {
        const never: never = action;
        return never;
      }
    }
  });

  new ResizeObserver(redraw).observe(grid);

  return {
    element,
    update(next) {
      const previous = model;
      model = next;
      const shown = next.shown;
      if (shown && shown.sight !== previous?.shown?.sight) values.renew(shown.sight);
      if (shown?.plan !== plan) {
        plan = shown?.plan;
        viewport = undefined;
        active = undefined;
        readout.textContent = '';
      }
      setHidden(none, plan !== undefined);
      setHidden(grid, plan === undefined);
      element.classList.toggle('stale', plan !== undefined && next.status.case === 'invalid');
      if (plan) {
        const name = plan.kind === 'conv' ? 'C' : 'Cᵀ';
        const { rows, columns } = extent(plan);
        const entries = countsOf(plan).count({ top: 0, left: 0, bottom: rows, right: columns });
        const text = strings.matrixSize.replace('{0}', String(rows)).replace('{1}', String(columns)).replace('{2}', String(entries));
        setText(title, `${strings.matrix} ${name} (${text})`);
        grid.setAttribute('aria-rowcount', String(rows + 1));
        grid.setAttribute('aria-colcount', String(columns + 1));
      }
      redraw();
    },
  };
}
