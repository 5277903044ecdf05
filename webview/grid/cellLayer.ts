import { wantsDarkText, type Rgb } from '../legend/contrast';
import type { GridName } from '../model';
import { type Place, isSelected } from './selection';
import type { CellSize, Region } from './viewport';

/** What a cell says. */
export interface CellText {
  /** As much as fits. */
  readonly text: string;
  /** The whole value. */
  readonly full: string;
  readonly background: Rgb;
  /** Has a hatched mark beneath it, on which text needs a ground of its own. */
  readonly marked: boolean;
}

export interface CellFrame {
  readonly cell: CellSize;
  /** Cells that carry their numbers; nothing when they are too small. */
  readonly region: Region | undefined;
  readonly active: Place;
  readonly selected: Region;
  readonly editable: boolean;
  textOf(row: number, column: number): CellText | undefined;
  isLit(row: number, column: number): boolean;
}

/** In CSS pixels, for a cell of this width: six characters fit on a comfortable cell. */
export const fontSize = (width: number): number => Math.max(8, Math.min(13, width * 0.25));

interface Line {
  readonly element: HTMLElement;
  readonly cells: HTMLElement[];
}

const attribute = (element: HTMLElement, name: string, value: string): void => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

/**
 * The cells as elements: what a screen reader, a test and a finger find. Elements are reused as the window moves. The cell under
 * the cursor always exists, also where cells are too small for numbers, and has the id that the grid names as its active one.
 */
export function createCellLayer(name: GridName): { readonly element: HTMLElement; readonly activeId: string; show(frame: CellFrame): void } {
  const element = document.createElement('div');
  element.className = 'grid-cells';
  element.setAttribute('role', 'rowgroup');
  const activeId = `${name}-active-cell`;
  const lines: Line[] = [];
  const lone = newLine(1);

  function newLine(count: number): Line {
    const line: Line = { element: document.createElement('div'), cells: [] };
    line.element.className = 'grid-row';
    line.element.setAttribute('role', 'row');
    grow(line, count);
    return line;
  }

  function grow(line: Line, count: number): void {
    while (line.cells.length < count) {
      const cell = document.createElement('div');
      cell.className = 'grid-cell';
      cell.setAttribute('role', 'gridcell');
      cell.dataset['tensor'] = name;
      line.cells.push(cell);
      line.element.append(cell);
    }
    while (line.cells.length > count) line.cells.pop()?.remove();
  }

  const showCell = (target: HTMLElement, row: number, column: number, frame: CellFrame, printed: boolean): void => {
    const { cell, active } = frame;
    const content = frame.textOf(row, column);
    const text = printed ? (content?.text ?? '') : '';
    if (target.textContent !== text) target.textContent = text;
    attribute(target, 'data-row', String(row));
    attribute(target, 'data-column', String(column));
    attribute(target, 'aria-colindex', String(column + 1));
    attribute(target, 'aria-label', content?.full ?? '');
    attribute(target, 'aria-selected', String(isSelected(frame.selected, { row, column })));
    attribute(target, 'aria-readonly', String(!frame.editable));
    const isActive = row === active.row && column === active.column;
    if (isActive !== (target.id === activeId)) target.id = isActive ? activeId : '';
    target.style.insetInlineStart = `${column * cell.width}px`;
    target.style.width = `${cell.width}px`;
    target.classList.toggle('dark-text', content !== undefined && wantsDarkText(content.background));
    target.classList.toggle('marked', content?.marked ?? false);
    target.classList.toggle('lit', frame.isLit(row, column));
  };

  const placeLine = (line: Line, row: number, cell: CellSize): void => {
    attribute(line.element, 'aria-rowindex', String(row + 1));
    line.element.style.top = `${row * cell.height}px`;
    line.element.style.height = `${cell.height}px`;
    line.element.style.lineHeight = `${cell.height}px`;
  };

  return {
    element,
    activeId,
    show(frame) {
      const { region, cell, active } = frame;
      const rows = region?.rows ?? 0;
      element.style.fontSize = `${fontSize(cell.width)}px`;
      while (lines.length < rows) {
        const line = newLine(0);
        lines.push(line);
        element.append(line.element);
      }
      while (lines.length > rows) lines.pop()?.element.remove();
      lines.forEach((line, y) => {
        if (!region) return;
        const row = region.row + y;
        placeLine(line, row, cell);
        grow(line, region.columns);
        line.cells.forEach((target, x) => {
          showCell(target, row, region.column + x, frame, true);
        });
      });
      if (region && isSelected(region, active)) {
        lone.element.remove();
        return;
      }
      placeLine(lone, active.row, cell);
      showCell(lone.cells[0], active.row, active.column, frame, false);
      if (!lone.element.isConnected) element.append(lone.element);
    },
  };
}
