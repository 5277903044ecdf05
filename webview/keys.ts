import type { Actions } from './model';

/**
 * Undo and redo for the whole page, where VS Code's own commands do not do it already. The event must not reach VS
 * Code, which would undo the typing in the field that has the focus.
 */
export function listenForKeys(actions: Actions): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    const back = key === 'z' && !event.shiftKey;
    const forth = (key === 'z' && event.shiftKey) || key === 'y';
    if (!back && !forth) return;
    event.preventDefault();
    event.stopPropagation();
    if (back) actions.undo();
    else actions.redo();
  });
}
