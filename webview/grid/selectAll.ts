import type { Surface } from './surface';
import { all } from './selection';

/**
 * Select-all means the cells of the grid that has the focus. VS Code's own command does not send a key but has the
 * browser select the page's text, after which copy and paste go to that text and the grid hears nothing of them. So the
 * selection is watched too, and what was selected of the page is let go.
 */
export function listenToSelectAll(surface: Surface): void {
  const { scroller } = surface.view;
  document.addEventListener('selectionchange', () => {
    const { plane } = surface.view;
    const selected = document.getSelection();
    if (document.activeElement !== scroller || !plane || !selected || selected.isCollapsed) return;
    selected.removeAllRanges();
    surface.select(all(plane.extent));
  });
}
