import type { Strings } from '../../src/protocol/strings';
import { format } from '../../src/core/problem';
import type { Place } from './selection';

/** Where a finished edit takes the cursor, as in a spreadsheet. */
export type Leave = 'stay' | 'down' | 'up' | 'right' | 'left';

export interface EditorOptions {
  /** Writes the value; false when the text is no number, and then the editor stays open with what was typed. */
  commit(place: Place, text: string, leave: Leave): boolean;
  /** The editor has closed and the keyboard belongs to the grid again. */
  closed(): void;
  readonly strings: Strings;
}

export interface CellEditor {
  readonly element: HTMLElement;
  readonly place: Place | undefined;
  /** Opens on a cell. With `selectAll` the next key replaces the whole text. */
  open(place: Place, text: string, selectAll: boolean): void;
  /** Corner and size, in CSS pixels of the frame around the grid. */
  move(left: number, top: number, width: number, height: number): void;
  close(): void;
}

const LEAVE_BY: Readonly<Record<string, readonly [plain: Leave, withShift: Leave]>> = {
  Enter: ['down', 'up'],
  Tab: ['right', 'left'],
};

/**
 * The field in which one cell's value is typed, with the message about it beneath. It lies over the grid, not in it.
 */
export function createCellEditor({ commit, closed, strings }: EditorOptions): CellEditor {
  const element = document.createElement('div');
  element.className = 'grid-editor';
  element.hidden = true;
  const input = document.createElement('input');
  input.type = 'text';
  input.autocomplete = 'off';
  input.spellcheck = false;
  input.inputMode = 'decimal';
  input.setAttribute('aria-label', strings.cellValue);
  const message = document.createElement('div');
  message.className = 'grid-editor-message';
  message.setAttribute('role', 'alert');
  element.append(input, message);
  let place: Place | undefined;

  const complain = (text: string): void => {
    message.textContent = text;
    input.setAttribute('aria-invalid', String(text !== ''));
  };
  const close = (): void => {
    if (!place) return;
    place = undefined;
    complain('');
    const held = element.contains(document.activeElement);
    element.hidden = true;
    if (held) closed();
  };
  const finish = (leave: Leave): void => {
    if (!place) return;
    if (commit(place, input.value, leave)) close();
    else complain(format(strings.cellNotANumber, [input.value]));
  };

  input.addEventListener('keydown', (event) => {
    // Keys typed into a cell must not reach VS Code, which would take Ctrl+Z or Escape for its own commands.
    event.stopPropagation();
    const leave = LEAVE_BY[event.key];
    if (event.key === 'Escape') close();
    else if (leave) finish(leave[event.shiftKey ? 1 : 0]);
    else return;
    event.preventDefault();
  });
  input.addEventListener('input', () => {
    complain('');
  });
  input.addEventListener('blur', () => {
    finish('stay');
  });

  return {
    element,
    get place() {
      return place;
    },
    open(next, text, selectAll) {
      place = next;
      element.hidden = false;
      complain('');
      input.value = text;
      input.focus({ preventScroll: true });
      if (selectAll) input.select();
    },
    move(left, top, width, height) {
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
      input.style.width = `${Math.max(width, 72)}px`;
      input.style.height = `${Math.max(height, 24)}px`;
    },
    close,
  };
}
