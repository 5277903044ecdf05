import { make, setHidden } from '../dom';
import { fillFrom } from './fill';
import { regionOf, selectionOf } from './selection';
import { grownTo } from './series';
import type { Surface } from './surface';
import type { Region } from './viewport';

/** Cells smaller than this have no room for the handle; the keys fill them. In CSS pixels. */
const SMALLEST_CELL = 14;
const SIZE = 9;

/**
 * The small square at the selection's corner: dragging it repeats the selected cells over those that it passes, and
 * with Ctrl held continues their series. It lies within the plane, and scrolls with it.
 */
export function createFillHandle(surface: Surface, space: HTMLElement): void {
  const { view, strings, target } = surface;
  if (!target) return;
  const handle = make('div', { class: 'grid-handle', title: strings.fillHandle, 'aria-hidden': 'true' });
  const preview = make('div', { class: 'grid-fill-preview', 'aria-hidden': 'true' });
  setHidden(preview, true);
  space.append(preview, handle);
  let drag: { readonly pointer: number; readonly source: Region; target: Region } | undefined;

  const outline = (element: HTMLElement, { row, column, rows, columns }: Region): void => {
    const { cell } = view.layout;
    element.style.transform = `translate(${column * cell.width}px, ${row * cell.height}px)`;
    element.style.width = `${columns * cell.width}px`;
    element.style.height = `${rows * cell.height}px`;
  };

  surface.onShow(() => {
    const { cell } = view.layout;
    const region = drag?.source ?? regionOf(surface.selection);
    setHidden(handle, cell.width < SMALLEST_CELL || cell.height < SMALLEST_CELL);
    const x = (region.column + region.columns) * cell.width - SIZE;
    const y = (region.row + region.rows) * cell.height - SIZE;
    handle.style.transform = `translate(${x}px, ${y}px)`;
    setHidden(preview, !drag);
    if (drag) outline(preview, drag.target);
  });

  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    view.scroller.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    const source = regionOf(surface.selection);
    drag = { pointer: event.pointerId, source, target: source };
  });
  handle.addEventListener('pointermove', (event) => {
    if (drag?.pointer !== event.pointerId) return;
    event.stopPropagation();
    drag.target = grownTo(drag.source, view.layout.placeAt(event));
    surface.show();
  });
  const end = (event: PointerEvent): void => {
    if (drag?.pointer !== event.pointerId) return;
    event.stopPropagation();
    const { source, target: region } = drag;
    drag = undefined;
    if (event.type === 'pointerup' && region !== source) {
      fillFrom(surface, source, region, event.ctrlKey || event.metaKey ? 'series' : 'repeat');
      surface.select(selectionOf(region));
    } else surface.show();
  };
  handle.addEventListener('pointerup', end);
  handle.addEventListener('pointercancel', end);
}
