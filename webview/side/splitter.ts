import { make } from '../dom';

export interface Splitter {
  readonly element: HTMLElement;
  /** Says the size of the side, in CSS pixels, to screen readers. */
  show(pixels: number): void;
}

/** CSS pixels of one press of an arrow key. */
const KEY_STEP = 20;

/**
 * The line between stage and side: dragged, moved by arrow keys, and set back by a double click. `size` tells the
 * present size of the side; `move` gets the wanted one, or nothing for the default.
 */
export function createSplitter(
  label: string,
  horizontal: () => boolean,
  size: () => number,
  move: (wanted: number | undefined) => void,
): Splitter {
  const element = make('div', { class: 'splitter', role: 'separator', tabindex: '0', 'aria-label': label });
  let held: { readonly pointer: number; readonly from: number; readonly size: number } | undefined;
  const along = (event: PointerEvent): number => (horizontal() ? event.clientY : event.clientX);
  element.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    element.focus();
    element.setPointerCapture(event.pointerId);
    held = { pointer: event.pointerId, from: along(event), size: size() };
  });
  element.addEventListener('pointermove', (event) => {
    if (held?.pointer === event.pointerId) move(held.size + held.from - along(event));
  });
  const release = (): void => {
    held = undefined;
  };
  element.addEventListener('pointerup', release);
  element.addEventListener('pointercancel', release);
  element.addEventListener('dblclick', () => move(undefined));
  element.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: KEY_STEP, ArrowUp: KEY_STEP, ArrowRight: -KEY_STEP, ArrowDown: -KEY_STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(size() + by);
  });
  return {
    element,
    show(pixels) {
      element.setAttribute('aria-valuenow', String(pixels));
      element.setAttribute('aria-valuetext', `${pixels} px`);
      element.setAttribute('aria-orientation', horizontal() ? 'horizontal' : 'vertical');
    },
  };
}
