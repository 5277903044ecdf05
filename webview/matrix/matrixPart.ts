import { entryAt, productsOf } from '../../src/core/matrix/entries';
import { columnName, matrixColumns, matrixRows, rowName } from '../../src/core/matrix/layout';
import type { Plan } from '../../src/core/plan';
import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';
import type { Actions, Model, Part } from '../model';
import { agreedPlan } from '../state/agreement';
import { createCells } from './cells';
import { cellsOf, MOST_COPIED, windowText } from './copyWindow';
import { entryColours } from './entryColours';
import { HEAD } from './head';
import { createNavigation, type Ground, ZOOM_STEP } from './navigation';
import { createOverview } from './overview';
import { createPainter } from './paint';
import {
  batchOf,
  extentOf,
  litBy,
  type Place,
  pinpoint,
  rememberCounts,
  rememberEntries,
  type Scene,
  sceneOf,
} from './scene';
import { createToolbar } from './toolbar';
import { createValues } from './values';
import { NEAREST, visible } from './viewport';
import { createWording } from './wording';

const fill = (template: string, ...args: readonly (string | number)[]): string =>
  args.reduce<string>(
    (text, arg, at) => text.replace(`{${at}}`, typeof arg === 'number' ? arg.toLocaleString() : arg),
    template,
  );

/** `C`, or its transpose: what the input is multiplied by. */
const nameOf = ({ kind }: Plan): string => (kind === 'conv' ? 'C' : 'Cᵀ');

/**
 * The matrix that the operation is, `output = M·input`. It is never built: only what is in view is worked out, from the
 * plan.
 */
export function createMatrixPart(actions: Actions, strings: Strings): Part {
  const painter = createPainter();
  const cells = createCells();
  const overview = createOverview();
  const corner = make('div', { class: 'matrix-corner', 'aria-hidden': 'true' });
  const attributes = {
    class: 'matrix-grid',
    role: 'grid',
    tabindex: '0',
    'aria-readonly': 'true',
    'aria-label': strings.matrix,
    'aria-description': strings.matrixHelp,
  };
  const grid = make('div', attributes, painter.canvas, cells.element, overview.element, corner);
  const readout = make('p', { class: 'matrix-readout' });
  const legend = make('p', { class: 'matrix-legend' });
  const title = make('h2', {}, strings.matrix);
  const none = make('p', {}, strings.matrixNone);

  const countsOf = rememberCounts();
  const entriesOf = rememberEntries();
  let model: Model | undefined;
  let plan: Plan | undefined;
  let frame = 0;

  const redraw = (): void => {
    frame ||= requestAnimationFrame(draw);
  };
  const values = createValues(actions.host, redraw);

  const ground = (): Ground | undefined =>
    plan && {
      extent: extentOf(plan, Math.max(1, grid.clientWidth - HEAD.left), Math.max(1, grid.clientHeight - HEAD.top)),
      counts: countsOf(plan),
    };

  /** Points everything at what stands at a place, and says it. */
  const point = (place: Place | undefined): void => {
    if (!plan || !model) return;
    const batch = batchOf(plan, model);
    const entry = place && entryAt(plan, place.row, place.column);
    actions.pointEntry(entry ? productsOf(plan, entry, batch) : []);
    const empty = place
      ? fill(strings.matrixEmpty, rowName(plan, place.row, batch), columnName(plan, place.column, batch))
      : '';
    setText(readout, entry ? createWording(plan, batch, true, values, strings).sentence(entry) : empty);
    redraw();
  };

  const navigation = createNavigation(grid, {
    ground,
    changed: redraw,
    point,
    pin(place) {
      const entry = plan && entryAt(plan, place.row, place.column);
      if (plan && model && entry) actions.pinEntry(productsOf(plan, entry, batchOf(plan, model)));
    },
  });

  const toolbar = createToolbar(
    {
      zoom(direction) {
        if (direction === 'fit') navigation.fit();
        else navigation.zoom(direction === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP);
      },
      symbols(on) {
        actions.look({ symbols: on });
      },
      copy(format) {
        const here = ground();
        if (!plan || !model || !here) return;
        const window = visible(navigation.viewport(here), here.extent);
        if (cellsOf(window) > MOST_COPIED) {
          actions.announce(
            fill(strings.matrixCopyLarge, window.bottom - window.top, window.right - window.left, MOST_COPIED),
          );
          return;
        }
        const shown = { symbols: model.view.symbols, dtype: model.edited.head.dtype, batch: batchOf(plan, model) };
        windowText(plan, window, format, shown, values)
          .then((text) => actions.host.copy(text, strings.matrixCopied))
          .catch((error: unknown) => {
            actions.announce(error instanceof Error ? error.message : String(error));
          });
      },
      save(kind) {
        actions.host.save(kind, 'weight').catch((error: unknown) => {
          actions.announce(error instanceof Error ? error.message : String(error));
        });
      },
    },
    strings,
  );

  function draw(): void {
    frame = 0;
    const here = ground();
    if (!model || !plan || !here || grid.clientWidth === 0) return;
    const batch = batchOf(plan, model);
    const lit = litBy(plan, model.link);
    const scene: Scene = sceneOf(
      {
        plan,
        batch,
        counts: here.counts,
        viewport: navigation.viewport(here),
        extent: here.extent,
        lit,
        active: navigation.active,
      },
      entriesOf,
    );
    const colourOf = entryColours(model, values);
    const darkest = painter.paint(
      scene,
      grid.clientWidth,
      grid.clientHeight,
      lit?.weight === undefined ? undefined : countsOf(plan, lit.weight),
      colourOf,
    );
    overview.show(scene.near ? undefined : scene);
    cells.element.classList.toggle('for-screen-readers', !scene.near);
    const active = cells.show(
      scene.near ? scene : pinpoint(scene),
      createWording(plan, batch, model.view.symbols, values, strings),
      colourOf,
    );
    if (active) grid.setAttribute('aria-activedescendant', active);
    else grid.removeAttribute('aria-activedescendant');
    setText(legend, darkest.cells > 1 ? fill(strings.matrixDarkest, darkest.entries, darkest.cells) : '');
    if (agreedPlan(model)) values.request();
  }

  const showPlan = (shown: Plan): void => {
    const { rows, columns } = extentOf(shown, 1, 1);
    const entries = countsOf(shown).count({ top: 0, left: 0, bottom: rows, right: columns });
    const item =
      shown.batch > 1 && model ? ` (${fill(strings.matrixItem, batchOf(shown, model) + 1, shown.batch)})` : '';
    setText(title, `${strings.matrix} ${nameOf(shown)}: ${fill(strings.matrixSize, rows, columns, entries)}${item}`);
    setText(corner, `out = ${nameOf(shown)} · in${model?.computed?.head.biasShape ? ' + b' : ''}`);
    grid.setAttribute('aria-rowcount', String(rows + 1));
    grid.setAttribute('aria-colcount', String(columns + 1));
    // As high as it must be; the style sheet says how high it may be.
    grid.style.height = `${HEAD.top + rows * NEAREST.row + 2}px`;
  };

  new ResizeObserver(redraw).observe(grid);
  const below = make('div', { class: 'matrix-bar' }, readout, legend);
  const element = make(
    'details',
    { class: 'matrix', open: '' },
    make('summary', {}, title),
    toolbar.element,
    grid,
    below,
    none,
  );
  element.addEventListener('toggle', () => {
    if (model && element.open !== model.view.matrixOpen) actions.look({ matrixOpen: element.open });
  });

  return {
    element,
    update(next) {
      const previous = model;
      model = next;
      const { computed, received } = next;
      // While a resized tensor is illegal, the last good matrix keeps the values that it was shown with.
      if (received && received !== previous?.received && agreedPlan(next)) values.renew(received.sight);
      if (computed?.plan !== plan) {
        // Another size is another matrix; otherwise the place that is looked at stays.
        const sameSize =
          plan &&
          computed &&
          matrixRows(plan) === matrixRows(computed.plan) &&
          matrixColumns(plan) === matrixColumns(computed.plan);
        if (!sameSize) navigation.reset();
        plan = computed?.plan;
        setText(readout, '');
      }
      setHidden(none, plan !== undefined);
      setHidden(grid, plan === undefined);
      setHidden(toolbar.element, plan === undefined);
      toolbar.show(next.view.symbols);
      if (previous?.view.matrixOpen !== next.view.matrixOpen) element.open = next.view.matrixOpen;
      element.classList.toggle('stale', plan !== undefined && next.status.case === 'invalid');
      if (plan) showPlan(plan);
      redraw();
    },
  };
}
