import type { Strings } from '../src/protocol/strings';
import { createBar } from './bar/bar';
import { make } from './dom';
import { createLearnPane } from './learn/learnPane';
import { createMatrixPart } from './matrix/matrixPart';
import type { Actions, Model, Part } from './model';
import { createFacts } from './parts/facts';
import { createFormula } from './parts/formula';
import { createPresentation } from './presentation/presentation';
import { listenForRegions } from './regions';
import { createAgainstPane } from './side/againstPane';
import { type CellPane, createCellPane } from './side/cellPane';
import type { PaneContent } from './side/pane';
import { createSide, type Mode } from './side/side';
import { createSplitter } from './side/splitter';
import { type Look, lookChoices } from './state/lookChoices';
import { createStrip } from './strip/strip';
import { createViews } from './views';
import type { StageView } from './views/contract';

/** Widths and heights of the page, in CSS pixels, at which it is laid out otherwise. */
const WIDE = 1100;
const NARROW = 560;
/** What the side and the drawer take, unless the user has moved the line between. */
const SIZES: Readonly<Record<Mode, { readonly normal: number; readonly least: number }>> = {
  side: { normal: 320, least: 280 },
  drawer: { normal: 160, least: 112 },
  tabs: { normal: 124, least: 112 },
};

/** A part that need not be there in the frame in which the picture is. */
const afterwards = (part: Part, { later }: Pick<Actions, 'later'>): Part => ({
  element: part.element,
  update: (model) => later(part, () => part.update(model)),
});

const modeOf = (width: number): Mode => (width >= WIDE ? 'side' : width >= NARROW ? 'drawer' : 'tabs');

export interface Page extends Part {
  /** How it can be looked at now, for the menu in the editor's title. */
  looks(): readonly Look[];
  /** Begins a presentation. */
  present(): void;
}

/**
 * The page: two strips, the stage with the side, and a bar. Only the stage and the side grow and shrink, and nothing
 * ever pushes a grid.
 */
export function createPage(actions: Actions, strings: Strings, notices: HTMLElement): Page {
  const strip = createStrip(actions, strings);
  const formula = createFormula(strings);
  const facts = createFacts(strings, 'brief');
  const { views, load } = createViews(actions, strings, () => {
    if (model && stage.firstElementChild !== viewOf(model).stage.element) update(model);
  });
  /** There when the side is. */
  let cell: CellPane | undefined;
  const panes = (): readonly PaneContent[] => {
    cell = createCellPane(actions, strings);
    if (model) cell.showRows(viewOf(model).rows?.element);
    const matrix = createMatrixPart(actions, strings);
    const against = createAgainstPane(actions, strings);
    return [
      { name: 'cell', title: strings.cell, body: afterwards(cell, actions), summary: cell.summary },
      {
        name: 'against',
        title: strings.againstTitle,
        body: afterwards(against, actions),
        summary: against.summary,
        isThere: ({ edited }) => edited.head.against !== undefined,
      },
      {
        name: 'matrix',
        title: strings.matrix,
        body: afterwards(matrix, actions),
        summary: matrix.summary,
        tools: matrix.tools,
      },
      { name: 'facts', title: strings.factsTitle, body: afterwards(createFacts(strings, 'whole'), actions) },
      { name: 'learn', title: strings.learn, body: afterwards(createLearnPane(actions, strings), actions) },
    ];
  };
  const side = createSide(panes, actions, strings);
  const bar = createBar(views, actions, strings, notices);
  const stage = make('div', { class: 'stage', id: 'stage', role: 'tabpanel', 'aria-label': strings.equation });
  let mode: Mode = 'side';
  let model: Model | undefined;
  let isPictured = false;
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
  const presentation = createPresentation(element, views, actions, strings);
  element.append(presentation.element);

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

  /** Gives the view that is on show its room. */
  const lay = (now: Model): StageView => {
    // The first time before the page has been laid out: what there is room for is asked for at once.
    if (!model && element.clientWidth > 0) mode = modeOf(element.clientWidth);
    model = now;
    fit(now);
    const view = viewOf(now);
    if (stage.firstElementChild !== view.stage.element) stage.replaceChildren(view.stage.element);
    return view;
  };

  function update(now: Model): void {
    const view = lay(now);
    cell?.showRows(view.rows?.element);
    // The formula first: what lies over the page keeps clear of what is wrong in it.
    for (const part of [formula, strip, facts, view.stage, side, bar]) part.update(now);
    view.rows?.update(now);
    presentation.update(now);
    // The views that are not on show are wanted soon, but not before the picture.
    if (now.received && !isPictured) {
      isPictured = true;
      actions.later(load, () => void requestIdleCallback(load));
    }
  }

  const viewOf = ({ view }: Model): StageView => views.find(({ id }) => id === view.stage) ?? views[0];

  return {
    element,
    update,
    watched(next) {
      const { stage: part } = model ? viewOf(next) : lay(next);
      return part.watched?.(next);
    },
    present: () => presentation.begin(),
    looks: () => (model ? lookChoices(views, model.view, mode === 'side', strings) : []),
  };
}
