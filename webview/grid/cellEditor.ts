import type { Strings } from '../../src/protocol/strings';
import type { Place } from './selection';

/**
 * Where a finished edit takes the cursor, as in a spreadsheet: to a neighbour, on within the selected block, or nowhere
 * after it has filled that block.
 */
export type Leave =
  | 'stay'
  | 'fill'
  | { readonly walk: 'row' | 'column'; readonly by: 1 | -1 }
  | { readonly move: readonly [rows: number, columns: number] };

/** Typing over a cell ends with an arrow key; in a cell that was opened for editing, arrows move the caret. */
export type Mode = 'replace' | 'edit';

export interface EditorOptions {
  /** Writes the value. What is wrong with the text comes back, and then the editor stays open with what was typed. */
  commit(place: Place, text: string, leave: Leave): string | undefined;
  /** The editor has closed and the keyboard belongs to the grid again. */
  closed(): void;
  readonly strings: Strings;
}

export interface CellEditor {
  readonly element: HTMLElement;
  readonly place: Place | undefined;
  open(place: Place, text: string, mode: Mode): void;
  /** Corner and size, in CSS pixels of the frame around the grid. */
  move(left: number, top: number, width: number, height: number): void;
  close(): void;
}

const ARROWS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** How a key ends the typing; nothing for the keys that are the field's own. */
export function leaveBy({ key, shiftKey, ctrlKey, metaKey, altKey }: Key, mode: Mode): Leave | undefined {
  const by = shiftKey ? -1 : 1;
  if (altKey) return undefined;
  if (key === 'Enter') return ctrlKey || metaKey ? 'fill' : { walk: 'column', by };
  if (ctrlKey || metaKey) return undefined;
  if (key === 'Tab') return { walk: 'row', by };
  const move = Object.hasOwn(ARROWS, key) && !shiftKey && mode === 'replace' ? ARROWS[key] : undefined;
  return move && { move };
}

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
  input.setAttribute('aria-label', strings.cellValue);
  const message = document.createElement('div');
  message.className = 'grid-editor-message';
  message.setAttribute('role', 'alert');
  element.append(input, message);
  let place: Place | undefined;
  let mode: Mode = 'edit';

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
    const wrong = commit(place, input.value, leave);
    if (wrong === undefined) close();
    else complain(wrong);
  };

  input.addEventListener('keydown', (event) => {
    // Keys typed into a cell must not reach VS Code, which would take Ctrl+Z or Escape for its own commands.
    event.stopPropagation();
    // An input method's keys, such as the Enter that ends a composition, are its own.
    if (event.isComposing) return;
    const leave = leaveBy(event, mode);
    if (event.key === 'Escape') close();
    else if (event.key === 'F2') mode = mode === 'edit' ? 'replace' : 'edit';
    else if (leave) finish(leave);
    else return;
    event.preventDefault();
  });
  input.addEventListener('pointerdown', () => {
    mode = 'edit';
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
    open(next, text, how) {
      place = next;
      mode = how;
      element.hidden = false;
      complain('');
      input.value = text;
      input.focus({ preventScroll: true });
      if (how === 'edit') input.select();
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
