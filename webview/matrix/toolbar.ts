import type { PrintFormat } from '../../src/core/matrix/print';
import type { SaveKind } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';
import { button, checkbox } from '../controls';
import { make } from '../dom';

export interface ToolbarTarget {
  zoom(direction: 'in' | 'out' | 'fit'): void;
  symbols(on: boolean): void;
  copy(format: PrintFormat): void;
  save(kind: Extract<SaveKind, 'matrix-market' | 'scipy-npz'>): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  show(symbols: boolean): void;
}

export function createToolbar(target: ToolbarTarget, strings: Strings): Toolbar {
  const icon = (text: string, title: string, press: () => void): HTMLElement => {
    const control = button(text, press, 'icon');
    control.label(text, title);
    return control.element;
  };
  const symbols = checkbox(strings.matrixSymbols, (on) => {
    target.symbols(on);
  });
  const element = make(
    'div',
    { class: 'matrix-tools', role: 'group', 'aria-label': strings.matrixTools },
    icon('−', strings.matrixZoomOut, () => {
      target.zoom('out');
    }),
    icon('+', strings.matrixZoomIn, () => {
      target.zoom('in');
    }),
    icon('⤢', strings.matrixFit, () => {
      target.zoom('fit');
    }),
    symbols.element,
    button(strings.matrixCopyText, () => {
      target.copy('text');
    }).element,
    button(strings.matrixCopyCsv, () => {
      target.copy('csv');
    }).element,
    button(strings.matrixCopyLatex, () => {
      target.copy('latex');
    }).element,
    button(strings.matrixSaveMarket, () => {
      target.save('matrix-market');
    }).element,
    button(strings.matrixSaveScipy, () => {
      target.save('scipy-npz');
    }).element,
  );
  return {
    element,
    show(on) {
      symbols.checked = on;
    },
  };
}
