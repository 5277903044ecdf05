import { type ButtonControl, button, tool } from '../controls';
import { make, uniqueId } from '../dom';

export interface Popover {
  readonly element: HTMLElement;
  readonly control: ButtonControl;
  close(): void;
}

/** Least distance from the edges of the page, in CSS pixels. */
const EDGE = 8;

/**
 * A button that opens a small panel beneath it; with an `icon`, the button shows that instead of its text. Escape and a
 * click elsewhere close it; the browser sees to that.
 */
export function createPopover(
  text: string,
  label: string,
  content: readonly Node[],
  icon?: string,
  words?: string,
): Popover {
  const panel = make(
    'div',
    { class: 'popover', popover: 'auto', role: 'group', 'aria-label': label, id: uniqueId('popover') },
    ...content,
  );
  // When the panel is open, the browser closes it at the press on the button, before the click arrives here. That click
  // must not open it again.
  let wasOpen = false;
  const press = (): void => {
    if (!wasOpen) panel.showPopover();
    wasOpen = false;
  };
  const control = icon === undefined ? button(text, press) : tool(icon, label, press, words);
  control.label(text, label);
  const { element } = control;
  element.addEventListener('pointerdown', () => {
    wasOpen = panel.matches(':popover-open');
  });
  element.setAttribute('aria-expanded', 'false');
  panel.addEventListener('toggle', () => {
    const open = panel.matches(':popover-open');
    element.setAttribute('aria-expanded', String(open));
    if (open) place(panel, element);
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const items = [...panel.querySelectorAll<HTMLElement>('button.item')];
    const at = items.findIndex((item) => item === document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    items[(at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length].focus();
  });
  return {
    element: make('span', { class: 'has-popover' }, element, panel),
    control,
    close() {
      panel.hidePopover();
      element.focus();
    },
  };
}

function place(panel: HTMLElement, anchor: HTMLElement): void {
  const { left, bottom, top } = anchor.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  panel.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - width - EDGE))}px`;
  const below = bottom + height + EDGE <= window.innerHeight;
  panel.style.top = `${below ? bottom + 2 : Math.max(EDGE, top - height - 2)}px`;
  panel.querySelector<HTMLElement>('button.item')?.focus();
}

/** One line to choose in a popover. */
export function createItem(text: string, choose: () => void, detail = ''): HTMLElement {
  const item = make('button', { class: 'item', type: 'button' }, make('span', {}, text));
  if (detail) item.append(make('span', { class: 'detail' }, detail));
  item.addEventListener('click', choose);
  return item;
}
