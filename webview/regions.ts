const FOCUSABLE =
  'button:not([disabled]), vscode-text-field, vscode-dropdown, vscode-checkbox, vscode-button, [role="grid"], [tabindex]';

/** The first thing in a region that Tab would come to. */
function firstIn(region: Element): HTMLElement | undefined {
  return [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find(
    (each) => each.tabIndex >= 0 && each.getClientRects().length > 0,
  );
}

const isTyping = (event: KeyboardEvent): boolean => {
  const [target] = event.composedPath();
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
};

/**
 * F6 and Shift+F6 go from region to region, and `?` shows the keys. A key that is handled does not reach VS Code, whose
 * F6 would leave the page: it does so after the last region.
 */
export function listenForRegions(
  page: HTMLElement,
  regions: readonly string[],
  on: { escape(): boolean; help(): void },
): void {
  page.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape') {
      if (on.escape()) event.stopPropagation();
      return;
    }
    if (event.key === '?' && !isTyping(event)) {
      event.preventDefault();
      on.help();
      return;
    }
    if (event.key !== 'F6' || event.ctrlKey || event.metaKey || event.altKey) return;
    const places = regions.flatMap((selector) => page.querySelector(selector) ?? []);
    const from = places.findIndex((region) => event.target instanceof Node && region.contains(event.target));
    const next = places.at(from + (event.shiftKey ? -1 : 1));
    const target = next && from + (event.shiftKey ? -1 : 1) >= 0 ? firstIn(next) : undefined;
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  });
}
