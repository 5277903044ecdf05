import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';
import type { Actions, Model, Part } from '../model';
import type { PaneName } from '../view';
import { createPane, type Pane, type PaneContent } from './pane';

/** How much room the page has: a side, a drawer under the stage, or tabs at the foot. */
export type Mode = 'side' | 'drawer' | 'tabs';

export interface Side extends Part {
  /** Told before the model that it is to follow. */
  setMode(mode: Mode): void;
}

/**
 * The panes that go with every view. Beside the stage they are stacked, so that the sum and the matrix are seen
 * together; in a drawer the sum stands beside one of the others; at the foot of a narrow page one of all is seen.
 */
export function createSide(contents: () => readonly PaneContent[], actions: Actions, strings: Strings): Side {
  let mode: Mode = 'side';
  let model: Model | undefined;
  const press = (name: PaneName): void => {
    if (!model) return;
    const { folded, tab } = model.view;
    if (mode === 'side')
      actions.look({ folded: folded.includes(name) ? folded.filter((each) => each !== name) : [...folded, name] });
    else if (tab !== name) actions.look({ tab: name });
  };
  const element = make('aside', { class: 'side', 'aria-label': strings.side });
  /** Made behind the first picture: there is room for them, and nothing that they say is known sooner. */
  let panes: readonly Pane[] = [];
  const isOpen = (name: PaneName, { view }: Model): boolean => {
    switch (mode) {
      case 'side':
        return !view.folded.includes(name);
      case 'drawer':
        return name === 'cell' || name === (view.tab === 'cell' ? 'matrix' : view.tab);
      case 'tabs':
        return name === view.tab;
      default:
        return mode satisfies never;
    }
  };
  const show = (now: Model): void => {
    for (const pane of panes) {
      pane.show(isOpen(pane.name, now));
      pane.update(now);
    }
  };
  const begin = (): void => {
    panes = contents().map((content) => createPane(content, () => press(content.name)));
    element.append(...panes.map(({ section }) => section));
    if (model) show(model);
  };
  return {
    element,
    setMode(next) {
      mode = next;
    },
    update(now) {
      model = now;
      if (panes.length > 0) show(now);
      else actions.later(element, begin);
    },
  };
}
