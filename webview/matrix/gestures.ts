import { HEAD } from './head';

export interface GestureTarget {
  zoom(factor: number, x: number, y: number): void;
  /** Says whether anything moved. At an edge nothing does, and the wheel scrolls the page. */
  pan(x: number, y: number): boolean;
  /** CSS pixels of the body; nothing when the pointer has left. */
  hover(at: { readonly x: number; readonly y: number } | undefined): void;
  press(at: { readonly x: number; readonly y: number }): void;
}

/** How far the pointer must go before a press is a drag. */
const SLACK = 4;

/** Wheel and pinch, drag, hover and click on the matrix, in CSS pixels of its body. */
export function listenToGestures(element: HTMLElement, target: GestureTarget): void {
  const at = (event: MouseEvent): { readonly x: number; readonly y: number } => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left - HEAD.left, y: event.clientY - top - HEAD.top };
  };
  let held: { x: number; y: number; dragged: boolean } | undefined;

  element.addEventListener(
    'wheel',
    (event) => {
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      // A pinch arrives as a wheel with Ctrl.
      if (event.ctrlKey || event.metaKey) {
        const { x, y } = at(event);
        target.zoom(Math.exp((-event.deltaY * lines) / 240), x, y);
        event.preventDefault();
        return;
      }
      const [x, y] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      if (target.pan(x * lines, y * lines)) event.preventDefault();
    },
    { passive: false },
  );
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    held = { x: event.clientX, y: event.clientY, dragged: false };
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    if (!held) {
      target.hover(at(event));
      return;
    }
    if (!held.dragged && Math.hypot(event.clientX - held.x, event.clientY - held.y) < SLACK) return;
    target.pan(held.x - event.clientX, held.y - event.clientY);
    held = { x: event.clientX, y: event.clientY, dragged: true };
  });
  const release = (event: PointerEvent): void => {
    const pressed = held;
    held = undefined;
    if (pressed && !pressed.dragged && event.type === 'pointerup') target.press(at(event));
  };
  element.addEventListener('pointerup', release);
  element.addEventListener('pointercancel', release);
  element.addEventListener('pointerleave', () => {
    target.hover(undefined);
  });
}
