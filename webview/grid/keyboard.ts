import { beginsTyping, type CommandName, commandOf } from './commands';
import { movedByKey } from './selection';
import { scrubber } from './scrub';
import type { Surface } from './surface';

/**
 * The keys of a spreadsheet. A key that is handled does not reach VS Code, which would take some of them for its own
 * commands. Tab is none of them while nothing is typed: each grid is one stop on the way through the page.
 */
export function listenToKeys(surface: Surface, run: (command: CommandName) => boolean): void {
  const scrub = scrubber(surface);
  const editable = surface.target !== undefined;

  const handle = (event: KeyboardEvent): boolean => {
    const { view } = surface;
    const { key, shiftKey: shift } = event;
    if (!view.plane) return false;
    const command = commandOf(event, editable);
    // The clipboard is listened to by its own events, which VS Code's menus send too.
    if (command === 'cut' || command === 'copy' || command === 'paste') return false;
    if (command) return run(command);
    if (event.altKey && !event.ctrlKey) {
      if (!editable || (key !== 'ArrowUp' && key !== 'ArrowDown')) return false;
      scrub.step((key === 'ArrowUp' ? 1 : -1) * (shift ? 10 : 1));
      return true;
    }
    const jump = event.ctrlKey || event.metaKey;
    const next = movedByKey(surface.selection, key, { shift, jump }, view.plane.extent, view.layout.pageRows());
    if (next) {
      surface.select(next);
      return true;
    }
    if (!editable || !beginsTyping(event, event.getModifierState('AltGraph'))) return false;
    surface.edit(key);
    return true;
  };

  surface.view.scroller.addEventListener('keydown', (event) => {
    if (event.isComposing || !handle(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
