import { wantsDarkText, type Rgb } from '../legend/contrast';
import { uniqueId } from '../dom';
import type { GridName } from '../gridName';
import { type Place, isSelected } from './selection';
import { badgeOf } from './rings';
import type { CellSize, Region } from './viewport';

/** What is written on a cell. */
export interface CellText {
  /** As much as fits. */
  readonly text: string;
  /** The whole value. */
  readonly full: string;
  readonly background: Rgb;
  /** Whether a hatched mark is drawn under the text, which then needs a background of its own. */
  readonly marked: boolean;
}

export interface CellFrame {
  readonly cell: CellSize;
  /** In CSS pixels, one for the whole grid. */
  readonly font: number;
  /** Cells that carry their numbers; nothing when they are too small. */
  readonly region: Region | undefined;
  readonly active: Place;
  readonly selected: Region;
  readonly editable: boolean;
  textOf(row: number, column: number): CellText | undefined;
  isLit(row: number, column: number): boolean;
  /** Whether the number of a product stands in its corner. */
  isNumbered(row: number, column: number): boolean;
  /** Whether it has changed since a program stopped before, and how that is said. */
  isChanged(row: number, column: number): boolean;
  readonly changedText: string;
}

/** Where cells are large, a number stands within the ring that its cell can get. */
const besideText = (width: number): number => (width >= 40 ? 10 : 5);

/**
 * In CSS pixels, for cells of this width whose longest number has so many characters: one size for the whole grid.
 * Where even the smallest has no room for the longest number, numbers lose digits instead.
 */
export const fontSize = (width: number, longest: number): number =>
  Math.max(8, Math.min(17, Math.max(11, 0.34 * width), (width - besideText(width)) / (0.62 * longest)));

/** How far down a cell's text goes, in CSS pixels, so that what stands in the corner does not cover it. */
export const lowered = (height: number, font: number, badge: number): number =>
  Math.max(0, Math.min(badge + 1 - (height - 0.8 * font) / 2, height / 2 - 0.45 * font - 2));

/**
 * `state` joins everything that the element shows into one text. An element whose state has not changed is not touched.
 */
interface PooledCell {
  readonly element: HTMLElement;
  state: string;
}

interface Line {
  readonly element: HTMLElement;
  readonly cells: PooledCell[];
  state: string;
}

const attribute = (element: HTMLElement, name: string, value: string): void => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

/**
 * The cells as elements, for screen readers, for touch and for tests. Elements are reused as the window moves. The cell
 * under the cursor always has one, also where cells are too small for numbers; its id is `activeId`, which the grid
 * names as its active descendant.
 */
export function createCellLayer(name: GridName): {
  readonly element: HTMLElement;
  readonly activeId: string;
  show(frame: CellFrame): void;
} {
  const element = document.createElement('div');
  element.className = 'grid-cells';
  element.setAttribute('role', 'rowgroup');
  const activeId = uniqueId(`${name}-active-cell`);
  const lines: Line[] = [];
  const lone = newLine(1);

  function newLine(count: number): Line {
    const line: Line = { element: document.createElement('div'), cells: [], state: '' };
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
      line.cells.push({ element: cell, state: '' });
      line.element.append(cell);
    }
    while (line.cells.length > count) line.cells.pop()?.element.remove();
  }

  const showCell = (pooled: PooledCell, row: number, column: number, frame: CellFrame, printed: boolean): void => {
    const { cell, active } = frame;
    const content = frame.textOf(row, column);
    const text = printed ? (content?.text ?? '') : '';
    const full = content?.full ?? '';
    const selected = isSelected(frame.selected, { row, column });
    const isActive = row === active.row && column === active.column;
    const dark = content !== undefined && wantsDarkText(content.background);
    const lit = frame.isLit(row, column);
    const marked = content?.marked ?? false;
    const changed = frame.isChanged(row, column);
    const numbered = frame.isNumbered(row, column);
    const state = `${row} ${column} ${cell.width} ${text} ${full} ${selected} ${isActive} ${dark} ${lit} ${marked} ${changed} ${numbered} ${frame.editable}`;
    if (pooled.state === state) return;
    pooled.state = state;
    const { element: target } = pooled;
    if (target.textContent !== text) target.textContent = text;
    attribute(target, 'data-row', String(row));
    attribute(target, 'data-column', String(column));
    attribute(target, 'aria-colindex', String(column + 1));
    attribute(target, 'aria-label', full);
    if (changed) attribute(target, 'aria-description', frame.changedText);
    else if (target.hasAttribute('aria-description')) target.removeAttribute('aria-description');
    attribute(target, 'aria-selected', String(selected));
    attribute(target, 'aria-readonly', String(!frame.editable));
    if (isActive !== (target.id === activeId)) target.id = isActive ? activeId : '';
    target.style.left = `${column * cell.width}px`;
    target.style.width = `${cell.width}px`;
    target.classList.toggle('dark-text', dark);
    target.classList.toggle('marked', marked);
    target.classList.toggle('lit', lit);
    target.classList.toggle('numbered', numbered);
  };

  const placeLine = (line: Line, row: number, cell: CellSize): void => {
    const state = `${row} ${cell.height}`;
    if (line.state === state) return;
    line.state = state;
    attribute(line.element, 'aria-rowindex', String(row + 1));
    line.element.style.top = `${row * cell.height}px`;
    line.element.style.height = `${cell.height}px`;
    line.element.style.lineHeight = `${cell.height}px`;
  };

  return {
    element,
    activeId,
    show(frame) {
      const { region, cell, font, active } = frame;
      const rows = region?.rows ?? 0;
      const size = `${font}px`;
      if (element.style.fontSize !== size) element.style.fontSize = size;
      const badge = badgeOf(Math.min(cell.width, cell.height));
      element.style.setProperty('--numbered', `${cell.height + 2 * lowered(cell.height, font, badge)}px`);
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
