import { format } from '../../src/core/problem';
import { parsePastedText } from '../../src/core/formats/text';
import { asBlock, cellsToText, pasteAs } from './clipboardText';
import { regionOf } from './selection';
import type { Surface } from './surface';
import { blockWrites, fillWrites } from './writes';
import type { Region } from './viewport';

/** Spreadsheets do not take more cells than this; larger blocks can be saved as a file. */
const LARGEST_COPY = 1_000_000;
const PASTE_LIMIT_BYTES = 256 * 1024 * 1024;

/**
 * Copy, cut and paste listen to the clipboard's events and not to keys, because in the desktop VS Code it is VS Code's
 * own commands that send these events. The commands first ask, with a `before…` event, whether a focused element that
 * is no text field wants them.
 */
export function listenToClipboard(surface: Surface): void {
  const { view, actions, strings, target, name } = surface;
  const { scroller } = view;

  const exactText = (region: Region): string | undefined => {
    const dtype = view.model?.edited.head.dtype ?? 'float64';
    for (let y = 0; y < region.rows; y++) {
      for (let x = 0; x < region.columns; x++)
        if (!view.valuesAt({ row: region.row + y, column: region.column + x })) return undefined;
    }
    return cellsToText(
      region,
      dtype,
      (y, x) => view.valuesAt({ row: region.row + y, column: region.column + x }) ?? [],
    );
  };

  /** Asks the host for values that are not on the page. */
  const fetchText = async (region: Region): Promise<string> => {
    const { plane } = view;
    if (!plane) return '';
    const channels = view.channels();
    const wanted = channels.map((channel) => fillWrites(plane, region, [channel], 0).indices);
    const values = await Promise.all(wanted.map((indices) => actions.host.values(name, Float64Array.from(indices))));
    const dtype = view.model?.edited.head.dtype ?? 'float64';
    return cellsToText(region, dtype, (y, x) => values.map((each) => each[y * region.columns + x]));
  };

  const copy = (event: ClipboardEvent): boolean => {
    const region = regionOf(surface.selection);
    event.preventDefault();
    event.stopPropagation();
    if (region.rows * region.columns > LARGEST_COPY) {
      actions.announce(format(strings.gridCopyLarge, [region.rows, region.columns, LARGEST_COPY]));
      return false;
    }
    const text = exactText(region);
    if (text !== undefined) {
      event.clipboardData?.setData('text/plain', text);
      actions.announce(format(strings.gridCopied, [region.rows, region.columns]));
      return true;
    }
    fetchText(region)
      .then((fetched) => actions.host.copy(fetched, format(strings.gridCells, [region.rows, region.columns])))
      .catch((error: unknown) => {
        actions.announce(error instanceof Error ? error.message : String(error));
      });
    return true;
  };

  const cut = (event: ClipboardEvent): void => {
    const { plane } = view;
    if (copy(event) && plane && target)
      surface.write(fillWrites(plane, regionOf(surface.selection), view.channels(), 0));
  };

  const paste = (event: ClipboardEvent): void => {
    const { plane } = view;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!target || !plane || text === '') return;
    event.preventDefault();
    event.stopPropagation();
    const parsed = parsePastedText(text, { limit: PASTE_LIMIT_BYTES });
    const block = parsed.ok ? asBlock(parsed.value) : undefined;
    const colour = view.channels().length > 1;
    // Text that cannot be read goes to the host too: its message names line and column in the user's language.
    if (colour || !block || pasteAs(block, plane.extent) === 'tensor') {
      actions.host.paste(target, text).catch((error: unknown) => {
        actions.announce(error instanceof Error ? error.message : String(error));
      });
      return;
    }
    const { row, column } = regionOf(surface.selection);
    const { clipped, ...writes } = blockWrites(plane, { row, column }, block);
    surface.write(writes);
    surface.select({
      anchor: { row, column },
      active: { row: row + block.rows - 1, column: column + block.columns - 1 },
    });
    if (clipped > 0) actions.announce(format(strings.gridClipped, [clipped]));
  };

  for (const type of ['beforecopy', 'beforecut', 'beforepaste']) {
    scroller.addEventListener(type, (event) => {
      event.preventDefault();
    });
  }
  scroller.addEventListener('copy', copy);
  scroller.addEventListener('cut', cut);
  scroller.addEventListener('paste', paste);
}
