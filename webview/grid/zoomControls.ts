import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';
import { type CellSize, LARGEST_CELL } from './viewport';

/** What zooms: by a factor about the cursor's cell, or until the whole plane is in view. */
export interface ZoomTarget {
  zoom(factor: number): void;
  fit(): void;
}

/** Buttons for what the wheel and the keys do too. */
export interface ZoomControls {
  readonly element: HTMLElement;
  show(cell: CellSize, fitted: boolean): void;
  listen(target: ZoomTarget): void;
}

export function createZoomControls(title: string, strings: Strings): ZoomControls {
  const button = (sign: string, template: string): HTMLButtonElement =>
    make(
      'button',
      {
        type: 'button',
        class: 'grid-button',
        'aria-label': format(template, [title]),
        title: format(template, [title]),
      },
      sign,
    );
  const out = button('−', strings.gridZoomOut);
  const into = button('+', strings.gridZoomIn);
  const whole = button('⤢', strings.gridFit);
  return {
    element: make('div', { class: 'grid-tools' }, out, into, whole),
    show(cell, fitted) {
      out.disabled = fitted;
      whole.disabled = fitted;
      into.disabled = cell.width >= LARGEST_CELL;
    },
    listen(target) {
      out.addEventListener('click', () => {
        target.zoom(1 / 1.5);
      });
      into.addEventListener('click', () => {
        target.zoom(1.5);
      });
      whole.addEventListener('click', () => {
        target.fit();
      });
    },
  };
}
