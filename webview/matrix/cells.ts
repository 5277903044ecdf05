import { columnName, rowName } from '../../src/core/matrix/layout';
import { type Rgb, wantsDarkText } from '../legend/contrast';
import { cssColour } from '../legend/contrast';
import type { EntryColours } from './entryColours';
import { HEAD } from './head';
import type { Scene } from './scene';
import type { Wording } from './wording';

/** The text of the cells, as a grid that can be read aloud and searched. Only cells in view have elements. */
export interface Cells {
  readonly element: HTMLElement;
  /** Puts the scene's text in place; the id of the active cell's element, when it is there. */
  show(scene: Scene, wording: Wording, colours: EntryColours): string | undefined;
}

interface Row {
  readonly element: HTMLElement;
  readonly head: HTMLElement;
  readonly value: HTMLElement;
  readonly name: HTMLElement;
  readonly cells: HTMLElement[];
}

const ACTIVE = 'matrix-active';

/** More characters than this are written smaller, to fit. */
const LONG = 9;

function made(role: string, className: string): HTMLElement {
  const element = document.createElement('div');
  if (role) element.setAttribute('role', role);
  element.className = className;
  return element;
}

const write = (element: HTMLElement, text: string): void => {
  if (element.textContent !== text) element.textContent = text;
};

const mark = (element: HTMLElement, name: string, value: string): void => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

/**
 * Sets the cell's colour, and black or white text, whichever can be read on it. Without a colour the style sheet sets
 * both.
 */
function paint(element: HTMLElement, colour: Rgb | undefined): void {
  const background = colour ? cssColour(colour) : '';
  if (element.dataset.colour === background) return;
  element.dataset.colour = background;
  element.style.background = background;
  element.style.color = colour ? (wantsDarkText(colour) ? '#000' : '#fff') : '';
}

function place(element: HTMLElement, left: number, top: number, width: number, height: number): void {
  Object.assign(element.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}

/** A header: the name of an element of the input or the output, and its value. */
function makeHead(role: string, className: string): Pick<Row, 'head' | 'name' | 'value'> {
  const head = made(role, className);
  const name = made('', 'name');
  const value = made('', 'value');
  head.append(name, value);
  return { head, name, value };
}

/** Makes as many items as there are places. Those that are left over are removed, not hidden. */
function keep<Item>(items: Item[], count: number, make: () => Item, remove: (item: Item) => void): void {
  while (items.length < count) items.push(make());
  for (const item of items.splice(count)) remove(item);
}

export function createCells(): Cells {
  const element = made('rowgroup', 'matrix-cells');
  const top = made('row', 'matrix-row');
  top.setAttribute('aria-rowindex', '1');
  element.append(top);
  const columns: Pick<Row, 'head' | 'name' | 'value'>[] = [];
  const rows: Row[] = [];

  const makeColumn = (): Pick<Row, 'head' | 'name' | 'value'> => {
    const column = makeHead('columnheader', 'matrix-column-head');
    top.append(column.head);
    return column;
  };
  const makeRow = (): Row => {
    const row = { element: made('row', 'matrix-row'), ...makeHead('rowheader', 'matrix-row-head'), cells: [] };
    row.element.append(row.head);
    element.append(row.element);
    return row;
  };

  const showHeads = ({ plan, batch, viewport, window, lit }: Scene, wording: Wording): void => {
    keep(columns, window.right - window.left, makeColumn, ({ head }) => head.remove());
    columns.forEach(({ head, name, value }, at) => {
      const column = window.left + at;
      mark(head, 'aria-colindex', String(column + 2));
      mark(head, 'data-column', String(column));
      head.classList.toggle('lit', lit?.column === column);
      place(head, HEAD.left + at * viewport.columnScale, 0, viewport.columnScale, HEAD.top);
      write(name, columnName(plan, column, batch));
      write(value, wording.input(column));
    });
    keep(rows, window.bottom - window.top, makeRow, (row) => row.element.remove());
    rows.forEach((row, at) => {
      const index = window.top + at;
      mark(row.element, 'aria-rowindex', String(index + 2));
      mark(row.head, 'aria-colindex', '1');
      mark(row.head, 'data-row', String(index));
      row.head.classList.toggle('lit', lit?.row === index);
      place(row.head, 0, HEAD.top + at * viewport.rowScale, HEAD.left, viewport.rowScale);
      write(row.name, rowName(plan, index, batch));
      write(row.value, wording.output(index));
    });
  };

  return {
    element,
    show(scene, wording, colours) {
      const { viewport, window, entries, lit, active } = scene;
      showHeads(scene, wording);
      let next = 0;
      let activeId: string | undefined;
      rows.forEach((row, down) => {
        const makeCell = (): HTMLElement => {
          const cell = made('gridcell', 'matrix-cell');
          row.element.append(cell);
          return cell;
        };
        keep(row.cells, window.right - window.left, makeCell, (cell) => {
          cell.remove();
        });
        row.cells.forEach((cell, across) => {
          const [index, column] = [window.top + down, window.left + across];
          const found = entries.at(next);
          const entry = found?.row === index && found.column === column ? found : undefined;
          if (entry) next++;
          mark(cell, 'aria-colindex', String(column + 2));
          mark(cell, 'data-row', String(index));
          mark(cell, 'data-column', String(column));
          place(
            cell,
            HEAD.left + across * viewport.columnScale,
            HEAD.top + down * viewport.rowScale,
            viewport.columnScale,
            viewport.rowScale,
          );
          const text = entry ? wording.entry(entry) : '0';
          write(cell, text);
          mark(cell, 'title', entry ? wording.sentence(entry) : '');
          cell.classList.toggle('entry', entry !== undefined);
          paint(cell, entry && colours.colourOf(entry));
          cell.classList.toggle('long', text.length > LONG);
          const inCross =
            lit !== undefined &&
            (lit.row === undefined || lit.row === index) &&
            (lit.column === undefined || lit.column === column);
          const hasWeight = lit?.weight === undefined || entry?.weights.includes(lit.weight) === true;
          cell.classList.toggle('lit', entry !== undefined && inCross && hasWeight);
          const isActive = active?.row === index && active.column === column;
          cell.classList.toggle('active', isActive);
          if (isActive) cell.id = activeId = ACTIVE;
          else if (cell.id) cell.removeAttribute('id');
        });
      });
      return activeId;
    },
  };
}
