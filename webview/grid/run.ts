import type { Clipboard } from './clipboard';
import type { CommandName } from './commands';
import { canFill, fillSelection } from './fill';
import type { GridView } from './gridView';
import { askToFind, askToGo } from './lookups';
import { indexOf } from './planeOf';
import { all, regionOf } from './selection';
import { stepChannel } from './stepChannel';
import type { Surface } from './surface';
import { fillWrites } from './writes';

/** The small pictures of a grid's channels, where there are several. */
export const stripOf = ({ element }: GridView): HTMLElement | undefined =>
  element.closest('.tensor')?.querySelector<HTMLElement>('.thumbs:not([hidden]) .thumb-list') ?? undefined;

/** Where the bias is typed, which stands under the kernel while there is one. */
export function biasOf({ element }: GridView): HTMLInputElement | undefined {
  const field = element.closest('.tensor')?.querySelector('.bias:not([hidden]) vscode-text-field');
  return field?.shadowRoot?.querySelector('input') ?? undefined;
}

/** Carries out what a key or the menu asks for; false when there was nothing to do. */
export function createRunner(
  surface: Surface,
  clipboard: Clipboard,
  openMenu: () => void,
): (command: CommandName) => boolean {
  const { view, actions } = surface;

  const clear = (): void => {
    const { plane } = view;
    const region = regionOf(surface.selection);
    const channels = view.channels();
    if (plane && canFill(surface, region))
      surface.write(
        fillWrites(
          plane,
          region,
          channels,
          channels.map(() => 0),
        ),
      );
  };
  const letGo = (): boolean => {
    if (surface.overlay.close()) return true;
    const { link } = view.model ?? {};
    if (!link?.pinned) return false;
    // What is pinned is let go by pinning it again.
    if (link.entry) actions.pinEntry(link.contributions.list);
    else actions.pin(link.cell);
    return true;
  };
  const pin = (): void => {
    const { plane } = view;
    const { active } = surface.selection;
    if (plane) actions.pin({ tensor: surface.name, index: indexOf(plane, active.row, active.column) });
  };

  const focus = (element: HTMLElement | undefined): boolean => {
    element?.focus();
    return element !== undefined;
  };

  const toolOf = (): HTMLElement | undefined =>
    view.element.closest('.tensor')?.querySelector<HTMLElement>('.tensor-tools .tool') ?? undefined;

  const commands: Readonly<Record<CommandName, () => unknown>> = {
    cut: clipboard.cut,
    copy: clipboard.copy,
    paste: clipboard.paste,
    clear,
    edit: () => surface.edit(),
    fillDown: () => fillSelection(surface, 'down', 'repeat'),
    fillRight: () => fillSelection(surface, 'right', 'repeat'),
    continueDown: () => fillSelection(surface, 'down', 'series'),
    continueRight: () => fillSelection(surface, 'right', 'series'),
    selectAll: () => view.plane && surface.select(all(view.plane.extent)),
    find: () => askToFind(surface),
    goTo: () => askToGo(surface),
    pin,
    letGo,
    zoomIn: () => surface.zoom(1.5),
    zoomOut: () => surface.zoom(1 / 1.5),
    fit: () => surface.fit(),
    previousChannel: () => stepChannel(surface, -1, false),
    nextChannel: () => stepChannel(surface, 1, false),
    previousOther: () => stepChannel(surface, -1, true),
    nextOther: () => stepChannel(surface, 1, true),
    channels: () => focus(stripOf(view)),
    tools: () => focus(toolOf()),
    bias: () => {
      biasOf(view)?.select();
      return focus(biasOf(view));
    },
    menu: openMenu,
  };
  return (command) => commands[command]() !== false;
}
