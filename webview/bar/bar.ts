import type { Strings } from '../../src/protocol/strings';
import { tool } from '../controls';
import { make } from '../dom';
import type { Actions, Part } from '../model';
import { createHelp } from '../parts/help';
import { createPopover } from '../parts/popover';
import { createStatus } from '../parts/status';
import { rove } from '../roving';
import type { StageView } from '../views/contract';
import { createColours } from './colours';

export interface Bar extends Part {
  /** Opens the list of keys. */
  help(): void;
}

const ZOOM = 1.5;

/** The last line of the page: the switch of views, what goes on, the keys, colours and zoom. */
export function createBar(views: readonly StageView[], actions: Actions, strings: Strings, notices: HTMLElement): Bar {
  const tabs = views.map(({ id, title }) => {
    const tab = make('button', { type: 'button', class: 'view-tab', role: 'tab', 'aria-controls': 'stage' }, title);
    tab.addEventListener('click', () => actions.look({ stage: id, sub: '', step: 0 }));
    return { id, tab };
  });
  const list = make('div', { class: 'views', role: 'tablist', 'aria-label': strings.views });
  list.append(...tabs.map(({ tab }) => tab));
  const sayMore = (): void => {
    list.classList.toggle('more', list.scrollLeft + list.clientWidth < list.scrollWidth - 1);
  };
  list.addEventListener('scroll', sayMore, { passive: true });
  new ResizeObserver(sayMore).observe(list);
  const status = createStatus(actions, strings);
  const help = createPopover(strings.keys, strings.keys, [createHelp(strings)], 'question');
  help.control.element.classList.add('keys');
  const colours = createColours(actions, strings);
  const out = tool('remove', strings.zoomOut, () => actions.zoom(1 / ZOOM));
  const into = tool('add', strings.zoomIn, () => actions.zoom(ZOOM));
  const fit = tool(undefined, strings.fitTitle, () => actions.zoom('fit'), strings.fit);
  const tools = make('div', { class: 'bar-tools', role: 'toolbar', 'aria-label': strings.look });
  tools.append(help.element, colours.element, out.element, fit.element, into.element);
  const views_ = rove(list, 'button');
  const tools_ = rove(tools, 'button.tool, vscode-button');
  return {
    element: make('footer', { class: 'bar' }, list, notices, status.element, tools),
    help: () => help.control.element.click(),
    update(model) {
      for (const { id, tab } of tabs) {
        const isShown = String(id === model.view.stage);
        if (tab.getAttribute('aria-selected') === isShown) continue;
        tab.setAttribute('aria-selected', isShown);
        // Where there is no room for all, the line of views scrolls.
        if (isShown === 'true') actions.later(list, () => tab.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
      }
      out.enable(model.view.zoom > 1);
      fit.enable(model.view.zoom !== 1);
      status.update(model);
      colours.update(model);
      views_.refresh();
      tools_.refresh();
    },
  };
}
