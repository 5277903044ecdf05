import type { GridName } from './gridName';

/** The kinds of theme that VS Code has, as its classes on a webview's body say them. */
export type ThemeKind = 'light' | 'dark' | 'hc-light' | 'hc-black';

/** What the page draws by itself, in the theme's colours: `styles/roles.css` says where each comes from. */
export type Role = 'input' | 'kernel' | 'output' | 'ink' | 'ground' | 'faint' | 'crop';

/** The role of each grid's rings, marks and indices. The output is ink: a third hue drowns in the values' own. */
export const GRID_ROLES: Readonly<Record<GridName, Role>> = { input: 'input', weight: 'kernel', output: 'ink' };

let kind: ThemeKind = 'light';
let colours = new Map<Role, string>();

function kindOf(body: HTMLElement): ThemeKind {
  // VS Code gives high contrast themes the class of both kinds.
  if (body.classList.contains('vscode-high-contrast-light')) return 'hc-light';
  if (body.classList.contains('vscode-high-contrast')) return 'hc-black';
  return body.classList.contains('vscode-dark') ? 'dark' : 'light';
}

/** Light until a page has told what its theme is: tests and the host have no page. */
export const themeKind = (): ThemeKind => kind;

/** A colour as the style sheet has it, to paint with. Read once for each theme: asking the page costs a layout. */
export function roleColour(role: Role): string {
  const known = colours.get(role);
  if (known !== undefined) return known;
  const found = getComputedStyle(document.body).getPropertyValue(`--role-${role}`).trim();
  colours.set(role, found);
  return found;
}

/** Follows the theme; `changed` is called when it is another one. */
export function watchTheme(changed: () => void): void {
  kind = kindOf(document.body);
  const read = (): void => {
    kind = kindOf(document.body);
    colours = new Map();
    changed();
  };
  new MutationObserver(read).observe(document.body, { attributeFilter: ['class'] });
  // A theme of the same kind changes only the variables.
  new MutationObserver(read).observe(document.documentElement, { attributeFilter: ['style'] });
}
