import type { LookChoice } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';
import type { Actions } from '../model';
import { PANES, type PaneName, type View } from '../view';

/** One way to look at the document, and what makes it so. */
export interface Look extends LookChoice {
  choose(actions: Pick<Actions, 'look' | 'zoom'>): void;
}

const ZOOM = 1.5;

/**
 * Everything of the view that the page has a switch for, in the order of a menu: which view is on the stage, the zoom,
 * the panes of the side, the colours. `side`: whether panes are stacked, so that each is folded by itself.
 */
export function lookChoices(
  views: readonly { readonly id: string; readonly title: string }[],
  view: View,
  side: boolean,
  strings: Strings,
): readonly Look[] {
  const look = (id: string, group: string, label: string, on: boolean | undefined, change: Partial<View>): Look => ({
    id,
    group,
    label,
    ...(on === undefined ? {} : { on }),
    choose: (actions) => actions.look(change),
  });
  const zoom = (id: string, label: string, by: number | 'fit'): Look => ({
    id: `zoom:${id}`,
    group: strings.zoom,
    label,
    choose: (actions) => actions.zoom(by),
  });
  const titles: Readonly<Record<PaneName, string>> = {
    cell: strings.cell,
    against: strings.againstTitle,
    matrix: strings.matrix,
    facts: strings.factsTitle,
    learn: strings.learn,
  };
  const pane = (name: PaneName): Look => {
    const open = side ? !view.folded.includes(name) : view.tab === name;
    const folded = open ? [...view.folded, name] : view.folded.filter((each) => each !== name);
    return look(`pane:${name}`, strings.side, titles[name], open, side ? { folded } : { tab: name });
  };
  return [
    ...views.map(({ id, title }) =>
      look(`stage:${id}`, strings.views, title, view.stage === id, { stage: id, sub: '', step: 0 }),
    ),
    zoom('in', strings.zoomIn, ZOOM),
    zoom('out', strings.zoomOut, 1 / ZOOM),
    zoom('fit', strings.fitTitle, 'fit'),
    ...PANES.map(pane),
    look('colours:diverging', strings.look, strings.diverging, view.diverging, { diverging: !view.diverging }),
    look('colours:plane', strings.look, strings.rangePlane, view.range === 'plane', {
      range: view.range === 'plane' ? 'tensor' : 'plane',
    }),
    look('matrix:symbols', strings.matrix, strings.matrixSymbols, view.symbols, { symbols: !view.symbols }),
  ];
}
