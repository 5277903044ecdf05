/** How far the pointer goes, in CSS pixels, for one step. */
const PIXELS_PER_STEP = 8;

/** Lets a number be changed by dragging its handle, or by the wheel with Alt held. */
export function scrub(field: HTMLElement, handle: HTMLElement, step: (by: number) => void): void {
  let dragged: { readonly pointer: number; x: number } | undefined;
  const end = (event: PointerEvent): void => {
    if (dragged?.pointer === event.pointerId) dragged = undefined;
  };
  handle.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    dragged = { pointer: event.pointerId, x: event.clientX };
  });
  handle.addEventListener('pointermove', (event) => {
    if (dragged?.pointer !== event.pointerId) return;
    const steps = Math.trunc((event.clientX - dragged.x) / PIXELS_PER_STEP);
    if (steps === 0) return;
    dragged.x += steps * PIXELS_PER_STEP;
    step(steps);
  });
  handle.addEventListener('pointerup', end);
  handle.addEventListener('pointercancel', end);
  field.addEventListener(
    'wheel',
    (event) => {
      if (!event.altKey || event.deltaY === 0) return;
      event.preventDefault();
      step(event.deltaY < 0 ? 1 : -1);
    },
    { passive: false },
  );
}
