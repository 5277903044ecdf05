/** The input in a text field of the toolkit, or the element itself. */
const inputOf = (element: Element): HTMLInputElement | undefined => {
  const inner = element.shadowRoot?.querySelector('input') ?? element;
  return inner instanceof HTMLInputElement ? inner : undefined;
};

/** Whether an arrow key has nothing left to do in the field that has the focus. */
function leaves(element: Element, forward: boolean): boolean {
  const input = inputOf(element);
  if (!input) return true;
  const { selectionStart: start, selectionEnd: end, value } = input;
  if (start === 0 && end === value.length) return true;
  return start === end && start === (forward ? value.length : 0);
}

/**
 * Makes one Tab stop of all that matches `items` in `group`: Tab comes to the one that had the focus last, and the
 * arrow keys go from one to the next. In a text field they do so at its ends, or while all of it is selected.
 */
export function rove(group: HTMLElement, items: string): { refresh(): void } {
  let current: HTMLElement | undefined;
  const all = (): HTMLElement[] =>
    [...group.querySelectorAll<HTMLElement>(items)].filter((each) => !each.closest('[hidden], .popover'));
  const refresh = (): void => {
    const found = all();
    if (!current || !found.includes(current)) [current] = found;
    for (const each of found) {
      const index = each === current ? '0' : '-1';
      if (each.getAttribute('tabindex') !== index) each.setAttribute('tabindex', index);
    }
  };
  group.addEventListener('focusin', (event) => {
    const found = all().find((each) => event.target instanceof Node && each.contains(event.target));
    if (!found || found === current) return;
    current = found;
    refresh();
  });
  group.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const forward = event.key === 'ArrowRight';
    if (!forward && event.key !== 'ArrowLeft') return;
    const found = all();
    const at = found.findIndex((each) => event.target instanceof Node && each.contains(event.target));
    const next = found.at(at + (forward ? 1 : -1));
    if (at < 0 || !next || (at === 0 && !forward) || !leaves(found[at], forward)) return;
    event.preventDefault();
    next.focus();
    inputOf(next)?.select();
  });
  return { refresh };
}
