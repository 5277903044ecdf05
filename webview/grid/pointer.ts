import { indexOf } from './planeOf';
import { scrubber } from './scrub';
import { at } from './selection';
import type { Surface } from './surface';

/** How far the pointer goes, in CSS pixels, for one step of a scrubbed value. */
const PIXELS_PER_STEP = 6;

interface Drag {
  readonly pointer: number;
  readonly mode: 'select' | 'pan' | 'scrub';
  x: number;
  y: number;
  moved: boolean;
}

/**
 * Drag selects; with the middle button or a finger it pans; with Alt it scrubs the value. A click pins what the cell
 * takes part in, a double click edits it. Ctrl and the wheel zoom at the pointer, Alt and the wheel scrub.
 */
export function listenToPointer(surface: Surface): void {
  const { view, actions, name } = surface;
  const { scroller } = view;
  const scrub = scrubber(surface);
  let drag: Drag | undefined;

  const hover = (event: PointerEvent): void => {
    const { plane } = view;
    const { row, column } = view.layout.placeAt(event);
    if (plane) actions.point({ tensor: name, index: indexOf(plane, row, column) });
  };

  const modeOf = (event: PointerEvent): Drag['mode'] => {
    if (event.button === 1) return 'pan';
    return event.altKey && surface.target !== undefined ? 'scrub' : 'select';
  };

  scroller.addEventListener('pointerdown', (event) => {
    // A press on a scroll bar scrolls. A finger scrolls too, by the browser itself.
    if (event.button > 1 || isOnScrollBar(scroller, event)) return;
    const mode = modeOf(event);
    scroller.focus({ preventScroll: true });
    event.preventDefault();
    if (event.pointerType !== 'touch') scroller.setPointerCapture(event.pointerId);
    drag = { pointer: event.pointerId, mode, x: event.clientX, y: event.clientY, moved: false };
    if (mode === 'pan') return;
    const place = view.layout.placeAt(event);
    surface.select(
      event.shiftKey && mode === 'select' ? { anchor: surface.selection.anchor, active: place } : at(place),
    );
  });

  scroller.addEventListener('pointermove', (event) => {
    if (drag?.pointer !== event.pointerId) {
      hover(event);
      return;
    }
    const [byX, byY] = [event.clientX - drag.x, event.clientY - drag.y];
    if (Math.abs(byX) + Math.abs(byY) > 3) drag.moved = true;
    switch (drag.mode) {
      case 'pan':
        scroller.scrollLeft -= byX;
        scroller.scrollTop -= byY;
        break;
      case 'scrub': {
        const steps = Math.trunc((byX - byY) / PIXELS_PER_STEP);
        if (steps === 0) return;
        scrub.step(steps * (event.shiftKey ? 10 : 1));
        break;
      }
      case 'select':
        if (drag.moved && event.pointerType !== 'touch')
          surface.select({ anchor: surface.selection.anchor, active: view.layout.placeAt(event) });
        return;
      default:
        drag.mode satisfies never;
    }
    drag.x = event.clientX;
    drag.y = event.clientY;
  });

  const finish = (event: PointerEvent): void => {
    if (drag?.pointer !== event.pointerId) return;
    const click =
      event.type === 'pointerup' && !drag.moved && drag.mode === 'select' && !event.shiftKey && event.button === 0;
    drag = undefined;
    scrub.end();
    const { plane } = view;
    const { active } = surface.selection;
    if (click && plane) actions.pin({ tensor: name, index: indexOf(plane, active.row, active.column) });
  };
  scroller.addEventListener('pointerup', finish);
  scroller.addEventListener('pointercancel', finish);
  scroller.addEventListener('pointerleave', () => {
    if (!drag) actions.point(undefined);
  });
  scroller.addEventListener('dblclick', (event) => {
    event.preventDefault();
    surface.edit();
  });
  scroller.addEventListener(
    'wheel',
    (event) => {
      if (event.deltaY === 0 || !(event.ctrlKey || event.altKey)) return;
      if (event.altKey && surface.target === undefined) return;
      event.preventDefault();
      const up = event.deltaY < 0;
      if (event.altKey) {
        surface.select(at(view.layout.placeAt(event)));
        scrub.step((up ? 1 : -1) * (event.shiftKey ? 10 : 1));
        return;
      }
      const corner = scroller.getBoundingClientRect();
      surface.zoom(up ? 1.25 : 0.8, { x: event.clientX - corner.left, y: event.clientY - corner.top });
    },
    { passive: false },
  );
}

function isOnScrollBar(scroller: HTMLElement, event: PointerEvent): boolean {
  const corner = scroller.getBoundingClientRect();
  return event.clientX - corner.left >= scroller.clientWidth || event.clientY - corner.top >= scroller.clientHeight;
}
