import { indexOf } from './planeOf';
import { type Place, all, movedByKey, regionOf, stepped } from './selection';
import { scrubber } from './scrub';
import type { Surface } from './surface';
import { fillWrites } from './writes';

/** Characters with which a number, or `nan` and `inf`, can begin. */
const BEGINS_NUMBER = /^[-+−.,0-9niNI∞]$/;
const LARGEST_CLEAR = 4_000_000;

const isBefore = (one: Place, other: Place): boolean =>
  one.row < other.row || (one.row === other.row && one.column <= other.column);

/**
 * The keys of a spreadsheet. A key that is handled does not reach VS Code, which would take some of them for its own
 * commands.
 */
export function listenToKeys(surface: Surface): void {
  const scrub = scrubber(surface);
  /** After Escape, Tab leaves the grid: cell by cell it would take thousands of presses. */
  let released = false;
  const clear = (): void => {
    const { plane } = surface.view;
    const region = regionOf(surface.selection);
    if (!plane || region.rows * region.columns > LARGEST_CLEAR) return;
    surface.write(fillWrites(plane, region, surface.view.channels(), 0));
  };

  const command = (event: KeyboardEvent): boolean => {
    const { plane } = surface.view;
    if (!plane) return false;
    const jump = event.ctrlKey || event.metaKey;
    const { key, shiftKey: shift } = event;
    const { active } = surface.selection;
    const editable = surface.target !== undefined;
    if (event.altKey) {
      if (!editable || (key !== 'ArrowUp' && key !== 'ArrowDown')) return false;
      scrub.step((key === 'ArrowUp' ? 1 : -1) * (shift ? 10 : 1));
      return true;
    }
    if (jump && key.toLowerCase() === 'a') {
      surface.select(all(plane.extent));
      return true;
    }
    const next = movedByKey(surface.selection, key, { shift, jump }, plane.extent, surface.view.layout.pageRows());
    if (next) {
      surface.select(next);
      return true;
    }
    if (jump) return false;
    if (editable && BEGINS_NUMBER.test(key)) {
      surface.edit(key);
      return true;
    }
    switch (key) {
      case 'Tab': {
        // Tab also leaves the grid after its last cell, and leaves the output at once: the keyboard must not be
        // trapped.
        const after = stepped(surface.selection, 'row', shift ? -1 : 1, plane.extent);
        if (released || !editable || isBefore(after.active, surface.selection.active) !== shift) return false;
        surface.select(after);
        return true;
      }
      case 'Enter':
        if (editable) surface.select(stepped(surface.selection, 'column', shift ? -1 : 1, plane.extent));
        else surface.actions.pin({ tensor: surface.name, index: indexOf(plane, active.row, active.column) });
        return true;
      case ' ':
        surface.actions.pin({ tensor: surface.name, index: indexOf(plane, active.row, active.column) });
        return true;
      case 'Escape':
        released = true;
        return true;
      case 'F2':
        if (editable) surface.edit();
        return editable;
      case 'Delete':
      case 'Backspace':
        if (editable) clear();
        return editable;
      // Not `+` and `-`: in a grid that takes typing they begin numbers, and with Ctrl they zoom VS Code itself.
      case 'z':
        surface.zoom(1.5);
        return true;
      case 'Z':
        surface.zoom(1 / 1.5);
        return true;
      case 'f':
        surface.fit();
        return true;
      default:
        return false;
    }
  };

  surface.view.scroller.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' && event.key !== 'Shift') released = false;
    if (!command(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
