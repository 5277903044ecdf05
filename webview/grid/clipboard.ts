import { format } from '../../src/core/problem';
import { cellsToText, grownSizes, outside, pasteRegion, readPasted } from './clipboardText';
import { indexOf, planeAxes, type PlaneView } from './planeOf';
import { valuesHere, valuesOf } from './regionValues';
import { regionOf, selectionOf } from './selection';
import type { Surface } from './surface';
import type { Region } from './viewport';
import { type Block, blockWrites, fillWrites } from './writes';

/** Spreadsheets do not take more cells than this; larger blocks can be saved as a file. */
const LARGEST_COPY = 1_000_000;

/** The clipboard, as a menu uses it. */
export interface Clipboard {
  copy(): void;
  cut(): void;
  paste(): void;
}

/**
 * Copy, cut and paste listen to the clipboard's events and not to keys, because in the desktop VS Code it is VS Code's
 * own commands that send these events. The commands first ask, with a `before…` event, whether a focused element that
 * is no text field wants them.
 */
export function listenToClipboard(surface: Surface): Clipboard {
  const { view, actions, strings, target, overlay } = surface;
  const { scroller } = view;
  const fail = (error: unknown): void => {
    actions.announce(error instanceof Error ? error.message : String(error));
  };
  const dtype = () => view.model?.edited.head.dtype ?? 'float64';
  const textOf = (region: Region, values: readonly ArrayLike<number>[]): string =>
    cellsToText(region, dtype(), (y, x) => values.map((each) => each[y * region.columns + x]));

  const selected = (): Region | undefined => {
    const region = regionOf(surface.selection);
    if (region.rows * region.columns <= LARGEST_COPY) return region;
    actions.announce(format(strings.gridCopyLarge, [region.rows, region.columns, LARGEST_COPY]));
    return undefined;
  };
  const toHost = (region: Region): void => {
    valuesOf(surface, region)
      .then((values) =>
        actions.host.copy(textOf(region, values), format(strings.gridCells, [region.rows, region.columns])),
      )
      .catch(fail);
  };
  /** Into the event's own clipboard if the values are here, so that it works without the host. */
  const copy = (event?: ClipboardEvent): boolean => {
    event?.preventDefault();
    event?.stopPropagation();
    const region = selected();
    if (!region) return false;
    const here = event && valuesHere(surface, region);
    if (here) {
      event.clipboardData?.setData('text/plain', textOf(region, here));
      actions.announce(format(strings.gridCopied, [region.rows, region.columns]));
    } else toHost(region);
    return true;
  };
  const cut = (event?: ClipboardEvent): void => {
    const { plane } = view;
    const channels = view.channels();
    const zeros = channels.map(() => 0);
    if (copy(event) && plane && target) surface.write(fillWrites(plane, regionOf(surface.selection), channels, zeros));
  };

  const wholeTensor = (text: string): void => {
    if (target) actions.host.paste(target, text).catch(fail);
  };
  const put = (plane: PlaneView, region: Region, block: Block): void => {
    surface.write(blockWrites(plane, region, view.channels(), block));
    surface.select(selectionOf(region));
  };
  const grow = (plane: PlaneView, region: Region, spatial: readonly number[], block: Block): void => {
    const shape = [...plane.shape.slice(0, -plane.rank), ...spatial];
    const [down, across] = planeAxes(plane);
    const extent = { rows: down === undefined ? 1 : spatial[down], columns: spatial[across] };
    const larger = { ...plane, shape, extent };
    surface.writeGrown(spatial, blockWrites(larger, region, view.channels(), block));
    surface.goTo(indexOf(plane, region.row, region.column));
  };
  /** A block that reaches over the edge: nobody's values are left out, and no tensor is made larger, without asking. */
  const askWhere = (plane: PlaneView, region: Region, block: Block, beyond: number): void => {
    const spatial = grownSizes(plane.shape.slice(-plane.rank), region, block, planeAxes(plane));
    const fitting = {
      ...region,
      rows: Math.min(region.rows, plane.extent.rows - region.row),
      columns: Math.min(region.columns, plane.extent.columns - region.column),
    };
    overlay.ask(format(strings.pasteBeyond, [block.rows, block.columns, beyond]), [
      ...(spatial
        ? [
            {
              text: format(strings.pasteGrow, [spatial.join(' × ')]),
              choose: () => grow(plane, region, spatial, block),
            },
          ]
        : []),
      { text: format(strings.pasteClip, [beyond]), choose: () => put(plane, fitting, block) },
      { text: strings.cancel, choose: () => undefined },
    ]);
  };

  const pasteText = (text: string): void => {
    const { plane } = view;
    if (!target || !plane || text === '') return;
    const pasted = readPasted(text, view.channels().length > 1, dtype(), strings);
    if (pasted.kind === 'cells') {
      const region = pasteRegion(regionOf(surface.selection), pasted.block);
      const beyond = outside(region, region, plane.extent);
      if (beyond > 0) askWhere(plane, region, pasted.block, beyond);
      else put(plane, region, pasted.block);
      return;
    }
    const sizes = plane.shape.filter((size) => size !== 1).join();
    const same = pasted.kind === 'array' && pasted.shape.filter((size) => size !== 1).join() === sizes;
    // Text that cannot be read goes to the host too: its message names line and column in the user's language.
    if (pasted.kind === 'unreadable' || same) {
      wholeTensor(text);
      return;
    }
    overlay.ask(format(strings.pasteWhole, [pasted.shape.join(' × '), plane.shape.join(' × ')]), [
      { text: strings.pasteReplace, choose: () => wholeTensor(text) },
      { text: strings.cancel, choose: () => undefined },
    ]);
  };
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!target || !view.plane || text === '') return;
    event.preventDefault();
    event.stopPropagation();
    pasteText(text);
  };

  for (const type of ['beforecopy', 'beforecut', 'beforepaste']) {
    scroller.addEventListener(type, (event) => {
      event.preventDefault();
    });
  }
  scroller.addEventListener('copy', copy);
  scroller.addEventListener('cut', cut);
  scroller.addEventListener('paste', paste);

  return {
    copy: () => void copy(),
    cut: () => cut(),
    paste() {
      // Only a browser that is not asked to hide the clipboard gives it to a page; the key always works.
      navigator.clipboard.readText().then(pasteText, () => actions.announce(strings.pasteByKey));
    },
  };
}
