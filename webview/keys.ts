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
