import type { PrintFormat } from '../../src/core/matrix/print';
import type { SaveKind } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';
import { checkbox, tool } from '../controls';
import { make } from '../dom';
import type { createStillItems } from '../film/stillItems';
import { createItem, createPopover, type Popover } from '../parts/popover';
import { rove } from '../roving';

export interface ToolbarTarget {
  zoom(direction: 'in' | 'out' | 'fit'): void;
  /** Gives the matrix half of the page, or takes it back. */
  enlarge(): void;
  symbols(on: boolean): void;
  copy(format: PrintFormat): void;
  save(kind: Extract<SaveKind, 'matrix-market' | 'scipy-npz'>): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  show(symbols: boolean): void;
}

/** @param stillItems items that save what is in view as a picture; they are told how the menu is closed */
export function createToolbar(
  target: ToolbarTarget,
  strings: Strings,
  stillItems: (close: () => void) => ReturnType<typeof createStillItems>,
): Toolbar {
  const symbols = checkbox(strings.matrixSymbols, (on) => {
    target.symbols(on);
  });
  const item = (text: string, choose: () => void): HTMLElement =>
    createItem(text, () => {
      menu.close();
      choose();
    });
  const still = stillItems(() => menu.close());
  const menu: Popover = createPopover(
    strings.matrixTools,
    strings.matrixTools,
    [
      symbols.element,
      make(
        'div',
        { class: 'items' },
        item(strings.matrixCopyText, () => target.copy('text')),
        item(strings.matrixCopyCsv, () => target.copy('csv')),
        item(strings.matrixCopyLatex, () => target.copy('latex')),
        item(strings.matrixSaveMarket, () => target.save('matrix-market')),
        item(strings.matrixSaveScipy, () => target.save('scipy-npz')),
        ...still.items,
      ),
      still.onPaper,
    ],
    'ellipsis',
  );
  const enlarge = tool('layout-sidebar-right', strings.matrixEnlarge, () => target.enlarge());
  const element = make('div', { class: 'matrix-tools', role: 'toolbar', 'aria-label': strings.matrixTools });
  element.append(
    tool('remove', strings.matrixZoomOut, () => target.zoom('out')).element,
    tool('add', strings.matrixZoomIn, () => target.zoom('in')).element,
    tool('screen-full', strings.matrixFit, () => target.zoom('fit')).element,
    enlarge.element,
    menu.element,
  );
  const roving = rove(element, 'button.tool');
  roving.refresh();
  return {
    element,
    show(on) {
      symbols.checked = on;
    },
  };
}
