import type { Strings } from '../src/protocol/strings';
import { createBar } from './bar/bar';
import { make } from './dom';
import { createMatrixPart } from './matrix/matrixPart';
import type { Actions, Model, Part } from './model';
import { createFacts } from './parts/facts';
import { createFormula } from './parts/formula';
import { listenForRegions } from './regions';
import { createCellPane } from './side/cellPane';
import { createLearnPane } from './side/learnPane';
import { createSide, type Mode } from './side/side';
import { createSplitter } from './side/splitter';
import { createStrip } from './strip/strip';
import { createViews } from './views';

/** Widths and heights of the page, in CSS pixels, at which it is laid out otherwise. */
const WIDE = 1100;
const NARROW = 560;
/** What the side and the drawer take, unless the user has moved the line between. */
const SIZES: Readonly<Record<Mode, { readonly normal: number; readonly least: number }>> = {
  side: { normal: 320, least: 280 },
  drawer: { normal: 160, least: 112 },
  tabs: { normal: 124, least: 112 },
};

const modeOf = (width: number): Mode => (width >= WIDE ? 'side' : width >= NARROW ? 'drawer' : 'tabs');

/**
 * The page: two strips, the stage with the side, and a bar. Only the stage and the side grow and shrink, and nothing
 * ever pushes a grid.
 */
export function createPage(actions: Actions, strings: Strings, notices: HTMLElement): Part {
  const strip = createStrip(actions, strings);
  const formula = createFormula(strings);
  const facts = createFacts(strings, 'brief');
  const views = createViews(actions, strings);
  const cell = createCellPane(actions, strings);
  const matrix = createMatrixPart(actions, strings);
  const side = createSide(
    [
      { name: 'cell', title: strings.cell, body: cell, summary: cell.summary },
      { name: 'matrix', title: strings.matrix, body: matrix, summary: matrix.summary, tools: matrix.tools },
      { name: 'facts', title: strings.factsTitle, body: createFacts(strings, 'whole') },
      { name: 'learn', title: strings.learn, body: createLearnPane(strings) },
    ],
    actions,
    strings,
  );
  const bar = createBar(views, actions, strings, notices);
  const stage = make('div', { class: 'stage', id: 'stage', role: 'tabpanel', 'aria-label': strings.equation });
  let mode: Mode = 'side';
  let model: Model | undefined;
  const horizontal = (): boolean => mode !== 'side';
  const place = (): 'side' | 'drawer' => (mode === 'side' ? 'side' : 'drawer');
  const splitter = createSplitter(
    strings.splitter,
    horizontal,
    () => (horizontal() ? side.element.offsetHeight : side.element.offsetWidth),
    (wanted) => {
      if (!model) return;
      const most = horizontal() ? body.offsetHeight * 0.6 : body.offsetWidth / 2;
      const { least } = SIZES[mode];
      const size = wanted === undefined ? undefined : Math.round(Math.min(Math.max(wanted, least), most));
      actions.look({ side: { ...model.view.side, [place()]: size } });
    },
  );
  const body = make('div', { class: 'body' }, stage, splitter.element, side.element);
  const element = make(
    'main',
    {},
    make('h1', { class: 'for-screen-readers' }, strings.title),
    strip.element,
    make('section', { class: 'size', 'aria-label': strings.sizeFormula }, formula.element, facts.element),
    body,
    bar.element,
    strip.overlay,
  );

  const fit = ({ view }: Model): void => {
    element.dataset.mode = mode;
    const size = view.side[place()] ?? SIZES[mode].normal;
    body.style.setProperty('--side-size', `${size}px`);
    splitter.show(size);
    side.setMode(mode);
    strip.setNarrow(mode === 'tabs');
  };

  new ResizeObserver(([entry]) => {
    const next = modeOf(entry.contentRect.width);
    if (next === mode) return;
    mode = next;
    if (model) update(model);
  }).observe(element);

  listenForRegions(element, ['.strip', '.stage', '.side', '.bar'], {
    escape: strip.escape,
    help: bar.help,
  });

  function update(now: Model): void {
    model = now;
    fit(now);
    const view = views.find(({ id }) => id === now.view.stage) ?? views[0];
    if (stage.firstElementChild !== view.stage.element) stage.replaceChildren(view.stage.element);
    for (const part of [strip, formula, facts, view.stage, side, bar]) part.update(now);
  }

  return { element, update };
}
