import { listenToClipboard } from './clipboard';
import { createContextMenu } from './contextMenu';
import { createFillHandle } from './fillHandle';
import { listenToKeys } from './keyboard';
import { listenToPointer } from './pointer';
import { createRunner } from './run';
import { listenToSelectAll } from './selectAll';
import type { Surface } from './surface';

/** Makes a grid a spreadsheet: its keys, its pointer, its clipboard, its menu. `space` is the plane itself. */
export function equip(surface: Surface, space: HTMLElement): void {
  const clipboard = listenToClipboard(surface);
  const run = createRunner(surface, clipboard, () => menu.open());
  const menu = createContextMenu(surface, run);
  listenToKeys(surface, run);
  listenToPointer(surface);
  listenToSelectAll(surface);
  createFillHandle(surface, space);
}
