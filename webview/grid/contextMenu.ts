import { make } from '../dom';
import { reportTo } from '../report';
import { keyText, menuEntries, type CommandName } from './commands';
import { biasOf, stripOf } from './run';
import { isSelected, at, regionOf } from './selection';
import type { Surface } from './surface';

/** Least distance from the edges of the page, in CSS pixels. */
const EDGE = 4;

const isMac = (): boolean => /Mac|iP(hone|ad)/.test(navigator.platform);

/** The menu of a grid: what can be done with the selected cells, each with its key beside it. */
export interface ContextMenu {
  /** Beside the cursor's cell. */
  open(): void;
}

export function createContextMenu(surface: Surface, run: (name: CommandName) => void): ContextMenu {
  const { view, strings, actions, name } = surface;
  const { scroller } = view;
  const editable = surface.target !== undefined;
  const element = make('div', {
    class: 'popover grid-menu',
    popover: 'auto',
    role: 'menu',
    'aria-label': strings.menuLabel,
  });
  view.frame.append(element);

  const items = (): HTMLElement[] => [...element.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const close = (): void => {
    element.hidePopover();
    scroller.focus({ preventScroll: true });
  };
  const item = (text: string, keys: string, choose: () => void): HTMLElement => {
    const made = make(
      'div',
      { class: 'item', role: 'menuitem', tabindex: '-1', ...(keys ? { 'aria-keyshortcuts': keys } : {}) },
      make('span', {}, text),
      ...(keys ? [make('kbd', { 'aria-hidden': 'true' }, keys)] : []),
    );
    made.addEventListener('click', () => {
      // First, so that the command finds the grid with the focus.
      close();
      choose();
    });
    return made;
  };
  const report = reportTo(actions);

  const show = (x: number, y: number): void => {
    const entries = menuEntries(editable, view.model?.link?.pinned ?? false, strings, {
      hasChannels: stripOf(view) !== undefined,
      hasBias: biasOf(view) !== undefined,
    });
    element.replaceChildren(
      ...entries.map((entry) => {
        if (entry === 'line') return make('hr', { role: 'separator' });
        if ('copyAs' in entry) return item(entry.text, '', () => report(actions.host.copyTensor(name, entry.copyAs)));
        return item(entry.text, keyText(entry.command, editable, isMac()), () => run(entry.command));
      }),
    );
    if (!element.matches(':popover-open')) element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(EDGE, Math.min(x, window.innerWidth - width - EDGE))}px`;
    element.style.top = `${Math.max(EDGE, Math.min(y, window.innerHeight - height - EDGE))}px`;
    items()[0]?.focus({ preventScroll: true });
  };
  const open = (): void => {
    const { left, top, width, height } = view.layout.rectangleOf(surface.selection.active);
    const corner = scroller.getBoundingClientRect();
    show(corner.left + left + width / 2, corner.top + top + height);
  };

  element.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const all = items();
    const here = all.findIndex((each) => each === document.activeElement);
    const to = (index: number): void => all[(index + all.length) % all.length].focus({ preventScroll: true });
    const { key } = event;
    if (key === 'ArrowDown') to(here + 1);
    else if (key === 'ArrowUp') to(here < 0 ? -1 : here - 1);
    else if (key === 'Home') to(0);
    else if (key === 'End') to(-1);
    else if (key === 'Escape' || key === 'Tab') close();
    else if (key === 'Enter' || key === ' ') all[here]?.click();
    else if (key.length === 1 && !event.ctrlKey && !event.metaKey) {
      const after = [...all.slice(here + 1), ...all.slice(0, here + 1)];
      after.find((each) => each.textContent.toLowerCase().startsWith(key.toLowerCase()))?.focus();
    } else return;
    event.preventDefault();
  });

  scroller.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    event.stopPropagation();
    // The menu key sends this too, after it has been handled as a key.
    if (event.button !== 2) {
      if (!element.matches(':popover-open')) open();
      return;
    }
    const place = view.layout.placeAt(event);
    if (!isSelected(regionOf(surface.selection), place)) surface.select(at(place));
    scroller.focus({ preventScroll: true });
    show(event.clientX, event.clientY);
  });

  return { open };
}
