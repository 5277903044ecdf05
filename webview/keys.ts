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

/**
 * Select-all must not select the page's text: it would take the clipboard's events away from the grids. Grids and
 * fields select what is theirs.
 */
export function keepTextUnselected(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'a' || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const [target] = event.composedPath();
    const types = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (types) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
